"""The budget of the portfolio: whether it is met and what that costs, and which path for which project."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from workbook.bulk.portfolio.reports.listed import WHOSE, Column, Listed, Part, Row, letters
from workbook.bulk.portfolio.reports.totals import Records
from workbook.files.address import column_letters
from workbook.write.sheet import Cell, Sheet

NAME = "Budget"
SHEET, TABLE = "Budget by project", "Budget_by_project"
MOST_NAMED = 50
COLUMNS = tuple(
    Column(*column)
    for column in (
        *WHOSE,
        ("Recommended path", 34, "usual_label", "record", "general"),
        ("Its invoices", 14, "usual_invoiced", "calc", "money"),
        ("Its same scope", 14, "usual_same_scope", "calc", "money"),
        ("Path within the budget", 34, "label", "record", "general"),
        ("Invoiced", 14, "invoiced", "result", "money"),
        ("Same scope", 14, "same_scope", "result", "money"),
        ("Costs more", 14, "costs_more", "calc", "money"),
        ("Another path", 10, "changed", "record", "general"),
        ("In the way", 10, "in_the_way", "record", "general"),
    )
)
LETTERS = letters(COLUMNS)


def budget_by_project(budget: dict[str, Any], records: Records) -> Listed:
    """The list, in the order of the rows."""
    purpose = f"Which path for which project, in {budget['currency']}: as recommended, and within the budget."
    return Listed(SHEET, TABLE, purpose, COLUMNS, len(budget["projects"]), _rows(budget, records))


def _rows(budget: dict[str, Any], records: Records) -> Iterator[Callable[[int], Row]]:
    in_the_way = {one["row"] for one in budget["in_the_way"]}
    projects = iter(budget["projects"])
    for record in records():
        if record.get("contenders"):
            project = next(projects)
            yield partial(_row, record, project, project["row"] in in_the_way)


def _row(record: dict[str, Any], project: dict[str, Any], in_the_way: bool, number: int) -> Row:
    labels = {one["path"]: one["label"] for one in record["contenders"]}
    usual = project["unconstrained"]
    values = {
        **{key: record[key] for key in ("row", "id", "name", "owner")},
        "usual_label": labels[project["recommendation"]],
        "usual_invoiced": usual["invoiced"],
        "usual_same_scope": usual["same_scope"],
        "label": labels[project["path"]],
        "invoiced": project["invoiced"],
        "same_scope": project["same_scope"],
        "costs_more": project["same_scope"] - usual["same_scope"],
        "changed": "yes" if project["path"] != project["recommendation"] else "no",
        "in_the_way": "yes" if in_the_way else "no",
    }
    formulas = {"costs_more": f"{LETTERS['same_scope']}{number}-{LETTERS['usual_same_scope']}{number}"}
    return Row([Cell(values[key], formulas.get(key), style, format) for _, _, key, style, format in COLUMNS])


def budget_sheet(budget: dict[str, Any], parts: Sequence[Part]) -> Sheet:
    """The sheet above the list. parts: those of the list, which its sums are read from."""
    code = budget["currency"]
    sheet = Sheet(NAME, "result", "Budget of the portfolio", _purpose(budget), freeze=(4, 2), header_rows=(0, 0))
    sheet.widths.update({1: 40, 2: 18, 3: 18, 4: 34, 5: 18})
    sheet.put(4, 1, f"Budget, {code}", "label")
    sheet.put(4, 2, budget["amount"], "fixed", "money")
    sheet.row(6, 1, [code, "Invoiced", "Same scope"], "head")
    short = budget["short_by"] > 0
    lines = (
        ("As recommended", "unconstrained", "usual_"),
        ("Invoiced least" if short else "Within the budget", "chosen", ""),
    )
    for at, (label, key, prefix) in enumerate(lines, 7):
        sheet.put(at, 1, label, "label")
        for column, name in enumerate(("invoiced", "same_scope"), 2):
            formula = "+".join(f"SUM({part.column(f'{prefix}{name}', part.sheet.name)})" for part in parts)
            sheet.cells[at, column] = Cell(budget[key][name], formula, "calc", "money")
    sheet.put(9, 1, "Costs more", "label")
    more = budget["chosen"]["invoiced"] - budget["unconstrained"]["invoiced"], budget["costs_more"]
    for column, value in enumerate(more, 2):
        letter = column_letters(column)
        sheet.cells[9, column] = Cell(value, f"{letter}8-{letter}7", "calc", "money")
    sheet.put(10, 1, "Headroom", "label")
    sheet.cells[10, 2] = Cell(budget["amount"] - budget["chosen"]["invoiced"], "B4-B8", "result", "money")
    counts = (
        ("Projects with another path", sum(one["path"] != one["recommendation"] for one in budget["projects"])),
        ("Rows without a path, not in it", budget["left_out"]),
    )
    for at, (label, count) in enumerate(counts, 11):
        sheet.put(at, 1, label, "label")
        sheet.put(at, 2, count, "fixed", "whole")
    if budget["gap"]:
        sheet.put(13, 1, "At most this much more could be saved", "label")
        sheet.put(13, 2, budget["gap"], "fixed", "money")
    if short:
        _in_the_way(sheet, 15, budget["in_the_way"])
    return sheet


def _purpose(budget: dict[str, Any]) -> str:
    code = budget["currency"]
    if budget["short_by"]:
        return (
            f"The budget cannot be met: even with the path of each project that is invoiced least, the invoices are"
            f" {code} {budget['short_by']:,.0f} above it."
        )
    return (
        "Among each project's paths with evidence that fit about as well as the best: all invoices together within the"
        " budget, and the same scope at the least cost."
    )


def _in_the_way(sheet: Sheet, top: int, projects: Sequence[dict[str, Any]]) -> None:
    """The projects, dearest first, that would have to go for the budget to be met."""
    sheet.row(top, 1, ["In the way, dearest first", "Row", "Invoiced at least", "Path"], "head")
    for at, one in enumerate(projects[:MOST_NAMED], top + 1):
        sheet.put(at, 1, one["id"], "record")
        sheet.put(at, 2, one["row"], "fixed", "flag")
        sheet.put(at, 3, one["invoiced"], "fixed", "money")
        sheet.put(at, 4, one["label"], "record")
    if len(projects) > MOST_NAMED:
        more = f"and {len(projects) - MOST_NAMED:,} more, marked on the sheet {SHEET}"
        sheet.put(top + 1 + MOST_NAMED, 1, more, "record")
