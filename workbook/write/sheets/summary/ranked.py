"""All paths, in the order of the decision."""

from __future__ import annotations

from calc.reductions import picked
from workbook.write.book import Book
from workbook.write.sheets import ranking
from workbook.write.sheets.heading import currency
from workbook.write.sheets.summary.page import LAST, NAME, SMALL, Page, same


def ranked(page: Page) -> None:
    page.section("All paths, in the order of the decision")
    heads = (
        "Path",
        "To be paid",
        "Total cost",
        "Same scope",
        "Stable after",
        "Fit",
        "Fit in %",
        "Why not, in short",
    )
    row, units = page.next(13), page.next(SMALL)
    page.sheet.row(row, 1, heads, "head")
    page.sheet.put(row, 1, heads[0], "head_left")
    page.sheet.put(row, LAST, heads[-1], "head_left")
    page.later(_units, units)
    first = page.row
    for place in range(page.book.size("place")):
        page.later(_place, page.next(), place)
    cells = f"A{first}:H{page.row - 1}"
    page.sheet.highlights.append((cells, f'$H{first}="Recommended"', "chosen"))
    page.sheet.highlights.append((cells, f'LEFT($H{first},5)="Ruled"', "muted"))
    note = "Same scope: what the core and features for every month of the horizon cost, in today's money. "
    note += "Fit: 100% is all that the answers ask for, 0% neither for nor against."
    page.sheet.put(page.next(SMALL), 1, note, "note_plain")


def _units(book: Book, row: int) -> None:
    for column in (2, 3, 4):
        book.derive(NAME, row, column, same, "unit_centred", text=currency(book))
    sheet = book.sheets[NAME]
    sheet.put(row, 5, "weeks", "unit_centred")
    sheet.put(row, 6, "in words", "unit_centred")
    sheet.put(row, 7, "%", "unit_centred")


def _place(book: Book, row: int, place: int) -> None:
    count = len(book.structure.paths)
    at = book.spot("path_at_place", place=place)
    labels = ranking.texts_of(book, "ranked_labels", count)
    book.derive(
        NAME, row, 1, same, "cell_name", text=book.at(labels.home.sheet, labels.home.row + place, labels.home.column)
    )
    keys = (("paid", "money"), ("total", "money"), ("same_scope", "money"), ("weeks_to_stable", "weeks"))
    for column, (key, format) in enumerate(keys, 2):
        book.derive(NAME, row, column, picked, "cell", format, values=book.range(key), at=at)
    book.derive(NAME, row, 6, picked, "cell_centred", values=ranking.texts_of(book, "fit_word", count), at=at)
    book.derive(NAME, row, 7, picked, "cell", "percent", values=book.range("fit"), at=at)
    book.derive(NAME, row, LAST, picked, "cell_text", values=ranking.texts_of(book, "short_ground", count), at=at)
