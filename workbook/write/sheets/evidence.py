"""Evidence: what public data of real projects says beside the articles, and what its figures would move."""

from __future__ import annotations

import numpy as np

from calc import catalogue
from calc.sensitivity import figures_replaced
from calc.text.uncapitalized import uncapitalized
from workbook.write.book import Book
from workbook.write.once.studies import cell
from workbook.write.sheets import simulation
from workbook.write.sheets.heading import framed, unit_cell

NAME = "Evidence"
HEAD, FIRST = 5, 6
HEADS = (
    "What was measured", "Observed", "P10", "Median", "P80", "P90", "P99", "Unit", "From",
    "Figures it speaks to, as published or assumed", "Where both agree or part",
)  # fmt: skip
# What the data moves: the columns of each row of the study, its head, and how it is shown.
FIGURE, UNIT, DATA, STATE = 1, 4, 9, 10
MOVES = ((2, "Now", "number"), (3, "By the data", "number"), (8, "Recommended path moves by", "money"),
         (10, "Path that moves most", "text"), (12, "It moves by", "money"), (11, "Cost lines that move, largest first", "text"),
         (13, "Then recommended", "text"))  # fmt: skip
OTHER_HEADS = ((FIGURE, "Figure that the data would replace"), (UNIT, "Unit"), (DATA, "Data"))
WIDTHS = {1: 40, 2: 10} | dict.fromkeys(range(3, 8), 8) | {8: 14, 9: 40, 10: 52, 11: 60, 12: 14, 13: 40}
FORMATS = {"hours": "hours", "share": "percent"}
OTHERS = "Not put in the place of a figure below, since they measure something else:"
SOUGHT = "Looked for and not found: public data on what a lost month costs. That is yours to say, on the sheet Inputs."


def add(book: Book) -> None:
    """A row for each set of data; below, how far each figure would move the totals with the data's median in its place."""
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
    last = FIRST + len(catalogue.evidence())
    sheet.put(last, 1, SOUGHT, "listed")
    others = ", ".join(uncapitalized(one.title) for one in catalogue.evidence().values() if not one.instead)
    sheet.put(last + 1, 1, f"{OTHERS} {others}.", "listed")
    _moves(book, last + 3)


def _moves(book: Book, row: int) -> None:
    """One-off: a row for each figure. What figures of one set move together stands in the first of them."""
    sheet, rows = book.sheets[NAME], book.studies.public_data
    sheet.section(row, "What each moves: the data's median in place of the figure, all else as it is", STATE - 1)
    book.later(NAME, lambda: simulation.marker(book, NAME, row, STATE))
    sheet.row(row + 1, 1, [None] * len(WIDTHS), "head_left")
    for column, head in OTHER_HEADS:
        sheet.put(row + 1, column, head, "head_left")
    for column, head, format in MOVES:
        sheet.put(row + 1, column, head, "head_left" if format == "text" else "head")
        if format == "money":
            unit_cell(book, NAME, row + 2, column, "currency", "unit_centred")
    figures = [(one, model, name) for one, model, names in figures_replaced() for name in names]
    for at, (one, model, name) in enumerate(figures):
        line, figure = row + 3 + at, catalogue.parameters()[model][name]
        label = f"{catalogue.models()[model].label}: {uncapitalized(figure.label)} ({one.id.replace('_', ' ')})"
        sheet.put(line, FIGURE, label, "label")
        sheet.put(line, UNIT, figure.unit, "note_plain")
        sheet.put(line, DATA, one.title, "source")
        for number, (column, _, format) in enumerate(MOVES):
            is_text = format == "text"
            value = cell(rows, at, number, "" if is_text else np.nan)
            sheet.put(line, column, value, "listed_text" if is_text else "published", "general" if is_text else format)


def _figure(name: str) -> str:
    """A figure by its model and label, with its range."""
    model, _, parameter = name.partition(".")
    figure = catalogue.parameters()[model][parameter]
    low, likely, high = (f"{end:g}" for end in (figure.range.low, figure.range.likely, figure.range.high))
    return f"{catalogue.models()[model].label}: {figure.label} ({low} / {likely} / {high})"
