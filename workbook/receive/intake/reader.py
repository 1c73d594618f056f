"""The program of the child process: checks and reads one file, and writes it as JSON to standard output.

    python -m workbook.receive.intake.reader FILE [without:SHEET/...]... [only:SHEET/...]

It loads nothing but the standard library.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from workbook.files.collecting import uncollected_to_the_end
from workbook.files.confined import confine
from workbook.receive.intake import limits
from workbook.receive.intake.book import BETWEEN, ONLY, WITHOUT, Book, to_plain
from workbook.receive.intake.container import content, megabytes
from workbook.receive.intake.dangers import refuse_dangers
from workbook.receive.intake.members import Members, OwnMembers
from workbook.receive.intake.ods.workbook import read_ods
from workbook.receive.intake.unsafe import WHOLE, Finding, Unsafe
from workbook.receive.intake.xlsx.charts import chart_ranges
from workbook.receive.intake.xlsx.workbook import read_xlsx

NO_MEMORY = Finding(WHOLE, "needs too much memory to read", f"at most {megabytes(limits.MEMORY)}")


def checked(data: bytes) -> Members:
    """The members of a received file, once nothing in them is dangerous. Raises Unsafe."""
    members = Members(data)
    refuse_dangers(members, is_ods(members))
    return members


def is_ods(members: Members) -> bool:
    return "mimetype" in members


def read(data: bytes, without: Sequence[Collection[str]] = (), only: Collection[str] | None = None) -> Book:
    """The book in the bytes of a received file. Raises Unsafe. Without limits: see `workbook.receive.intake.child`.

    without: groups of sheets of an .xlsx; of the first that is there as a whole the cells may be left out; only: its sheets
    that are wanted, None for all.
    """
    members = checked(data)
    return read_ods(members) if is_ods(members) else read_xlsx(members, without, only)


def around_cells(members: Mapping[str, bytes]) -> Book:
    """The book in the members of an .xlsx that was made here: all but the cells of its sheets."""
    own = OwnMembers(members)
    book = read_xlsx(own, only=())
    book.charts, book.chart_titles = chart_ranges(own)
    return book


def answer(path: Path, without: Sequence[Collection[str]] = (), only: Collection[str] | None = None) -> dict[str, Any]:
    """{"book": ...} or {"findings": [...]}."""
    try:
        return {"book": to_plain(read(content(path), without, only))}
    except Unsafe as unsafe:
        return {"findings": unsafe.findings}
    except MemoryError:
        return {"findings": [NO_MEMORY]}


def _named(wish: str) -> list[list[str]]:
    """The sheets that are named by each of the arguments that begin with the wish."""
    return [word.removeprefix(wish).split(BETWEEN) for word in sys.argv[2:] if word.startswith(wish)]


def main() -> None:
    confine(limits.SECONDS, limits.MEMORY)
    uncollected_to_the_end()
    only = _named(ONLY)
    result = answer(Path(sys.argv[1]), _named(WITHOUT), only[0] if only else None)
    try:
        text = json.dumps(result, ensure_ascii=False, separators=(",", ":")).encode()
    except MemoryError:
        result.clear()
        text = json.dumps({"findings": [NO_MEMORY]}).encode()
    sys.stdout.buffer.write(text)


if __name__ == "__main__":
    main()
