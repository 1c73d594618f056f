"""The check of a form for quotes: its words and rows are as they were sent. What a vendor filled in is no difference."""

from __future__ import annotations

from workbook.files.agreed import QUOTE_FORM
from workbook.receive.checking.report import Finding, Report
from workbook.receive.intake import Book
from workbook.receive.reading import tampered


def of_form(book: Book, where: str) -> Report:
    """The report on a form that came back."""
    report = Report(where, None, is_form=True)
    for fault in tampered(book):
        sheet, mark, cell = fault.field.rpartition("!")
        row = fault.field.partition("(")[2].removesuffix(")")
        kind = "constant" if mark else "rows"
        report.findings.append(Finding(kind, sheet or QUOTE_FORM, cell if mark else "", None, fault.found, row))
    report.findings += [Finding("sheet", name, "", None, "added") for name in book.sheets if name != QUOTE_FORM]
    return report
