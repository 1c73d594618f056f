"""What could go wrong, and what is not known yet."""

from __future__ import annotations

from calc.sentences import board
from calc.sentences.questions import only_if_computed
from workbook.write.book import Book
from workbook.write.sheet import Area
from workbook.write.sheets import ranking, recorded_inputs, sensitivity, simulation
from workbook.write.sheets.heading import figures_of_any_unit
from workbook.write.sheets.summary.page import NAME, Page, entry

# So many lines of what could go wrong stand above the one whose cells beside it keep it where it is.
BESIDE_LINE = 3


def risks(page: Page) -> None:
    page.section("What could go wrong, and what is not known yet")
    for number in range(len(ranking.RISKS)):
        if number == BESIDE_LINE:
            page.later(_figure, page.next())
        page.later(_risk, page.next(), number)


def _risk(book: Book, row: int, number: int) -> None:
    home, at = book.homes["risks"], book.homes["risk_in_line"]
    reads = {"values": book.at(home.sheet, home.row, home.column, down=len(ranking.RISKS))}
    book.derive(NAME, row, 1, entry, "line", at=book.at(at.sheet, at.row + number, at.column), **reads)


def _figure(book: Book, row: int) -> None:
    """The nearest figure that would change the recommendation; its value, which may have decimals, has a cell of its own."""
    reads = {"changed": recorded_inputs.changed(book), "trials": simulation.large_run(book)}
    said = book.at(*book.names[ranking.BESIDE])
    book.derive(NAME, row, 1, only_if_computed, "line", said=said, **reads)
    flip = sensitivity.nearest_value_flip(book)
    reads["side"] = flip["side"]
    book.derive(NAME, row, 7, board.flips_from, "line_number", "number", value=flip["value"], **reads)
    book.derive(NAME, row, 8, board.flips_from_unit, "note_plain", unit=flip["unit"], **reads)
    figures_of_any_unit(book.sheets[NAME], Area(row, 7, row, 7), 8)
