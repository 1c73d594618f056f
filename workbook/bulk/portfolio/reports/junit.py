"""Reports the rows as JUnit XML, which every CI shows: a test case per row, failed if the row has no workbook.

What a workbook answers stands in the test case as its output, alerts first: an alert is no failure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from calc.text.printable import printable
from workbook.bulk.portfolio.reports.totals import Totals, entry, outcome, reasons


def written(totals: Totals, records: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """The XML document, line by line."""
    counts = totals.counts
    sums = f'tests="{sum(counts.values())}" failures="{counts["refused"]}" errors="{counts["failed"]}"'
    head = f"<testsuites {sums}>\n<testsuite name={_attribute(totals.about.portfolio)} {sums}>"
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n{head}\n'.encode()
    for record in records:
        name = _attribute(f"row {record['row']}: {record['id']}")
        head = f'<testcase classname={_attribute(totals.about.portfolio)} name={name} time="{record.get("seconds", 0)}"'
        kind = outcome(record)
        if kind == "written":
            case = f"{head}><system-out>{escape(_clean(chr(10).join(_told(record))))}</system-out></testcase>"
        else:
            why, tag = "\n".join(reasons(record)), "failure" if kind == "refused" else "error"
            case = f"{head}><{tag} message={_attribute(why.split(chr(10))[0])}>{escape(_clean(why))}</{tag}></testcase>"
        yield f"{case}\n".encode()
    yield b"</testsuite>\n</testsuites>\n"


def _told(record: dict[str, Any]) -> Iterator[str]:
    """The alerts and the answer of a row, a sentence a line."""
    for alert in record["alerts"]:
        yield f"ALERT {alert['id']}: {alert['text']}"
    yield f"{record['answer']} ({record['status']})"
    yield from filter(None, (record["cost"], record["why"], entry(record, "budget.text"), entry(record, "design.text")))
    if record["why_not"]:
        yield f"Why not {record['why_not']['label']}: {record['why_not']['text']}"


def _attribute(text: str) -> str:
    return quoteattr(_clean(text))


def _clean(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return printable(text, keep="\n")
