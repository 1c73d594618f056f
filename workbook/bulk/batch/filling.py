"""A folder being filled: by one run at a time, without remains of earlier ones, and with its manifest open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from workbook.bulk.batch.file_names import FOLDER
from workbook.bulk.batch.manifest import Manifest, records
from workbook.bulk.batch.run_lock import alone
from workbook.bulk.batch.shelf import Shelf
from workbook.bulk.portfolio.reports import About, reports, summed
from workbook.files.whole import clean, replaced, synced


@contextmanager
def only_run(folder: Path) -> Iterator[Path]:
    """The folder of the workbooks, made if needed and cleared of unfinished files, for this run alone."""
    workbooks = folder / FOLDER
    workbooks.mkdir(parents=True, exist_ok=True)
    with alone(folder):
        clean(workbooks)
        clean(folder)
        yield workbooks


@contextmanager
def opened_manifest(folder: Path) -> Iterator[Manifest]:
    """The manifest of a folder, to be added to; put into the order of the rows at the end, unless an error comes first."""
    workbooks = folder / FOLDER
    manifest = Manifest(folder)
    try:
        yield manifest
        manifest.sync()
        synced(workbooks)
        manifest.finish()
    finally:
        manifest.close()
        clean(workbooks)


def report(folder: Path, about: About, budget: float | None = None) -> dict[str, Any] | None:
    """Write the reports on the rows of the manifest. Returns the choice within the budget, as they have it."""
    sums = summed(about, lambda: records(folder), budget)
    for name, content in reports(sums, lambda: records(folder)):
        replaced(folder / name, content)
    synced(folder)
    return sums.budget


def unlisted(folder: Path, shelf: Shelf) -> int:
    """How many workbooks the manifest does not list."""
    # Each that it lists is there: a line is written only for a workbook that is.
    listed = sum(1 for record in records(folder) if "file" in record)
    return max(sum(1 for _ in shelf.names()) - listed, 0)
