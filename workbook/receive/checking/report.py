"""The result of a check: findings, each with its kind, its cell, and the expected and actual content."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, NamedTuple

# Kind -> its description, in the order of a report.
KINDS = {
    "template": "made by another version, or from another template",
    "date system": "the date system was switched, which makes every date another one",
    "fault": "an input that cannot be read",
    "input": "an input changed since the workbook was made",
    "retyped": "an input that means the same, entered in another way",
    "shown": "a pick for display was changed",
    "filled": "a cell to fill in was filled in",
    "formula": "a formula was overwritten",
    "constant": "a text or figure of the template was changed",
    "deleted": "a cell was emptied",
    "added": "a cell was filled where there was none",
    "stale": "a value that belongs to the inputs as they were",
    "value": "a value that the formula does not give",
    "no value": "a formula saved without its value",
    "follows": "a value that follows from a cell that was changed",
    "format": "a format that hides the value of a cell, or shows another",
    "chart": "charts read other cells",
    "link": "a link that leads out of the workbook",
    "sheet": "a sheet was added, deleted, renamed or hidden, or a part of it hidden",
    "rows": "rows or columns were added, deleted or reordered",
    "name": "a defined name was added, deleted or moved",
    "rule": "a rule of sound workbooks is broken",
}
Shown = float | str | bool | None


class Finding(NamedTuple):
    """One finding. kind: a key of KINDS; sheet and cell as they are in the file; field: the input, where it is one."""

    kind: str
    sheet: str = ""
    cell: str = ""
    expected: Shown = None
    found: Shown = None
    field: str = ""


@dataclass
class Report:
    """The result of a check. notes: parts that were not compared, and why, and what values were
    based on; they are not findings. is_form: of a form for quotes, which names no version."""

    where: str
    version: str | None
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    is_form: bool = False

    @property
    def differs(self) -> bool:
        return bool(self.findings)

    @property
    def counts(self) -> dict[str, int]:
        """Kind -> number of findings, in the order of KINDS."""
        counted = Counter(finding.kind for finding in self.findings)
        return {kind: counted[kind] for kind in KINDS if counted[kind]}

    def plain(self) -> dict[str, Any]:
        """The report as data for JSON."""
        order = list(KINDS)
        return {
            "schema": 1,
            "file": self.where,
            "version": self.version,
            "differs": self.differs,
            "counts": self.counts,
            "findings": [one._asdict() for one in sorted(self.findings, key=lambda one: order.index(one.kind))],
            "notes": self.notes,
        }
