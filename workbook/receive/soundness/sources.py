"""Rule 4: a source on every parameter.

A sheet of inputs with a column headed "Basis" holds parameters. Each row with an input says there whether its figure
is published (by a seller), derived or assumed, under "Source and place" where it is from, and under "Why" what speaks for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbook.receive.soundness.breach import Breach
from workbook.receive.soundness.contents import Contents, Sheet

BASES = ("published by a seller", "published", "derived", "assumption")
HEADS = ("Basis", "Source", "Why")


def breaches(workbook: Contents) -> Iterator[Breach]:
    """Rows of parameters that do not say where their figure comes from."""
    for sheet in workbook.sheets.values():
        columns = _columns(sheet)
        if sheet.kind != "input" or "Basis" not in columns:
            continue
        for row in sorted({cell.row for cell in sheet.inputs}):
            cells = {head: sheet.cells.get((row, column)) for head, column in columns.items()}
            texts = {head: cell.value if cell else None for head, cell in cells.items()}
            if texts["Basis"] not in BASES:
                yield Breach(
                    4, sheet.name, f"{row}", f"a parameter on the basis of {texts['Basis']!r}, not {', '.join(BASES)}"
                )
            for head in HEADS[1:]:
                if not texts.get(head):
                    yield Breach(4, sheet.name, f"{row}", f"a parameter without a text under {head}")


def _columns(sheet: Sheet) -> dict[str, int]:
    """The columns of the heads, from their first words."""
    labels = [cell for cell in sheet.cells.values() if cell.is_label]
    return {head: cell.column for head in HEADS for cell in labels if cell.label.startswith(head) and cell.look.fill}
