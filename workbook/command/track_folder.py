"""Forecasts of all tracked workbooks of a folder, side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from workbook.command.scenario_argument import WORKBOOKS

COLUMNS = ("Path", "Month", "Plan", "Actual\nto date", "Forecast", "Core done", "Advice")


def forecasts(folder: Path) -> dict[str, Any]:
    """Path, month, plan, actual to date, forecast, end date and advice of every workbook with actuals; what is refused apart.

    Lock files of office programs are passed over, as are workbooks in which nothing is entered. Raises Refused if nothing
    is left.
    """
    from calc.scenario import Refused
    from calc.scenario.faults import problem

    tracked: list[dict[str, Any]] = []
    refused: list[dict[str, Any]] = []
    for file in sorted(folder.iterdir()):
        if file.suffix.lower() in WORKBOOKS and not file.name.startswith(("~$", ".")):
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
    from calc.scenario.actuals import is_tracked
    from calc.tracking import track
    from workbook.receive.checking import changed_path
    from workbook.receive.intake import cells
    from workbook.receive.reading import gathered, refused

    book = cells(file, without_numbers=True)
    inputs = gathered(book, str(file))
    if inputs.scenario is None:
        raise refused(inputs)
    if not is_tracked(inputs.scenario.actuals):
        return None
    if asked := changed_path(book, str(file), inputs.scenario):
        raise Refused(str(file), asked)
    one = track(inputs.scenario, str(file))
    return {
        "file": file.name,
        "name": inputs.scenario.project.name,
        "currency": inputs.scenario.project.currency,
        "path": one["path"],
        "month": one["month"],
        "plan": one["plan"]["total"],
        "actual": one["actual"]["to_date"],
        "forecast": one["forecast"]["total"],
        "end_date": one["forecast"]["end_date"],
        "advice": _advice(one),
    }


def _advice(one: dict[str, Any]) -> str:
    """Stay, or switch and where to; or why neither is said."""
    if not one["stay_or_switch"]:
        return "core done"
    if one["recommended"] is None:
        return "no recommendation"
    return "stay" if one["recommended"] == one["path"] else f"switch: {one['recommended']}"


def show(read: dict[str, Any]) -> None:
    """Print a row for each workbook, and what is asked about the others."""
    from workbook.command.terminal import console, printable, table

    kinds = ("left", "number", "number", "number", "number", "number", "left")
    made = table(("Workbook", "left"), *zip(COLUMNS, kinds, strict=True), title="Forecasts")
    for one in read["tracked"]:
        amounts = (f"{one[name]:,.0f}" for name in ("plan", "actual", "forecast"))
        made.add_row(
            printable(f"{one['file']} ({one['currency']})"),
            printable(one["path"].replace("_", " ")),
            str(one["month"]),
            *amounts,
            one["end_date"],
            printable(one["advice"].replace("_", " ")),
        )
    console().print(made)


def complaints(read: dict[str, Any]) -> list[str]:
    """A line for each problem of each workbook that could not be forecast."""
    return [f"{one['file']}: {problem}" for one in read["refused"] for problem in one["problems"]]
