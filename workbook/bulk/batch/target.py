"""Checks the folder that a batch or a merge is to fill: it must be new, empty, or filled by an earlier run.

Files of anybody else are never overwritten or removed: a folder with such files is refused before anything is written. A
folder that holds nothing but the portfolio counts as empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from calc.scenario.faults import Fault, Refused, problem, short
from workbook.bulk.batch import manifest
from workbook.bulk.batch.file_names import FOLDER, LOCK
from workbook.bulk.portfolio import reports
from workbook.files.whole import is_ours

WRITTEN = (manifest.NAME, *reports.NAMES, LOCK)
# Files that file managers leave in a folder that somebody has opened.
OF_FILE_MANAGERS = (".DS_Store", "Thumbs.db", "desktop.ini")
# Files that a run makes before its first row, and files of file managers.
NOTHING = (LOCK, manifest.NAME, *OF_FILE_MANAGERS)
HINT = "name a folder that is new, empty, or filled by an earlier run"


def check(folder: Path, portfolio: Path | None = None) -> None:
    """Raise Refused with every file that would be lost and every name that is taken. portfolio: the file to be read."""
    if folder.exists() and not folder.is_dir():
        raise Refused(str(folder), [problem("", "is a file", HINT)])
    faults = {fault.field: fault for fault in (*_foreign(folder, portfolio), *_taken(folder))}
    if portfolio is not None:
        faults |= {fault.field: fault for fault in _of_portfolio(folder, portfolio)}
    if faults:
        raise Refused(str(folder), list(faults.values()))


def _taken(folder: Path) -> Iterator[Fault]:
    """A fault for each name that must be a file and is a folder, or the other way round."""
    for name in WRITTEN:
        if (folder / name).is_dir():
            yield problem(name, "is a folder, where a file has to be written", HINT)
    if (folder / FOLDER).exists() and not (folder / FOLDER).is_dir():
        yield problem(FOLDER, "is a file, where a folder has to be made", HINT)


def _foreign(folder: Path, portfolio: Path | None) -> Iterator[Fault]:
    """A fault for each file in a folder that no run has filled: a run begins with its manifest."""
    if (folder / manifest.NAME).is_file():
        if not manifest.is_one(folder):
            yield problem(manifest.NAME, "not a manifest of a batch", HINT)
            return
        if (folder / manifest.NAME).stat().st_size:
            return
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_dir() and path.name == FOLDER and not any(_foreign_workbooks(path)):
            continue
        if path.name not in NOTHING and not (portfolio and _same(path, portfolio)) and not is_ours(path.name):
            yield problem(
                short(path.name), f"exists already, but no {manifest.NAME} lists it", f"move it away, or {HINT}"
            )


def _foreign_workbooks(folder: Path) -> Iterator[Path]:
    """Files among the workbooks that no run left unfinished."""
    return (path for path in folder.iterdir() if not is_ours(path.name) and path.name not in OF_FILE_MANAGERS)


def _of_portfolio(folder: Path, portfolio: Path) -> Iterator[Fault]:
    hint = "name another folder"
    for name in WRITTEN:
        if _same(folder / name, portfolio):
            yield problem(name, "is the portfolio itself and would be overwritten", hint)
    above = (*portfolio.absolute().parents, *portfolio.resolve().parents)
    if any(_same(folder / FOLDER, parent) for parent in above):
        yield problem(FOLDER, "holds the portfolio itself", hint)


def _same(first: Path, second: Path) -> bool:
    """Whether both exist and are the same file, whatever their names."""
    try:
        return first.samefile(second)
    except OSError:
        return False
