"""The list of owners: what their scenarios cost, how many have alerts, and what of their budgets is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from workbook.bulk.portfolio.reports.listed import Column, Listed, Row
from workbook.bulk.portfolio.reports.totals import Totals
from workbook.write.sheet import Cell

SHEET, TABLE = "Owners", "Owners"
COLUMNS = tuple(
    Column(*column)
    for column in (
        ("Owner", 30, "owner", "record", "general"),
        ("Currency", 9, "currency", "record", "general"),
        ("Scenarios", 10, "rows", "fixed", "whole"),
        ("With alerts", 10, "alerted", "fixed", "whole"),
        ("Total cost", 14, "total", "result", "money"),
        ("Paid", 14, "paid", "calc", "money"),
        ("Same scope, present value", 14, "same_scope", "calc", "money"),
        ("Budget", 14, "budget_amount", "calc", "money"),
        ("Invoiced against it", 14, "budget_invoiced", "calc", "money"),
        ("Headroom", 14, "budget_headroom", "result", "money"),
        ("Total, USD", 14, "usd_total", "calc", "money"),
    )
)


def owners(totals: Totals) -> Listed:
    """The list, the owner whose scenarios cost most first."""
    purpose = (
        "What each owner's scenarios cost, by currency. Budget, invoices and headroom: of those that have a budget and a"
        " recommended path."
    )
    return Listed(SHEET, TABLE, purpose, COLUMNS, len(totals.owners), _rows(totals))


def _rows(totals: Totals) -> Iterator[Callable[[int], Row]]:
    for owner in totals.owners:
        yield partial(_row, owner)


def _row(owner: dict[str, Any], number: int) -> Row:
    return Row([Cell(owner[column.key], None, column.style, column.format) for column in COLUMNS])
