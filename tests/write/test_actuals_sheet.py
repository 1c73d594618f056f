"""The sheets Actuals and Forecast: what is entered is held against the plan, live, and other engines calculate the same."""

import re
from functools import cache

import numpy as np
import pytest
from openpyxl import load_workbook

from calc import catalogue
from calc.quantities.lines import LINES
from calc.quantity import QUANTITIES
from calc.results import results
from calc.scenario import scenario
from calc.scenario.actuals import SERIES, label_of
from calc.sentences.questions import OUT_OF_DATE
from calc.tracking import track
from tests import engines
from tests.calc.test_tracking import PROJECT, as_planned
from tests.engines import cells, formualizer_engine, ironcalc_engine, libreoffice
from tests.write.built_workbooks import THOROUGH
from tests.write.printed_pages import clipped, printed_sheets
from workbook.files.address import address
from workbook.write import build
from workbook.write.edition import Edition
from workbook.write.sheets import actuals, evidence, forecast, trials

# Beside the project of the tests of the model: another length, place and currency.
PROJECTS = (
    PROJECT,
    PROJECT | {"project": {**PROJECT["project"], "horizon_months": 24, "currency": "EUR", "usd_rate": 0.9}},
)
MONTHS = 4
TOTAL = (forecast.NAME, address(forecast.TOP + 14, 9))


# Each path in one of the projects, and in all of them where there is time.
CASES = [
    (number, path)
    for at, path in enumerate(catalogue.paths())
    for number in (range(len(PROJECTS)) if THOROUGH else [at % len(PROJECTS)])
]
FEW = CASES if THOROUGH else CASES[4:6]
FEWER = CASES if THOROUGH else CASES[5:6]


@cache
def planned(number, path):
    return as_planned(path, MONTHS, PROJECTS[number])


def given_of(number, path):
    lists = {name: value for name, value in planned(number, path).items() if name != "expected"}
    return scenario(PROJECTS[number] | {"actuals": lists})


def typing(number, path):
    """What somebody types who enters the plan as what happened, and which path it is."""
    given = given_of(number, path).actuals
    edits = {
        (actuals.NAME, address(actuals.FIRST + row, actuals.FIRST_MONTH + month)): value
        for row, name in enumerate(SERIES)
        for month, value in enumerate(getattr(given, name))
    }
    return edits | {("Inputs", plan_cell()): path}


@cache
def plan_cell():
    return address(*build.book([scenario(PROJECT)], 0, edition=Edition.light).names["plan_path"][1:])


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Workbooks without the trials, which these sheets do not read: an empty one of each project, and one that is filled."""
    folder = tmp_path_factory.mktemp("actuals")
    given = {f"{number}": scenario(project) for number, project in enumerate(PROJECTS)}
    given["filled"] = given_of(0, "remediate_then_hire")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "WITHOUT", build.WITHOUT | {Edition.light: (trials, evidence)})
        # Those that are ready lack these sheets.
        patch.setattr(build.ready, "layout", lambda name: None)
        patch.setattr(build.ready, "can_keep", lambda: False)
        _forget_layouts()
        for name, one in given.items():
            (folder / f"{name}.xlsx").write_bytes(build.build(one, 0, Edition.light))
    _forget_layouts()
    return {name: folder / f"{name}.xlsx" for name in given}


def _forget_layouts():
    """Those of a light edition with these sheets, and of the one without them, are not each other's."""
    build._layout.cache_clear()
    build._formulas.cache_clear()


def judged(values, number, path):
    total, _ = planned(number, path)["expected"]
    assert values[TOTAL] == pytest.approx(total, abs=0.005), path
    assert values[forecast.NAME, "K23"] == 0, path
    assert f"After month {MONTHS}: " in values[forecast.NAME, "A5"]
    # The first page, also of a workbook that was made before anything had happened.
    assert re.search(
        rf" is under way: it has cost \w+ [\d,]+ by month {MONTHS}, .*; forecast ", values["Summary", "A9"]
    )
    assert values["Summary", "C3"].startswith("Out of date: the actuals have changed.")


def test_the_plan_typed_as_what_happened_forecasts_the_plan_to_the_cent_in_ironcalc_and_formualizer(made):
    engines.need(ironcalc_engine)
    for number, path in CASES:
        judged(ironcalc_engine.recalculate(made[str(number)], typing(number, path)), number, path)
    engines.need(formualizer_engine)
    for number, path in FEW:
        judged(formualizer_engine.recalculate(made[str(number)], typing(number, path)), number, path)


@pytest.fixture(scope="module")
def in_libreoffice(made, tmp_path_factory):
    """The values that LibreOffice, started once, gives the filled workbook and those with the plan of a path typed in."""
    engines.need(libreoffice)
    paths = [made["filled"], *(made[str(number)] for number, _ in FEWER)]
    edits = [None, *(typing(*case) for case in FEWER)]
    anew = libreoffice.recalculate(paths, edits, tmp_path_factory.mktemp("anew"))
    return [cells.read_cached(one)[0] for one in anew]


def test_the_plan_typed_as_what_happened_forecasts_the_plan_to_the_cent_in_libreoffice(in_libreoffice):
    for (number, path), values in zip(FEWER, in_libreoffice[1:], strict=True):
        judged(values, number, path)


def test_every_cell_of_a_filled_workbook_is_as_libreoffice_calculates_it(made, in_libreoffice):
    saved, formulas = cells.read_cached(made["filled"])
    assert cells.differences(saved, in_libreoffice[0], 1e-9, 1e-6, formulas) == []


def test_every_cell_of_a_filled_workbook_is_as_ironcalc_calculates_it(made):
    engines.need(ironcalc_engine)
    saved, formulas = cells.read_cached(made["filled"])
    assert cells.differences(saved, ironcalc_engine.recalculate(made["filled"]), 1e-9, 1e-6, formulas) == []


def test_it_says_on_which_day_the_first_month_begins(made):
    sheet = load_workbook(made["1"], data_only=True)[actuals.NAME]
    assert sheet.cell(actuals.DAY, actuals.FIRST_MONTH).value.date() == scenario(PROJECTS[1]).project.start


def test_a_list_of_a_cost_line_is_called_as_the_line_is_everywhere():
    for name in set(SERIES) & set(LINES):
        assert label_of(name) == QUANTITIES[LINES[name]].label, name
    assert SERIES["feature_hours"].unit == "h"


@pytest.mark.parametrize("edition", Edition)
def test_the_sheets_of_the_plan_say_that_another_path_than_the_recommended_one_is_under_way(edition):
    under_way, given = "engineering_partner", PROJECT | {"answers": {"shifting": "yes"}}
    tracked = scenario(given | {"actuals": {"path": under_way, "labour": [9000]}})
    labels = {path.id: path.label for path in catalogue.paths().values()}
    recommended = labels[results([tracked], flips=False, trials=0)[0]["recommendation"]["path"]]
    assert recommended != labels[under_way]
    said = said_on_every_sheet(build.book([tracked], 0, edition=edition))
    for sheet in ("Plan", "Gantt", "Cash flow"):
        assert labels[under_way] in said[sheet]
        assert f"This path is under way; the sheet Summary recommends “{recommended}” instead." in said[sheet]
    spent = "Not computed" if edition is Edition.light else "it has cost USD 9,000 by month 1, "
    assert any(text.startswith(f"“{labels[under_way]}” is under way: {spent}") for text in said["Summary"])


def test_a_light_first_page_says_why_a_job_whose_months_are_not_filled_in_whole_has_no_forecast():
    half = scenario(PROJECT | {"actuals": {"labour": [9000]}})
    said = said_on_every_sheet(build.book([half], 50, edition=Edition.light))["Summary"]
    assert any(text.endswith("under way: no forecast, not every figure of its months was filled in.") for text in said)


def test_the_sheets_of_the_plan_say_that_another_path_than_the_recommended_one_was_picked():
    picked = said_on_every_sheet(build.book([scenario(PROJECT)], 0, {"plan_path": "freelancer_team"}))
    said = "This path was picked on the sheet Inputs; the sheet Summary recommends "
    assert all(any(text.startswith(said) for text in picked[sheet]) for sheet in ("Plan", "Gantt", "Cash flow"))
    assert not any("nder way" in text for text in picked["Summary"])


def said_on_every_sheet(made):
    made.finish()
    return {
        sheet.name: [text for cell in sheet.cells.values() for text in texts_in(cell)] for sheet in made.sheets.values()
    }


def texts_in(cell):
    return [value for value in np.atleast_1d(np.asarray(cell.value, dtype=object)) if isinstance(value, str)]


QUIET = PROJECT | {"answers": {"shifting": "yes"}}


@cache
def spent(path, *labour):
    return scenario(QUIET | {"actuals": as_planned_lists(path) | {"labour": [*labour]}})


def as_planned_lists(path):
    return {name: value for name, value in as_planned(path, 2, QUIET).items() if name != "expected"}


def page_one(made):
    return said_on_every_sheet(made)["Summary"]


def advised(page):
    return [text for text in page if text.startswith(("Stay: ", "Switch to ", "To stay: ", "To switch: "))]


@pytest.mark.parametrize("edition", Edition)
@pytest.mark.parametrize("path", ["remediate_then_hire", "full_time", "remediate_then_freelancers"])
def test_page_one_has_what_is_left_to_stay_and_to_switch_with_the_weeks_and_why(path, edition):
    given = spent(path, 9000, 8000)
    found = track(given)
    left = {one["path"]: one for one in found["stay_or_switch"]}
    said, why = advised(page_one(build.book([given], 50, edition=edition)))
    best = found["recommended"]
    for way in {path, best}:
        assert f"USD {left[way]['remaining']:,.0f} and {left[way]['weeks']:,.0f} weeks" in said
    if best == path:
        assert said.startswith("Stay: ")
        assert "to switch to the next best, “" in said
    else:
        assert said.startswith(f"Switch to “{catalogue.paths()[best].label}”: ")
        more = left[path]["remaining"] - left[best]["remaining"]
        assert why.startswith(f"To stay: USD {abs(more):,.0f} {'more, and' if more > 0 else 'less, but'} ")
        assert ("it is ruled out: " in why) == (not left[path]["eligible"])


@pytest.mark.parametrize(
    "now",
    [
        spent("remediate_then_hire", 9000, 8001),
        scenario(QUIET | {"money": {"budget": 1e6}, "actuals": as_planned_lists("remediate_then_hire")}),
    ],
    ids=["an actual", "an input"],
)
def test_whether_to_stay_is_replaced_where_an_actual_or_an_input_has_changed_since(now):
    page = page_one(build.book([now], 50, originals=[spent("remediate_then_hire", 9000, 8000)]))
    assert advised(page) == []
    assert OUT_OF_DATE in page
    assert any(text.startswith("Out of date: the ") for text in page)


def test_a_month_that_is_not_filled_in_as_a_whole_has_no_forecast_on_page_one():
    half = scenario(QUIET | {"actuals": {"path": "full_time", "labour": [9000], "core_done": [0.1]}})
    [text] = [text for text in page_one(build.book([half], 0)) if " by month 1, " in text]
    assert re.search(r"; no forecast, missing figures: \d+\.", text)


def test_every_number_in_a_sentence_has_its_thousands_apart():
    """Of a job that takes thousands of weeks. Years and dates are no such numbers."""
    lists = {"path": "freelancer", "labour": [10_000], "core_done": [0.0001]}
    job = {"work": {"core_hours": 100_000, "specialists": 1}, "answers": {"shifting": "yes", "ai_generated": "yes"}}
    made = build.book([scenario(PROJECT | job | {"actuals": lists})], 0)
    made.finish()
    said = [
        text
        for sheet in made.sheets.values()
        for cell in sheet.cells.values()
        if cell.formula
        for text in texts_in(cell)
    ]
    assert any(re.search(r"about \d,\d{3} (weeks|months)", text) for text in said)
    assert [text for text in said if re.search(r"(?<![\d,.-])(?!20\d\d\b)\d{4}", text)] == []


def headroom_forecast(made):
    """What the first page shows of it beside the budget: the head, the figure, and the highlights that concern it."""
    made.finish()
    sheet = made.sheets["Summary"]
    [row] = [row for (row, column), cell in sheet.cells.items() if column == 1 and cell.value == "Against the budget"]
    [head], [figure] = (np.atleast_1d(sheet.cells[at, 6].value) for at in (row - 1, row))
    return head, figure, [highlight for highlight in sheet.highlights if highlight[0] == f"F{row}"]


@pytest.mark.parametrize("edition", Edition)
@pytest.mark.parametrize("budget", [1.0, 1e6])
def test_page_one_has_the_headroom_that_is_forecast_beside_that_of_the_plan(edition, budget):
    """The plan keeps its own, whatever has happened to the job."""
    given = scenario(QUIET | {"money": {"budget": budget}, "actuals": as_planned_lists("full_time")})
    head, figure, highlights = headroom_forecast(build.book([given], 50, edition=edition))
    assert (head, figure) == ("Headroom, forecast", pytest.approx(track(given)["budget"]["headroom"]))
    assert (figure < 0) == (budget == 1.0)
    [(_, formula, style)] = highlights
    assert (formula.endswith("<0"), style) == (True, "bad")


@pytest.mark.parametrize("edition", Edition)
def test_without_a_budget_or_with_inputs_that_have_changed_no_headroom_is_forecast(edition):
    lists = {"actuals": as_planned_lists("full_time")}
    unbounded, then = scenario(QUIET | lists), scenario(QUIET | {"money": {"budget": 1e6}} | lists)
    head, figure, _ = headroom_forecast(build.book([unbounded], 50, edition=edition))
    assert (head, np.isnan(figure)) == ("", True)
    now = scenario(QUIET | {"money": {"budget": 2e6}} | lists)
    head, figure, _ = headroom_forecast(build.book([now], 50, edition=edition, originals=[then]))
    assert np.isnan(figure) if edition is Edition.light else figure == pytest.approx(track(now)["budget"]["headroom"])


@pytest.mark.parametrize("edition", Edition)
def test_how_the_job_stands_fits_its_line_with_the_longest_name_and_amounts_of_seven_digits(edition):
    longest = max(catalogue.paths().values(), key=lambda path: len(path.label))
    lists = {"path": longest.id} | {name: [0.0] * 9 for name in SERIES}
    lists |= {"labour": [999_999.0] * 9, "core_done": [month / 10 for month in range(1, 10)]}
    given = {"project": PROJECT["project"] | {"currency": "SEK", "usd_rate": 10}, "work": {"core_hours": 6_000}}
    made = build.book([scenario(given | {"money": {"budget": 2e6}, "actuals": lists})], 50, edition=edition)
    head, figure, _ = headroom_forecast(made)
    assert (head, figure < -1e6) == ("Headroom, forecast", True)
    [page] = [sheet for sheet in printed_sheets(made) if sheet.name == "Summary"]
    [stands] = [text for text in page_one(made) if " by month 9, " in text]
    assert len(re.findall(r"\d,\d{3},\d{3}", stands)) == 4
    assert clipped(page) == []
