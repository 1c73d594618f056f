"""Which values of a workbook follow from cells that were changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from workbook.checking.formulas import references
from workbook.checking.report import Finding
from workbook.intake import Book
from workbook.reading.addresses import Place, position
from workbook.reading.openformula import excel_form

# What others may follow: cells that are not as the template or the inputs have them.
CHANGES = ("formula", "constant", "deleted", "added", "retyped", "fault")
Range = tuple[str, int, int, int, int]


def told_apart(findings: list[Finding], book: Book) -> Iterator[Finding]:
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
    readers: dict[Place | Range, list[Place | Range]] = defaultdict(list)
    ranges: set[Range] = set()
    for name, sheet in book.sheets.items():
        for place, cell in sheet.cells.items():
            if cell.formula is not None:
                text = excel_form(cell.formula) if book.format == "ods" else cell.formula
                for home, top, left, bottom, right in references(text, name):
                    one = (home, top, left) if (top, left) == (bottom, right) else (home, top, left, bottom, right)
                    readers[one].append((name, *place))
                    if len(one) == 5:
                        ranges.add(one)
    for home, top, left, bottom, right in ranges:
        cells = book.sheets[home].cells if home in book.sheets else {}
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) in cells:
                    readers[home, row, column].append((home, top, left, bottom, right))
    found: set[Place | Range] = set()
    waiting: list[Place | Range] = list(changed)
    while waiting:
        for reader in readers.get(waiting.pop(), ()):
            if reader not in found:
                found.add(reader)
                waiting.append(reader)
    return {one for one in found if len(one) == 3}
