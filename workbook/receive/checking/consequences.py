"""Which values of a workbook follow from cells that were changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from workbook.files.address import Place
from workbook.receive.checking.report import Finding
from workbook.receive.checking.same_formula import references
from workbook.receive.intake import Book
from workbook.receive.reading.addresses import position
from workbook.receive.reading.openformula import excel_form

# What others may follow: cells that are not as the template or the inputs have them.
CHANGES = ("formula", "constant", "deleted", "added", "retyped", "fault")
Range = tuple[str, int, int, int, int]
# A cell, a range, or a whole sheet.
Source = Place | Range | tuple[str]
# Cells of ranges that are followed one by one: ten times as many as a workbook of ours has.
MOST_STEPS = 1_000_000


def with_consequences(findings: list[Finding], book: Book) -> Iterator[Finding]:
    """The findings, with those values that only follow from changed cells called so."""
    changed = {_place(one) for one in findings if one.kind in CHANGES and one.cell}
    wrong = {_place(one) for one in findings if one.kind == "value"}
    following = _dependents(book, changed) if changed and wrong else set()
    for one in findings:
        follows = one.kind == "value" and _place(one) in following
        yield one._replace(kind="follows") if follows else one


def _place(one: Finding) -> Place:
    return (one.sheet, *(position(one.cell) or (0, 0)))


def _dependents(book: Book, changed: Iterable[Place]) -> set[Place]:
    """Every formula cell that reads one of the cells, at once or by way of others."""
    readers: dict[Source, list[Source]] = defaultdict(list)
    for name, sheet in book.sheets.items():
        for place, cell in sheet.cells.items():
            if cell.formula is not None:
                text = excel_form(cell.formula) if book.format == "ods" else cell.formula
                for source in set(references(text, name)):
                    readers[_as_one(source)].append((name, *place))
    _read_ranges(book, readers)
    dependents: set[Source] = set()
    waiting: list[Source] = list(changed)
    while waiting:
        for reader in readers.get(waiting.pop(), ()):
            if reader not in dependents:
                dependents.add(reader)
                waiting.append(reader)
    return {one for one in dependents if len(one) == 3}


def _as_one(source: Range) -> Source:
    """A range of one cell as that cell."""
    home, top, left, bottom, right = source
    return (home, top, left) if (top, left) == (bottom, right) else source


def _read_ranges(book: Book, readers: dict[Source, list[Source]]) -> None:
    """Have each range read its cells; one that would take too many steps reads its whole sheet instead."""
    left_over = MOST_STEPS
    whole: set[str] = set()
    for source in [one for one in readers if len(one) == 5]:
        home, top, left, bottom, right = source
        if home not in book.sheets:
            continue
        cells = book.sheets[home].cells
        area = (bottom - top + 1) * (right - left + 1)
        left_over -= min(area, len(cells))
        if left_over < 0:
            readers[(home,)].append(source)
            whole.add(home)
        elif area <= len(cells):
            places = ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
            _reads(readers, source, (place for place in places if place in cells))
        else:
            _reads(readers, source, (p for p in cells if top <= p[0] <= bottom and left <= p[1] <= right))
    for home in whole:
        for place in book.sheets[home].cells:
            readers[home, *place].append((home,))


def _reads(readers: dict[Source, list[Source]], source: Range, places: Iterable[tuple[int, int]]) -> None:
    for place in places:
        readers[source[0], *place].append(source)
