"""The fourteen rules of a sound workbook as a program over the finished file, whoever wrote it.

broken(data) -> list[Breach]

It reads the .xlsx itself, cell by cell, and knows nothing of how the workbook was made but the colours of its tabs
and styles and the names of a few sheets, so that a fault anywhere between formula and file shows here.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from workbook.files.collecting import uncollected
from workbook.receive.soundness import (
    archive,
    caches,
    familiar,
    flow,
    functions,
    inputs,
    integrity,
    labels,
    layout,
    literals,
    printing,
    sources,
    typed_text,
    uniform,
    unit_of_line,
    verdict,
)
from workbook.receive.soundness.breach import Breach
from workbook.receive.soundness.package_xml import UnreadableError, read

__all__ = ["Breach", "broken"]

# What finds the breaches of each rule, in the order of the rules.
FINDERS = (
    uniform.breaches,  # 1
    literals.breaches,  # 2
    inputs.breaches,  # 3
    unit_of_line.breaches,  # 4
    sources.breaches,  # 4
    labels.breaches,  # 4
    functions.breaches,  # 5
    flow.breaches,  # 6
    verdict.breaches,  # 7
    layout.breaches,  # 8
    integrity.breaches,  # 9
    caches.breaches,  # 10
    printing.breaches,  # 11
    archive.breaches,  # 12 but for the validator, and 14
    familiar.breaches,  # 12
    typed_text.breaches,  # 13
)


def broken(data: bytes | Path, validator: Callable[[Path], list[str]] | None = None) -> list[Breach]:
    """Every breach of the rules in an .xlsx file, by rule, then by sheet and cell in their order.

    validator: an outside judge of the format, given the path of the file; each of its objections breaks rule 12.
    """
    content = data if isinstance(data, bytes) else Path(data).read_bytes()
    with uncollected():
        try:
            workbook = read(content)
        except UnreadableError as error:
            return [Breach(12, "", "", f"not a workbook: {error}")]
        breaches = [breach for finder in FINDERS for breach in finder(workbook)]
    if validator:
        breaches += archive.judged(data, validator)
    return sorted(breaches, key=lambda breach: breach.rule)
