"""The structure of the paths: which phases each has, by whom, and its properties that no scenario changes.

`rows` says what a path and its phases are; one module a dimension declares its columns (`given`) and how its rows point to
others (`relation`). Positions count from 1, as they stand in cells; 0 in a cell and -1 in an index mark "none".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from itertools import accumulate
from typing import Any

import numpy as np

from calc import catalogue
from calc.catalogue import UNDER_GATE
from calc.catalogue.figure import Parameter
from calc.catalogue.plan_step import PlanStep
from calc.graph import Relation
from calc.quantity import DIMENSIONS
from calc.scenario.schema import ESTIMATES, MOST_MONTHS
from calc.structure import (  # noqa: F401  declare the columns and relations
    billed,
    calendar,
    estimates,
    lenses,
    models,
    months,
    parameters,
    paths,
    phases,
    places,
    plan,
    questions,
    reasons,
    rules,
    settings,
)
from calc.structure.given import COLUMNS, RELATIONS
from calc.structure.rows import BilledRow, PathRow, PhaseRow, QuoteRow, Stage, path_row

# Reviews of a retainer that the plan lists: quarterly ones to the longest horizon, or the first of more frequent ones.
REVIEWS = 20
# The alerts of calc.quantities.alerts.
ALERTS = 9
# Fiscal years and quarters that the longest horizon can touch: one more than it holds, where it begins within one.
YEARS, QUARTERS = MOST_MONTHS // 12 + 1, MOST_MONTHS // 3 + 1

__all__ = [
    "COLUMNS", "RELATIONS", "PathRow", "PhaseRow", "QuoteRow", "Stage", "Structure", "path_row", "published_paths",
]  # fmt: skip


@cache
def published_paths() -> tuple[PathRow, ...]:
    """The catalogue's paths, in the order that decides ties."""
    return tuple(path_row(path.id, path.label, path.summary, path.phases) for path in catalogue.paths().values())


class Structure:
    """The paths with the arrays and relations that the graph needs."""

    def __init__(self, path_rows: Iterable[PathRow]) -> None:
        self.paths: tuple[PathRow, ...] = tuple(path_rows)
        self.phases: tuple[PhaseRow, ...] = tuple(phase for path in self.paths for phase in path.phases)
        # The quotes that any path names, each a further model.
        self.quotes: tuple[QuoteRow, ...] = tuple(
            {quote.id: quote for path in self.paths for quote in path.quotes}.values()
        )
        self.models: tuple[str, ...] = (*catalogue.models(), *(quote.id for quote in self.quotes))
        self.questions: tuple[str, ...] = (*catalogue.questions(), UNDER_GATE)
        self.lenses: tuple[str, ...] = tuple(catalogue.lenses())

    @cached_property
    def main_models(self) -> list[str]:
        """The model of each path's main core phase, in the order of the paths."""
        return [self.phases[int(row) - 1].model for row in self.columns["path"]["main_core"]]

    @cached_property
    def path_ids(self) -> list[str]:
        return [path.id for path in self.paths]

    @cached_property
    def stages(self) -> list[Stage]:
        """Every phase of every path, in order."""
        stages, row = [], 0
        for path in self.paths:
            for phase in path.phases:
                row += 1
                stages.append(Stage(path.id, phase.work, phase.model, row, phase.quote))
            stages.append(Stage(path.id, "run", path.runner, 0, path.runner_quote))
            if path.keeper:
                stages.append(Stage(path.id, "retainer", path.keeper, 0))
        return stages

    @cached_property
    def billed(self) -> list[BilledRow]:
        """The phases that are paid by invoices, in order."""
        return [
            BilledRow(phase.path, row, phase.quote.terms)
            for row, phase in enumerate(self.phases, 1)
            if phase.quote and phase.quote.terms
        ]

    @cached_property
    def steps(self) -> list[tuple[int, PlanStep]]:
        """The steps within the stages, each with the row of its stage, from 1."""
        return [
            (row, step)
            for row, stage in enumerate(self.stages, 1)
            for step in catalogue.plan_steps()
            if (step.work, step.model) == (stage.work, stage.model)
        ]

    # What columns read besides their row: positions from 1.

    @cached_property
    def path_numbers(self) -> dict[str, int]:
        return _numbers(self.path_ids)

    @cached_property
    def model_numbers(self) -> dict[str, int]:
        return _numbers(self.models)

    @cached_property
    def lens_numbers(self) -> dict[str, int]:
        return _numbers(self.lenses)

    @cached_property
    def question_numbers(self) -> dict[str, int]:
        return _numbers(self.questions)

    @cached_property
    def rule_numbers(self) -> dict[str, int]:
        return _numbers(catalogue.rules())

    @cached_property
    def reason_rows(self) -> tuple[reasons.Reason, ...]:
        return reasons.reasons()

    @cached_property
    def beside_numbers(self) -> dict[str, int]:
        """Reason that is no rule of a lens -> its number among them."""
        return _numbers(reasons.beside_rules())

    @cached_property
    def bases(self) -> dict[str, str]:
        """Model or quote -> the model whose kind it is."""
        return {model: model for model in catalogue.models()} | {quote.id: quote.model for quote in self.quotes}

    @cached_property
    def model_labels(self) -> dict[str, str]:
        """Model or quote -> what people call it: the model's label, or the vendor's name."""
        return {id: model.label for id, model in catalogue.models().items()} | {
            quote.id: quote.vendor for quote in self.quotes
        }

    @cached_property
    def figures(self) -> list[tuple[str, str, Parameter]]:
        """(model or quote, name, published parameter): the figures of every model, then those that the quotes name."""
        known = catalogue.parameters()
        quoted = [(quote.id, name, known[quote.model][name]) for quote in self.quotes for name in quote.figures]
        return [*catalogue.parameter_rows(), *quoted]

    @cached_property
    def quoted(self) -> list[tuple[str, str]]:
        """(model, name) of the figures that quotes name: those at the end of `figures`, by the model whose kind they are."""
        return [(quote.model, name) for quote in self.quotes for name in quote.figures]

    @cached_property
    def parameter_numbers(self) -> dict[tuple[str, str], int]:
        """(model or quote, parameter) -> its row in the `parameter` dimension; what a quote does not name is its model's."""
        numbers = _numbers((model, name) for model, name, _ in self.figures)
        for quote in self.quotes:
            own = {name: numbers[quote.model, name] for name in catalogue.parameters()[quote.model]}
            numbers = {(quote.id, name): row for name, row in own.items()} | numbers
        return numbers

    @cached_property
    def phase_rows(self) -> dict[PhaseRow, int]:
        return _numbers(self.phases)

    @cached_property
    def opening_numbers(self) -> dict[tuple, int]:
        """What paths begin with before their main core work -> its number."""
        return _numbers(dict.fromkeys(path.opening for path in self.paths if path.opening))

    @cached_property
    def stages_of(self) -> dict[str, list[int]]:
        """Path -> the rows of its stages."""
        return self._rows_of(stage.path for stage in self.stages)

    @cached_property
    def steps_of(self) -> dict[str, list[int]]:
        """Path -> the rows of its steps."""
        return self._rows_of(self.stages[row - 1].path for row, _ in self.steps)

    @cached_property
    def own_phases(self) -> dict[str, np.ndarray]:
        """`path` or `phase` -> for each of them the phases of its path, 0-based; shape (n, most phases of a path).

        A path that has fewer is filled up with a phase of another one.
        """
        ends = list(accumulate(len(path.phases) for path in self.paths))
        own = [list(range(end - len(path.phases), end)) for path, end in zip(self.paths, ends, strict=True)]
        most = max(map(len, own))
        foreign = [next(row for row in range(len(self.phases)) if row not in rows) for rows in own]
        filled = [rows + [other] * (most - len(rows)) for rows, other in zip(own, foreign, strict=True)]
        of_path = np.array(filled)
        return {"path": of_path, "phase": of_path[[self.path_numbers[phase.path] - 1 for phase in self.phases]]}

    def _rows_of(self, owners: Iterable[str]) -> dict[str, list[int]]:
        rows: dict[str, list[int]] = {path: [] for path in self.path_ids}
        for row, owner in enumerate(owners, 1):
            rows[owner].append(row)
        return rows

    # What the graph needs

    @cached_property
    def rows(self) -> dict[str, Sequence[Any]]:
        """Dimension -> its rows, as the columns' functions take them."""
        return {
            "setting": tuple(catalogue.settings().values()),
            "parameter": self.figures,
            "question": self.questions,
            "rule": tuple(catalogue.rules().values()),
            "need": catalogue.needs(),
            "reason": self.reason_rows,
            "alert": range(ALERTS),
            "lens": self.lenses,
            "model": [self.bases[model] for model in self.models],
            "path": self.paths,
            "place": range(len(self.paths)),
            "phase": self.phases,
            "billed": self.billed,
            "stage": self.stages,
            "step": self.steps,
            "estimate": tuple(ESTIMATES),
            "plan_stage": range(max(map(len, self.stages_of.values()))),
            "plan_step": range(max(map(len, self.steps_of.values()))),
            "review": range(REVIEWS),
            "month": range(MOST_MONTHS),
            "fiscal_year": range(YEARS),
            "quarter": range(QUARTERS),
        }

    @cached_property
    def sizes(self) -> dict[str, int]:
        """Length of each dimension whose length does not depend on the scenario."""
        return {dimension: len(rows) for dimension, rows in self.rows.items()}

    @cached_property
    def columns(self) -> dict[str, dict[str, np.ndarray]]:
        """Dimension -> static quantity -> its values, each as it stands in a column of cells."""
        columns: dict[str, dict[str, np.ndarray]] = {name: {} for name in DIMENSIONS if name in self.rows}
        for column in COLUMNS.values():
            columns[column.dimension][column.name] = column.values(self.rows[column.dimension], self)
        return columns

    @cached_property
    def relations(self) -> list[Relation]:
        """How phases, paths, models, rules and needs point to each other; each follows one of the columns."""
        return [
            Relation(
                pointer.name, pointer.source, pointer.target, self.columns[pointer.source][pointer.by].astype(int) - 1
            )
            for pointer in RELATIONS.values()
        ]

    @cached_property
    def elements(self) -> dict[str, tuple[str, int]]:
        """Names of single elements of a vector: settings, estimates in the case and as given, answers given and in force."""
        elements = {name: ("setting", at) for at, name in enumerate(catalogue.settings())}
        elements |= {name: ("estimate", at) for at, name in enumerate(ESTIMATES)}
        for vector in ("searched_from", "searched_to"):
            elements |= {
                f"{vector}_{name}": (vector, at) for at, name in enumerate(ESTIMATES) if name in catalogue.reaches()
            }
        elements |= {f"given_answer_{question}": ("given_answer", at) for at, question in enumerate(self.questions)}
        elements |= {f"likely_{name}": ("given_likely", at) for at, name in enumerate(ESTIMATES)}
        return elements | {f"answer_{question}": ("answer", at) for at, question in enumerate(self.questions)}

    @cached_property
    def parameter_rows(self) -> dict[str, np.ndarray]:
        """Parameter -> its row in the `parameter` dimension by model, -1 where the model does not have it."""
        rows = self.parameter_numbers
        return {
            name: np.array([rows.get((model, name), 0) - 1 for model in self.models])
            for name in catalogue.parameter_names()
        }


def _numbers(items: Iterable[Any]) -> dict[Any, int]:
    """Position of each, from 1."""
    return {item: number for number, item in enumerate(items, 1)}
