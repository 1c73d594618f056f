"""Rule 7: check rows, and one master check that every sheet shows in its frozen pane."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.receive.soundness.breach import Breach
from workbook.receive.soundness.contents import Contents, Sheet

CHECKS, CASH_FLOW, PASSED = "Checks", "Cash flow", "All checks passed"
MASTER = (3, 1)


def breaches(workbook: Contents) -> Iterator[Breach]:
    """Checks that fail or are missing, and sheets that do not show the verdict."""
    checks = workbook.sheets.get(CHECKS)
    if checks is None:
        yield Breach(7, "", "", f"there is no sheet {CHECKS}")
        return
    yield from _rows(checks)
    yield from _totals(workbook, checks)
    passed = workbook.cell("checks_passed")
    if passed is None or passed.formula is None or passed.value != 1.0:
        yield Breach(
            7, CHECKS, passed.address if passed else "checks_passed", "the workbook does not say that its checks passed"
        )
    for sheet in workbook.sheets.values():
        yield from _shown(sheet)


def _rows(checks: Sheet) -> Iterator[Breach]:
    """The rows under the heading "Passed" hold 1, up to the first row that holds nothing."""
    heading = next((cell for cell in checks.cells.values() if cell.value == "Passed" and cell.is_label), None)
    if heading is None:
        yield Breach(7, CHECKS, "", 'no column is headed "Passed"')
        return
    row = heading.row + 1
    while cell := checks.cells.get((row, heading.column)):
        label = checks.cells.get((row, 1))
        if cell.formula is None or cell.value != 1.0:
            yield Breach(7, CHECKS, cell.address, f"fails, or is not a formula: {label.value if label else row}")
        row += 1
    if row == heading.row + 1:
        yield Breach(7, CHECKS, heading.address, "there are no checks")


def _totals(workbook: Contents, checks: Sheet) -> Iterator[Breach]:
    """Checks read the total of every path, and the cash by month."""
    read = [area for cell in checks.formulas for area in cell.formula.areas]
    for name, meaning in workbook.named.items():
        if name.startswith("total_") and meaning.area and meaning.area not in read:
            yield Breach(7, CHECKS, "", f"no check reads {name}, {meaning.text}")
    if CASH_FLOW not in {area.sheet for area in read}:
        yield Breach(7, CHECKS, "", f"no check reads the sheet {CASH_FLOW}")


def _shown(sheet: Sheet) -> Iterator[Breach]:
    cell = sheet.cells.get(MASTER)
    own = sheet.name == CHECKS
    if (
        cell is None
        or cell.formula is None
        or not (own or [tuple(area)[:3] for area in cell.formula.areas] == [(CHECKS, *MASTER)])
    ):
        yield Breach(7, sheet.name, "A3", "does not show the master check")
    elif cell.value != PASSED:
        yield Breach(7, sheet.name, "A3", f"shows {cell.value!r}")
    if sheet.frozen[0] < MASTER[0]:
        yield Breach(7, sheet.name, "A3", "the master check is not in the frozen pane")
