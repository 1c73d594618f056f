"""What the program that saved a workbook last has lost of it: not a change that somebody made, so a sentence says it once,
with what to do."""

from __future__ import annotations

from workbook.checking.report import Finding, Report
from workbook.intake import Book

NO_VALUES = (
    "{lost:,} of {all:,} formulas came back without their values, since the program that saved the workbook does not "
    "calculate, as openpyxl does not; open it in Excel or LibreOffice and save it there to have them"
)
NO_CHARTS = (
    "the workbook came back without its charts, since the program that saved it does not keep them; take them from the "
    "workbook as it was sent, or build it anew with what engagement read says"
)


def values(found: list[Finding], expected: Book, report: Report) -> list[Finding]:
    """The findings; where most formulas have lost their values, a note in the place of one finding for each."""
    lost = sum(one.kind == "no value" for one in found)
    every = sum(
        cell.formula is not None and cell.value not in (None, "")
        for sheet in expected.sheets.values()
        for cell in sheet.cells.values()
    )
    if lost <= every / 2:
        return found
    report.notes.append(NO_VALUES.format(lost=lost, all=every))
    return [one for one in found if one.kind != "no value"]


def charts(received: Book, expected: Book, report: Report) -> bool:
    """Whether all charts are gone; then a note says so."""
    gone = bool(expected.charts) and not received.charts
    if gone:
        report.notes.append(NO_CHARTS)
    return gone
