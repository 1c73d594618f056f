"""The answer, and what must not be missed."""

from __future__ import annotations

import numpy as np

from calc.reductions import picked_or
from calc.sentences import board
from workbook.write.book import Book, Spot
from workbook.write.formula.text import joined
from workbook.write.sheets import ranking
from workbook.write.sheets.actuals import is_tracked
from workbook.write.sheets.summary.page import ALERTS, LAST, NAME, Page, entry, named_text
from workbook.write.sheets.values import path_ids


def answer(page: Page) -> None:
    head, cost, because = page.next(26), page.next(), page.next()
    page.book.name("recommended_path", NAME, head, LAST)
    page.later(lambda book: named_text(book, head, 1, "headline", "answer"))
    page.later(_recommended_id, head)
    page.later(_because, because)
    page.later(_cost, cost)
    for name in ranking.ADVICE if is_tracked(page.book) else ():
        page.later(named_text, page.next(), 1, name)
    first = page.row
    for number in range(ALERTS):
        page.later(_alert, page.next(), number)
    page.sheet.highlights.append((f"A{first}:H{page.row - 1}", f'$A{first}<>""', "alert"))


def _reasoned(book: Book) -> dict[str, Spot]:
    """What the recommended path costs, empty without one, and why that is the answer."""
    return {key: book.at(*book.names[name]) for key, name in (("cost", "cost_sentence"), ("because", "because"))}


def _cost(book: Book, row: int) -> None:
    """What the recommended path costs; without one, why there is none."""
    book.derive(NAME, row, 1, _cost_or_because, "line", **_reasoned(book))


def _cost_or_because(cost, because):
    return np.where(cost == "", joined(because, ""), cost)


def _because(book: Book, row: int) -> None:
    """Why the recommended path is recommended, or how the one that is under way stands."""
    if not (is_tracked(book) or ranking.has_actuals(book)):
        book.derive(NAME, row, 1, _because_below_cost, "line", **_reasoned(book))
        return
    way = {key: book.at(*book.names[name]) for key, name in zip(("which", "stands"), ranking.FORECAST, strict=True)}
    book.derive(NAME, row, 1, _stands_or_because, "line", **way, **_reasoned(book))


def _because_below_cost(cost, because):
    return np.where(cost == "", "", because)


def _stands_or_because(which, stands, cost, because):
    return np.where(which == "", _because_below_cost(cost, because), joined(which, stands))


def _recommended_id(book: Book, row: int) -> None:
    reads = {"labels": path_ids(book), "at": book.spot("recommended")}
    book.derive(NAME, row, LAST, _id, "id_side", **reads)


def _id(labels, at):
    return picked_or(labels, at, "none")


def _alert(book: Book, row: int, number: int) -> None:
    values = ranking.texts_of(book, "alert_sentences", book.size("alert"))
    reads = {"values": values, "at": book.spot("alert_at", alert=number)}
    if number < ALERTS - 1:
        book.derive(NAME, row, 1, entry, "alert_line", **reads)
    else:
        reads["more"] = book.at(*book.names["board_further_alerts"])
        book.derive(NAME, row, 1, board.entry, "alert_line", **reads)
