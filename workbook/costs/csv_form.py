"""The table of costs as CSV: UTF-8 with a mark, so that Excel reads the letters right, and no text that is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from calc.quantities.lines import KINDS
from calc.results.monthly import Monthly
from workbook.costs.columns import COLUMNS, Project, evaluated

MARK = "\ufeff"
END = "\r\n"
# What Excel, LibreOffice or Google Sheets takes for the beginning of a formula.
BEGINNINGS = tuple("=+-@\t\r\n＝＋－＠|%")


def csv_table(projects: Iterable[Project]) -> Iterator[bytes]:
    """The file in pieces, one for each project."""
    yield f"{MARK}{_line(COLUMNS)}".encode()
    for some in evaluated(projects):
        for project, months in some:
            yield _rows(project, months).encode(errors="backslashreplace")


def _rows(project: Project, months: Monthly) -> str:
    about = project.scenario.project
    head = _fields(
        [str(project.row), *map(harmless, (project.id, about.name, about.owner, about.currency))],
    )
    times = [
        _fields([str(number), day.isoformat(), year])
        for number, (day, year) in enumerate(zip(months.months, months.years, strict=True), 1)
    ]
    rows: list[str] = []
    for at, path in enumerate(months.paths):
        of_path = _fields([harmless(path), str(int(months.eligible[at])), str(int(at == months.recommended))])
        for (line, kind), amounts in zip(KINDS.items(), months.amounts[at].tolist(), strict=True):
            before = f"{head},{of_path},{line},{kind},"
            rows += [f"{before}{time},{amount!r}{END}" for time, amount in zip(times, amounts, strict=True)]
    return "".join(rows)


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe before one that begins like it, as in a cell."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(BEGINNINGS) else text


def _fields(values: Iterable[str]) -> str:
    return _line(values).removesuffix(END)


def _line(values: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator=END).writerow(values)
    return line.getvalue()
