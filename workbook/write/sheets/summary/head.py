"""Whose money, and which years: the name, the owner, the time, the currency, the case."""

from __future__ import annotations

import numpy as np

from workbook.files.agreed import MADE_ON
from workbook.write.book import Book
from workbook.write.formula.text import formatted, joined
from workbook.write.sheets import ranking, recorded_inputs
from workbook.write.sheets.heading import currency
from workbook.write.sheets.summary.page import NAME, PURPOSE, SMALL, Page, named_text


def head(page: Page) -> None:
    page.later(_title)
    page.later(_out_of_date)
    page.sheet.highlights.append(("C3:H3", '$C$3<>""', "alert"))
    # A name may be as long as the page is wide.
    page.later(_owner, page.next())
    heads = ("Made on", "Case", "From", None, "Currency", None, "Discount a year")
    labels, values = page.next(SMALL), page.next(15)
    page.sheet.row(labels, 1, heads, "meta_label")
    page.later(_meta, labels, values)


def _title(book: Book) -> None:
    """The project's name, which has the line of the purpose too where one is not enough."""
    reads = recorded_inputs.title(book)
    first, second, name_changed = reads["first"], reads["second"], reads["changed"]
    name = book.at(*book.names["in_name"])
    book.derive(NAME, 1, 1, _first_line, "title", name=name, first=first, name_changed=name_changed)
    book.derive(NAME, 2, 1, _second_line, "purpose", second=second, name_changed=name_changed)


def _first_line(name, first, name_changed):
    return np.where(name_changed > 0, name, first)


def _second_line(second, name_changed):
    return np.where(name_changed > 0, PURPOSE, np.where(second == "", PURPOSE, second))


def _out_of_date(book: Book) -> None:
    """That what was computed once belongs to other inputs, or to other actuals."""
    if not ranking.has_actuals(book):
        named_text(book, 3, 3, "board_out_of_date", "alert_line")
        return
    first, then = (book.at(*book.names[name]) for name in ("board_out_of_date", ranking.CHANGED))
    book.derive(NAME, 3, 3, _both, "alert_line", first=first, then=then)


def _both(first, then):
    return joined(first, then)


def _meta(book: Book, labels: int, row: int) -> None:
    for column, name in ((2, "case"), (5, "in_currency")):
        named_text(book, row, column, name, "meta")
    book.fetch(NAME, row, 3, book.spot("start_day"), "meta", "date")
    book.fetch(NAME, row, 4, book.spot("horizon_end"), "meta", "date")
    book.derive(NAME, labels, 4, _until, "meta_label", months=book.spot("horizon_months"))
    book.fetch(NAME, row, 6, book.spot("usd_rate"), "meta", "number")
    book.derive(NAME, labels, 6, lambda code: joined(code, " per US dollar"), "meta_label", code=currency(book))
    book.fetch(NAME, row, 7, book.spot("discount_rate"), "meta", "share")
    book.sheets[NAME].put(row, 1, book.day_made, "meta", "date")
    book.name(MADE_ON, NAME, row, 1)


def _until(months):
    return joined("To, month ", formatted(months, "0"))


def _owner(book: Book, row: int) -> None:
    book.derive(NAME, row, 1, _owned_by, "line", owner=book.at(*book.names["in_owner"]))


def _owned_by(owner):
    return joined("Owner: ", np.where(owner == "", "not named", owner))
