"""Summary: a board paper on one printed page, from the question to the line to sign, live by formula.

It calculates nothing: the places of paths, reasons and alerts and the sentences are on the sheet Ranking.
"""

from __future__ import annotations

from workbook.write.book import Book
from workbook.write.sheets.heading import framed
from workbook.write.sheets.summary.answer import answer
from workbook.write.sheets.summary.asked_for import asked_for
from workbook.write.sheets.summary.grounds import why, why_not
from workbook.write.sheets.summary.head import head
from workbook.write.sheets.summary.line_chart import line_chart
from workbook.write.sheets.summary.page import ALERTS, LAST, NAME, PURPOSE, REASONS, Page, widths
from workbook.write.sheets.summary.ranked import ranked
from workbook.write.sheets.summary.risks import risks
from workbook.write.sheets.summary.steps import steps

__all__ = ["ALERTS", "LAST", "NAME", "PURPOSE", "REASONS", "add"]


def add(book: Book) -> None:
    """The sheet that answers the question."""
    sheet = framed(
        book, NAME, "result", "Project", PURPOSE, widths(book), freeze=(4, 1), header_rows=(0, 0), landscape=False,
        pages_tall=1, print_to=(0, LAST),
    )  # fmt: skip
    page = Page(book, sheet, 4)
    for part in (head, answer, asked_for, why, why_not, ranked, risks, steps, line_chart):
        part(page)
