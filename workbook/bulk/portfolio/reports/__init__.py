"""What came of a batch, for those who wait for it: a workbook over all rows, JSON, Markdown for CI, JUnit XML.

All is taken from the lines of the manifest, so that a batch that was resumed, or merged from shards, tells the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from workbook.bulk.portfolio.reports import junit, markdown, overview, totals
from workbook.bulk.portfolio.reports.about import About

__all__ = ["NAMES", "WORKBOOK", "About", "reports"]

WORKBOOK = "portfolio.xlsx"
NAMES = (totals.NAME, "summary.md", "junit.xml", WORKBOOK)


def reports(about: About, records: Callable[[], Iterable[dict[str, Any]]]) -> Iterator[tuple[str, bytes]]:
    """Name and content of each report. records: gives the lines of the manifest, in the order of the rows."""
    summary, text, cases, table = NAMES
    found = totals.totals(about, records())
    yield summary, totals.as_json(found)
    yield text, markdown.written(found)
    yield cases, junit.written(found, records())
    yield table, overview.workbook(found, records())
