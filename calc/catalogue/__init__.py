"""The catalogue: every parameter, path, rule and figure of the product as data, with unit, range, basis, source and place.

Each section is read from its file in `data/` when it is first asked for, and validated then: a parameter without a basis,
a source key or place that does not exist, low > likely > high, a phase by an unknown model are refused (CatalogueError).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from calc.catalogue.article import Checklist, CriteriaTable, Example, Term
from calc.catalogue.cited import PLACES, Source
from calc.catalogue.data_files import data_of
from calc.catalogue.figure import Contradiction, Evidence, Figure, Parameter, Reach, Setting
from calc.catalogue.path import Grammar, Model, Path
from calc.catalogue.plan_step import PhaseEnd, PlanStep, Work
from calc.catalogue.rule import Answered, Gate, Group, Indicator, Lens, ModelRule, Need, Question, Rule, Step
from calc.catalogue.story import Claim, Played

Schema = TypeVar("Schema")

# The question that is not asked: its answer follows from the budget.
UNDER_GATE = "under_gate"
# The rules of single models: the best in the long run, a sign that speaks for it, and who inherits a system.
LONG_TERM, SIGN, INHERITS = "long_term", "sign", "inherits"
# Live figures that a criterion may show beside a parameter of the two models.
METRICS = ("total", "npv", "weeks_to_stable", "documents")


class CatalogueError(ValueError):
    """The product's own data is wrong; the message names the file and every fault in it."""


@cache
def _file(name: str) -> dict[str, Any]:
    return data_of(__package__, "data", f"{name}.toml")


def validated(data: object, schema: type[Schema], name: str) -> Schema:
    """Data in the shape of the schema, with every reference found among the sources. Raises CatalogueError."""
    context = {} if name == "sources" else {PLACES: {key: source.places for key, source in sources().items()}}
    try:
        return TypeAdapter(schema).validate_python(data, context=context)
    except ValidationError as error:
        faults = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        raise CatalogueError(f"{name}.toml: " + "; ".join(faults)) from None


@cache
def sources() -> dict[str, Source]:
    """Source key -> article and the places in it that references may name."""
    return validated(_file("sources"), dict[str, Source], "sources")


@cache
def models() -> dict[str, Model]:
    """The seven engagement models, in order."""
    return validated(_file("models"), dict[str, Model], "models")


@cache
def parameters() -> dict[str, dict[str, Parameter]]:
    """Model -> parameter -> range with unit and source."""
    by_model = validated(_file("parameters"), dict[str, dict[str, Parameter]], "parameters")
    if list(by_model) != list(models()):
        raise CatalogueError(f"parameters.toml: the models must be {list(models())}, not {list(by_model)}")
    loose = [fault for model, of_model in by_model.items() for fault in _loose_ties(model, of_model)]
    if loose:
        raise CatalogueError("parameters.toml: " + "; ".join(loose))
    return by_model


def _loose_ties(model: str, of_model: dict[str, Parameter]) -> Iterator[str]:
    """Figures that follow one that is not there, or that follows another itself."""
    for name, parameter in of_model.items():
        leader = of_model.get(parameter.tied_to)
        if parameter.tied_to and (leader is None or leader.tied_to or leader is parameter):
            yield f"{model}.{name} follows {parameter.tied_to}, which is no figure of the model that follows no other"


@cache
def settings() -> dict[str, Setting]:
    """Single figures of the model and the decision that are no model's: thresholds, weights, the calendar."""
    return validated(_file("settings"), dict[str, Setting], "settings")


@cache
def reaches() -> dict[str, Reach]:
    """Estimate -> the range in which its break-evens are looked for."""
    return validated(_file("break_even"), dict[str, Reach], "break_even")


@cache
def paths() -> dict[str, Path]:
    """The thirteen paths, in order."""
    return {path.id: path for path in _listed("paths", "path", Path)}


@cache
def grammar() -> Grammar:
    """What every sequence of the searched space is made of."""
    made = validated(_file("grammar"), Grammar, "grammar")
    named = [*(opening.model for opening in made.opening), made.prototype.model, made.retainer.model]
    if list(made.words) != list(models()) or not {*named} <= {*models()}:
        raise CatalogueError(f"grammar.toml: the models must be {list(models())}")
    return made


@cache
def figures() -> dict[str, Figure]:
    """Every figure of the sources that the product uses or shows."""
    return {figure.id: figure for figure in _listed("figures", "figure", Figure)}


@cache
def contradictions() -> dict[str, Contradiction]:
    """Where the sources disagree with each other or with themselves, and what the product does about it."""
    return {
        contradiction.id: contradiction for contradiction in _listed("contradictions", "contradiction", Contradiction)
    }


@cache
def evidence() -> dict[str, Evidence]:
    """What public data says beside the articles."""
    found = {one.id: one for one in _listed("evidence", "evidence", Evidence)}
    unknown = [name for one in found.values() for name in one.speaks_to if not _is_parameter(name)]
    if unknown:
        raise CatalogueError(f"evidence.toml: no such figure: {', '.join(unknown)}")
    return found


def _is_parameter(name: str) -> bool:
    model, _, parameter = name.partition(".")
    return parameter in parameters().get(model, {})


@cache
def evidence_of(model: str, parameter: str) -> list[Evidence]:
    """What public data says of a figure: its second basis."""
    return [one for one in evidence().values() if f"{model}.{parameter}" in one.speaks_to]


@cache
def questions() -> dict[str, Question]:
    """The questions that are asked, in order."""
    asked = {question.id: question for question in _listed("questions", "question", Question)}
    if strange := {question.group for question in asked.values()} - set(question_groups()):
        raise CatalogueError(f"questions.toml: no such group: {', '.join(sorted(strange))}")
    return asked


@cache
def question_groups() -> dict[str, str]:
    """The headings under which the questions are shown, id -> label, in order."""
    return {group.id: group.label for group in _listed("questions", "group", Group)}


@cache
def lenses() -> dict[str, Lens]:
    """The five lenses, one per source, in order."""
    return {lens.id: lens for lens in _listed("lenses", "lens", Lens)}


@cache
def rules() -> dict[str, Rule]:
    """The conditions of each lens's two sides."""
    return {rule.id: rule for rule in _listed("lenses", "rule", Rule)}


@cache
def ladder() -> dict[str, Step]:
    """The steps of the ladder, the first that holds decides."""
    return {step.id: step for step in _listed("lenses", "ladder", Step)}


@cache
def indicators() -> dict[str, Indicator]:
    """What decides a lens's "either", by lens."""
    return {indicator.lens: indicator for indicator in _listed("lenses", "indicator", Indicator)}


@cache
def model_rules() -> dict[str, ModelRule]:
    """What answers say of one model beside its lens, each by its name: `LONG_TERM`, `SIGN` and `INHERITS`."""
    own = {
        LONG_TERM: _listed("lenses", LONG_TERM, ModelRule),
        SIGN: _listed("lenses", SIGN, ModelRule),
        INHERITS: _listed("needs", INHERITS, ModelRule),
    }
    wrong = [f"{name} is there {len(rules)} times" for name, rules in own.items() if len(rules) != 1]
    if wrong:
        raise CatalogueError(f"lenses.toml, needs.toml: each rule of a model is there once: {'; '.join(wrong)}")
    return {name: rule for name, [rule] in own.items()}


@cache
def gates() -> dict[str, Gate]:
    """The gates, in order. Refused: an id that is there twice or unknown, and gates that fire by way of themselves."""
    listed = _listed("gates", "gate", Gate)
    by_id = {gate.id: gate for gate in listed}
    twice = sorted({gate.id for gate in listed if by_id[gate.id] is not gate})
    wrong = [f"the gate {gate} is there twice" for gate in twice]
    for gate in listed:
        wrong += [f"{gate.id} reads no such gate: {other}" for other in gate.reads_gates if other not in by_id]
        asked = [clause.question for clause in gate.clauses if isinstance(clause, Answered)]
        wrong += [f"{gate.id} reads no such question: {one}" for one in asked if one not in (*questions(), UNDER_GATE)]
    if wrong:
        raise CatalogueError("gates.toml: " + "; ".join(wrong))
    try:
        TopologicalSorter({gate.id: gate.reads_gates for gate in listed}).prepare()
    except CycleError as error:
        circle = " reads ".join(reversed(error.args[1]))
        raise CatalogueError(f"gates.toml: gates fire by way of themselves: {circle}") from None
    return by_id


@cache
def needs() -> list[Need]:
    """Whom the feature work after the core asks for."""
    return _listed("needs", "need", Need)


@cache
def glossary() -> list[Term]:
    """The product's words and what they mean."""
    return _listed("glossary", "term", Term)


@cache
def works() -> list[Work]:
    """What each kind of work delivers, by model; the model * stands for all that have no row of their own."""
    return _listed("plan", "work", Work)


def work_of(work: str, model: str) -> Work:
    """What this kind of work by this model delivers."""
    rows = [row for row in works() if row.work == work and row.model in (model, "*")]
    return min(rows, key=lambda row: row.model == "*")


@cache
def phase_ends() -> list[PhaseEnd]:
    """What can be decided at the end of each kind of phase, by model; * stands for all without a row of their own."""
    return _listed("plan", "phase_end", PhaseEnd)


def phase_end(kind: str, model: str) -> PhaseEnd:
    """What can be decided at the end of this kind of phase by this model."""
    rows = [row for row in phase_ends() if row.at == kind and row.model in (model, "*")]
    return min(rows, key=lambda row: row.model == "*")


@cache
def plan_steps() -> list[PlanStep]:
    """The steps within phases, by kind of work and model."""
    return _listed("plan", "step", PlanStep)


@cache
def criteria() -> dict[str, CriteriaTable]:
    """The comparison tables of the articles, in order."""
    tables = {table.id: table for table in _listed("criteria", "table", CriteriaTable)}
    known = {*METRICS, *parameter_names(), ""}
    unknown = [row.metric for table in tables.values() for row in table.rows if row.metric not in known]
    if unknown:
        raise CatalogueError(f"criteria.toml: no such metric: {', '.join(unknown)}")
    return tables


@cache
def checklists() -> dict[str, Checklist]:
    """What a team goes through before it signs, in order."""
    return {checklist.id: checklist for checklist in _listed("checklists", "checklist", Checklist)}


@cache
def worked() -> dict[str, Example]:
    """The claims of the articles that can be recalculated, in order."""
    return {example.id: example for example in _listed("worked", "example", Example)}


@cache
def claims() -> dict[str, Claim]:
    """What the articles say of their stories, in order; the stories themselves are scenarios of a checkout."""
    listed = _listed("stories", "claim", Claim)
    unknown = sorted({path for claim in listed for path in claim.expects} - set(paths()))
    if unknown:
        raise CatalogueError(f"stories.toml: no such path: {', '.join(unknown)}")
    return {claim.id: claim for claim in listed}


@cache
def played() -> dict[str, Played]:
    """Claim -> what the model gave for it. Written by build/stories.py; a test says when it was forgotten."""
    return validated(_file("played"), dict[str, Played], "played")


def _listed(name: str, table: str, schema: type[Schema]) -> list[Schema]:
    rows: list[object] = _file(name).get(table, [])
    return validated(rows, list[schema], name)  # type: ignore[valid-type]  # a type made of the argument


@cache
def parameter_rows() -> list[tuple[str, str, Parameter]]:
    """Every (model, parameter), in the order of the `parameter` dimension."""
    return [
        (model, name, parameter) for model, of_model in parameters().items() for name, parameter in of_model.items()
    ]


def parameter_names() -> list[str]:
    """The names of the parameters, in the order in which they first appear."""
    return list(dict.fromkeys(name for _, name, _ in parameter_rows()))
