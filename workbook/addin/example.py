"""The add-in's example: a whole workbook with one more sheet, which compares UDFs with native formulas.

A UDF cannot be recalculated without Excel, so its cells hold the values that the functions returned for the cells of
this workbook when it was built; with the add-in installed, Excel recalculates them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from calc.quantities.alerts import ALERTS
from calc.scenario import Scenario
from workbook.buttons.ranges import RANGES
from workbook.files.address import column_letters
from workbook.write.book import Book
from workbook.write.build import book
from workbook.write.pack import Package
from workbook.write.sheet import Cell
from workbook.write.sheets import framed

NAME = "Add-in"
EXAMPLE = {
    "project": {"name": "Add-in example", "start": "2026-12-01"},
    "work": {"core_hours": [300, 400, 700]},
    "money": {"revenue_loss_per_month": 8000},
    "answers": {"shifting": "yes", "bounded": "no", "long": "yes", "parallel": "no"},
    "overrides": {"freelancer": {"rate": [70, 95, 140]}},
}
FIRST = 8
WIDTHS: dict[int, float] = {1: 44, 2: 30, 3: 20, 4: 20, 5: 16, 6: 70}
TOLERANCE = 0.005


@dataclass(frozen=True)
class Comparison:
    """One row of the sheet: a native formula, and a UDF with its arguments (a range by its name, a constant, or None)."""

    label: str
    native: str
    function: str
    arguments: tuple[Any, ...]
    format: str = "money"
    # The compared cell of an array function, row and column from 1.
    cell: tuple[int, int] | None = None


def example(scenario: Scenario) -> bytes:
    """The workbook with the sheet of UDF calls, as the bytes of an .xlsx file."""
    made = book([scenario], is_usual=False)
    sheet = framed(
        made, NAME, "result", "The add-in beside the workbook", "The same figures by native formulas and by UDFs.",
        WIDTHS, freeze=(FIRST, 2), header_rows=(1, FIRST - 1),
    )  # fmt: skip
    sheet.row(FIRST - 1, 1, ["Figure", "In", "Native formula", "UDF", "Agreement", "The UDF in full"], "head_left")
    made.later(NAME, lambda: _compare(made))
    return Package(made).bytes()


def lines(made: Book) -> Iterator[Comparison]:
    """The comparisons: figures of every path, the decision, and cells of array functions."""
    for path in made.structure.paths:
        yield Comparison(f"Total: {path.label}", f"total_{path.id}", "tco_total", ("scenario", path.id))
    for path in made.structure.paths:
        yield Comparison(f"Present value: {path.label}", f"npv_{path.id}", "tco_npv", ("scenario", path.id))
    for path in made.structure.paths:
        yield Comparison(f"Same scope: {path.label}", f"same_scope_{path.id}", "tco_same_scope", ("scenario", path.id))
    for path in made.structure.paths:
        arguments = ("scenario", "weeks_to_stable", path.id)
        yield Comparison(
            f"Weeks to stable: {path.label}", f"weeks_to_stable_{path.id}", "tco_figure", arguments, "weeks"
        )
    for path in made.structure.paths:
        yield Comparison(f"Fit: {path.label}", f"fit_{path.id}", "tco_fit", ("scenario", path.id), "fit")
    for lens in made.structure.lenses:
        yield Comparison(f"Lean: {lens}", f"lean_{lens}", "tco_lens", ("scenario", lens), "fit")
    yield Comparison("Recommended path", "recommended_path", "tco_recommend", ("scenario",), "text")
    yield Comparison("How firmly it stands", "status", "tco_status", ("scenario",), "text")
    for alert in ALERTS:
        yield Comparison(
            f"Alert: {alert.replace('_', ' ')}", f"alert_text_{alert}", "tco_alerts", ("scenario", alert), "text"
        )
    for path in made.structure.paths:
        yield Comparison(
            f"Why not: {path.label}", f"why_not_text_{path.id}", "tco_why_not", ("scenario", path.id), "text"
        )
    first = made.structure.path_ids[0]
    yield Comparison("First row of the table of paths", f"total_{first}", "tco_table", ("scenario",), "money", (2, 7))
    months = made.spot("spend", path=0, month=0)
    cell = f"'{months.home.sheet}'!{column_letters(months.home.column)}{months.home.row}"
    yield Comparison("First month of the first path", cell, "tco_months", ("scenario", first), "money", (1, 1))


def _compare(made: Book) -> None:
    from calc import udfs

    sheet = made.sheets[NAME]
    places, cells = ranges(made), {name: _cells(made, name) for name in RANGES}
    row = FIRST
    for row, line in enumerate(lines(made), FIRST):
        function = getattr(udfs, line.function)
        given = _arguments(function, line.arguments)
        value = function(*(cells.get(each, each) if isinstance(each, str) else each for each in given))
        if isinstance(value, str):
            raise ValueError(f"{line.function}{line.arguments} says: {value}")
        at = line.cell or (1, 1)
        result = value[at[0] - 1][at[1] - 1]
        formula = f"{line.function}({','.join(_printed(each, places) for each in given)})"
        formula = formula if line.cell is None else f"INDEX({formula},{at[0]},{at[1]})"
        style = "calc_text" if line.format == "text" else "calc"
        sheet.put(row, 1, line.label, "label")
        sheet.put(row, 2, made.names.get(line.native, (line.native.split("!")[0].strip("'"),))[0], "unit")
        sheet.cells[row, 3] = Cell(_native(made, line), line.native, style, line.format)
        sheet.cells[row, 4] = Cell(result, formula, style, line.format)
        sheet.cells[row, 5] = Cell(_verdict(made, line, result), _comparison(line, row), "calc_text", "text")
        sheet.put(row, 6, f"={_shortened(line, given)}", "note")
    count, agree = row - FIRST + 1, [sheet.cells[at, 5].value for at in range(FIRST, row + 1)].count("agrees")
    marks = f"E{FIRST}:E{row}"
    tally = f'COUNTIF({marks},"agrees")&" of {count} agree; "&COUNTIF({marks},"no add-in")&" without add-in"'
    sheet.cells[5, 1] = Cell(f"{agree} of {count} agree; 0 without add-in", tally, "lead", "text")


def _comparison(line: Comparison, row: int) -> str:
    """The formula that compares both cells of a row; an error text of the UDF counts as different."""
    if line.format == "text":
        agree = f'IF(C{row}=D{row},"agrees","differs")'
    else:
        agree = f'IF(ISNUMBER(D{row}),IF(ABS(C{row}-D{row})<={TOLERANCE},"agrees","differs"),"differs")'
    return f'IF(ISERROR(D{row}),"no add-in",{agree})'


def _verdict(made: Book, line: Comparison, result: Any) -> str:
    native = _native(made, line)
    same = native == result if line.format == "text" else abs(native - result) <= TOLERANCE
    return "agrees" if same else "differs"


def ranges(made: Book) -> dict[str, str]:
    """The ranges that hold the scenario, by the names of the arguments."""
    addresses = {}
    for name, (sheet, first, last, top) in RANGES.items():
        bottom = _last(made.sheets[sheet].cells, first)
        addresses[name] = f"{sheet}!${column_letters(first)}${top}:${column_letters(last)}${bottom}"
    return addresses


def _cells(made: Book, name: str) -> list[list[Any]]:
    """The cells of a range as Excel would hand them over."""
    sheet, first, last, top = RANGES[name]
    cells = made.sheets[sheet].cells
    bottom = _last(cells, first)
    return [[_value(cells.get((row, column))) for column in range(first, last + 1)] for row in range(top, bottom + 1)]


def _last(cells: Mapping[tuple[int, int], Cell], column: int) -> int:
    """The last row in which a column holds something."""
    return max(row for (row, at), cell in cells.items() if at == column and cell.value is not None)


def _value(cell: Cell | None) -> Any:
    value = None if cell is None else cell.value
    if isinstance(value, np.ndarray):
        value = value[0]
    if isinstance(value, int | float | np.number) and not isinstance(value, bool):
        return None if np.isnan(value) else float(value)
    return value or None


def _arguments(function: Any, given: tuple[Any, ...]) -> list[Any]:
    """All arguments of a call: those given, then the ranges of answers and parameters in their places."""
    names = list(function.descriptions)
    return [*given, *[None] * (len(names) - len(given) - 2), "answers", "parameters"]


def _printed(argument: Any, places: dict[str, str]) -> str:
    if argument is None:
        return ""
    return places.get(argument) or f'"{argument}"'


def _shortened(line: Comparison, given: list[Any]) -> str:
    """The call with the names of its ranges, for people to read."""
    short = {name: sheet for name, (sheet, *_) in RANGES.items()}
    return f"{line.function}({', '.join(_printed(each, short) for each in given)})"


def _native(made: Book, line: Comparison) -> Any:
    """The value of the native cell that the name refers to."""
    if line.native in made.names:
        sheet, row, column = made.names[line.native]
        value = made.sheets[sheet].cells[row, column].value
        return value[0] if isinstance(value, np.ndarray) else value
    return float(made.values["spend"][0, 0, 0])
