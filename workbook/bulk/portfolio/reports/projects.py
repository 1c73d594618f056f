"""The list of all scenarios: a row for each line of the manifest, with what it answers or why it has no workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import Any

from workbook.bulk.portfolio.reports.listed import WHOSE, Column, Listed, Row, letters
from workbook.bulk.portfolio.reports.totals import (
    NONE,
    Records,
    Sums,
    Totals,
    amount_of,
    entry,
    outcome,
    reasons,
)
from workbook.write.sheet import Cell

SHEET, TABLE = "Scenarios", "Projects"
LONGEST_REMARK = 500
COLUMNS = tuple(
    Column(*column)
    for column in (
        *WHOSE,
        ("Recommended path", 34, "label", "record", "general"),
        ("Path id", 24, "recommendation", "record", "general"),
        ("Status", 11, "status", "record", "general"),
        ("Alerts", 60, "alerts", "record", "general"),
        ("Currency", 9, "currency", "record", "general"),
        ("Total cost", 14, "total", "result", "money"),
        ("Paid", 14, "paid", "calc", "money"),
        ("Own time", 14, "own_time", "calc", "money"),
        ("Losses", 14, "losses", "calc", "money"),
        ("Same scope, present value", 14, "same_scope", "result", "money"),
        ("Present value", 14, "npv", "calc", "money"),
        ("Low end (P10)", 14, "p10", "calc", "money"),
        ("Median (P50)", 14, "p50", "calc", "money"),
        ("P80", 14, "p80", "calc", "money"),
        ("High end (P90)", 14, "p90", "calc", "money"),
        ("Best case", 14, "best", "calc", "money"),
        ("Worst case", 14, "worst", "calc", "money"),
        ("Budget", 14, "budget.amount", "calc", "money"),
        ("Invoiced", 14, "invoiced", "calc", "money"),
        ("Headroom", 14, "budget.headroom", "calc", "money"),
        ("Chance above the budget", 12, "budget.chance_above", "calc", "percent"),
        ("Cost of the core", 14, "core_cost", "calc", "money"),
        ("Weeks to stable", 10, "weeks_to_stable", "calc", "weeks"),
        ("Currency per USD", 10, "usd_rate", "calc", "factor"),
        ("Total, USD", 14, "usd_total", "calc", "money"),
        ("Paid, USD", 14, "usd_paid", "calc", "money"),
        ("Same scope, USD", 14, "usd_same_scope", "calc", "money"),
        ("Cheapest path left", 34, "why_not.label", "record", "general"),
        ("Why not the cheapest", 60, "why_not.text", "record", "general"),
        ("Best sequence", 44, "design.name", "record", "general"),
        ("Its same scope", 14, "design.same_scope", "calc", "money"),
        ("It saves", 14, "design.saves", "calc", "money"),
        ("Workbook", 34, "file", "link", "general"),
        ("Reason", 60, "why", "record", "general"),
    )
)
LETTERS = letters(COLUMNS)
HEADINGS = {column.key: column.heading for column in COLUMNS}


def projects(totals: Totals, records: Records) -> Listed:
    """The list, in the order of the rows."""
    purpose = "One scenario per row, each in its own currency; filter any column and the sums above follow."
    count = sum(totals.counts.values())
    return Listed(SHEET, TABLE, purpose, COLUMNS, count, _rows(records()), partial(_sums, totals, records, count))


def _rows(records: Iterable[dict[str, Any]]) -> Iterator[Callable[[int], Row]]:
    for record in records:
        yield partial(_row, record)


def _row(record: dict[str, Any], number: int) -> Row:
    return Row([_cell(record, column, number) for column in COLUMNS], record.get("file"))


def _cell(record: dict[str, Any], column: Column, row: int) -> Cell:
    key, style, format = column.key, column.style, column.format
    if key.startswith("usd_") and key != "usd_rate":
        dollars = amount_of(record, key) if outcome(record) == "written" else None
        source, rate = (f"{LETTERS[name]}{row}" for name in (key.removeprefix("usd_"), "usd_rate"))
        return Cell(dollars, f'IF({source}="","",{source}/{rate})', style, format)
    if key == "why":
        return Cell("; ".join(reasons(record))[:LONGEST_REMARK] or None, None, style, format)
    if key == "alerts":
        sentences = " ".join(alert["text"] for alert in record.get(key, ()))
        return Cell(sentences[:LONGEST_REMARK] or None, None, style, format)
    value = entry(record, key)
    if key == "why_not.label" and value is None and outcome(record) == "written":
        value = record["label"]
    if key in ("label", "recommendation") and outcome(record) == "written":
        value = value or {"label": record["answer"], "recommendation": NONE}[key]
    return Cell(value, None, style if value is not None or style != "link" else "record", format)


def _sums(totals: Totals, records: Records, whole: int, begin: int, count: int) -> Mapping[str, float]:
    """The sums over some of the rows."""
    names = totals.amounts
    if count == whole:
        return totals.whole
    sums = Sums(names)
    for record in islice(records(), begin, begin + count):
        if outcome(record) == "written":
            sums.add("", [amount_of(record, name) for name in names])
    return {name: sums.sum("", name) for name in names}
