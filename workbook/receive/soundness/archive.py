"""Rules 12 and 14: a valid file of the same bytes for the same input, small enough to be mailed."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from workbook.files.agreed import ABOUT, LARGEST
from workbook.receive.soundness.breach import Breach
from workbook.receive.soundness.contents import Contents

FIRST_DATE = (1980, 1, 1, 0, 0, 0)
PROPERTIES = "docProps/core.xml"


def breaches(workbook: Contents) -> Iterator[Breach]:
    """What would differ between two runs, and a file that is too large."""
    names = [entry.filename for entry in workbook.entries]
    if names != sorted(names):
        yield Breach(12, "", "", "the members of the file are not sorted by name")
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Breach(12, "", name, "stands twice in the file")
    dated = [entry.filename for entry in workbook.entries if entry.date_time != FIRST_DATE]
    if dated:
        yield Breach(12, "", dated[0], f"{len(dated)} members carry a date")
    core = workbook.parts.get(PROPERTIES, b"").decode("utf-8", "replace")
    stamps = re.findall(r"<dcterms:(?:created|modified)[^>]*>([^<]*)<", core)
    if len(set(stamps)) > 1:
        yield Breach(12, "", PROPERTIES, f"made at {stamps[0]}, changed at {stamps[1]}: one of them is from the clock")
    edition = _edition(workbook)
    if len(workbook.data) >= LARGEST[edition]:
        message = (
            f"{len(workbook.data):,} bytes; the edition {edition} has under {LARGEST[edition]:,} and can be mailed"
        )
        yield Breach(14, "", "", message)


def _edition(workbook: Contents) -> str:
    """What the sheet About calls the edition; the full one where it says nothing."""
    about = workbook.sheets.get(ABOUT)
    cells = about.cells if about else {}
    named = [cells.get((row, column + 1)) for (row, column), cell in cells.items() if cell.value == "Edition"]
    return next((str(cell.value) for cell in named if cell and cell.value in LARGEST), "full")


def judged(data: bytes | Path, validator: Callable[[Path], list[str]]) -> list[Breach]:
    """The objections of the validator."""
    if not isinstance(data, bytes):
        return [Breach(12, "", "", problem) for problem in validator(Path(data))]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "workbook.xlsx")
        path.write_bytes(data)
        return [Breach(12, "", "", problem) for problem in validator(path)]
