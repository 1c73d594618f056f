"""The list of what the recommended paths cost, by line and fiscal year, to pivot: a row for each amount that is not 0."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain, islice
from typing import Any

from calc.quantities.lines import KINDS, LINES
from calc.quantity import QUANTITIES
from workbook.bulk.portfolio.reports.listed import WHOSE, Column, Listed, Row, letters
from workbook.bulk.portfolio.reports.totals import Records
from workbook.write.sheet import Cell

SHEET, TABLE = "Costs by year", "Costs"
COLUMNS = tuple(
    Column(*column)
    for column in (
        *WHOSE,
        ("Path id", 24, "recommendation", "record", "general"),
        ("Line", 22, "line", "record", "general"),
        ("Kind of cost", 12, "kind", "record", "general"),
        ("Fiscal year", 12, "year", "record", "general"),
        ("Currency", 9, "currency", "record", "general"),
        ("Amount", 14, "amount", "result", "money"),
        ("Currency per USD", 10, "usd_rate", "calc", "factor"),
        ("Amount, USD", 14, "usd_amount", "calc", "money"),
    )
)
LETTERS = letters(COLUMNS)


def costs_by_year(records: Records, currency: str | None) -> Listed:
    """The list, in the order of the rows, years and lines. currency: that of all rows, None where they have several."""
    purpose = "What the recommended paths cost by line and fiscal year, one amount a row, to pivot; only amounts that are not 0."
    count = sum(len(record.get("by_year", ())) for record in records())
    return Listed(
        SHEET, TABLE, purpose, COLUMNS, count, _rows(records()), partial(_sums, records, currency is not None)
    )


def _rows(records: Iterable[dict[str, Any]]) -> Iterator[Callable[[int], Row]]:
    for record in records:
        for cost in record.get("by_year", ()):
            yield partial(_row, record, cost)


def _row(record: dict[str, Any], cost: dict[str, Any], number: int) -> Row:
    line = cost["line"]
    values = {
        **{column.key: record.get(column.key) for column in COLUMNS},
        "line": QUANTITIES[LINES[line]].label,
        "kind": QUANTITIES[KINDS[line]].label,
        "year": cost["year"],
        "amount": cost["amount"],
        "usd_amount": cost["amount"] / record["usd_rate"],
    }
    formulas = {"usd_amount": f"{LETTERS['amount']}{number}/{LETTERS['usd_rate']}{number}"}
    return Row([Cell(values[key], formulas.get(key), style, format) for _, _, key, style, format in COLUMNS])


def _sums(records: Records, shared: bool, begin: int, count: int) -> Mapping[str, float]:
    """In dollars, and in the currency of all rows if they share one."""

    def some() -> Iterator[tuple[float, float]]:
        every = chain.from_iterable(
            ((cost["amount"], record["usd_rate"]) for cost in record.get("by_year", ())) for record in records()
        )
        return islice(every, begin, begin + count)

    dollars = {"usd_amount": math.fsum(amount / rate for amount, rate in some())}
    return ({"amount": math.fsum(amount for amount, _ in some())} if shared else {}) | dollars
