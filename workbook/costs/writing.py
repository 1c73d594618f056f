"""The table of costs in the form that the ending of its name says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

from workbook.costs.columns import Project
from workbook.costs.csv_form import csv_table
from workbook.costs.parquet_form import parquet_table

ENDINGS = {".csv": csv_table, ".parquet": parquet_table}


class NoParquetError(RuntimeError):
    """Parquet needs pyarrow, which is not installed."""


def check(path: Path) -> None:
    """Raise ValueError for another ending, NoParquetError where Parquet cannot be written."""
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise ValueError(f"{path.name!r} does not end in {' or '.join(ENDINGS)}, such as costs.csv")
    if ending == ".parquet" and find_spec("pyarrow") is None:
        needed = (
            "Parquet needs pyarrow; in the folder of the calculator, run: pip install '.[parquet]', or write a .csv"
        )
        raise NoParquetError(needed)


def table(path: Path, projects: Iterable[Project]) -> Iterator[bytes]:
    """The content of a file of that name, in pieces."""
    return ENDINGS[path.suffix.lower()](projects)
