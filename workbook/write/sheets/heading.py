"""The parts that every sheet has: its title, its purpose, the master check, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbook.files.address import column_letters
from workbook.write.book import Book, Spot
from workbook.write.formula.text import joined
from workbook.write.sheet import Area, Sheet

# What the master check needs; in a narrower column it runs into the next.
CHECK_WIDTH = 20
CURRENCY = ("currency", "currency/h", "currency/month", "incidents/month")


def framed(
    book: Book, name: str, kind: str, title: str, purpose: str, widths: Mapping[int, float], **options: Any
) -> Sheet:
    """A sheet with its title in row 1, its purpose in row 2, and the master check and links in row 3."""
    sheet = book.sheet(Sheet(name, kind, title, purpose, widths=dict(widths), **options))
    sheet.put(1, 1, title, "title")
    sheet.put(2, 1, purpose, "purpose")
    sheet.heights[1] = 24
    sheet.link(3, _columns_of_check(sheet) + 1, *(("Contents", "Start") if name != "Start" else ("Summary", "Summary")))
    # With the sheet of checks, so that the checks themselves may read whatever else waits to be written here.
    book.later("Checks", lambda: _master_check(book, sheet))
    return sheet


def figures_of_any_unit(sheet: Sheet, area: Area, unit: int) -> None:
    """Show figures of which only the row says what they are: shares in percent, by their unit, and whole numbers without
    decimals. unit: the column of the units."""
    first = f"{column_letters(area.column)}{area.row}"
    sheet.highlights.append((area.address, f'LEFT(${column_letters(unit)}{area.row},5)="share"', "in_percent"))
    sheet.highlights.append((area.address, f"INT({first})={first}", "in_whole"))


def warned_if_out(sheet: Sheet, row: int, column: int) -> None:
    """Make a cell stand out where its text says that something is out of date."""
    letters = column_letters(column)
    sheet.highlights.append((f"{letters}{row}", f'LEFT(${letters}${row},3)="Out"', "bad"))


def _master_check(book: Book, sheet: Sheet) -> None:
    """The master check in the frozen pane of every sheet; on the sheet of checks it is the original."""
    if sheet.name == "Checks":
        return
    original = book.at("Checks", 3, 1)
    book.derive(sheet.name, 3, 1, lambda check: joined(check, ""), "check", check=original)
    cells = "A3" if _columns_of_check(sheet) == 1 else "A3:B3"
    sheet.highlights.append((cells, 'LEFT($A$3,3)="All"', "good"))
    sheet.highlights.append((cells, 'LEFT($A$3,3)<>"All"', "bad"))


def _columns_of_check(sheet: Sheet) -> int:
    """How many columns the text of the master check runs over."""
    return 1 if sheet.widths.get(1, 0) >= CHECK_WIDTH else 2


def unit_cell(book: Book, sheet: str, row: int, column: int, unit: str, style: str = "unit") -> None:
    """The unit of a row or column; a currency follows the project's own."""
    if not unit.startswith(("currency", "USD")):
        book.sheets[sheet].put(row, column, unit, style)
        return
    rest = unit.removeprefix("currency").removeprefix("USD")
    book.later(
        sheet, lambda: book.derive(sheet, row, column, lambda code: joined(code, rest), style, code=currency(book))
    )


def linked(book: Book, sheet: str, row: int, column: int, name: str, style: str = "text") -> None:
    """A text that stands in a named cell of the workings, shown here."""
    book.later(sheet, lambda: book.fetch(sheet, row, column, book.at(*book.names[name]), style))


def currency(book: Book) -> Spot:
    """The cell that holds the project's currency."""
    return book.at(*book.names["in_currency"])


def format_of(unit: str) -> str:
    """The number format that suits a unit."""
    if unit in ("currency", "currency/month"):
        return "money"
    if unit.startswith(("currency", "USD")):
        return "rate"
    if unit.startswith("share"):
        return "share"
    exact = {
        "0/1": "flag", "-1 / 0 / 1": "flag", "answer": "flag", "path": "flag", "paths": "flag", "people": "number",
        "h": "hours", "date": "date", "weeks": "hours", "week": "hours", "months": "hours", "month": "hours", "factor": "factor",
        "fit": "fit", "-1 to 1": "fit", "engagements": "number", "weight": "general",
    }  # fmt: skip
    return exact.get(unit, "number")
