"""The rows that paths are made of: paths, their audit and core phases, and their stages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from calc.scenario.payment_terms import Terms


@dataclass(frozen=True)
class QuoteRow:
    """A quote as a row of the `model` dimension. model: whose figures it has beside its own; figures: the parameters it names;
    terms: when it is paid, None where it says nothing of that.
    """

    id: str
    vendor: str
    model: str
    figures: tuple[str, ...]
    terms: Terms | None = None


@dataclass(frozen=True)
class PhaseRow:
    """An audit or core phase as a row of the `phase` dimension."""

    path: str
    position: int
    work: str
    model: str
    share: float
    weeks: float
    quote: QuoteRow | None = None

    @property
    def who(self) -> str:
        """Who does it as a row of the `model` dimension: the quote, or else the model."""
        return self.quote.id if self.quote else self.model


@dataclass(frozen=True)
class PathRow:
    """A path as a row of the `path` dimension: its audit and core phases, who runs features, who is on retainer."""

    id: str
    label: str
    summary: str
    phases: tuple[PhaseRow, ...]
    runner: str
    keeper: str | None
    runner_quote: QuoteRow | None = None

    @property
    def run_by(self) -> str:
        """Who does the feature work as a row of the `model` dimension: the quote, or else the model."""
        return self.runner_quote.id if self.runner_quote else self.runner

    @property
    def quotes(self) -> list[QuoteRow]:
        """The quotes of its phases, in order."""
        named = [*(phase.quote for phase in self.phases), self.runner_quote]
        return list(dict.fromkeys(quote for quote in named if quote))

    @property
    def core(self) -> list[PhaseRow]:
        return [phase for phase in self.phases if phase.work == "core"]

    @property
    def opening(self) -> tuple:
        """What the path begins with before its main core work; empty where that comes first, and else begins alike."""
        first, *later = self.phases
        return (first.work, first.who, first.share, first.weeks) if later else ()

    @property
    def builder(self) -> str:
        """Who does the last core work, as a row of the `model` dimension."""
        return self.core[-1].who

    @property
    def models(self) -> set[str]:
        return {phase.model for phase in self.phases} | {self.runner} | ({self.keeper} if self.keeper else set())


def path_row(key: str, label: str, summary: str, phases, quotes: Mapping[str, QuoteRow] | None = None) -> PathRow:
    """A path from its phases in the form of the catalogue or the scenario. quotes: by vendor, those that phases may name."""

    def quoted(phase) -> QuoteRow | None:
        vendor = getattr(phase, "quote", None)
        return quotes[vendor] if quotes and vendor else None

    before = [phase for phase in phases if phase.work in ("audit", "core")]
    rows = tuple(
        PhaseRow(key, position, phase.work, phase.model, phase.share or 0.0, phase.weeks or 0.0, quoted(phase))
        for position, phase in enumerate(before, 1)
    )
    run = next(phase for phase in phases if phase.work == "run")
    keeper = next((phase.model for phase in phases if phase.work == "retainer"), None)
    return PathRow(key, label, summary, rows, run.model, keeper, quoted(run))


@dataclass(frozen=True)
class Stage:
    """Any phase of a path as a row of the `stage` dimension, the feature work and the retainer too."""

    path: str
    work: str
    model: str
    phase: int  # row among the audit and core phases, from 1; 0 for feature work and retainer
    quote: QuoteRow | None = None


@dataclass(frozen=True)
class BilledRow:
    """A phase by a quote with payment terms as a row of the `billed` dimension."""

    path: str
    phase: int  # row among the audit and core phases, from 1
    terms: Terms
