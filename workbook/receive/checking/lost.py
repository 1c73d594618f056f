"""Losses caused by the program that last saved a workbook: not a change that somebody made, so one sentence reports
them, with a remedy."""

from __future__ import annotations

from workbook.receive.checking.comparing import AS_VALUE
from workbook.receive.checking.report import Finding, Report
from workbook.receive.intake import Book

NO_VALUES = (
    "{lost:,} of {all:,} formulas came back without their values, since the program that saved the workbook does not "
    "calculate, as openpyxl does not; open it in Excel or LibreOffice and save it there to have them"
)
NO_FORMULAS = (
    "{lost:,} of them as values alone, since the program that saved the workbook keeps no formulas, as pandas does not; "
    "nothing in it calculates any more: build it anew with what engagement read says"
)
NO_CHARTS = (
    "the workbook came back without its charts, since the program that saved it does not keep them; take them from the "
    "workbook as it was sent, or build it anew with what engagement read says"
)


def cells(differences: list[Finding], expected: Book, report: Report) -> list[Finding]:
    """The findings; where most formulas have lost their values, a note in the place of one finding for each, and where
    most of them are values alone, one finding: that workbook calculates nothing any more."""
    values = [
        cell.value for sheet in expected.sheets.values() for cell in sheet.cells.values() if cell.formula is not None
    ]
    with_value = sum(value not in (None, "") for value in values)
    lost, as_values = (sum(one.kind == kind for one in differences) for kind in ("no value", AS_VALUE))
    if lost > with_value / 2:
        report.notes.append(NO_VALUES.format(lost=lost, all=with_value))
        differences = [one for one in differences if one.kind != "no value"]
    if as_values > len(values) / 2:
        whole = Finding("formula", "", "", f"{len(values):,} formulas", NO_FORMULAS.format(lost=as_values))
        return [whole, *(one for one in differences if one.kind != AS_VALUE)]
    return [one._replace(kind="formula") if one.kind == AS_VALUE else one for one in differences]


def charts(received: Book, expected: Book, report: Report) -> bool:
    """Whether all charts are gone; then a note says so."""
    gone = bool(expected.charts) and not received.charts
    if gone:
        report.notes.append(NO_CHARTS)
    return gone
