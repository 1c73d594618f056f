"""The structure of the paths: which phases each has, by whom, and what is true of it whatever the figures are.

Positions in the arrays count from 1, as they stand in cells; -1 and 0 mark "none" in an index and in a cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from calc import catalogue
from calc.catalogue.schema import PlanStep
from calc.graph import Relation
from calc.scenario.schema import ESTIMATES, MOST_MONTHS

FREELANCERS = ("freelancer", "freelancer_team")
WORKS_ALONE = ("freelancer", "dedicated_engineer", "full_time")


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

    def unprepared_freelance_core(self) -> bool:
        """A core phase by freelancers that nobody audited or remediated first."""
        prepared = False
        for phase in self.phases:
            if phase.work == "core" and phase.model in FREELANCERS and not prepared:
                return True
            prepared = prepared or phase.work == "audit" or phase.model == "production_firm"
        return False

    def opens_with_prototype(self) -> bool:
        """A first core phase by a freelancer, with less than the whole job, followed by another model."""
        first, *rest = self.core
        return first.model == "freelancer" and first.share < 1 and any(phase.model != first.model for phase in rest)


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


class Structure:
    """All paths, the catalogue's and then the user's, with the arrays and relations that the graph needs."""

    def __init__(self, user_paths=()) -> None:
        own = tuple(path_row(p.id, p.label, p.summary, p.phases) for p in catalogue.paths().values())
        self.paths: tuple[PathRow, ...] = own + tuple(user_paths)
        self.phases: tuple[PhaseRow, ...] = tuple(phase for path in self.paths for phase in path.phases)
        self.models: tuple[str, ...] = tuple(catalogue.models())
        self.questions: tuple[str, ...] = (*catalogue.questions(), "under_gate")
        self.lenses: tuple[str, ...] = tuple(catalogue.lenses())

    @cached_property
    def path_ids(self) -> list[str]:
        return [path.id for path in self.paths]

    @cached_property
    def stages(self) -> list[Stage]:
        """Every phase of every path, in order."""
        found, row = [], 0
        for path in self.paths:
            for phase in path.phases:
                row += 1
                found.append(Stage(path.id, phase.work, phase.model, row))
            found.append(Stage(path.id, "run", path.runner, 0))
            if path.keeper:
                found.append(Stage(path.id, "retainer", path.keeper, 0))
        return found

    @cached_property
    def steps(self) -> list[tuple[int, PlanStep]]:
        """The steps within the stages, each with the row of its stage, from 1; those that come back are left out."""
        return [
            (row, step)
            for row, stage in enumerate(self.stages, 1)
            for step in catalogue.plan_steps()
            if (step.work, step.model) == (stage.work, stage.model) and step.every_weeks is None
        ]

    @cached_property
    def sizes(self) -> dict[str, int]:
        """Length of each dimension whose length does not depend on the scenario."""
        return {name: len(next(iter(columns.values()))) for name, columns in self.columns.items()}

    @cached_property
    def columns(self) -> dict[str, dict[str, np.ndarray]]:
        """Dimension -> static quantity -> its values, each as it stands in a column of cells."""
        paths = self._path_columns()
        return {
            "setting": {"published_setting": _column(found.value for found in catalogue.settings().values())},
            "parameter": self._parameter_columns(),
            "question": self._question_columns(),
            "rule": self._rule_columns(),
            "need": self._need_columns(),
            "lens": self._lens_columns(),
            "model": self._model_columns(),
            "path": paths,
            "phase": self._phase_columns(),
            "stage": self._stage_columns(),
            "step": self._step_columns(),
            "estimate": self._estimate_columns(),
            "plan_stage": {"plan_stage": self._numbers(paths["stages"].max())},
            "plan_step": {"plan_step": self._numbers(paths["steps"].max())},
            "review": {"review_number": self._numbers(MOST_MONTHS / catalogue.settings()["months_per_quarter"].value)},
            "month": {"month": self._numbers(MOST_MONTHS)},
        }

    def _numbers(self, count: float) -> np.ndarray:
        return _column(range(1, int(count) + 1))

    def _estimate_columns(self) -> dict[str, np.ndarray]:
        reaches = [catalogue.reaches().get(name) for name in ESTIMATES]
        return {
            "searched_low": _column(reach.low if reach else np.nan for reach in reaches),
            "searched_high": _column(reach.high if reach else np.nan for reach in reaches),
            "searched_in_dollars": _column(bool(reach and reach.unit.startswith("USD")) for reach in reaches),
        }

    def _parameter_columns(self) -> dict[str, np.ndarray]:
        rows = catalogue.parameter_rows()
        found = [parameter for _, _, parameter in rows]
        return {
            "parameter_id": np.array([name for _, name, _ in rows]),
            "model_of_row": _column(self.models.index(model) + 1 for model, _, _ in rows),
            "published_low": _column(p.range.low for p in found),
            "published_likely": _column(p.range.likely for p in found),
            "published_high": _column(p.range.high for p in found),
            "in_dollars": _column(p.in_dollars for p in found),
            "high_is_better": _column(p.better == "high" for p in found),
        }

    def _question_columns(self) -> dict[str, np.ndarray]:
        return {
            "asks_losing": _column(q == "losing" for q in self.questions),
            "asks_under_gate": _column(q == "under_gate" for q in self.questions),
            "asked": _column(q != "under_gate" for q in self.questions),
        }

    def _rule_columns(self) -> dict[str, np.ndarray]:
        rules = list(catalogue.rules().values())
        second = [rule.conditions[1] if len(rule.conditions) > 1 else None for rule in rules]
        return {
            "rule_lens": _column(self.lenses.index(rule.lens) + 1 for rule in rules),
            "for_freelancer": _column(rule.side == "freelancer" for rule in rules),
            "first_number": _column(self.questions.index(rule.conditions[0].question) + 1 for rule in rules),
            "first_wanted": _column(_code(rule.conditions[0].answer) for rule in rules),
            "second_number": _column(self.questions.index(c.question) + 1 if c else 0 for c in second),
            "second_wanted": _column(_code(c.answer) if c else 0 for c in second),
            "has_second": _column(c is not None for c in second),
            "needed": _column(len(rule.conditions) if rule.needs == "all" else 1 for rule in rules),
        }

    def _need_columns(self) -> dict[str, np.ndarray]:
        needs = catalogue.needs()
        return {
            "need_model": _column(self.models.index(need.model) + 1 for need in needs),
            "need_number": _column(self.questions.index(need.question) + 1 for need in needs),
        }

    def _lens_columns(self) -> dict[str, np.ndarray]:
        with_ladder = {step.lens for step in catalogue.ladder().values()}
        return {
            "lens": _column(range(1, len(self.lenses) + 1)),
            "has_ladder": _column(lens in with_ladder for lens in self.lenses),
            "has_indicator": _column(lens in catalogue.indicators() for lens in self.lenses),
        }

    def _model_columns(self) -> dict[str, np.ndarray]:
        models = catalogue.models()
        own = {lens.alternative: position for position, lens in enumerate(catalogue.lenses().values(), 1)}
        return {
            "model": _column(range(1, len(models) + 1)),
            "hourly": _column(m.pricing == "hourly" for m in models.values()),
            "by_fee": _column(m.pricing == "fee" for m in models.values()),
            "salaried": _column(m.pricing == "salary" for m in models.values()),
            "documents": _column(m.documents for m in models.values()),
            "scales_with_specialists": _column(m.scales == "specialists" for m in models.values()),
            "scales_with_hires": _column(m.scales == "hires" for m in models.values()),
            "works_alone": _column(m in WORKS_ALONE for m in models),
            "freelances": _column(m in FREELANCERS for m in models),
            "is_team": _column(m == "freelancer_team" for m in models),
            "own_lens_number": _column(own.get(m, 0) for m in models),
        }

    def _path_columns(self) -> dict[str, np.ndarray]:
        last = np.cumsum([len(path.phases) for path in self.paths])
        last_core = [
            end - next(back for back, phase in enumerate(reversed(path.phases)) if phase.work == "core")
            for end, path in zip(last, self.paths, strict=True)
        ]
        return {
            "path": _column(range(1, len(self.paths) + 1)),
            "runner": _column(self.models.index(path.runner) + 1 for path in self.paths),
            "keeper": _column(self.models.index(path.keeper) + 1 if path.keeper else 0 for path in self.paths),
            "has_keeper": _column(path.keeper is not None for path in self.paths),
            "last_core": _column(last_core),
            "core_only_freelancer": _column(all(p.model == "freelancer" for p in path.core) for path in self.paths),
            "unprepared_freelance_core": _column(path.unprepared_freelance_core() for path in self.paths),
            "team_core": _column(any(p.model == "freelancer_team" for p in path.core) for path in self.paths),
            "freelance_core": _column(any(p.model in FREELANCERS for p in path.core) for path in self.paths),
            "hire_first": _column(path.core[0].model == "full_time" for path in self.paths),
            "hires_anyone": _column("full_time" in path.models for path in self.paths),
            "opens_with_audit": _column(path.phases[0].work == "audit" for path in self.paths),
            "opens_with_prototype": _column(path.opens_with_prototype() for path in self.paths),
            "first_stage": _column(self._first(stage.path for stage in self.stages)),
            "stages": _column(sum(stage.path == path.id for stage in self.stages) for path in self.paths),
            "first_step_row": _column(self._first(self.stages[row - 1].path for row, _ in self.steps)),
            "steps": _column(sum(self.stages[row - 1].path == path.id for row, _ in self.steps) for path in self.paths),
        }

    def _first(self, paths) -> list[int]:
        """Where each path first comes in a list of path ids, from 1; 0 where it does not."""
        found = list(paths)
        return [found.index(path.id) + 1 if path.id in found else 0 for path in self.paths]

    def _stage_columns(self) -> dict[str, np.ndarray]:
        return {
            "stage": _column(range(1, len(self.stages) + 1)),
            "own_path": _column(self.path_ids.index(stage.path) + 1 for stage in self.stages),
            "own_phase": _column(stage.phase for stage in self.stages),
            "is_run": _column(stage.work == "run" for stage in self.stages),
            "is_retainer": _column(stage.work == "retainer" for stage in self.stages),
        }

    def _step_columns(self) -> dict[str, np.ndarray]:
        steps = [step for _, step in self.steps]
        return {
            "own_stage": _column(row for row, _ in self.steps),
            "from_end": _column(step.anchor == "end" for step in steps),
            "offset": _column(step.start_week for step in steps),
            "length": _column(step.weeks for step in steps),
            "has_until": _column(step.until_end is not None for step in steps),
            "until": _column(step.until_end or 0 for step in steps),
        }

    def _phase_columns(self) -> dict[str, np.ndarray]:
        return {
            "path_number": _column(self.path_ids.index(phase.path) + 1 for phase in self.phases),
            "position": _column(phase.position for phase in self.phases),
            "model_number": _column(self.models.index(phase.model) + 1 for phase in self.phases),
            "is_audit": _column(phase.work == "audit" for phase in self.phases),
            "is_core": _column(phase.work == "core" for phase in self.phases),
            "share": _column(phase.share for phase in self.phases),
            "audit_weeks": _column(phase.weeks for phase in self.phases),
        }

    @cached_property
    def relations(self) -> list[Relation]:
        """How phases, paths, models, rules and needs point to each other; each follows one of the columns."""
        return [
            Relation(name, source, target, self.columns[source][column].astype(int) - 1)
            for name, source, target, column in RELATIONS
        ]

    @cached_property
    def elements(self) -> dict[str, tuple[str, int]]:
        """Names of single elements of a vector: settings, estimates in the case and as given, answers in force."""
        found = {name: ("setting", at) for at, name in enumerate(catalogue.settings())}
        found |= {name: ("estimate", at) for at, name in enumerate(ESTIMATES)}
        for vector in ("searched_from", "searched_to"):
            found |= {
                f"{vector}_{name}": (vector, at) for at, name in enumerate(ESTIMATES) if name in catalogue.reaches()
            }
        found |= {f"likely_{name}": ("given_likely", at) for at, name in enumerate(ESTIMATES)}
        return found | {f"answer_{question}": ("answer", at) for at, question in enumerate(self.questions)}

    @cached_property
    def parameter_rows(self) -> dict[str, np.ndarray]:
        """Parameter -> its row in the `parameter` dimension by model, -1 where the model does not have it."""
        rows = {(model, name): row for row, (model, name, _) in enumerate(catalogue.parameter_rows())}
        return {
            name: np.array([rows.get((model, name), -1) for model in self.models])
            for name in catalogue.parameter_names()
        }


# name, from, to, and the column that holds the position of what it points to.
RELATIONS = (
    ("model", "phase", "model", "model_number"),
    ("runner", "path", "model", "runner"),
    ("keeper", "path", "model", "keeper"),
    ("last_core", "path", "phase", "last_core"),
    ("first_question", "rule", "question", "first_number"),
    ("second_question", "rule", "question", "second_number"),
    ("need_question", "need", "question", "need_number"),
    ("own_lens", "model", "lens", "own_lens_number"),
    ("own_phase", "stage", "phase", "own_phase"),
    ("own_path", "stage", "path", "own_path"),
    ("own_stage", "step", "stage", "own_stage"),
)


def _column(values) -> np.ndarray:
    return np.array([float(value) for value in values])


def _code(answer: str) -> int:
    return {"yes": 1, "no": -1}[answer]
