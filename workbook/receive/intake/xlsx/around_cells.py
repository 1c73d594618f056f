"""What stands in a worksheet around its cells: hidden columns, merged ranges, links, the formulas of validations and formats."""

from __future__ import annotations

from collections.abc import Mapping

from workbook.files.address import column_letters
from workbook.receive.intake import limits
from workbook.receive.intake.book import Sheet
from workbook.receive.intake.outside import reaches_outside
from workbook.receive.intake.unsafe import Finding

SPACES = {"http://schemas.microsoft.com/office/excel/2006/main": "xm:"}
# Of data validations and conditional formats, those of newer programs too.
FORMULAS = ("formula", "formula1", "formula2", "xm:f")
NO_OUTSIDE = "rules over cells of this workbook"
TRUE = ("1", "true")


class Frame:
    """Gathers it for one sheet. links: relation -> the cells with it."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self.links: dict[str, str] = {}

    def opened(self, name: str, attributes: Mapping[str, str]) -> bool:
        """An element outside the cells begins; returns whether its text is a formula."""
        if name == "col" and attributes.get("hidden") in TRUE:
            first = attributes.get("min", "")
            self.hide(f"column {column_letters(int(first))}" if first.isdecimal() and len(first) < 6 else "a column")
        elif name == "mergeCell" and len(self._sheet.merged) < limits.MERGED:
            self._sheet.merged.append(attributes.get("ref", "")[:20])
        elif name == "hyperlink" and "r:id" in attributes and len(self.links) < limits.LINKS:
            self.links.setdefault(attributes["r:id"], attributes.get("ref", "")[:20])
        return name in FORMULAS

    def row(self, row: int, attributes: Mapping[str, str]) -> None:
        """A row begins."""
        if attributes.get("hidden") in TRUE:
            self.hide(f"row {row}")

    def hide(self, line: str) -> None:
        if len(self._sheet.hidden_lines) < limits.HIDDEN_LINES:
            self._sheet.hidden_lines.append(line)

    def fault(self, formula: str) -> Finding | None:
        """The finding about a formula around the cells, None where it is harmless."""
        problem = reaches_outside(formula)
        return Finding(self._sheet.name, f"{problem}, in a validation or a format", NO_OUTSIDE) if problem else None
