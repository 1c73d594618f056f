"""Whether a workbook is, byte for byte, what the builder writes for the inputs in it: then nothing in it was changed."""

from __future__ import annotations

import io
from pathlib import Path

from calc.scenario.faults import Refused
from workbook.files.archive import is_packed_here
from workbook.receive.checking.expected import edition_of, runs_of
from workbook.receive.checking.made_by import made_on
from workbook.receive.checking.recorded_scenario import fingerprint, made_for
from workbook.receive.checking.report import Report
from workbook.receive.intake import Unsafe, cells
from workbook.receive.intake.container import content
from workbook.receive.reading import gathered, is_form
from workbook.receive.reading.picks import picks
from workbook.receive.reading.recorded_basis import defaults_named
from workbook.write.build import build, inputs_hash
from workbook.write.picks import picks_for

# The sheets that say for what inputs a workbook as it was built was built, and how.
SAYING = ("Inputs", "Answers", "Parameters", "Quotes", "Actuals", "Record", "About", "Simulation")


def untouched(file: Path, where: str) -> Report | None:
    """The report on a workbook that nobody touched, None where anybody may have: then every cell has to be compared.

    Only the sheets with its inputs are read for it, since a workbook that is as built needs no second look. Raises Refused
    for a file that is dangerous or damaged in them; whatever else is wrong with it, the check of every cell says.
    """
    if not _is_packed_here(file):
        return None
    book = cells(file, only=SAYING)
    if is_form(book):
        return None
    try:
        now, then = gathered(book, where), made_for(book, where)
    except Refused:
        return None
    if now.scenario is None or now.scenario != then.scenario or inputs_hash(now.scenario) != fingerprint(book):
        return None
    if {name: pick for name, (_, pick) in picks(book).items()} != picks_for(now.scenario):
        return None
    try:
        is_as_built = content(file) == build(now.scenario, runs_of(book), edition_of(book), made_on(book))
    except Unsafe:
        return None
    note = defaults_named(now.scenario.basis)
    return Report(where, now.version, notes=[note] if note else []) if is_as_built else None


def _is_packed_here(file: Path) -> bool:
    """Whether it is worth a try: any program that saves a workbook packs it in its own way."""
    try:
        with file.open("rb") if file.is_file() else io.BytesIO() as opened:
            return is_packed_here(opened.read(64))
    except (OSError, ValueError):
        return False
