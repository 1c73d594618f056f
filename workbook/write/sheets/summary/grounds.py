"""Why this path, and why not the next best or a cheaper one."""

from __future__ import annotations

from calc.sentences import board
from workbook.write.book import Book
from workbook.write.sheets import ranking
from workbook.write.sheets.summary.page import LAST, NAME, OTHERS, REASONS, Page, entry
from workbook.write.sheets.values import path_labels


def why(page: Page) -> None:
    page.section("Why")
    for number in range(REASONS):
        page.later(_reason, page.next(), number)


def _reason(book: Book, row: int, number: int) -> None:
    at, count = book.spot("reason_at", reason=number), book.size("reason")
    reads = {"values": ranking.texts_of(book, "reason_sentences", count), "at": at}
    reads["more"] = book.at(*book.names[ranking.RULES[number]])
    book.derive(NAME, row, 1, board.entry, "line", **reads)
    sources = ranking.texts_of(book, "reason_sources", count)
    book.derive(NAME, row, LAST, entry, "source_side", values=sources, at=at)


def why_not(page: Page) -> None:
    page.section("Why not the next best, or a cheaper path, for the same scope")
    for number in range(min(OTHERS + 1, page.book.size("place"))):
        page.later(_other, page.next(), number)


def _other(book: Book, row: int, number: int) -> None:
    """A path that is explained; after the last one, what the recommended path gives for costing more."""
    count = len(book.structure.paths)
    reads = {"place_number": book.spot("place_number", place=number), "explained_paths": book.spot("explained_paths")}
    cheaper = book.spot("alert_cheaper_exists")
    at, buys = book.spot("explained_at", place=number), book.at(*book.names["board_dearer_buys"])
    labels, sentences = path_labels(book), ranking.texts_of(book, "compared", count)
    if number == 0:
        alone = book.at(*book.names["board_no_other"])
        book.derive(NAME, row, 1, entry, "name", values=labels, at=at)
        book.derive(NAME, row, 2, board.entry, "line", values=sentences, at=at, more=alone)
        return
    if number == OTHERS:
        more = book.at(*book.names["board_further_paths"])
        book.derive(NAME, row, 2, board.last_line, "line", more=more, after=buys, **reads)
        return
    book.derive(NAME, row, 2, board.entry_or_after, "line", values=sentences, at=at, after=buys, **reads)
    book.derive(NAME, row, 1, board.other_name, "name", values=labels, at=at, alert_cheaper_exists=cheaper, **reads)
