"""What really happened by month, as the open workbook says it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calc.scenario.actuals import KEY, PATH, SERIES, Allowed
from calc.scenario.schema import MOST_MONTHS
from calc.scenario.unclear_value import UnclearValueError
from calc.scenario.value import Asked
from calc.udfs.cells import UnusableError, error_text, is_blank
from workbook.buttons.ranges import ACTUALS
from workbook.buttons.shown import Sheets, Shown
from workbook.files.address import address
from workbook.write.picks import STANDARD


def happened(sheets: Sheets, currency: str, then: Mapping[str, Any], plan_path: str) -> dict[str, Any]:
    """The section of a scenario, empty where nothing happened. Raises UnusableError for a cell that is no figure.

    then: as it was when the workbook was made; it still holds where no sheet asks for it. plan_path: the path in the plan,
    which is the one that is followed.
    """
    sheet = ACTUALS[0]
    lists = (
        _entered(sheets[sheet], currency) if sheet in sheets else {name: then[name] for name in SERIES if name in then}
    )
    if not lists and PATH not in then:
        return {}
    picked = plan_path not in ("", STANDARD["plan_path"])
    return {**({PATH: plan_path} if picked else {}), **lists}


def _entered(shown: Shown, currency: str) -> dict[str, list[Any]]:
    _, fields, first = ACTUALS
    rows = {shown.cell(row, fields): row for row in range(1, shown.last_row + 1)}
    found = {}
    for name, allowed in SERIES.items():
        if f"{KEY}.{name}" not in rows:
            continue
        row, months = rows[f"{KEY}.{name}"], range(first, first + MOST_MONTHS)
        values = [_month(shown, row, column, allowed, currency) for column in months]
        if any(value != "" for value in values):
            found[name] = values
    return found


def _month(shown: Shown, row: int, column: int, allowed: Allowed, currency: str) -> Any:
    """A figure; an empty text where nothing is known."""
    cell = shown.cell(row, column)
    if is_blank(cell):
        return ""
    try:
        if error_text(cell):
            raise UnclearValueError(str(error_text(cell)))
        return Asked("number", allowed.unit, allowed.unit == "share").meaning(cell, currency)
    except UnclearValueError as unclear:
        says = f"{address(row, column)} found {unclear.says}"
        raise UnusableError(ACTUALS[0], says, f"{allowed.says}; empty where nothing is known") from None
