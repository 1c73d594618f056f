"""The ranking: the scenarios that cost most, and those that exceed their budget by most."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from heapq import nsmallest
from typing import Any

from workbook.bulk.portfolio.reports import projects
from workbook.bulk.portfolio.reports.listed import Part
from workbook.bulk.portfolio.reports.totals import Records, amount_of, entry, outcome
from workbook.write.sheet import Cell, Sheet

NAME = "Ranking"
MOST_RANKED = 50
TEXTS = ("id", "name", "owner", "label", "status", "currency")
AMOUNTS = ("total", "same_scope", "budget.amount", "budget.headroom", "usd_total")


def ranking(records: Records, parts: Sequence[Part]) -> Sheet:
    """The sheet. parts: those of the list of scenarios, which its amounts are read from."""
    purpose = f"The first {MOST_RANKED} in each order, compared in US dollars; the sheet {projects.SHEET} has all."
    sheet = Sheet(NAME, "result", NAME, purpose, freeze=(4, 3), header_rows=(0, 0))
    widths = {column.key: column.width for column in projects.COLUMNS}
    sheet.widths.update(dict(enumerate([7, 7, *(widths[key] for key in TEXTS + AMOUNTS)], 1)))
    after = _table(sheet, 4, "By total cost", _first(records(), _dearest), parts)
    over = _first((record for record in records() if _over(record) < 0), _over)
    _table(sheet, after + 1, "By how far their budget is exceeded", over, parts)
    return sheet


def _first(records: Iterable[dict[str, Any]], key: Callable[[dict[str, Any]], float]) -> list[dict[str, Any]]:
    """The first rows in an order; on a tie the earlier row."""
    written = (record for record in records if outcome(record) == "written" and record["total"] is not None)
    return nsmallest(MOST_RANKED, written, key=lambda record: (key(record), record["row"]))


def _dearest(record: dict[str, Any]) -> float:
    return -float(amount_of(record, "usd_total") or 0)


def _over(record: dict[str, Any]) -> float:
    """Headroom in US dollars, 0 where there is no budget."""
    return float((entry(record, "budget.headroom") or 0) / record.get("usd_rate", 1))


def _table(sheet: Sheet, top: int, title: str, ranked: Sequence[dict[str, Any]], parts: Sequence[Part]) -> int:
    """Write the rows below a heading; their amounts by formula, so that they follow the list. Returns the row after them."""
    columns = TEXTS + AMOUNTS
    sheet.section(top, title, 2 + len(columns))
    sheet.row(top + 1, 1, ["Rank", "Row", *(projects.HEADINGS[key] for key in columns)], "head")
    sheet.heights[top + 1] = 28
    for rank, record in enumerate(ranked, 1):
        at = top + 1 + rank
        sheet.put(at, 1, rank, "fixed", "flag")
        sheet.put(at, 2, record["row"], "fixed", "flag")
        sheet.row(at, 3, [entry(record, key) for key in TEXTS], "record")
        for column, key in enumerate(AMOUNTS, 3 + len(TEXTS)):
            value = amount_of(record, key)
            if value is not None:
                sheet.cells[at, column] = Cell(value, _looked_up(key, at, parts), "calc", "money")
    return top + 2 + len(ranked)


def _looked_up(key: str, at: int, parts: Sequence[Part]) -> str:
    """The amount of the row whose number stands beside it: found again even where the list has been sorted."""
    return "+".join(
        f"SUMIFS({part.column(key, part.sheet.name)},{part.column('row', part.sheet.name)},$B{at})" for part in parts
    )
