"""Reads a portfolio file in any form: its rows, numbered, their ids checked against each other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from calc.scenario import Defaults
from calc.scenario.faults import Fault, problem, shown
from workbook.bulk.portfolio import ids
from workbook.bulk.portfolio.by_column import of_column
from workbook.bulk.portfolio.columns import portfolio_form
from workbook.bulk.portfolio.portfolio_row import PortfolioRow
from workbook.table import ID, Table


class Portfolio:
    """The rows of a file, which is read anew for each iteration, except an xlsx, which is small.

    defaults: what holds where a row says nothing. Raises Refused if the file is not a portfolio.
    """

    def __init__(self, path: Path, defaults: Defaults | None = None) -> None:
        self.path, self._defaults = path, defaults
        self._table = Table(path, portfolio_form(defaults.currency if defaults else None))
        self.sha256 = self._table.sha256

    def __iter__(self) -> Iterator[PortfolioRow]:
        """Every row in order.

        An id that an earlier row has, or that cannot be the name of a file, is a fault of the row.
        """
        taken: dict[str, tuple[int, str]] = {}
        for number, row in enumerate(self._table, 1):
            id, fault = _id(row.id, number)
            known = any(of_column(one) == ID for one in row.faults)
            # The number of a row that cannot be read does not count as its id.
            if fault is None and not known and (row.fields is not None or row.id):
                earlier, same = taken.setdefault(ids.key(id), (number, id))
                if earlier != number:
                    how = "" if same == id else ", to a file system that treats these letters as the same"
                    says = f"{shown(id)} is also the id of row {earlier}{how}"
                    fault = problem("id", says, "give each row its own id")
            where = f"{self.path.name}, row {number} ({row.place})"
            faults = (*row.faults, *([fault] if fault and not known else []))
            yield PortfolioRow(number, where, id, row.fields, faults, row.notes, self._defaults)

    def __len__(self) -> int:
        return len(self._table)


def _id(given: Any, number: int) -> tuple[str, Fault | None]:
    """The id of a row as text, and its fault. It may be a whole number; by default it is the number of the row."""
    if given is None or given == "":
        return str(number), None
    if isinstance(given, int) and not isinstance(given, bool):
        given = str(given)
    if not isinstance(given, str):
        return shown(given), Fault("id", shown(given), ids.ALLOWED, ids.EXAMPLE)
    return given, ids.fault(given)
