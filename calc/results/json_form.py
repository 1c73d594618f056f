"""The form of `calc --json` and `explain --json`, as a JSON Schema for programs that read them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from calc.catalogue.cited import Reference
from calc.json_form import EngagementModel, Gate, Lens, Line, Part, Path, Question, Share, described
from calc.scenario.json_schema import Schema, scenario_schema
from calc.scenario.schema import Answer
from calc.sentences.answer import Status


class Flip(Part):
    """A single answer that would change the recommendation."""

    question: Question
    from_: Answer = Field(alias="from")
    answer: Answer
    path: Path | None


class Asked(Part):
    question: Question
    swing: Share


class Alert(Part):
    id: str
    text: str


class Budget(Part):
    amount: float
    invoiced: float | None
    headroom: float | None
    chance_above: Share | None


class FindingOut(Part):
    chance: Share
    worth: float
    if_systemic: Path | None
    if_not: Path | None
    audit_price: float | None
    pilot_price: float | None


class Recommendation(Part):
    path: Path | None
    status: Status
    provisional: bool
    completeness: Share
    cheapest: Path | None
    best_fit: Path | None
    reasons: list[str]
    flips: list[Flip]
    holds: Share | None
    ask: list[Asked]
    alerts: list[Alert]
    budget: Budget | None
    finding_out: FindingOut | None


class Support(Part):
    freelancer: Share
    alternative: Share


class LensResult(Part):
    support: Support
    lean: float
    verdict: EngagementModel | Literal["either"]


class GateResult(Part):
    fired: bool
    excludes: list[Path]


class ModelResult(Part):
    fit: float


class WhyNot(Part):
    kind: Literal["excluded", "dearer", "no_evidence", "fits_worse"] | None
    gates: list[Gate]
    amount: float | None
    break_even_chance: Share | None
    text: str


class Beyond(Part):
    core: float
    instability: float
    features: float


class Phase(Part):
    model: EngagementModel
    work: Literal["audit", "core", "run", "retainer"]
    start_week: float
    end_week: float
    lines: dict[Line, float]


class PathInShort(Part):
    label: str
    eligible: bool
    evidence: bool
    frontier: bool
    fit: float
    total: float
    npv: float
    same_scope: float
    why_not: WhyNot | None
    must_be_true: list[dict[Question, Answer]]


class PathResult(PathInShort):
    beyond: Beyond
    same_place: float
    invoiced: float
    paid: float
    own_time: float
    losses: float
    lines: dict[Line, float]
    months: list[float]
    weeks_to_stable: float | None
    finished: bool
    best: float
    worst: float
    p10: float | None
    p50: float | None
    p80: float | None
    p90: float | None
    chance_cheapest: Share | None
    chance_cheapest_eligible: Share | None
    phases: list[Phase]


class Ends(Part):
    from_: float = Field(alias="from")
    to: float


class QuoteCompared(Part):
    """A quote of the scenario beside the published range of its model; the path is the one by its vendor throughout."""

    vendor: str
    path: Path
    model: EngagementModel
    priced_by: Literal["rate", "price", "fee", "salary"]
    amount: float
    equivalent: float
    published: Ends
    beside: float
    not_included: list[str]
    from_model: dict[str, float]
    payment_terms: str | None
    valid_until: str | None
    expired: bool
    same_scope: float
    excluded_by: list[Gate]
    why_not: Literal["excluded", "dearer", "no_evidence", "fits_worse"] | None
    factor: float | None
    wins_at: float | None
    text: str


class Result(Part):
    """What `engagement calc --json` prints."""

    schema_: Literal[1] = Field(alias="schema")
    scenario: dict[str, Any]
    systemic: Literal[0, 1]
    recommendation: Recommendation
    lenses: dict[Lens, LensResult]
    gates: dict[Gate, GateResult]
    models: dict[EngagementModel, ModelResult]
    paths: dict[Path, PathResult]
    # Only where the scenario has any.
    quotes: list[QuoteCompared] = Field(default_factory=list)


class Condition(Part):
    """question: one of those that are asked, or one that the figures answer, such as whether a job is small."""

    question: str
    wanted: Answer


class Rule(Part):
    id: str
    side: str
    fired: bool
    text: str
    conditions: list[Condition]
    references: list[Reference]


class Above(Part):
    id: str
    text: str
    references: list[Reference]


class LensExplained(LensResult):
    label: str
    alternative: EngagementModel
    weight: Annotated[float, Field(ge=0, le=5)]
    ladder: Above | None
    indicator: Above | None
    rules: list[Rule]


class GateExplained(GateResult):
    label: str
    when: str
    then: str
    why: str
    basis: Literal["source", "derived", "assumption"]
    note: str
    references: list[Reference]


class PathExplained(PathInShort):
    excluded_by: list[Gate]


class Explanation(Part):
    """What `engagement explain --json` prints."""

    schema_: Literal[1] = Field(alias="schema")
    project: str
    answer: str
    recommendation: Recommendation
    lenses: dict[Lens, LensExplained]
    gates: dict[Gate, GateExplained]
    paths: dict[Path, PathExplained]
    basis: dict[str, str]
    unknown: list[Question]


def results_schema() -> Schema:
    """The JSON Schema of `calc --json`, with that of the scenario in it."""
    schema, scenario = described(Result, "Results"), scenario_schema()
    of_scenario = scenario.pop("$defs")
    alike = {name for name in schema["$defs"].keys() & of_scenario.keys() if schema["$defs"][name] != of_scenario[name]}
    assert not alike, f"two forms of one name: {alike}"
    schema["$defs"] |= of_scenario
    schema["properties"]["scenario"] = {key: part for key, part in scenario.items() if key != "$schema"}
    return schema


def explanation_schema() -> Schema:
    """The JSON Schema of `explain --json`."""
    return described(Explanation, "Explanation")
