"""Rule 6: from left to right and from top to bottom, no circularity, nothing calculated twice.

What a formula reads on its own sheet lies wholly left of it or wholly above it; row 3, where the master check stands,
is free. Two formulas of one sheet that read the same cells in the same way calculate the same; plain links and units
are free to do so.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbook.receive.soundness.address import Area
from workbook.receive.soundness.breach import Breach
from workbook.receive.soundness.contents import Contents, FormulaCell, Sheet
from workbook.receive.soundness.graph import in_circles

CHECK_ROW = 3


def breaches(workbook: Contents) -> Iterator[Breach]:
    """Formulas that read to their right and below, in circles, or what another has calculated."""
    for sheet in workbook.sheets.values():
        for cell in sheet.formulas:
            if cell.row != CHECK_ROW:
                yield from _backwards(sheet, cell)
        yield from _twice(sheet)
    for sheet_name, circular in in_circles(workbook):
        yield Breach(6, sheet_name, circular.address, "reads itself, by way of other cells or at once")


def _backwards(sheet: Sheet, cell: FormulaCell) -> Iterator[Breach]:
    for area in cell.formula.areas:
        if area.right >= cell.column and area.bottom >= cell.row and area.sheet == sheet.name:
            yield Breach(6, sheet.name, cell.address, f"reads {area}, which is neither left of it nor above it")


def _twice(sheet: Sheet) -> Iterator[Breach]:
    seen: dict[tuple[str | Area, ...], FormulaCell] = {}
    for cell in sheet.formulas:
        if cell.formula.pattern.is_link:
            continue
        first = seen.setdefault((cell.formula.pattern.shape, *cell.formula.areas), cell)
        if first is not cell:
            yield Breach(6, sheet.name, cell.address, f"calculates what {first.address} has: ={cell.formula.text}")
