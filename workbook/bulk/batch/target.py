"""The folder that a batch or a merge fills: a new one, an empty one, or one that an earlier run has filled.

Nothing that somebody else has put there is ever overwritten or removed: who names such a folder is told before anything
is written. A folder with nothing in it but the portfolio counts as empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from calc.scenario.faults import Fault, Refused, short
from workbook.bulk.batch import manifest
from workbook.bulk.batch.placing import FOLDER
from workbook.bulk.portfolio import reports
from workbook.files.whole import is_ours

LOCK = ".lock"
WRITTEN = (manifest.NAME, *reports.NAMES, LOCK)
# What file managers leave in a folder that somebody has looked into.
OF_SYSTEMS = (".DS_Store", "Thumbs.db", "desktop.ini")
# What a run makes before its first row, and what is nobody's.
NOTHING = (LOCK, manifest.NAME, *OF_SYSTEMS)
ALLOWED = "a folder that is new, empty, or of an earlier run"


def check(folder: Path, portfolio: Path | None = None) -> None:
    """Raise Refused with every file that would be lost, and every place that is taken. portfolio: what is to be read."""
    if folder.exists() and not folder.is_dir():
        raise Refused(str(folder), [Fault("the output", "a file", ALLOWED)])
    faults = {fault.field: fault for fault in (*_foreign(folder, portfolio), *_taken(folder))}
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


def _foreign(folder: Path, portfolio: Path | None) -> Iterator[Fault]:
    """What is in a folder that no run has filled: a run begins with its manifest."""
    if (folder / manifest.NAME).is_file():
        if not manifest.is_one(folder):
            yield Fault(manifest.NAME, "is no manifest of a batch", "", f"name {ALLOWED}")
            return
        if (folder / manifest.NAME).stat().st_size:
            return
    hint = f"move it away, or name {ALLOWED}"
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_dir() and path.name == FOLDER and not any(_of_others(path)):
            continue
        if path.name not in NOTHING and not (portfolio and _same(path, portfolio)) and not is_ours(path.name):
            yield Fault(short(path.name), f"is there already, but no {manifest.NAME} that tells of it", "", hint)


def _of_others(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if not is_ours(path.name) and path.name not in OF_SYSTEMS)


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
