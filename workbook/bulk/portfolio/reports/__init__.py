"""Reports on a batch: a workbook over all rows, JSON, Markdown for CI, JUnit XML.

Everything comes from the lines of the manifest, so a batch that was resumed or merged from shards gives the same reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workbook.bulk.portfolio.reports import totals
from workbook.bulk.portfolio.reports.about import About
from workbook.bulk.portfolio.reports.totals import design_saves

__all__ = ["NAMES", "WORKBOOK", "About", "design_saves", "reports", "summed"]

WORKBOOK = "portfolio.xlsx"
NAMES = (totals.NAME, "summary.md", "junit.xml", WORKBOOK)


def summed(about: About, records: totals.Records, budget: float | None = None) -> totals.Totals:
    """The totals of a batch. records: returns the lines of the manifest, in the order of the rows.

    budget: for all projects together, in their currency if they share one, else in US dollars.
    """
    sums = totals.totals(about, records())
    if budget is not None:
        from workbook.bulk.portfolio.reports import portfolio_budget

        sums.budget = portfolio_budget.within(budget, sums.currency, records())
    return sums


def reports(sums: totals.Totals, records: totals.Records) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Name and content, in pieces, of each report."""
    # Only who writes reports needs what makes a workbook.
    from workbook.bulk.portfolio.reports import junit, markdown, overview

    summary, text, cases, table = NAMES
    yield summary, [totals.as_json(sums)]
    yield text, [markdown.written(sums)]
    yield cases, junit.written(sums, records())
    yield table, overview.workbook(sums, records)
