"""Every fault is reported at once, by sheet and cell."""

import dataclasses

import pytest

from calc.scenario import Refused, scenario
from tests.receive.reading.filled_in import FAULTS, _places, faulty, rich, says, sheet_of
from workbook.files.address import address
from workbook.receive.intake import Cell, Sheet
from workbook.receive.intake.reader import read as read_here
from workbook.receive.reading import gathered
from workbook.receive.reading.tables import tables
from workbook.write.build import build
from workbook.write.edition import Edition


def test_all_faults_are_reported_at_once_by_sheet_and_cell_with_what_is_allowed_and_an_example():
    found = gathered(faulty(), "x.xlsx")
    assert found.scenario is None
    by_field = {fault.field.rpartition("(")[2].rstrip(")"): fault for fault in found.faults}
    assert len(by_field) == len(found.faults) == len(FAULTS)
    for field, (_, said) in FAULTS.items():
        place = _places()[field]
        fault = by_field[field.removesuffix(".low")]
        assert fault.field.startswith(f"{place[0]}!{address(place[1], 9 if field.endswith('.low') else place[2])} (")
        assert said in fault.found
        assert fault.allowed
        assert fault.example
        assert str(fault).isprintable()


def test_a_range_out_of_order_is_a_fault_of_its_row():
    book, place = rich(), _places()["work.core_hours.low"]
    book.sheets["Inputs"].cells[place[1:]] = Cell(5000.0)
    [fault] = gathered(book, "x").faults
    assert str(fault).startswith("Inputs!C")
    assert "(work.core_hours)   found [5000.0, 412.5, 700.0]" in str(fault)


@pytest.mark.parametrize(
    "text", [Cell("4OO"), Cell("12:30"), Cell("0,92\n"), Cell("x" * 30_000), Cell("=1"), Cell("\ud800")]
)
def test_any_text_in_any_cell_is_read_or_reported(text):
    for field in (
        "project.name",
        "work.core_hours",
        "answers.losing",
        "overrides.freelancer.rate.high",
        "project.start",
    ):
        book, place = rich(), _places()[field]
        book.sheets[place[0]].cells[place[1:]] = text
        assert all(str(fault).isprintable() for fault in gathered(book, "x").faults)


def test_two_rows_with_the_same_key_are_asked_where_they_differ():
    book, (_, row, column) = rich(), _places()["money.budget"]
    for at in range(1, 9):
        if (row, at) in book.sheets["Inputs"].cells:
            book.sheets["Inputs"].cells[90, at] = book.sheets["Inputs"].cells[row, at]
    says(book)
    book.sheets["Inputs"].cells[90, column] = Cell(5.0)
    [fault] = gathered(book, "x").faults
    assert fault.field == f"Inputs!C{row} and Inputs!C90 (money.budget)"
    assert fault.found == "two cells of one input differ"


def test_a_cell_that_was_moved_away_with_its_name_is_asked_and_not_dropped():
    book, (_, row, column) = rich(), _places()["money.budget"]
    book.sheets["Inputs"].cells[row, 10] = book.sheets["Inputs"].cells.pop((row, column))
    book.names["in_budget"] = ("Inputs", row, 10)
    [fault] = gathered(book, "x").faults
    assert fault.field == f"Inputs!J{row} and Inputs!C{row} (money.budget)"


def test_a_share_of_one_without_a_percent_sign_is_asked():
    book, (sheet, *place) = rich(), _places()["project.discount_rate"]
    for one in (Cell(1.0), Cell("1")):
        book.sheets[sheet].cells[tuple(place)] = one
        [fault] = gathered(book, "x").faults
        assert "did you mean 1%? Then type 1%; for 1 times, 100%" in fault.found
    book.sheets[sheet].cells[tuple(place)] = Cell(1.0, kind="percent")
    assert gathered(book, "x").scenario.project.discount_rate == 1


def test_an_input_whose_row_is_gone_is_a_fault_and_no_default():
    book, (_, row, _) = rich(), _places()["work.hires"]
    book.names.pop("in_hires")
    book.sheets["Inputs"].cells = {
        place: cell for place, cell in book.sheets["Inputs"].cells.items() if place[0] != row
    }
    [fault] = gathered(book, "x").faults
    assert fault.field == "work.hires"
    assert fault.found.startswith("has no cell")


def test_own_paths_that_are_lost_with_the_record_are_not_forgotten_silently():
    book = rich()
    del book.sheets["Record"]
    [fault] = gathered(book, "x").faults
    assert "no sheet Record, which keeps the user-defined paths (own)" in str(fault)


def test_a_published_figure_that_was_typed_over_is_reported():
    book, (sheet, row, _) = rich(), _places()["overrides.freelancer.rate"]
    book.sheets[sheet].cells[row, 6] = Cell(999.0)
    [note] = says(book).notes
    assert note.startswith(f"Parameters!F{row} says 999 where ")
    assert "(freelancer.rate): it was not read; your own figures go beside it" in note


def test_a_copy_of_a_sheet_is_reported_and_not_read():
    book = rich()
    book.sheets["Inputs (2)"] = Sheet("Inputs (2)", dict(book.sheets["Inputs"].cells))
    assert says(book).notes == ["the sheet Inputs (2) looks like Inputs; it was not read"]


def test_another_workbook_is_refused_as_one():
    with pytest.raises(Refused, match=r"^x\.xlsx: none of the inputs that engagement asks for are in it"):
        gathered(sheet_of(A1="Budget", B1=5.0), "x.xlsx")


@pytest.mark.parametrize(
    ("rate", "says"),
    [(None, "is missing: how many EUR is one USD?"), (Cell(""), "is missing: how many EUR"), (Cell("0,92x"), "0,92x")],
)
def test_an_exchange_rate_that_is_emptied_or_unclear_is_one_fault(rate, says):
    book, (sheet, *place) = rich(), _places()["project.usd_rate"]
    book.sheets[sheet].cells.pop(tuple(place))
    if rate:
        book.sheets[sheet].cells[tuple(place)] = rate
    [fault] = gathered(book, "x").faults
    assert fault.field == f"{sheet}!{address(*place)} (project.usd_rate)"
    assert says in fault.found


@pytest.mark.parametrize("field", ["work.core_hours", "project.start", "project.owner", "overrides.freelancer.rate"])
def test_a_value_that_its_number_format_hides_is_read_with_a_note(field):
    book, (sheet, *place) = rich(), _places()[field]
    cell = book.sheets[sheet].cells[tuple(place)]
    assert gathered(book, "x").notes == []
    book.sheets[sheet].cells[tuple(place)] = cell._replace(kind="masked")
    read = gathered(book, "x")
    assert read.scenario == gathered(rich(), "x").scenario
    [note] = read.notes
    assert note.startswith(f"{sheet}!{address(*place)} ({field}): its number format hides the value or shows another; ")
    assert note.endswith(" was read")


def test_a_start_that_is_a_bare_number_is_noted_with_the_day_that_it_was_read_as():
    book, place = rich(), _places()["project.start"]
    cells = book.sheets[place[0]].cells
    cells[place[1:]] = cells[place[1:]]._replace(value=46388.0, kind="")
    read = gathered(book, "x")
    assert str(read.scenario.project.start) == "2027-01-01"
    assert read.notes == ["Inputs!C9 (project.start): 46388 was read as 2027-01-01"]


@pytest.mark.parametrize("field", ["money.budget", "answers.losing"])
def test_a_cell_that_was_merged_with_the_one_above_is_asked_about_whatever_it_still_holds(field):
    for keeps_its_value in (True, False):
        book, (sheet, row, column) = rich(), _places()[field]
        merged = f"{address(row - 1, column)}:{address(row, column)}"
        book.sheets[sheet].merged.append(merged)
        if not keeps_its_value:
            del book.sheets[sheet].cells[row, column]
        [fault] = gathered(book, "x").faults
        assert fault.field == f"{sheet}!{address(row, column)} ({field})"
        assert fault.found.startswith(f"merged cells {merged}: whose value is it?")


@pytest.mark.parametrize("field", ["work.core_hours", "overrides.freelancer.rate"])
def test_a_number_that_its_format_shows_as_thousands_is_asked_about(field):
    book, (sheet, *place) = rich(), _places()[field]
    cell = book.sheets[sheet].cells[tuple(place)]
    book.sheets[sheet].cells[tuple(place)] = cell._replace(kind="multiple")
    [fault] = gathered(book, "x").faults
    assert fault.field == f"{sheet}!{address(*place)} ({field})"
    assert "as thousands or millions" in fault.found
    assert "in full" in str(fault)


@pytest.fixture(scope="module")
def quoted():
    offers = [
        {"vendor": "Nordlicht GmbH", "model": "fixed_price_shop", "price": 38_000, "hours": 400, "weeks": 8},
        {"vendor": "Berg", "model": "engineering_partner", "rate": [110, 120, 140]},
    ]
    project = {"name": "Two offers", "start": "2026-12-01", "currency": "EUR", "usd_rate": 0.92}
    return read_here(build(scenario({"project": project, "quotes": offers}), 0, Edition.light))


def returned(quoted):
    sheets = {name: Sheet(name, dict(sheet.cells)) for name, sheet in quoted.sheets.items()}
    return dataclasses.replace(quoted, sheets=sheets)


def test_quotes_that_nobody_touched_are_read_without_a_note(quoted):
    assert gathered(returned(quoted), "x.xlsx").notes == []


@pytest.mark.parametrize(
    ("key", "end", "value"),
    [("nordlicht_gmbh.rate", "likely", 50.0), ("nordlicht_gmbh.hours_per_week", "likely", 30.0), ("berg.rate", "high", None)],
)  # fmt: skip
def test_a_figure_of_a_quote_that_was_typed_over_is_reported(quoted, key, end, value):
    book = returned(quoted)
    [table] = tables(book, "Parameters")
    place = (table.rows_by_key[f"quote_{key}"][0], table.columns[f"Own {end}"])
    table.sheet.cells[place] = table.sheet.cells[place]._replace(value=value)
    inputs = gathered(book, "x.xlsx")
    [note] = inputs.notes
    assert note.startswith(f"Parameters!{address(*place)} says {'nothing' if value is None else f'{value:g}'} where ")
    assert f"(quote_{key}): it was not read" in note
    assert inputs.scenario == gathered(returned(quoted), "x.xlsx").scenario
