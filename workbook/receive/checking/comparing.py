"""A received workbook against the expected one, cell by cell."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial

from calc.scenario.date_text import date_of_serial
from calc.scenario.unclear_value import UnclearValueError
from calc.simulation.contending import NEVER
from workbook.files.address import Place, address
from workbook.files.digits import FEWER_DIGITS
from workbook.receive.checking.alignment import Aligned, elsewhere
from workbook.receive.checking.amounts import holds_amount, same_but_for_grouping
from workbook.receive.checking.expected import Expected
from workbook.receive.checking.report import Finding, Shown
from workbook.receive.checking.same_formula import placed, references, same
from workbook.receive.intake import MASKED, Book, Cell, Error

PRECISION = 1e-9
# Spreadsheets call a sum nothing that is this small beside its terms.
ROUNDING = 1e-14
# Steps on the way are kept to ten digits. LibreOffice with its own settings keeps some of them and calculates anew what is read
# from these: so much a term may then be off, a product of several, and at most what a difference of two leaves.
TERM = 10.0 ** (1 - FEWER_DIGITS)
PRODUCT = 10 * TERM
SLIGHT = 1e-6
NOTHING = Cell(None)
# A formula of which only its value is left; `workbook.receive.checking.lost` decides what is reported.
AS_VALUE = "as value"
SHOWN = "a number format that shows it"
HIDDEN = "a number format that hides the value or shows another"
Cells = Mapping[tuple[int, int], Cell]


def compared(
    received: Book, expected: Expected, lines: Mapping[str, Aligned], inputs: set[Place], with_values: bool
) -> Iterator[Finding]:
    """The differences, sheet by sheet. inputs: cells of the received workbook that are reported elsewhere."""
    ods = received.format == "ods"
    apart = elsewhere(expected.book, lines)
    for name, line in lines.items():
        reported = {line.place(*place[1:]) for place in expected.inputs if place[0] == name}
        reported |= {place[1:] for place in inputs if place[0] == line.name}
        to_fill = {line.place(*place[1:]) for place in expected.to_fill if place[0] == name}
        alike = partial(same, sheet=name, lines=lines, apart=apart, ods=ods)
        agreeing = partial(agree, book=expected.book, sheet=name)
        ours, theirs = expected.book.sheets[name].cells, received.sheets[line.name].cells
        for place, kind, cell, actual in _differences(
            line,
            ours,
            theirs,
            reported,
            alike,
            agreeing,
            received.day_zero,
            not (ods or apart or received.day_zero),
        ):
            if kind in ("value", "no value") and not with_values:
                continue
            kind = "filled" if place in to_fill else kind
            if kind in ("formula", AS_VALUE) and apart and cell.formula:
                cell = cell._replace(formula=placed(cell.formula, name, lines))
            yield Finding(kind, line.name, address(*place), *_shown(kind, cell, actual))
        for input_place in reported:
            if input_place and theirs.get(input_place, NOTHING).kind == MASKED:
                yield Finding("format", line.name, address(*input_place), SHOWN, HIDDEN)


def _differences(
    line: Aligned,
    ours: Cells,
    theirs: Cells,
    reported: set,
    alike: Callable[[str, str], bool],
    agreeing: Callable[[Cell, Shown | Error], bool],
    day_zero: int,
    as_they_are: bool,
) -> Iterator[tuple[tuple[int, int], str, Cell, Cell]]:
    """The cells of one sheet that differ: place, kind of difference, expected and actual cell.

    as_they_are: formulas need not be moved or translated, nor dates, to be compared.
    """
    seen = set(reported)
    for place, cell in ours.items():
        now = place if line.same else line.place(*place)
        if now is not None and now not in reported:
            seen.add(now)
            actual = theirs.get(now, NOTHING)
            if as_they_are and _is_as_it_is(cell, actual):
                continue
            if cell.kind == "date" and isinstance(actual.value, float):
                actual = actual._replace(value=actual.value + day_zero)
            kind = _difference(cell, actual, alike, agreeing)
            if kind:
                yield now, kind, cell, actual
    for now, actual in theirs.items():
        if now not in seen and not _is_empty(actual):
            yield now, "added", NOTHING, actual


def _is_empty(cell: Cell) -> bool:
    return cell.formula is None and cell.value in (None, "")


def _is_as_it_is(cell: Cell, actual: Cell) -> bool:
    """Whether the two are the same to the letter, as most cells are: then all the rest need not be asked."""
    return (
        cell.formula == actual.formula
        and cell.value == actual.value
        and type(cell.value) is type(actual.value)
        and actual.kind != MASKED
    )


def _difference(
    cell: Cell,
    actual: Cell,
    alike: Callable[[str, str], bool],
    agreeing: Callable[[Cell, Shown | Error], bool],
) -> str | None:
    """The kind of the difference between a cell and the one in its place, None if they agree."""
    if cell.formula is None:
        if _is_empty(actual):
            return None if _is_empty(cell) else "deleted"
        return _masked(cell, actual) if actual.formula is None and equal(cell.value, actual.value) else "constant"
    if actual.formula is None:
        return AS_VALUE if equal(cell.value, actual.value) else "formula"
    if not alike(cell.formula, actual.formula):
        return "formula"
    if agreeing(cell, actual.value):
        return _masked(cell, actual)
    return "no value" if actual.value is None else "value"


def _masked(cell: Cell, actual: Cell) -> str | None:
    return "format" if actual.kind == MASKED != cell.kind else None


def agree(cell: Cell, actual: Shown | Error, book: Book, sheet: str) -> bool:
    """Whether the actual value is that of the formula cell of the book, as any program in any language calculates it."""
    if equal(cell.value, actual) or _is_rounded(cell, actual, book, sheet):
        return True
    return same_but_for_grouping(cell.value, actual) and holds_amount(cell, book, sheet)


def _is_rounded(cell: Cell, actual: Shown | Error, book: Book, sheet: str) -> bool:
    """Whether two values differ by no more than rounding in a sum or product of the formula's precedents.

    What keeps a path from being the cheapest is no term of any result: beside it, a cent would be rounding.
    """
    if not (isinstance(cell.value, float) and isinstance(actual, float)):
        return False
    apart = abs(cell.value - actual)
    beside = apart / max(abs(cell.value), abs(actual))
    if beside <= PRODUCT or apart > 1:
        return beside <= PRODUCT
    largest = 0.0
    for home, top, left, bottom, right in references(cell.formula or "", sheet):
        cells = book.sheets[home].cells
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                value = cells.get((row, column), NOTHING).value
                largest = max(largest, abs(value) if isinstance(value, float) and value != NEVER else 0.0)
    return apart <= (TERM if beside <= SLIGHT else ROUNDING) * largest


def equal(one: Shown | Error, other: Shown | Error) -> bool:
    """Numbers to nine digits; empty text and no text are the same."""
    one, other = (None if value == "" else value for value in (one, other))
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=PRECISION, abs_tol=PRECISION)
    return type(one) is type(other) and one == other


def _shown(kind: str, cell: Cell, actual: Cell) -> tuple[Shown, Shown]:
    """The expected and actual contents of a finding: values, and formulas where the formulas differ."""
    if kind == "format":
        return SHOWN, HIDDEN
    if kind in ("value", "no value"):
        return cell.value, actual.value
    return text_of(cell), text_of(actual)


def text_of(cell: Cell) -> Shown:
    """What a reader sees in the cell: its formula, its value, or the day that the number is."""
    if cell.formula is not None:
        return f"={cell.formula}"
    if cell.kind == "date" and isinstance(cell.value, float) and cell.value.is_integer():
        with suppress(UnclearValueError):
            return date_of_serial(cell.value).isoformat()
    return cell.value
