"""Rule 13: text typed by a user never becomes a formula, whatever it begins with.

A text is a string in the file, never a formula. An input for free text has a quote prefix, which keeps it a text when
somebody edits the cell; so has every other text that a spreadsheet would take for the beginning of a formula.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbook.receive.soundness.breach import Breach
from workbook.receive.soundness.contents import Cell, Contents, Sheet
from workbook.receive.soundness.units import is_unit

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def breaches(workbook: Contents) -> Iterator[Breach]:
    """Inputs that are or would become formulas."""
    for sheet in workbook.sheets.values():
        free = _free(sheet)
        for cell in sheet.cells.values():
            if not cell.look.locked and cell.formula:
                yield Breach(13, sheet.name, cell.address, f"a formula in an input: ={cell.formula.text}")
            elif (cell.row, cell.column) in free and not cell.look.quoted:
                yield Breach(13, sheet.name, cell.address, "an input for free text without a quote prefix")
            elif _would_be_a_formula(cell):
                yield Breach(
                    13, sheet.name, cell.address, f"no quote prefix, and it begins like a formula: {cell.label[:20]!r}"
                )


def _free(sheet: Sheet) -> set[tuple[int, int]]:
    """The cells whose validation asks only for the length of a text."""
    areas = [area for rule in sheet.validations if rule.type == "textLength" for area in rule.areas]
    return {(cell.row, cell.column) for area in areas for cell in sheet.within(area)}


def _would_be_a_formula(cell: Cell) -> bool:
    return cell.label.startswith(BEGINS_A_FORMULA) and not cell.look.quoted and not is_unit(cell.label)
