"""The rules of sound workbooks over a received one: the breaches that the expected one does not have.

How a file is packed, printed and coloured is the business of the program that saved it last, and is only reported on request.
"""

from __future__ import annotations

from pathlib import Path

import orjson

from workbook.files.confined import NoAnswerError, answer
from workbook.files.temporary import kept_for_a_while, temporary_folder
from workbook.receive.checking.judge import SECONDS
from workbook.receive.checking.report import Finding, Report
from workbook.receive.soundness import Breach

OF_CELLS = (1, 2, 4, 5, 6, 9)
CHANGED = ("formula", "constant", "added", "filled")
JUDGE = f"{__package__}.judge"
# More cells than these were not changed by hand, and the rules take time with each.
MOST_CELLS = 5_000


def add(report: Report, file: Path, expected: bytes | None) -> None:
    """Add to the report the breaches of the rules for cells in cells that were changed and on sheets that were added.

    expected: the expected workbook, for every breach of every rule that it does not have itself.
    """
    cells = {(one.sheet, one.cell) for one in report.findings if one.kind in CHANGED}
    sheets = {one.sheet for one in report.findings if one.kind == "sheet" and one.found == "added"}
    if expected is None and not cells and not sheets:
        return
    breaches = judged(file) if len(cells) <= MOST_CELLS else None
    if breaches is None:
        report.notes.append("the rules of sound workbooks could not be applied to this file")
        return
    if expected is None:
        of_cells = [one for one in breaches if one.rule in OF_CELLS]
        breaches = [one for one in of_cells if (one.sheet, one.cell) in cells or one.sheet in sheets]
    else:
        known = _known(expected)
        breaches = [one for one in breaches if one not in known]
    report.findings += [Finding("rule", one.sheet, one.cell, f"rule {one.rule}", one.message) for one in breaches]


def _known(expected: bytes) -> set[Breach]:
    with temporary_folder() as folder:
        file = folder / "expected.xlsx"
        with kept_for_a_while():
            file.write_bytes(expected)
        return set(judged(file) or ())


def judged(file: Path) -> list[Breach] | None:
    """Every breach in the file, looked for in a separate process; None if that did not finish.

    The rules were written for workbooks of ours: one made to do harm may keep them busy for ever.
    """
    try:
        return [Breach(*one) for one in orjson.loads(answer(("-P", "-m", JUDGE, str(file.absolute())), SECONDS))]
    except (NoAnswerError, orjson.JSONDecodeError):
        return None
