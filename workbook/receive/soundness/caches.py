"""Rule 10: every formula has its value beside it, the workbook is recalculated when opened, charts carry their
points.

Whether the values are right is for another engine to say; that charts show the cells that they refer to is checked
here.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from workbook.receive.soundness.breach import Breach
from workbook.receive.soundness.charts import Points, points
from workbook.receive.soundness.contents import MAIN, Contents
from workbook.receive.soundness.tokens import Patterns

MOST_POINTS = 32_000  # what one series of a chart may have


def breaches(workbook: Contents) -> Iterator[Breach]:
    """Formulas and charts without values, and charts with others than those of their cells."""
    calculation = workbook.root.find(f"{MAIN}calcPr")
    if calculation is None or calculation.get("fullCalcOnLoad") not in ("1", "true"):
        yield Breach(10, "", "", "fullCalcOnLoad is not set")
    for sheet in workbook.sheets.values():
        for cell in sheet.formulas:
            if cell.value is None:
                yield Breach(10, sheet.name, cell.address, "a formula without its value")
            elif isinstance(cell.value, float) and not math.isfinite(cell.value):
                yield Breach(10, sheet.name, cell.address, f"the value {cell.value}, which is not a number")
    for in_chart in points(workbook):
        message = _wrong(workbook, in_chart)
        if message:
            yield Breach(10, "", in_chart.part, f"{in_chart.formula}: {message}")


def _wrong(workbook: Contents, in_chart: Points) -> str:
    if in_chart.cached is None:
        return "no cached points"
    areas = Patterns().formula(in_chart.formula, "").areas
    if len(areas) != 1 or areas[0].sheet not in workbook.sheets:
        return "leads nowhere"
    area = areas[0]
    cells = workbook.sheets[area.sheet].cells
    if in_chart.count != area.size or area.size > MOST_POINTS:
        return f"{in_chart.count} cached points for {area.size} cells"
    for number, place in enumerate(area.places()):
        cell = cells.get(place)
        if not _same(cell.value if cell else None, in_chart.cached.get(number)):
            return f"point {number + 1} is {in_chart.cached.get(number)!r}, its cell {cell.value if cell else None!r}"
    return ""


def _same(value: float | str | bool | None, cached: str | None) -> bool:
    if value is None or value == "" or cached in (None, "", "#N/A"):
        return value in (None, "") and cached in (None, "", "#N/A")
    if isinstance(value, float):
        try:
            return math.isclose(value, float(cached), rel_tol=1e-9, abs_tol=1e-9)
        except ValueError:
            return False
    return str(value) == cached
