"""Worked examples: the claims of the articles, recalculated from their inputs, and whether both agree; then the stories."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np

from calc import catalogue
from calc.catalogue.article import Example, WorkedFigure
from calc.text.uncapitalized import uncapitalized
from calc.worked_examples import (
    AGREES,
    DIFFERS,
    FORMULAS,
    INPUTS,
    TOLERANCE,
    agreeing,
    agreement,
    differing,
    gap_of_range,
    gap_of_value,
)
from workbook.write.book import Book
from workbook.write.formula.expression import Home, Reference, reference
from workbook.write.formula.tracing import traced
from workbook.write.sheet import Cell
from workbook.write.sheets import stories
from workbook.write.sheets.heading import framed

NAME = "Worked examples"
FIRST = 8
TOLERANCE_ROW = 6
HEADS = (
    "Input, or figure in bold", "Unit", "Value, or low end", "High end", "Source: value, or low end",
    "Source: high end", "Largest difference, share", "Agrees (1/0)", "In a word",
    "Source and place, or how it is calculated",
)  # fmt: skip
WIDTHS = {1: 46, 2: 12, 3: 13, 4: 13, 5: 13, 6: 13, 7: 12, 8: 9, 9: 10, 10: 64}
LAST = len(HEADS)
FORMATS = {"share": "share", "USD/h": "rate", "h/week": "hours", "h": "hours"}


def add(book: Book) -> None:
    """Every example with its inputs and its figures, then how many agree."""
    purpose = "Every claim that can be recalculated: the article's inputs, its figure, ours, and whether they agree."
    options = {"freeze": (6, 2), "header_rows": (1, 5), "print_to": None, "is_alike": True}
    sheet = framed(book, NAME, "text", "Worked examples", purpose, WIDTHS, **options)
    sheet.row(5, 1, HEADS, "head_left")
    sheet.row(5, 3, HEADS[2:8], "head")
    sheet.row(TOLERANCE_ROW, 1, ["Difference that still counts as agreement"], "label")
    sheet.put(TOLERANCE_ROW, 2, "share", "unit")
    sheet.put(TOLERANCE_ROW, 3, TOLERANCE, "fixed", "factor")
    sheet.put(TOLERANCE_ROW, 10, "assumption: allows for rounding and nothing else", "source")
    row = FIRST
    for example in catalogue.worked().values():
        row = _example(book, row, example) + 1
    _count(book, row)
    stories.add(book, NAME, row + 4, LAST)


def title(example: Example) -> str:
    """What heads the example."""
    return example.id.replace("_", " ").capitalize()


def inputs(example: Example) -> dict[str, tuple[str, list[float]]]:
    """Label -> name, and value or two ends, of every input; where figures take other values, each has its label."""
    return {
        _label(example, figure, name): (name, value if isinstance(value, list) else [value])
        for figure in example.figures
        for name, value in figure.inputs.items()
    }


def _label(example: Example, figure: WorkedFigure, name: str) -> str:
    first = next(candidate for candidate in example.figures if name in candidate.inputs)
    if first.inputs[name] == figure.inputs[name]:
        return INPUTS[name][0]
    return f"{INPUTS[name][0]}: {uncapitalized(figure.label)}"


def _example(book: Book, row: int, example: Example) -> int:
    sheet = book.sheets[NAME]
    sheet.row(row, 1, [title(example), *[None] * (LAST - 1)], "section")
    sheet.row(row + 1, 1, [example.claim], "purpose")
    row += 2
    places = {}
    cited = "; ".join(reference.citation for reference in example.references)
    settings = catalogue.settings()
    for label, (name, ends) in inputs(example).items():
        places[label] = row
        _line(book, row, label, INPUTS[name][1], "label")
        sheet.row(row, 3, ends, "published", "whole" if all(end == int(end) for end in ends) else "rate")
        sheet.put(row, 10, settings[name].note if name in settings else cited, "source")
        row += 1
    for figure in example.figures:
        _figure(book, row, figure, {name: places[_label(example, figure, name)] for name in figure.inputs})
        row += 1
    return row


def _line(book: Book, row: int, label: str, unit: str, style: str) -> None:
    sheet = book.sheets[NAME]
    sheet.row(row, 1, [label], style)
    sheet.put(row, 2, unit, "unit")
    sheet.row(row, 3, [None] * 7, "calc")


def _figure(book: Book, row: int, figure: WorkedFigure, places: dict[str, int]) -> None:
    """Ours beside the source's figure, and whether they agree."""
    sheet = book.sheets[NAME]
    _line(book, row, figure.label, figure.unit, "label_strong")
    format = FORMATS.get(figure.unit, "money")
    ends = 2 if figure.is_range else 1
    _ours(book, row, figure, places, ends, format)
    sheet.row(row, 5, [figure.source_low, figure.source_high][:ends], "published", format)
    sheet.put(row, 10, figure.formula.replace("_", " ").replace("*", "×"), "note")
    names = ("ours_low", "ours_high", "source_low", "source_high")
    reads = {name: book.at(NAME, row, column) for column, name in enumerate(names, 3)}
    if figure.is_range:
        gap = book.derive(NAME, row, 7, gap_of_range, "calc", "factor", **reads)
    else:
        reads = {"ours": reads["ours_low"], "source": reads["source_low"]}
        gap = book.derive(NAME, row, 7, gap_of_value, "calc", "factor", **reads)
    tolerance = book.at(NAME, TOLERANCE_ROW, 3)
    agrees = book.derive(NAME, row, 8, agreement, "result", "flag", gap=gap, tolerance=tolerance)
    book.derive(NAME, row, 9, in_a_word, "calc_text", agrees=agrees)
    sheet.highlights.append((f"I{row}", f'$I{row}="{AGREES}"', "good"))
    sheet.highlights.append((f"I{row}", f'$I{row}="{DIFFERS}"', "bad"))


def _ours(book: Book, row: int, figure: WorkedFigure, places: dict[str, int], ends: int, format: str) -> None:
    """The same formula in both columns, so that it moves with the column; an input with one value serves both."""
    function = cast(Callable[..., Any], FORMULAS[figure.formula])
    pairs = {name: isinstance(value, list) for name, value in figure.inputs.items()}
    references = {
        name: reference(Reference(Home(NAME, place, 3, along="end" if pairs[name] else None), NAME))
        for name, place in places.items()
    }
    expression = book.once((NAME, row), lambda: traced(function, references))
    for end in range(ends):
        value = function(**{name: figure.ends(name)[end] for name in figure.inputs})
        book.sheets[NAME].cells[row, 3 + end] = Cell(value, expression.printed({"end": end}), "result", format)


def in_a_word(agrees):
    """The same in a word."""
    return np.where(agrees == 1, AGREES, DIFFERS)


def _count(book: Book, row: int) -> None:
    """How many figures agree, and how many do not."""
    sheet = book.sheets[NAME]
    for between in range(FIRST, row):
        sheet.cells.setdefault((between, 9), Cell(None))
    words = book.at(NAME, FIRST, 9, down=row - FIRST)
    sheet.row(row, 1, ["All figures together", *[None] * (LAST - 1)], "section")
    for at, (label, count) in enumerate(
        (("Figures that agree", agreeing), ("Figures that differ", differing)), row + 1
    ):
        _line(book, at, label, "figures", "label_strong")
        book.derive(NAME, at, 3, count, "result", "flag", words=words)
