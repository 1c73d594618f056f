"""The rows that paths are made of: paths, their audit and core phases, and their stages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PhaseRow:
    """An audit or core phase as a row of the `phase` dimension."""

    path: str
    position: int
    work: str
    model: str
    share: float
    weeks: float


@dataclass(frozen=True)
class PathRow:
    """A path as a row of the `path` dimension: its audit and core phases, who runs features, who is on retainer."""

    id: str
    label: str
    summary: str
    phases: tuple[PhaseRow, ...]
    runner: str
    keeper: str | None

    @property
    def core(self) -> list[PhaseRow]:
        return [phase for phase in self.phases if phase.work == "core"]

    @property
    def models(self) -> set[str]:
        return {phase.model for phase in self.phases} | {self.runner} | ({self.keeper} if self.keeper else set())


def path_row(key: str, label: str, summary: str, phases) -> PathRow:
    """A path from its phases in the form of the catalogue or the scenario."""
    before = [phase for phase in phases if phase.work in ("audit", "core")]
    rows = tuple(
        PhaseRow(key, position, phase.work, phase.model, phase.share or 0.0, phase.weeks or 0.0)
        for position, phase in enumerate(before, 1)
    )
    runner = next(phase.model for phase in phases if phase.work == "run")
    keeper = next((phase.model for phase in phases if phase.work == "retainer"), None)
    return PathRow(key, label, summary, rows, runner, keeper)


@dataclass(frozen=True)
class Stage:
    """Any phase of a path as a row of the `stage` dimension, the feature work and the retainer too."""

    path: str
    work: str
    model: str
    phase: int  # row among the audit and core phases, from 1; 0 for feature work and retainer
