"""The inputs of a workbook against those that it was made for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from workbook.files.address import Place, address
from workbook.receive.checking.comparing import equal, text_of
from workbook.receive.checking.report import Finding, Shown
from workbook.receive.intake import Cell
from workbook.receive.reading import Gathered


def inputs(now: Gathered, then: Mapping[tuple[str, str], Any]) -> Iterator[Finding]:
    """Inputs with another meaning than before, inputs entered in another way, and inputs that cannot be read."""
    faulty = set()
    for fault in now.faults:
        faulty.add(fault.place)
        says = fault.found if fault.allowed or not fault.example else f"{fault.found}; {fault.example}"
        yield Finding("fault", *_where(fault.place), fault.allowed or None, says, fault.field)
    for (dotted, end), place in now.places.cells.items():
        if place in faulty or (dotted, end) not in now.values or (dotted, end) not in then:
            continue
        after, before = (_meant(dotted, values[dotted, end]) for values in (now.values, then))
        field = dotted if end == "likely" else f"{dotted}.{end}"
        if after != before:
            yield Finding("input", *_where(place), _shown(before), _shown(after), field)
        elif not _entered_as_is(now.book.sheets[place[0]].cells.get(place[1:]), after):
            cell = now.book.sheets[place[0]].cells.get(place[1:])
            yield Finding("retyped", *_where(place), _shown(after), text_of(cell or Cell(None)), field)


def _where(place: Place | None) -> tuple[str, str]:
    return (place[0], address(*place[1:])) if place else ("", "")


def _meant(dotted: str, value: Any) -> Any:
    """An answer that is not given is unknown; an owner without a name is none."""
    if dotted.startswith("answers."):
        return value or "unknown"
    return value or None if dotted == "project.owner" else value


def _entered_as_is(cell: Cell | None, meant: Any) -> bool:
    """Whether the cell holds the value itself, as a number or a text, and no formula."""
    if cell is None:
        return meant in (None, "unknown")
    if cell.formula is not None:
        return False
    if isinstance(meant, date):
        return isinstance(cell.value, float) and cell.value.is_integer()
    return equal(cell.value, meant)


def _shown(value: Any) -> Shown:
    return value.isoformat() if isinstance(value, date) else value
