"""The folder that a batch or a merge fills: a new one, an empty one, or one that an earlier run has filled.

Nothing that somebody else has put there is ever overwritten: who names such a folder is told before anything is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from calc.scenario.faults import Fault, Refused
from workbook.batch import manifest
from workbook.batch.placing import FOLDER
from workbook.portfolio import reports

LOCK = ".lock"
WRITTEN = (manifest.NAME, *reports.NAMES, LOCK)
ALLOWED = "a folder that is new, empty, or of an earlier run"


def check(folder: Path, portfolio: Path | None = None) -> None:
    """Raise Refused with every file that would be lost, and every place that is taken. portfolio: what is to be read."""
    if folder.exists() and not folder.is_dir():
        raise Refused(str(folder), [Fault("the output", "a file", ALLOWED)])
    faults = {fault.field: fault for fault in (*_foreign(folder), *_taken(folder))}
    if portfolio is not None:
        faults |= {fault.field: fault for fault in _of_portfolio(folder, portfolio)}
    if faults:
        raise Refused(str(folder), list(faults.values()))


def _taken(folder: Path) -> Iterator[Fault]:
    """Names that have to be files and are folders, or the other way round."""
    for name in WRITTEN:
        if (folder / name).is_dir():
            yield Fault(name, "a folder", "nothing of this name, or the file of an earlier run")
    if (folder / FOLDER).exists() and not (folder / FOLDER).is_dir():
        yield Fault(FOLDER, "a file", "nothing of this name, or the folder of an earlier run")


def _foreign(folder: Path) -> Iterator[Fault]:
    """Files with the names of what is written, in a folder that no run has filled: a run begins with its manifest."""
    if (folder / manifest.NAME).is_file():
        if not manifest.is_one(folder):
            yield Fault(manifest.NAME, "is no manifest of a batch", "", f"name {ALLOWED}")
        return
    hint = f"move it away, or name {ALLOWED}"
    for name in reports.NAMES:
        if (folder / name).is_file():
            yield Fault(name, f"is there already, but no {manifest.NAME} that tells of it", "", hint)
    if any((folder / FOLDER).glob("*.xlsx")):
        yield Fault(FOLDER, f"holds workbooks already, but there is no {manifest.NAME} that tells of them", "", hint)


def _of_portfolio(folder: Path, portfolio: Path) -> Iterator[Fault]:
    hint = "name another folder"
    for name in WRITTEN:
        if _same(folder / name, portfolio):
            yield Fault(name, "is the portfolio itself, and would be overwritten", "", hint)
    above = (*portfolio.absolute().parents, *portfolio.resolve().parents)
    if any(_same(folder / FOLDER, parent) for parent in above):
        yield Fault(FOLDER, "is where the portfolio itself lies", "", hint)


def _same(one: Path, other: Path) -> bool:
    """Whether both are there and are one, whatever their names."""
    try:
        return one.samefile(other)
    except OSError:
        return False
