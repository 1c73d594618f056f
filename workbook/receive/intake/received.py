"""A received file as the rest of the program sees it: its checked members, or a refusal in the program's own form."""

from __future__ import annotations

import os
from pathlib import Path

from calc.scenario.faults import Refused, problem
from workbook.receive.intake.container import content
from workbook.receive.intake.members import Members
from workbook.receive.intake.reader import checked
from workbook.receive.intake.unsafe import Unsafe


def opened(file: str | os.PathLike[str] | bytes) -> Members:
    """The members of a received workbook, by name, checked: sizes, names, nothing dangerous in it. Raises Refused.

    Nothing but the beginning of each XML member was parsed; code that parses more does it with `workbook.receive.intake.markup`.
    """
    where = "the workbook" if isinstance(file, bytes) else os.fspath(file)
    try:
        return checked(file if isinstance(file, bytes) else content(Path(file)))
    except Unsafe as unsafe:
        raise refused(where, unsafe) from None


def refused(where: str, unsafe: Unsafe) -> Refused:
    """The refusal of a file for the reasons in it."""
    return Refused(where, [problem(one.place, one.problem, one.remedy) for one in unsafe.findings])
