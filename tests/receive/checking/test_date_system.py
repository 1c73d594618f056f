"""A workbook whose date system somebody switched: the numbers stay, and every date becomes another one."""

from datetime import date

from calc.model import DAY_ZERO
from tests.receive.checking.sent_out import findings, input_cells, put, sent
from workbook.command.check import sentence
from workbook.files.address import address

DAYS_TO_1904 = 1462


def switched():
    book = sent()
    book.day_zero = DAYS_TO_1904
    return book


def test_a_switch_to_1904_is_named_as_the_cause_and_the_start_is_the_only_other_finding():
    place = input_cells()["project.start", "likely"]
    cause, start = sorted(findings(switched()), key=lambda one: one.kind)
    assert (cause.kind, cause.sheet, cause.cell) == ("date system", "", "")
    assert sentence(cause) == (
        "dates count from 1904-01-01 (the 1904 date system), so each shows a day 1,462 days later, "
        "expected dates that count from 1899-12-30"
    )
    assert (start.kind, start.cell, start.found) == ("input", address(*place[1:]), "2030-12-02")


def test_a_start_that_is_edited_after_the_switch_is_found_beside_it():
    book = switched()
    put(book, input_cells()["project.start", "likely"], float((date(2027, 2, 1) - DAY_ZERO).days - DAYS_TO_1904))
    found = {one.kind: (one.expected, one.found) for one in findings(book)}
    assert "date system" in found
    assert found["input"] == ("2026-12-01", "2027-02-01")
    assert "constant" not in found


def test_a_value_that_is_edited_is_still_found_after_the_switch():
    book = switched()
    place = next(place for place, cell in book.sheets["Plan"].cells.items() if cell.kind == "date")
    put(book, ("Plan", *place), 50_000.0, book.sheets["Plan"].cells[place].formula)
    assert ("value", "Plan", address(*place)) in {(one.kind, one.sheet, one.cell) for one in findings(book)}
