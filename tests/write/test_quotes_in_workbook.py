"""A workbook with four quotes: each a path and a column of the sheet Quotes, by the same formulas in another engine, sound,
mailable in both editions with the one-off studies, and read back whole."""

import json

import pytest

from calc.results import results
from calc.scenario import as_given, scenario
from tests import engines
from tests.engines import ironcalc_engine
from tests.engines.cells import differences, read_cached
from tests.write.printed_pages import printed_sheets
from tests.write.seen_cells import nothing_below
from workbook.receive.reading import read
from workbook.receive.soundness import broken
from workbook.write.build import book, build
from workbook.write.edition import Edition

COMMON = {"hours": 400, "weeks": 8, "lead_weeks": 1, "support_months": 3, "valid_until": "2027-01-31"}
TERMS = {"deposit": 0.3, "milestones": [{"share": 0.4, "at": 0.5}, {"share": 0.3, "at": 1}], "net_days": 30}
MILESTONES = [{"share": 0.3, "at": 0.25}, {"share": 0.3, "at": 0.5}, {"share": 0.4, "at": 1}]
QUOTES = [
    {"vendor": "Nordlicht", "model": "fixed_price_shop", "price": 40_000, **COMMON, **TERMS},
    {
        "vendor": "Jane",
        "model": "freelancer",
        "rate": [90, 100, 110],
        "includes": ["rework"],
        "valid_until": "2026-11-30",
        "deposit": 0.2,
        "monthly": 0.8,
        "net_days": 14,
    },
    {"vendor": "Fixers", "model": "production_firm", "fee": 28_000, **COMMON, "milestones": MILESTONES, "net_days": 45},
    {"vendor": "Łódź <& Co>", "model": "full_time", "salary": 150_000, "file": "=1+1.xlsx", "net_days": 30},
]


@pytest.fixture(scope="module")
def given():
    answers = {"from_scratch": "yes", "unknown_cause": "yes"}
    own = {"freelancer": {"rework": 0.3}}
    return scenario(
        {
            "project": {"name": "Quoted", "start": "2026-12-01"},
            "answers": answers,
            "overrides": own,
            "quotes": QUOTES,
        }
    )


@pytest.fixture(scope="module")
def file(given, tmp_path_factory):
    path = tmp_path_factory.mktemp("quotes") / "quoted.xlsx"
    path.write_bytes(build(given, 0))
    return path


@pytest.fixture(scope="module")
def light(given):
    return build(given, edition=Edition.light)


def test_it_is_sound_and_small_enough_to_be_mailed_and_so_is_the_light_one_with_studies(file, light):
    for made, largest in ((file.read_bytes(), 1_000_000), (light, 400_000)):
        assert [str(breach) for breach in broken(made)] == []
        assert len(made) < largest


def shown(content):
    """Label -> what the sheet Quotes shows of each quote, in order."""
    cells = read_cached(content)[0]
    rows = {row: value for (sheet, place), value in cells.items() if sheet == "Quotes" and (row := _row(place, "A"))}
    return {label: [cells.get(("Quotes", f"{column}{row}")) for column in "CDEF"] for row, label in rows.items()}


def _row(place, column):
    return int(place[1:]) if place[0] == column and place[1:].isdigit() else None


def test_the_sheet_quotes_shows_what_the_results_say_of_each(light, given, tmp_path):
    path = tmp_path / "light.xlsx"
    path.write_bytes(light)
    rows = shown(path)
    [result] = results([given], trials=0)
    for at, quote in enumerate(result["quotes"]):
        assert rows["Price as offered"][at] == quote["amount"]
        assert rows["Offered, by that"][at] == pytest.approx(quote["equivalent"])
        assert rows["Published, high"][at] == pytest.approx(quote["published"]["to"])
        assert rows["In words"][at] in quote["text"]
        assert rows["Same scope, present value"][at] == pytest.approx(quote["same_scope"])
        assert rows["Paid"][at] == (quote["payment_terms"] or "not said; as the work goes on")
        assert (rows["When the project starts"][at] == "no longer valid: ask again") == quote["expired"]
        for part in ("rework", "review", "support"):
            assert (rows[part.capitalize()][at] == "not included: added") == (part in quote["not_included"]), quote[
                "vendor"
            ]
        wins_at = rows["It would win at"][at]
        assert wins_at == (pytest.approx(quote["wins_at"]) if quote["wins_at"] else "no price")


def test_no_row_of_a_workbook_with_quotes_is_ruled_or_headed_where_nothing_was_computed(given):
    made = book([given], 0)
    made.finish()
    assert [row for sheet in printed_sheets(made) for row in nothing_below(sheet)] == []


def test_the_price_as_offered_follows_the_figure_that_counts(given):
    made = book([given], 0, edition=Edition.light)
    made.finish()
    sheet = made.sheets["Quotes"]
    [row] = [row for (row, column), cell in sheet.cells.items() if column == 1 and cell.value == "Price as offered"]
    assert all(sheet.cells[row, column].formula for column in range(3, 3 + len(QUOTES)))


def test_without_quotes_there_is_no_such_sheet(given):
    assert "Quotes" not in book([given.model_copy(update={"quotes": []})], 0).sheets


def test_every_cell_is_calculated_alike_and_every_quote_shows_its_result(file, given):
    engines.need(ironcalc_engine)
    calculated = ironcalc_engine.recalculate(file)
    assert list(differences(read_cached(file)[0], calculated)) == []
    [result] = results([given], flips=False, trials=0)
    shown = [value for (sheet, _), value in calculated.items() if sheet == "Costs" and isinstance(value, float)]
    for quote in result["quotes"]:
        assert any(abs(value - result["paths"][quote["path"]]["total"]) < 0.01 for value in shown), quote["vendor"]


def test_the_quotes_are_read_back(file, given):
    assert json.dumps(as_given(read(file).scenario)["quotes"]) == json.dumps(as_given(given)["quotes"])
