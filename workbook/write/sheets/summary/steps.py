"""Next steps, and a line to sign."""

from __future__ import annotations

import numpy as np

from calc.sentences import board
from calc.sentences.plan import decision
from workbook.write.book import Book
from workbook.write.formula.text import joined
from workbook.write.sheets import ranking
from workbook.write.sheets.heading import currency
from workbook.write.sheets.summary.page import LAST, NAME, SMALL, Page, entry, of_path

PHASES = 4


def steps(page: Page) -> None:
    page.section("Next steps")
    heads = page.next(SMALL)
    page.sheet.row(heads, 1, ("Phase", "From", "To", None, None, None, None, None), "figure_head_left")
    page.sheet.put(heads, 6, "Decision at its end", "note_in")
    page.sheet.put(heads, 4, "To be paid", "figure_head")
    for number in range(min(PHASES, page.book.size("plan_stage"))):
        page.later(_phase, page.next(), number)
    page.next(8)
    row = page.next(16)
    texts = {1: "Decided on:", 3: "Name:", 5: "Signature:"}
    for column in range(1, LAST + 1):
        page.sheet.put(row, column, texts.get(column), "sign")


def _phase(book: Book, row: int, number: int) -> None:
    at, count = book.spot("next_stage_row", plan_stage=number), len(book.structure.stages)
    book.derive(NAME, row, 1, entry, "line", values=ranking.texts_of(book, "stage_what", count), at=at)
    for column, key, format in (
        (2, "stage_start_date", "date"),
        (3, "stage_end_date", "date"),
        (4, "stage_paid", "money"),
    ):
        book.derive(
            NAME,
            row,
            column,
            of_path,
            "line_number" if format == "money" else "line",
            format,
            values=book.range(key),
            at=at,
        )
    book.derive(NAME, row, 5, _unit_where, "unit_side", code=currency(book), at=at)
    decisions = ranking.texts_of(book, "stage_decision", count)
    if number == 0:
        reads = {"more": book.at(*book.names["board_no_phases"]), "values": decisions, "at": at}
        book.derive(NAME, row, 6, board.entry, "line_in", **reads)
    else:
        weeks = book.range("stage_weeks")
        book.derive(NAME, row, 6, decision, "line_in", row=at, decisions=decisions, weeks=weeks)


def _unit_where(code, at):
    return np.where(at > 0, joined(code, ""), "")
