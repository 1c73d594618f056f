"""A received workbook against the expected one, cell by cell."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping

from workbook.checking.alignment import Aligned
from workbook.checking.expected import Expected
from workbook.checking.formulas import same
from workbook.checking.report import Finding, Shown
from workbook.intake import Book, Cell, Error
from workbook.intake.grid import address
from workbook.reading.addresses import Place

PRECISION = 1e-9


def compared(
    received: Book, expected: Expected, lines: Mapping[str, Aligned], inputs: set[Place], with_values: bool
) -> Iterator[Finding]:
    """What differs, sheet by sheet. inputs: cells of the received workbook that are told of elsewhere."""
    ods = received.format == "ods"
    moved = any(not line.same or name != line.name for name, line in lines.items())
    for name, line in lines.items():
        there = received.sheets[line.name].cells
        to_fill = {line.place(*place[1:]) for place in expected.to_fill if place[0] == name}
        elsewhere = {line.place(*place[1:]) for place in expected.inputs if place[0] == name}
        elsewhere |= {place[1:] for place in inputs if place[0] == line.name}
        seen = set(elsewhere)
        for place, cell in expected.book.sheets[name].cells.items():
            now = line.place(*place)
            if now is None or now in elsewhere:
                continue
            seen.add(now)
            found = there.get(now)
            kind = _difference(cell, found, with_values, lambda one, other: same(one, other, name, lines, moved, ods))
            if kind:
                kind = "filled" if now in to_fill else kind
                yield Finding(kind, line.name, address(*now), *_shown(kind, cell, found))
        for now, cell in there.items():
            if now not in seen and (cell.formula is not None or cell.value not in (None, "")):
                kind = "filled" if now in to_fill else "added"
                yield Finding(kind, line.name, address(*now), None, text_of(cell))


def _difference(cell: Cell, found: Cell | None, with_values: bool, same: Callable[[str, str], bool]) -> str | None:
    """The kind of the difference between a cell and what is found there, None if there is none."""
    if cell.formula is None:
        if found is None or (found.formula is None and found.value in (None, "")):
            return "deleted" if cell.value not in (None, "") else None
        return None if found.formula is None and equal(cell.value, found.value) else "constant"
    if found is None or found.formula is None or not same(cell.formula, found.formula):
        return "formula"
    if not with_values or equal(cell.value, found.value):
        return None
    return "no value" if found.value is None else "value"


def equal(one: Shown | Error, other: Shown | Error) -> bool:
    """Numbers to nine digits; empty text and no text are the same."""
    one, other = (None if value == "" else value for value in (one, other))
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=PRECISION, abs_tol=PRECISION)
    return type(one) is type(other) and one == other


def _shown(kind: str, cell: Cell, found: Cell | None) -> tuple[Shown, Shown]:
    """What a finding says was expected and found: values, and formulas where they are what differs."""
    there = found or Cell(None)
    if kind in ("value", "no value"):
        return cell.value, there.value
    return text_of(cell), text_of(there)


def text_of(cell: Cell) -> Shown:
    return cell.value if cell.formula is None else f"={cell.formula}"
