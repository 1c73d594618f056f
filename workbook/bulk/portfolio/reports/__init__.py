"""Reports on a batch: a workbook over all rows, JSON, Markdown for CI, JUnit XML.

Everything comes from the lines of the manifest, so a batch that was resumed or merged from shards gives the same reports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from workbook.bulk.portfolio.reports import totals
from workbook.bulk.portfolio.reports.about import About

__all__ = ["NAMES", "WORKBOOK", "About", "reports"]

WORKBOOK = "portfolio.xlsx"
NAMES = (totals.NAME, "summary.md", "junit.xml", WORKBOOK)


def reports(
    about: About, records: Callable[[], Iterable[dict[str, Any]]], budget: float | None = None
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Name and content, in pieces, of each report. records: returns the lines of the manifest, in the order of the rows.

    budget: for all projects together, in their currency if they share one, else in US dollars.
    """
    # Only who writes reports needs what makes a workbook.
    from workbook.bulk.portfolio.reports import junit, markdown, overview, portfolio_budget

    summary, text, cases, table = NAMES
    sums = totals.totals(about, records())
    if budget is not None:
        sums.budget = portfolio_budget.within(budget, list(sums.currencies), records())
    yield summary, [totals.as_json(sums)]
    yield text, [markdown.written(sums)]
    yield cases, junit.written(sums, records())
    yield table, overview.workbook(sums, records)
