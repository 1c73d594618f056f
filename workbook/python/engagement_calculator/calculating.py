"""The work behind the functions of this package, and the types of what they give and raise."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from calc.results import results
from calc.results.json_form import Recommendation
from calc.scenario import Defaults, Fault, Refused, Scenario, defaults_from_text, from_text
from calc.scenario import scenario as scenario_of
from calc.scenario.faults import problem
from calc.sequences import design
from calc.sequences.json_form import Sequence
from engagement_calculator.answers import Answer, Answers, Design, Facts, Findings, Reading, Workbook
from engagement_calculator.frames import Frame, rows
from workbook.bulk.portfolio import PortfolioRow
from workbook.files.agreed import WORKBOOKS
from workbook.files.day import today
from workbook.receive import checking, reading
from workbook.write.build import build
from workbook.write.edition import Edition

if TYPE_CHECKING:
    from engagement_calculator import Given

__all__ = [
    "Answer",
    "Answers",
    "Design",
    "Facts",
    "Fault",
    "Findings",
    "Frame",
    "Reading",
    "Recommendation",
    "Refused",
    "Scenario",
    "Sequence",
    "Workbook",
]

PathName = str | os.PathLike[str]


def calculated(given: Given | Frame, trials: int, defaults: PathName | None) -> Answer | Answers:
    """One answer, or one for each row of a DataFrame."""
    if not isinstance(given, Scenario | Mapping | str | os.PathLike) and isinstance(given, Frame):
        ids, scenarios = _of_rows(given, _defaults(defaults))
        return Answers([Answer.model_validate(one) for one in results(scenarios, trials=trials)], ids)
    [only] = results([_scenario(given, defaults)], trials=trials)
    return Answer.model_validate(only)


def built(given: Given, runs: int, edition: Literal["full", "light"], defaults: PathName | None) -> Workbook:
    return Workbook(build(_scenario(given, defaults), runs, Edition(edition), today()))


def read(workbook: PathName) -> Reading:
    found = reading.read(workbook)
    return Reading(found.scenario, found.notes, found.version)


def checked(workbook: PathName, rules: bool) -> Findings:
    return Findings.of(checking.check(os.fspath(workbook), rules))


def designed(given: Given, top: int | None, defaults: PathName | None) -> Design:
    return Design.model_validate(design(_scenario(given, defaults), top))


def found(words: str) -> Facts:
    return Facts.holding(words)


def _scenario(given: Any, defaults: PathName | None) -> Scenario:
    if isinstance(given, Scenario):
        return given
    known = _defaults(defaults)
    if isinstance(given, str | os.PathLike):
        path = Path(given)
        if path.suffix.lower() in WORKBOOKS:
            return reading.read(path).scenario
        return from_text(_text(path), str(path), defaults=known)
    return scenario_of(given, defaults=known)


def _defaults(path: PathName | None) -> Defaults:
    return Defaults() if path is None else defaults_from_text(_text(Path(path)), os.fspath(path))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        says = f"not UTF-8 at byte {error.start + 1:,}"
        raise Refused(str(path), [problem("", says, "save it as UTF-8")]) from None


def _of_rows(frame: Frame, defaults: Defaults) -> tuple[list[str], list[Scenario]]:
    """The scenario of every row, and what each is called. Raises Refused with the faults of all rows."""
    ids, scenarios, faults = [], [], []
    for number, fields in enumerate(rows(frame), 1):
        ids.append(str(fields.pop("id", number)))
        try:
            scenarios.append(PortfolioRow(number, f"row {number}", ids[-1], fields, defaults=defaults).scenario())
        except Refused as refused:
            faults += [
                Fault(f"row {number}, {fault.field}", fault.found, fault.allowed, fault.example)
                for fault in refused.faults
            ]
    if faults:
        raise Refused("DataFrame", faults)
    return ids, scenarios
