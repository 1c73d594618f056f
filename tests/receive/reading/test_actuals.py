"""What really happened is read from a returned workbook whole, or asked about: no figure of it is left out silently."""

from dataclasses import replace
from functools import cache

import pytest

from calc.scenario import scenario
from workbook.receive.intake import Cell, Sheet
from workbook.receive.intake.reader import read as read_here
from workbook.receive.reading import gathered
from workbook.write.build import build
from workbook.write.edition import Edition

HEAD, LABOUR, FREE = 5, 6, 40
LABEL, KEY, FIRST, SECOND, THIRD = 1, 2, 4, 5, 6
GIVEN = {
    "project": {"name": "Under way", "start": "2026-12-01"},
    "actuals": {"path": "fixed_price_shop", "labour": [12_000, 9_500], "leader_hours": [14, 10], "core_done": [0.3, 0.55]},
}  # fmt: skip


@cache
def sent(edition=Edition.full):
    return read_here(build(scenario(GIVEN), 0, edition))


def returned(edition=Edition.full):
    """The sheets that are read, to change."""
    book = sent(edition)
    kept = ("Inputs", "Answers", "Parameters", "Actuals", "Record", "About")
    sheets = {name: Sheet(name, dict(book.sheets[name].cells)) for name in kept if name in book.sheets}
    return replace(book, sheets=sheets, names={name: at for name, at in book.names.items() if at[0] in sheets})


def put(book, row, column, value, formula=None, kind=""):
    book.sheets["Actuals"].cells[row, column] = Cell(value, formula, None, kind)


def moved(book, row=None, column=None, by=1):
    """Rows from `row` on, or columns from `column` on, moved; what they come to stand on is gone."""
    cells = book.sheets["Actuals"].cells
    kept = {}
    for (r, c), cell in sorted(cells.items()):
        at = (r + by if row and r >= row else r, c + by if column and c >= column else c)
        kept[at] = cell
    book.sheets["Actuals"] = Sheet("Actuals", kept)


def doubled(book, first_labour):
    cells = book.sheets["Actuals"].cells
    cells |= {(FREE, column): cell for (row, column), cell in cells.items() if row == LABOUR}
    put(book, FREE, FIRST, first_labour)


def sorted_by_label(book):
    cells = book.sheets["Actuals"].cells
    rows = sorted({row for row, _ in cells if row > HEAD}, key=lambda row: cells[row, LABEL].value)
    to = {row: at for at, row in enumerate(rows, LABOUR)}
    book.sheets["Actuals"] = Sheet(
        "Actuals", {(to.get(row, row), column): cell for (row, column), cell in cells.items()}
    )


def without(*places):
    return lambda book: [book.sheets["Actuals"].cells.pop(place) for place in places]


def renamed(book):
    book.sheets["Ist"] = Sheet("Ist", book.sheets.pop("Actuals").cells)


@pytest.mark.parametrize(
    "change",
    [
        lambda book: None,
        renamed,
        sorted_by_label,
        lambda book: moved(book, row=3, by=2),
        lambda book: moved(book, column=SECOND, by=3),
        lambda book: doubled(book, 12_000.0),
        lambda book: [without((row, KEY))(book) for row in range(LABOUR, LABOUR + 5)],
    ],
    ids=["nothing", "renamed", "sorted", "rows inserted", "columns inserted", "a row doubled", "keys cleared"],
)
def test_the_same_is_read_after_changes_of_the_sheet_that_leave_no_doubt(change):
    book = returned()
    change(book)
    assert gathered(book, "x").scenario.actuals == scenario(GIVEN).actuals


@pytest.mark.parametrize(
    ("change", "asked"),
    [
        (lambda book: put(book, HEAD, SECOND, "Jan 2027"), 'no column is headed "Month 2"'),
        (without((HEAD, SECOND)), 'no column is headed "Month 2"'),
        (lambda book: moved(book, column=THIRD, by=-1), 'no column is headed "Month 2"'),
        (lambda book: put(book, HEAD, THIRD, "Month 2"), "two cells of one month differ"),
        (lambda book: doubled(book, 5_000.0), "two cells of one month differ"),
        (lambda book: moved(book, row=LABOUR + 1, by=-1), 'no row has actuals.labour under "Field"'),
        (without((LABOUR, LABEL), (LABOUR, KEY)), 'no row has actuals.labour under "Field"'),
        (lambda book: put(book, HEAD, FIRST, "December"), "its table is missing"),
        (lambda book: book.sheets.pop("Actuals"), "its table is missing"),
        (lambda book: put(book, LABOUR, FIRST, 46357.0, kind="date"), "did the program take a number for a date?"),
    ],
)  # fmt: skip
def test_figures_whose_month_or_list_is_in_doubt_are_asked_about(change, asked):
    book = returned()
    change(book)
    inputs = gathered(book, "x")
    assert inputs.scenario is None
    assert asked in " ".join(fault.found for fault in inputs.faults)


def copied(book):
    book.sheets["Actuals (2)"] = Sheet("Actuals (2)", dict(book.sheets["Actuals"].cells))


@pytest.mark.parametrize(
    ("change", "noted"),
    [
        (lambda book: put(book, FREE, FIRST, 4_000.0), "row 40 of the sheet Actuals belongs to no list"),
        (lambda book: put(book, FREE, SECOND, 4_000.0, "SUM(E6:E21)"), "row 40 of the sheet Actuals belongs to no list"),
        (lambda book: put(book, LABOUR, 80, 4_000.0), "column CB of the sheet Actuals belongs to no month"),
        (lambda book: put(book, LABOUR, FIRST, 12_000.0, kind="masked"), "its number format hides the value"),
        (copied, "the sheet Actuals (2) looks like Actuals"),
    ],
)  # fmt: skip
def test_figures_beside_the_table_or_out_of_sight_are_named(change, noted):
    book = returned()
    change(book)
    inputs = gathered(book, "x")
    assert inputs.scenario.actuals == scenario(GIVEN).actuals
    assert any(noted in note for note in inputs.notes)


def test_a_light_workbook_which_has_no_sheet_for_it_keeps_what_it_was_made_with():
    assert gathered(returned(Edition.light), "x").scenario.actuals == scenario(GIVEN).actuals


def test_a_workbook_of_a_version_that_did_not_ask_for_it_is_read(monkeypatch):
    monkeypatch.setattr("workbook.receive.reading.version.__version__", "9.0.0")
    book = returned()
    without((LABOUR + 3, LABEL), (LABOUR + 3, KEY))(book)
    assert gathered(book, "x").scenario.actuals == scenario(GIVEN).actuals
