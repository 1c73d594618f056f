"""The list of tracked projects: plan, what was paid so far, forecast and advice, a row for each that has actuals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import islice
from typing import Any

from calc.model import DAY_ZERO
from workbook.bulk.portfolio.reports.listed import WHOSE, Column, Listed, Row, letters
from workbook.bulk.portfolio.reports.totals import TRACKED, USD_TRACKED, Records, Sums, tracked_amounts
from workbook.write.sheet import Cell

SHEET, TABLE = "Forecasts", "Forecasts"
COLUMNS = tuple(
    Column(*column)
    for column in (
        *WHOSE,
        ("Path in the plan", 34, "label", "record", "general"),
        ("Path id", 24, "path", "record", "general"),
        ("Months entered", 10, "month", "fixed", "whole"),
        ("Currency", 9, "currency", "record", "general"),
        ("Plan", 14, "plan", "calc", "money"),
        ("Actual to date", 14, "actual", "calc", "money"),
        ("Forecast", 14, "forecast", "result", "money"),
        ("Forecast less plan", 14, "variance", "result", "money"),
        ("Budget", 14, "budget", "calc", "money"),
        ("Headroom of the forecast", 14, "headroom", "result", "money"),
        ("Core done", 12, "end_date", "calc", "date"),
        ("Stay or switch", 34, "advice", "record", "general"),
        ("Currency per USD", 10, "usd_rate", "calc", "factor"),
        ("Plan, USD", 14, "usd_plan", "calc", "money"),
        ("Actual to date, USD", 14, "usd_actual", "calc", "money"),
        ("Forecast, USD", 14, "usd_forecast", "calc", "money"),
        ("Forecast less plan, USD", 14, "usd_variance", "calc", "money"),
    )
)
LETTERS = letters(COLUMNS)


def forecasts(records: Records, currency: str | None) -> Listed | None:
    """The list, in the order of the rows; None where no row is tracked. currency: that of all rows, None where they differ."""
    count = sum(1 for _ in _tracked(records()))
    if not count:
        return None
    purpose = "What is forecast for the projects that are under way, each in its own currency, and what to do with what is left."
    return Listed(
        SHEET, TABLE, purpose, COLUMNS, count, _rows(records()), partial(_sums, records, currency is not None)
    )


def _tracked(records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    return (record for record in records if record.get("tracking"))


def _rows(records: Iterable[dict[str, Any]]) -> Iterator[Callable[[int], Row]]:
    for record in _tracked(records):
        yield partial(_row, record)


def _row(record: dict[str, Any], number: int) -> Row:
    end = date.fromisoformat(record["tracking"]["end_date"])
    amounts = dict(zip(TRACKED + USD_TRACKED, tracked_amounts(record), strict=True))
    values = record | record["tracking"] | amounts | {"end_date": (end - DAY_ZERO).days}
    formulas = {"variance": f"{LETTERS['forecast']}{number}-{LETTERS['plan']}{number}"}
    formulas |= {
        in_dollars: f"{LETTERS[name]}{number}/{LETTERS['usd_rate']}{number}"
        for name, in_dollars in zip(TRACKED, USD_TRACKED, strict=True)
    }
    return Row([Cell(values[key], formulas.get(key), style, format) for _, _, key, style, format in COLUMNS])


def _sums(records: Records, shared: bool, begin: int, count: int) -> Mapping[str, float]:
    """Of some of the rows: in US dollars, and in the currency of all rows if they share one."""
    sums = Sums[str](TRACKED + USD_TRACKED)
    for record in islice(_tracked(records()), begin, begin + count):
        sums.add("", tracked_amounts(record))
    return {name: sums.sum("", name) for name in (*(TRACKED if shared else ()), *USD_TRACKED)}
