"""What the functions of this package give: typed, and as rows of a DataFrame."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from calc.facts import facts, searched
from calc.facts_form import Facts as AllFacts
from calc.quantities.lines import LINES
from calc.results.json_form import PathResult, Result
from calc.scenario import Scenario
from calc.sequences.json_form import Design as SequencesFound
from calc.sequences.json_form import Sequence
from engagement_calculator.frames import Kind, Library, flat, frame, kind_of
from workbook.files.as_built import is_as_built
from workbook.files.saving import save, writable
from workbook.receive.checking import Finding, Report


class Answer(Result):
    """The recommendation and every path of a scenario: the data of `engagement calc --json`, documented in its schema
    (`engagement facts --schema results`)."""

    def rows(self) -> Iterator[dict[str, Any]]:
        """A row for each path: its single figures, those of a part as `beyond.core`, its cost lines as `lines.labour`."""
        for name, path in self.paths.items():
            plain = path.model_dump(mode="json", by_alias=True)
            yield {"path": name, "recommended": name == self.recommendation.path} | flat(plain)

    def to_frame(self, library: Library | None = None) -> Any:
        """A DataFrame with a row for each path. library: `pandas` or `polars`; None for the first that is installed."""
        return frame(COLUMNS, self.rows(), library)


def _columns(part: type[BaseModel], before: str = "") -> Iterator[tuple[str, Kind]]:
    """The columns for what a part always has: its single figures, those of its own parts, and the cost lines."""
    for name, field in part.model_fields.items():
        inner = [one for one in (field.annotation, *get_args(field.annotation)) if isinstance(one, type)]
        nested = [one for one in inner if issubclass(one, BaseModel)]
        if name == "lines":
            yield from ((f"{before}lines.{line}", float) for line in LINES)
        elif nested and get_origin(field.annotation) is not list:
            yield from _columns(nested[0], f"{before}{name}.")
        elif kind := kind_of(field.annotation):
            yield f"{before}{name}", kind


COLUMNS: dict[str, Kind] = {"path": str, "recommended": bool, **dict(_columns(PathResult))}


class Answers(tuple[Answer, ...]):
    """The answers to many scenarios, in their order. ids: what each is called, its number from 1 without an id."""

    ids: tuple[str, ...]

    def __new__(cls, answers: list[Answer], ids: list[str]) -> Answers:
        made = super().__new__(cls, answers)
        made.ids = tuple(ids)
        return made

    def to_frame(self, library: Library | None = None) -> Any:
        """A DataFrame with a row for each scenario and path, its scenario in the column `id`."""
        rows = ({"id": name} | row for name, answer in zip(self.ids, self, strict=True) for row in answer.rows())
        return frame({"id": str} | COLUMNS, rows, library)


@dataclass(frozen=True)
class Workbook:
    """A live workbook. content: the bytes of an .xlsx file."""

    content: bytes

    def save(self, path: str | os.PathLike[str], *, force: bool = False) -> Path:
        """Write it; a file that is there is replaced if it is a workbook as it was built, any other only by force.

        Raises OSError's subclass WriteError.
        """
        target = Path(path)
        writable(target, force or is_as_built(target), "exists already and was changed since; force replaces it")
        save(target, self.content)
        return target


@dataclass(frozen=True)
class Reading:
    """What a filled-in workbook says. notes: on what was not read literally; version: the one that made it, or None."""

    scenario: Scenario
    notes: tuple[str, ...]
    version: str | None


@dataclass(frozen=True)
class Findings:
    """What was changed in a workbook. notes: what was not compared, and why."""

    where: str
    version: str | None
    differs: bool
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]

    @classmethod
    def of(cls, report: Report) -> Findings:
        return cls(report.where, report.version, report.differs, tuple(report.findings), tuple(report.notes))

    def to_frame(self, library: Library | None = None) -> Any:
        """A DataFrame with a row for each finding, what is expected and what was found as text."""
        columns: dict[str, Kind] = dict.fromkeys(Finding._fields, str)
        return frame(columns, (finding._asdict() for finding in self.findings), library)


class Design(SequencesFound):
    """Of all sequences that were searched: the recommended one, and those that no other beats in fit, cost and time: the
    data of `engagement design --json`, documented in its schema (`engagement facts --schema design`)."""

    def to_frame(self, library: Library | None = None) -> Any:
        """A DataFrame with a row for each sequence of the frontier, the best first."""
        return frame(dict(_columns(Sequence)), (flat(one.model_dump()) for one in self.frontier), library)


class Facts(AllFacts):
    """Every figure and rule with unit, range, source and place: the data of `engagement facts --json`, documented in its
    schema (`engagement facts --schema facts`)."""

    @classmethod
    def holding(cls, words: str) -> Facts:
        """The facts in which every word occurs; all of them without words."""
        return cls.model_validate(searched(facts(), words) if words.split() else facts())

    def to_frame(self, library: Library | None = None) -> Any:
        """A DataFrame with a row for each parameter of each model: low, likely, high, unit, basis, source and place."""
        columns: dict[str, Kind] = {
            **dict.fromkeys(("model", "parameter", "label"), str),
            **dict.fromkeys(("low", "likely", "high"), float),
            **dict.fromkeys(("unit", "basis", "source", "place"), str),
        }
        return frame(
            columns,
            (
                {"model": model, "parameter": name} | about.model_dump()
                for model, own in self.parameters.items()
                for name, about in own.items()
            ),
            library,
        )
