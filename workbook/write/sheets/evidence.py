"""Evidence: what public data of real projects says beside the articles, and which figures it speaks to."""

from __future__ import annotations

from calc import catalogue
from workbook.write.book import Book
from workbook.write.sheets.heading import framed

NAME = "Evidence"
HEAD, FIRST = 5, 6
HEADS = (
    "What was measured", "Observed", "P10", "Median", "P80", "P90", "P99", "Unit", "From",
    "Figures it speaks to, as published or assumed", "Where both agree or part",
)  # fmt: skip
WIDTHS = {1: 40, 2: 10} | dict.fromkeys(range(3, 8), 8) | {8: 14, 9: 40, 10: 52, 11: 60}
FORMATS = {"hours": "hours", "share": "percent"}


def add(book: Book) -> None:
    """A row for each set of data. Nothing is calculated from it; the ranges in force stand on Parameters."""
    purpose = "What public data of real projects says beside the articles. No figure of this workbook follows it."
    sheet = framed(
        book, NAME, "text", "Evidence", purpose, WIDTHS, freeze=(FIRST, 2), header_rows=(1, HEAD), print_to=None
    )
    sheet.row(HEAD, 1, HEADS, "head_left")
    sheet.row(HEAD, 2, HEADS[1:7], "head")
    for row, one in enumerate(catalogue.evidence().values(), FIRST):
        quantiles = one.quantiles
        sheet.put(row, 1, one.title, "label")
        sheet.put(row, 2, one.n, "published", "whole")
        numbers = [quantiles.p10, quantiles.p50, quantiles.p80, quantiles.p90, quantiles.p99]
        sheet.row(row, 3, numbers, "published", FORMATS.get(one.unit, "number"))
        sheet.put(row, 8, one.unit, "unit")
        sheet.put(row, 9, one.citation, "source")
        sheet.put(row, 10, "; ".join(_figure(name) for name in one.speaks_to), "note")
        sheet.put(row, 11, one.differs, "note")


def _figure(name: str) -> str:
    """A figure by its model and label, with its range."""
    model, _, parameter = name.partition(".")
    figure = catalogue.parameters()[model][parameter]
    low, likely, high = (f"{end:g}" for end in (figure.range.low, figure.range.likely, figure.range.high))
    return f"{catalogue.models()[model].label}: {figure.label} ({low} / {likely} / {high})"
