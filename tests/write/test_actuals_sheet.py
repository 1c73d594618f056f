"""The sheets Actuals and Forecast: what is entered is held against the plan, live, and other engines calculate the same."""

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
from tests import engines
from tests.calc.test_tracking import PROJECT, as_planned
from tests.engines import cells, formualizer_engine, ironcalc_engine, libreoffice
from tests.write.built_workbooks import THOROUGH
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


def test_the_plan_typed_as_what_happened_forecasts_the_plan_to_the_cent_in_ironcalc_and_formualizer(made):
    engines.need(ironcalc_engine)
    for number, path in CASES:
        judged(ironcalc_engine.recalculate(made[str(number)], typing(number, path)), number, path)
    engines.need(formualizer_engine)
    for number, path in FEW:
        judged(formualizer_engine.recalculate(made[str(number)], typing(number, path)), number, path)


def test_the_plan_typed_as_what_happened_forecasts_the_plan_to_the_cent_in_libreoffice(made, tmp_path):
    engines.need(libreoffice)
    paths = [made[str(number)] for number, _ in FEW]
    anew = libreoffice.recalculate(paths, [typing(*case) for case in FEW], tmp_path)
    for (number, path), one in zip(FEW, anew, strict=True):
        judged(cells.read_cached(one)[0], number, path)


def test_every_cell_of_a_filled_workbook_is_as_ironcalc_and_libreoffice_calculate_it(made):
    saved, formulas = cells.read_cached(made["filled"])
    for engine, recalculate in ((ironcalc_engine, ironcalc_engine.recalculate), (libreoffice, libreoffice.values)):
        engines.need(engine)
        assert cells.differences(saved, recalculate(made["filled"]), 1e-9, 1e-6, formulas) == [], engine.__name__


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
    assert any(text.startswith(f"“{labels[under_way]}” is under way. ") for text in said["Summary"])
    spent = [text for text in said["Summary"] if text.startswith("After month 1: USD 9,000 so far, ")]
    assert len(spent) == (edition is Edition.full)


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
