"""Searches: what was found once in Python, as it was found, and beside it what is said while the inputs are still the same.

Other sheets show the sentences by their names: `ask_first_line`, `ask_first_1` to `ask_first_3`, `firmness`, `finding_out`,
`finding_out_worth`, `finding_out_short`, `sequence_line`, `mattering_1` to `mattering_10`, `would_be_<path>`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from inspect import signature

import numpy as np

from calc.sentences.questions import only_while_it_holds, open_and_first, while_it_holds
from workbook.write.book import Book, Spot
from workbook.write.once.studies import ASKED, MATTERING, VALUE_FLIPS, Sentences, cell
from workbook.write.sheets import recorded_inputs, simulation
from workbook.write.sheets.heading import framed

NAME = "Searches"
ASK_FIRST = 3
FIRST = 6
FOUND, SAID = 3, 4


def add(book: Book) -> None:
    """The sheet of sentences and what they are made of."""
    purpose = "What other answers and prices would lead to, as computed in Python, and whether it still belongs to the inputs."
    widths = {1: 44, 2: 30, 3: 70, 4: 70}
    sheet = framed(book, NAME, "working", "Searches", purpose, widths, freeze=(FIRST, 3), header_rows=(1, 5))
    sheet.row(5, 1, ["About", "Id", "As it was found", "Said while the inputs are the same"], "head_left")
    row, before = FIRST, while_it_holds
    for name, about, function, found in sorted(_sentences(book), key=lambda said: said[2] is not while_it_holds):
        row += 0 if function is before else 1
        before = function
        sheet.put(row, 1, about, "label")
        sheet.put(row, 2, name, "id")
        sheet.put(row, FOUND, _column(found), "calc_text")
        book.name(name, NAME, row, SAID)
        book.later(NAME, partial(_say, book, row, function))
        row += 1
    row += 1
    sheet.row(row, 1, ["Open questions, and which to answer first", "open_and_first"], "label")
    book.name("open_and_first", NAME, row, SAID)
    book.later(NAME, lambda: _open_and_first(book, row))
    _asked(book, row + 3)
    _value_flips(book, row + 3 + ASKED + 3)


def _open_and_first(book: Book, row: int) -> None:
    names = signature(open_and_first).parameters
    book.derive(NAME, row, SAID, open_and_first, "calc_text", **{name: book.at(*book.names[name]) for name in names})


def _sentences(book: Book) -> Iterator[tuple[str, str, Callable, list[str]]]:
    """Name, what it is about, the function of what is said, and what was found in each scenario."""
    studies = book.studies
    asked = [_first_asked(*found) for found in zip(studies.asked, studies.sentences, strict=True)]
    yield "ask_first_line", "What to answer first, in a line", while_it_holds, [_in_a_line(first) for first in asked]
    for number in range(ASK_FIRST):
        function = while_it_holds if number == 0 else only_while_it_holds
        found = [first[number] if number < len(first) else "" for first in asked]
        yield f"ask_first_{number + 1}", f"Answer first: {number + 1}", function, found
    firm = [sentences.firm for sentences in studies.sentences]
    yield "firmness", "How firmly the recommendation stands", while_it_holds, firm
    for part, name in enumerate(("finding_out", "finding_out_worth")):
        found = [_parts(sentences.finding_out)[part] for sentences in studies.sentences]
        about = ("Finding out first", "What finding out first is worth")[part]
        yield name, about, only_while_it_holds, found
    in_short = [sentences.finding_out_in_short for sentences in studies.sentences]
    yield "finding_out_short", "Finding out first, in a line", only_while_it_holds, in_short
    better = studies.best_sequence or [""] * book.count
    yield "sequence_line", "The best of all sequences", while_it_holds, better
    for number in range(MATTERING):
        found = [lines[number] if number < len(lines) else "" for lines in studies.mattering]
        function = while_it_holds if number == 0 else only_while_it_holds
        yield f"mattering_{number + 1}", f"What matters most: {number + 1}", function, found
    for path in book.structure.paths:
        found = [sentences.would_be[path.id] for sentences in studies.sentences]
        yield f"would_be_{path.id}", f"What would have to be true: {path.label}", only_while_it_holds, found


def _first_asked(asked: list[tuple[str, float]], sentences: Sentences) -> list[str]:
    """The questions that matter most, or in their place why there are none."""
    return [f"“{question}”" for question, _ in asked[:ASK_FIRST]] or [sentences.firm]


def _parts(text: str) -> tuple[str, str]:
    """The first sentence, and the rest: together they are wider than a page."""
    first, stop, rest = text.partition(". ")
    return first + stop.strip(), rest


def _in_a_line(first: list[str]) -> str:
    return f"Answer first: {', then '.join(first)}." if first[0].startswith("“") else first[0]


def _column(found: list[str]) -> np.ndarray | str:
    return np.array(found, dtype=object)


def _say(book: Book, row: int, function: Callable) -> None:
    reads = {"said": book.at(NAME, row, FOUND), "changed": recorded_inputs.changed(book)}
    if function is while_it_holds:
        reads["trials"] = simulation.large_run(book)
    book.derive(NAME, row, SAID, function, "calc_text", **reads)


def _asked(book: Book, row: int) -> None:
    """Every open question that was tried, with how much its answer moves."""
    sheet = book.sheets[NAME]
    sheet.section(row - 1, "Open questions by how much their answers change, computed once", SAID)
    sheet.row(row, 1, ["Question", "Unit", "Swing"], "head_left")
    for at in range(ASKED):
        sheet.put(row + 1 + at, 1, cell(book.studies.asked, at, 0, ""), "label")
        sheet.put(row + 1 + at, 2, "share", "unit")
        sheet.put(row + 1 + at, FOUND, cell(book.studies.asked, at, 1, np.nan), "published", "share")


def _value_flips(book: Book, row: int) -> None:
    """The exact values of single figures from which another path is recommended; their labels are on Sensitivity."""
    sheet = book.sheets[NAME]
    sheet.section(
        row - 1, "Values of single figures that change the recommendation, nearest first, computed once", SAID
    )
    sheet.row(row, 1, ["Figure", "Unit", "Its value then", "Which side of today, where both read alike"], "head_left")
    book.name("first_value_flip", NAME, row + 1, FOUND)
    for at in range(VALUE_FLIPS):
        line = row + 1 + at
        sheet.put(line, 1, f"Figure {at + 1}", "label")
        sheet.put(line, 2, "of the figure", "unit")
        sheet.put(line, FOUND, cell(book.studies.values, at, 3, np.nan), "published", "number")
        sheet.put(line, SAID, cell(book.studies.sides, at, 0, ""), "record")


def value_flip(book: Book, number: int) -> tuple[Spot, Spot]:
    """The value of the n-th figure that would change the recommendation, and which side of today's that is."""
    _, first, _ = book.names["first_value_flip"]
    return book.at(NAME, first + number, FOUND), book.at(NAME, first + number, SAID)
