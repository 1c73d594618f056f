"""Forecasts of all tracked workbooks of a folder, side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from workbook.command.returned_folder import returned

# The headings of amounts by what they show; the last two where some workbook has a budget.
AMOUNTS = {"plan": "Plan", "actual": "Actual\nto date", "forecast": "Forecast"}
OF_BUDGET = {"budget": "Budget", "headroom": "Headroom"}


def forecasts(folder: Path) -> dict[str, Any]:
    """The outlook of every workbook with actuals; what is refused apart.

    Workbooks in which nothing is entered are passed over. Raises Refused if nothing is left.
    """
    from calc.scenario import Refused
    from calc.scenario.faults import problem

    tracked: list[dict[str, Any]] = []
    refused: list[dict[str, Any]] = []
    for file in returned(folder):
        try:
            if one := _forecast(file):
                tracked.append(one)
        except Refused as error:
            problems = [
                f"{fault.field}: {fault.found}" + (f"; allowed: {fault.allowed}" if fault.allowed else "")
                for fault in error.faults
            ]
            refused.append({"file": file.name, "problems": problems})
    if not tracked and not refused:
        hint = "fill in the sheet Actuals of a workbook that engagement build made (full edition)"
        raise Refused(str(folder), [problem("", "holds no workbook in which actuals are entered", hint)])
    return {"schema": 1, "folder": str(folder), "tracked": tracked, "refused": refused}


def _forecast(file: Path) -> dict[str, Any] | None:
    from calc.scenario import Refused
    from calc.tracking import outlook
    from workbook.receive.checking import changed_path
    from workbook.receive.reading import read

    reading = read(file)
    if asked := changed_path(reading.book, str(file), reading.scenario):
        raise Refused(str(file), asked)
    one = outlook(reading.scenario, str(file))
    project = reading.scenario.project
    return one and {"file": file.name, "name": project.name, "currency": project.currency, **one}


def show(read: dict[str, Any]) -> None:
    """Print a row of figures for each workbook, and below which path each follows and whether to stay."""
    from workbook.command.sentences import paragraph
    from workbook.command.terminal import console, printable, table

    out = console()
    amounts = AMOUNTS | (OF_BUDGET if any(one["budget"] is not None for one in read["tracked"]) else {})
    columns = ("In", "Month", *amounts.values(), "Core done")
    made = table(("Workbook", "left"), *((column, "number") for column in columns), title="Forecasts")
    for one in read["tracked"]:
        cells = ("" if one[name] is None else f"{one[name]:,.0f}" for name in amounts)
        made.add_row(printable(one["file"]), one["currency"], str(one["month"]), *cells, one["end_date"])
    out.print(made)
    for one in read["tracked"]:
        paragraph(out, f"{one['file']}: {one['label']}; {one['advice'].replace('_', ' ')}.")


def complaints(read: dict[str, Any]) -> list[str]:
    """A line for each problem of each workbook that could not be forecast."""
    return [f"{one['file']}: {problem}" for one in read["refused"] for problem in one["problems"]]
