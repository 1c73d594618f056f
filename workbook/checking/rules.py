"""The rules of sound workbooks over a received one: what its cells break that the expected one does not.

How a file is packed, printed and coloured is the business of the program that saved it last, and only told on request.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from workbook.checking.report import Finding
from workbook.rules import Breach, broken

OF_CELLS = (1, 2, 4, 5, 6, 9)
CHANGED = ("formula", "constant", "added", "filled")


def breaches(file: Path, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Breaches of the rules for cells, in the cells that were changed, and on the sheets that were added."""
    cells = {(one.sheet, one.cell) for one in findings if one.kind in CHANGED}
    added = {one.sheet for one in findings if one.kind == "sheet" and one.found == "added"}
    if cells or added:
        for breach in broken(file):
            if breach.rule in OF_CELLS and ((breach.sheet, breach.cell) in cells or breach.sheet in added):
                yield _finding(breach)


def every_breach(file: Path, expected: bytes) -> Iterator[Finding]:
    """Every breach of every rule that the expected workbook does not have as well."""
    known = set(broken(expected))
    for breach in broken(file):
        if breach not in known:
            yield _finding(breach)


def _finding(breach: Breach) -> Finding:
    return Finding("rule", breach.sheet, breach.cell, f"rule {breach.rule}", breach.message)
