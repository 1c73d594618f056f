"""Record: every input as it was when the workbook was made, and whether the cell still says the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby

import numpy as np

from calc import catalogue
from calc.reductions import summed
from calc.scenario.actuals import KEY as ACTUALS
from calc.scenario.basis import KEY as BASIS
from calc.scenario.quotes import KEY as QUOTES
from calc.scenario.schema import ENDS, FIELDS
from calc.structure import PhaseRow, QuoteRow
from workbook.write.book import Book, Spot
from workbook.write.formula.expression import Home
from workbook.write.formula.text import same_text
from workbook.write.once.studies import cell
from workbook.write.sheets.actuals import is_tracked
from workbook.write.sheets.heading import framed, unit_cell
from workbook.write.title_lines import title_lines

NAME = "Record"
PATHS = "paths"
FIRST = 6
ASKED, FIRST_QUESTIONS = 7, 3
# Below them, the project's name as the title of the first page.
TITLE, TITLE_LINES = FIRST + FIRST_QUESTIONS + 2, 2
# Below that, where something had happened when the workbook was made.
UNDER_WAY, ADVISED = TITLE + TITLE_LINES + 2, 3
HEADROOM = UNDER_WAY + ADVISED + 1


def add(book: Book) -> None:
    """The sheet that remembers the inputs."""
    purpose = "The inputs as they were when this workbook was made; its one-off results belong to these."
    widths = {1: 46, 2: 16, 3: 24, 4: 10, 5: 8, 7: 34}
    sheet = framed(book, NAME, "working", "Record of inputs", purpose, widths, freeze=(FIRST, 2), header_rows=(1, 5))
    sheet.row(5, 1, ["Field", "Sheet", "When it was made", "Changed", "Unit"], "head_left")
    book.later(NAME, lambda: _asked(book))
    book.later(NAME, lambda: _fill(book))


def _fill(book: Book) -> None:
    """A block for each column of inputs, its rows as far apart as there, so that one formula runs down each block."""
    sheet, row = book.sheets[NAME], FIRST
    blocks: dict[tuple[str, int], list[tuple[int, str]]] = {}
    for field, (source, source_row, column) in input_cells(book):
        blocks.setdefault((source, column), []).append((source_row, field))
    flags = []
    for (source, column), cells in blocks.items():
        start = row - min(source_row for source_row, _ in cells)
        for source_row, field in sorted(cells):
            row = start + source_row
            original = book.recorded.sheets[source].cells[source_row, column]
            sheet.put(row, 1, field, "id")
            sheet.put(row, 2, source, "unit")
            sheet.put(row, 3, original.value, "record", original.format)
            sheet.put(row, 5, "0/1", "unit")
            if (source, source_row, column) == book.names["in_name"]:
                book.name("name_changed", NAME, row, 4)
        for at, count in _runs(book, source, column, [source_row for source_row, _ in cells]):
            now, then = book.at(source, at, column, down=count), book.at(NAME, start + at, 3, down=count)
            book.fill(NAME, start + at, 4, _changed, "calc", "flag", now=now.each(), then=then.each())
            changed = book.at(NAME, start + at, 4, down=count).values
            flags.append(np.broadcast_to(changed, (book.count, count)))
        row += 2
    every = Spot(Home(NAME, FIRST, 4, "n"), np.concatenate(flags, axis=-1), row - FIRST)
    book.derive(NAME, row, 4, summed, "result", "flag", values=every)
    sheet.put(row, 1, "Inputs changed since", "label_strong")
    sheet.put(row, 2, "rows", "unit")
    book.name("inputs_changed", NAME, row, 4)
    sheet.row(row + 1, 1, [PATHS, "Values"], "id")
    sheet.put(row + 1, 3, own_paths(book), "record", "text")
    for at, key in enumerate((BASIS, QUOTES, ACTUALS), row + 2):
        sheet.row(at, 1, [key, "Values"], "id")
        sheet.put(at, 3, book.texts[key], "record", "text")


def _runs(book: Book, source: str, column: int, rows: list[int]) -> Iterator[tuple[int, int]]:
    """The first and the number of rows below each other whose inputs are of one kind: numbers, texts or choices."""
    cells = book.sheets[source].cells
    for _, run in groupby(enumerate(sorted(rows)), lambda one: (one[1] - one[0], cells[one[1], column].style)):
        first, *others = [row for _, row in run]
        yield first, 1 + len(others)


def _asked(book: Book) -> None:
    """The questions to answer first, and how firmly the path stands, as computed when the workbook was made."""
    sheet = book.sheets[NAME]
    sheet.row(5, ASKED, ["Answer first", "Unit"], "head_left")
    for at in range(FIRST_QUESTIONS):
        sheet.put(FIRST + at, ASKED, cell(book.studies.asked, at, 0, ""), "record")
    held = np.array(book.studies.holds)
    sheet.put(FIRST + FIRST_QUESTIONS, ASKED, held if len(held) > 1 else held[0], "record", "percent")
    sheet.put(FIRST + FIRST_QUESTIONS, ASKED + 1, "share", "unit")
    source, row, column = book.names["in_name"]
    names = np.ravel(book.recorded.sheets[source].cells[row, column].value)
    lines = np.array([title_lines(str(name)) for name in names], dtype=object)
    for at in range(TITLE_LINES):
        sheet.put(TITLE + at, ASKED, lines[:, at] if len(lines) > 1 else lines[0, at], "record")
    if is_tracked(book):
        sheet.put(UNDER_WAY - 1, ASKED, "Under way: forecast, stay or switch, why", "head_left")
        for at in range(ADVISED):
            sheet.put(UNDER_WAY + at, ASKED, cell(book.studies.under_way, 0, at, ""), "record")
        sheet.put(HEADROOM - 1, ASKED, "Under way: headroom, forecast", "head_left")
        sheet.put(HEADROOM, ASKED, cell(book.studies.under_way, 0, ADVISED, np.nan), "record", "money")
        unit_cell(book, NAME, HEADROOM, ASKED + 1, "currency")


def title(book: Book) -> dict[str, Spot]:
    """The two lines of the project's name as a title, the second empty where one is enough, and whether the name has changed."""
    book.write(NAME)
    first, second = (book.at(NAME, TITLE + at, ASKED) for at in range(TITLE_LINES))
    return {"first": first, "second": second, "changed": book.at(*book.names["name_changed"])}


def advised(book: Book) -> list[Spot]:
    """The forecast, whether to stay or to switch, and why, as the workbook was made; empty texts where that was not computed."""
    book.write(NAME)
    return [book.at(NAME, UNDER_WAY + at, ASKED) for at in range(ADVISED)]


def headroom_forecast(book: Book) -> Spot:
    """What was forecast to be left of the budget, as the workbook was made; empty where that was not computed."""
    book.write(NAME)
    return book.at(NAME, HEADROOM, ASKED)


def asked(book: Book) -> tuple[list[Spot], Spot]:
    """The first three questions to answer, and in how many of the ways to answer the open ones the same path holds."""
    questions = [book.at(NAME, FIRST + at, ASKED) for at in range(FIRST_QUESTIONS)]
    return questions, book.at(NAME, FIRST + FIRST_QUESTIONS, ASKED)


def _changed(now, then):
    return np.where(same_text(now, then), 0, 1)


def own_paths(book: Book) -> str:
    """The user-defined paths as JSON in the form of a scenario: no cell of the inputs holds them."""
    defined = {}
    for path in book.structure.paths:
        if path.id not in catalogue.paths() and path.id not in book.structure.bases:
            steps = [_step(phase) for phase in path.phases]
            run = {"work": "run", "model": path.runner} | _by(path.runner_quote)
            keeper = [{"work": "retainer", "model": path.keeper}] if path.keeper else []
            phases = [*steps, run, *keeper]
            defined[path.id] = {"label": path.label, "phases": phases}
    return json.dumps(defined)


def _step(phase: PhaseRow) -> dict[str, object]:
    length: dict[str, object] = {"share": phase.share} if phase.work == "core" else {"weeks": phase.weeks}
    return {"work": phase.work, "model": phase.model, **length, **_by(phase.quote)}


def _by(quote: QuoteRow | None) -> dict[str, object]:
    return {"quote": quote.vendor} if quote else {}


def changed(book: Book) -> Spot:
    """How many inputs have changed since the workbook was made."""
    book.write(NAME)
    return book.at(*book.names["inputs_changed"])


def input_cells(book: Book) -> Iterator[tuple[str, tuple[str, int, int]]]:
    """Every input cell by its field: dotted as in a scenario file, with _low and _high for the ends of an estimate."""
    for field in FIELDS.values():
        yield field.dotted, book.names[f"in_{field.name}"]
        if field.is_estimate:
            for end in ("low", "high"):
                yield f"{field.dotted}.{end}", book.names[f"in_{field.name}_{end}"]
    for lens in catalogue.lenses():
        yield f"weights.{lens}", book.names[f"weight_{lens}"]
    for question in catalogue.questions():
        yield f"answers.{question}", book.names[f"answer_{question}"]
    for end in ENDS:
        home = book.homes[f"override_{end}"]
        for at, (model, name, _) in enumerate(catalogue.parameter_rows()):
            yield f"overrides.{model}.{name}.{end}", (home.sheet, home.row + at, home.column)
    home = book.homes["override_setting"]
    for at, name in enumerate(catalogue.settings()):
        yield f"overrides.decision.{name}", (home.sheet, home.row + at, home.column)
