"""Which cell reads which, over the whole workbook. A range is a separate node, which a thousand readers may share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from workbook.files.address import Place
from workbook.receive.soundness.address import Area
from workbook.receive.soundness.contents import Cell, Contents, FormulaCell

Node = Place | Area


def in_circles(workbook: Contents) -> Iterator[tuple[str, Cell]]:
    """The formula cells that read themselves, and those between or after them, which no order could calculate."""
    readers = _readers(workbook)
    waiting: dict[Node, int] = defaultdict(int)
    for of_one in readers.values():
        for reader in of_one:
            waiting[reader] += 1
    ready = [node for node in readers if not waiting[node]]
    while ready:
        for reader in readers.get(ready.pop(), ()):
            waiting[reader] -= 1
            if not waiting[reader]:
                ready.append(reader)
    for node, count in waiting.items():
        if count and not isinstance(node, Area):
            yield node[0], workbook.sheets[node[0]].cells[node[1:]]


def dependents(workbook: Contents, places: Iterable[Place]) -> set[Place]:
    """Every formula cell whose value follows one of the cells, at once or by way of others."""
    readers = _readers(workbook)
    followers: set[Node] = set()
    open_: list[Node] = list(places)
    while open_:
        for reader in readers.get(open_.pop(), ()):
            if reader not in followers:
                followers.add(reader)
                open_.append(reader)
    return {node for node in followers if not isinstance(node, Area)}


def _readers(workbook: Contents) -> dict[Node, list[Node]]:
    """Every cell and range that is read, with its readers."""
    readers: dict[Node, list[Node]] = defaultdict(list)
    ranges: set[Area] = set()
    for sheet in workbook.sheets.values():
        for cell in sheet.formulas:
            place = (sheet.name, cell.row, cell.column)
            for area in dict.fromkeys([*cell.formula.areas, *_named(workbook, cell)]):
                if area.is_range:
                    ranges.add(area)
                    readers[area].append(place)
                else:
                    readers[area.sheet, area.top, area.left].append(place)
    for area in ranges:
        for member in workbook.sheets[area.sheet].within(area) if area.sheet in workbook.sheets else ():
            readers[area.sheet, member.row, member.column].append(area)
    return readers


def _named(workbook: Contents, cell: FormulaCell) -> Iterator[Area]:
    for name in cell.formula.pattern.names:
        meaning = workbook.named.get(name.lower())
        if meaning and meaning.area:
            yield meaning.area
