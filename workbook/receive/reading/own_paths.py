"""User-defined paths: no input cell holds them, so the sheet Record carries them as JSON."""

from __future__ import annotations

import json
from typing import Any

from calc import catalogue
from calc.scenario.quotes import KEY as QUOTES
from calc.scenario.unclear_value import UnclearValueError
from workbook.files.address import Place
from workbook.receive.intake import Book
from workbook.receive.reading.tables import tables

KEY = "paths"
RESULT = "total_"


def own_paths(book: Book) -> tuple[dict[str, Any], Place | None]:
    """The paths in the form of a scenario, and the cell that holds them. Raises UnclearValueError where they are lost."""
    for table in tables(book, "Record"):
        for row in table.rows_by_key.get(KEY, ()):
            column = table.columns["When it was made"]
            cell = table.sheet.cells.get((row, column))
            return _plain(cell.value if cell else None), (table.sheet.name, row, column)
    lost = [name.removeprefix(RESULT) for name in book.names if name.startswith(RESULT)]
    lost = [path for path in lost if path not in catalogue.paths()]
    if lost:
        raise UnclearValueError(f"no sheet Record, which keeps the user-defined paths ({', '.join(lost[:6])})")
    return {}, None


def recorded_quotes(book: Book) -> list[Any]:
    """The quotes in the form of a scenario; none where an older version kept none. Raises UnclearValueError."""
    for table in tables(book, "Record"):
        for row in table.rows_by_key.get(QUOTES, ()):
            cell = table.sheet.cells.get((row, table.columns["When it was made"]))
            try:
                quotes = json.loads(cell.value) if cell and isinstance(cell.value, str) else None
            except (ValueError, RecursionError):
                quotes = None
            if not isinstance(quotes, list):
                raise UnclearValueError("the sheet Record does not hold the quotes in readable form")
            return quotes
    return []


def _plain(text: object) -> dict[str, Any]:
    try:
        paths = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        paths = None
    if not isinstance(paths, dict):
        raise UnclearValueError("the sheet Record does not hold them in readable form")
    return paths
