"""Rule 3: inputs, workings and results on separate sheets; input cells look alike, are unlocked, validated and have a
prompt.

An input cell is an unlocked cell. The colour of a sheet's tab says what kind of sheet it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from workbook.receive.soundness.breach import Breach
from workbook.receive.soundness.contents import Cell, Contents, FormulaCell, Sheet

# Sheets that may have cells to fill in although they are not sheets of inputs.
TO_TICK_OFF = {"Checklists"}
MASTER_CHECK = (3, 1)
# Names of cells that a sheet of inputs may show: the currency in a unit, the day on which the first month begins, an alert
# beside what it is about, how many questions are open and which to answer first, and which figures matter most. An
# underscore at the end: all names that begin so.
SHOWN_BESIDE_INPUTS = ("in_currency", "in_start", "alert_text_currency", "open_and_first", "open_in_", "mattering_")


def breaches(workbook: Contents) -> Iterator[Breach]:
    """Sheets of no kind or without protection, and cells that are half an input."""
    fills = Counter(cell.look.fill for sheet in workbook.sheets.values() for cell in sheet.inputs)
    fill = fills.most_common(1)[0][0] if fills else ""
    for sheet in workbook.sheets.values():
        yield from _sheet(sheet)
        yield from _look(sheet, fill)
        if sheet.kind == "input":
            yield from _formulas(workbook, sheet)
        if sheet.kind == "input" or sheet.name in TO_TICK_OFF:
            yield from _validations(sheet)
        else:
            for cell in sheet.inputs:
                yield Breach(3, sheet.name, cell.address, "unlocked, on a sheet that is not for inputs")


def _sheet(sheet: Sheet) -> Iterator[Breach]:
    if not sheet.kind:
        yield Breach(3, sheet.name, "", "the colour of its tab does not say what kind of sheet it is")
    protection = sheet.find("sheetProtection")
    if protection is None or protection.get("sheet") not in ("1", "true"):
        yield Breach(3, sheet.name, "", "not protected, so that locked cells can be typed over")
    elif protection.get("password") or protection.get("hashValue"):
        yield Breach(3, sheet.name, "", "protected with a password")


def _look(sheet: Sheet, fill: str) -> Iterator[Breach]:
    """Inputs have the one colour of inputs, and only they; texts may show it, as the colour key does."""
    for cell in sheet.inputs:
        if cell.look.fill != fill or not fill:
            yield Breach(3, sheet.name, cell.address, "an input that does not look like the others")
    if sheet.kind != "text":
        for cell in sheet.cells.values():
            if fill and cell.look.locked and cell.look.fill == fill:
                yield Breach(3, sheet.name, cell.address, "looks like an input, but is locked")


def _formulas(workbook: Contents, sheet: Sheet) -> Iterator[Breach]:
    """On a sheet of inputs only the master check, units (the currency as a text) and alerts are calculated."""
    names = [name.name for name in workbook.names]
    shown = [workbook.cell(name) for name in names if any(_is_called(name, known) for known in SHOWN_BESIDE_INPUTS)]
    for cell in sheet.formulas:
        link = cell.formula.pattern.is_link and any(goal and _points_to(cell, goal, workbook) for goal in shown)
        if (cell.row, cell.column) != MASTER_CHECK and not link:
            yield Breach(3, sheet.name, cell.address, f"a formula on a sheet of inputs: ={cell.formula.text}")


def _is_called(name: str, known: str) -> bool:
    return name.startswith(known) if known.endswith("_") else name == known


def _points_to(cell: FormulaCell, goal: Cell, workbook: Contents) -> bool:
    area = cell.formula.areas[0]
    return workbook.sheets.get(area.sheet, None) is not None and (
        workbook.sheets[area.sheet].cells.get((area.top, area.left)) is goal
    )


def _validations(sheet: Sheet) -> Iterator[Breach]:
    """Every input is validated with a prompt, and nothing else is."""
    prompted: dict[str, bool] = {}
    for rule in sheet.validations:
        for area in rule.areas:
            cells = sheet.within(area)
            prompted |= {
                cell.address: rule.type != "none" and rule.shows_prompt and bool(rule.prompt) for cell in cells
            }
            idle = [cell.address for cell in cells if cell.look.locked]
            if idle or len(cells) < area.size:
                yield Breach(3, sheet.name, (idle or [str(area)])[0], "a validation where nothing is to be typed")
    for cell in sheet.inputs:
        if cell.address not in prompted:
            yield Breach(3, sheet.name, cell.address, "an input without a validation")
        elif not prompted[cell.address]:
            yield Breach(3, sheet.name, cell.address, "an input without a prompt")
