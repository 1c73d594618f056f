"""The pages of time and money: Cash flow and Plan agree with the results, in every engine, for own paths and odd years."""

import datetime
from pathlib import Path

import pytest

from calc import catalogue
from calc.model import model_for, user_paths
from calc.scenario import scenario
from tests import engines
from tests.engines import ironcalc_engine, libreoffice
from tests.write.printed_pages import reach
from workbook.receive.soundness.package_xml import read
from workbook.write import build
from workbook.write.edition import Edition
from workbook.write.pack.package import Package
from workbook.write.picks import STANDARD
from workbook.write.sheets import cash_flow, plan

PLAN = "own_audit"
GIVEN = {
    "project": {
        "name": "From the last of January",
        "currency": "EUR",
        "usd_rate": 0.9,
        "start": datetime.date(2027, 1, 31),
        "horizon_months": 20,
        "fiscal_month": 7,
    },
    "work": {"core_hours": 900, "feature_hours_per_month": 120},
    "money": {"revenue_loss_per_month": 5_000},
    "answers": {"from_scratch": "yes", "ai_generated": "yes"},
    "paths": {
        PLAN: {
            "label": "Audit, two builders, then a hire",
            "phases": [
                {"work": "audit", "model": "production_firm", "weeks": 2},
                {"work": "core", "model": "freelancer", "share": 0.3},
                {"work": "core", "model": "engineering_partner", "share": 0.7},
                {"work": "run", "model": "full_time"},
                {"work": "retainer", "model": "production_firm"},
            ],
        }
    },
}
JUDGES = [
    pytest.param(None, None, id="as written"),
    pytest.param(libreoffice, libreoffice.values, id="libreoffice"),
    pytest.param(ironcalc_engine, ironcalc_engine.recalculate, id="ironcalc"),
]
KINDS = ("paid", "own_time", "losses", "total")


@pytest.fixture(scope="module")
def given():
    return scenario(GIVEN)


@pytest.fixture(scope="module")
def book(given):
    made = build.book([given], 0, picks={**STANDARD, "plan_path": PLAN}, edition=Edition.light)
    made.finish()
    return made


@pytest.fixture(scope="module")
def workbook(book, tmp_path_factory):
    path = tmp_path_factory.mktemp("cash") / "cash.xlsx"
    path.write_bytes(Package(book).bytes())
    return path


@pytest.fixture(scope="module")
def expected(given):
    model = model_for(user_paths(given))
    values = model.evaluate([given], [*KINDS, "beyond"])
    at = model.structure.path_ids.index(PLAN)
    return {name: float(values[name][0][at]) for name in values}


def cells(workbook, engine, judged):
    if engine is None:
        sheets = read(Path(workbook).read_bytes()).sheets
        return {(name, cell.address): cell.value for name, sheet in sheets.items() for cell in sheet.cells.values()}
    engines.need(engine)
    return judged(workbook)


def address(row, column):
    return f"{chr(ord('A') + column - 1)}{row}"


@pytest.mark.parametrize(("engine", "judged"), JUDGES)
def test_cash_flow_plan_and_summary_agree_with_the_results_to_the_cent(workbook, book, expected, engine, judged):
    found = cells(workbook, engine, judged)

    def amount(sheet, row, column):
        return found.get((sheet, address(row, column))) or 0.0

    years, quarters = book.size("fiscal_year"), book.size("quarter")
    for at, kind in enumerate(KINDS):
        column, wanted = cash_flow.PAID + at, pytest.approx(expected[kind], abs=0.005)
        assert amount(cash_flow.NAME, cash_flow.whole(book), column) == wanted
        for top, count in ((cash_flow.years_top(book), years), (cash_flow.quarters_top(book), quarters)):
            assert sum(amount(cash_flow.NAME, top + row, column) for row in range(count)) == wanted
        assert amount(plan.NAME, plan.SUM, plan.FIRST_AMOUNT + at) == wanted
    assert amount(plan.NAME, plan.SUM, plan.LAST) == pytest.approx(expected["beyond"], abs=0.005)
    label = next(path.label for path in book.structure.paths if path.id == PLAN)
    [ranked] = [row for row in range(1, 100) if str(found.get(("Summary", address(row, 1)))).endswith(f". {label}")]
    for column, kind in ((2, "paid"), (3, "total")):
        assert amount("Summary", ranked, column) == pytest.approx(expected[kind], abs=0.005)
    lines = range(cash_flow.FIRST_LINE, cash_flow.PAID)
    paid = sum(amount(cash_flow.NAME, cash_flow.whole(book), column) for column in lines)
    assert paid == pytest.approx(expected["paid"], abs=0.005)
    labels = [found.get((cash_flow.NAME, address(cash_flow.years_top(book) + row, 1))) or "" for row in range(years)]
    assert labels == ["FY 2026/2027", "FY 2027/2028", "FY 2028/2029", "", "", ""]
    assert found["Checks", "A3"] == "All checks passed"


def test_what_is_said_of_a_phase_fits_on_its_line():
    """The texts run over the empty cells beside them; the columns to the print area's end are as wide as so many letters."""
    room = sum(width for column, width in plan.WIDTHS.items() if column >= plan.WHO)
    for work in catalogue.works():
        assert max(map(len, (work.delivers, work.exit))) < 1.2 * room
    for end in catalogue.phase_ends():
        assert max(map(len, (end.go_on, end.stop, end.switch))) < 1.2 * room


@pytest.mark.parametrize("name", [plan.NAME, cash_flow.NAME, "Gantt"])
def test_a_page_of_time_and_money_prints_at_seven_tenths_of_its_size_or_more(book, name):
    """Landscape A4 within its margins is 277 mm wide; a width of 1 is 7 pixels, of 96 to the inch."""
    sheet = book.sheets[name]
    _, last = reach(sheet)
    pixels = sum(7 * sheet.widths.get(column, 8.43) for column in range(1, last + 1))
    assert 277 / (pixels / 96 * 25.4) >= 0.7
