"""Rule 2: no number in a formula but the declared ones."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from workbook.files.agreed import DECLARED_NUMBERS
from workbook.receive.soundness.breach import Breach
from workbook.receive.soundness.contents import Contents
from workbook.receive.soundness.tokens import Pattern


@cache
def undeclared(pattern: Pattern) -> list[str]:
    """The numbers of a formula that are not declared."""
    return [t.text for t in pattern.tokens if t.kind == "number" and float(t.text) not in DECLARED_NUMBERS]


def breaches(workbook: Contents) -> Iterator[Breach]:
    """Every number outside a text that is not one of `DECLARED_NUMBERS`."""
    for sheet in workbook.sheets.values():
        for cell in sheet.formulas:
            odd = undeclared(cell.formula.pattern)
            if odd:
                yield Breach(2, sheet.name, cell.address, f"holds the number {', '.join(odd)}; give it a cell")
