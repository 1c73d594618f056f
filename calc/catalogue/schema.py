"""The shape of the catalogue's data; data that breaks it is refused when it is loaded."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, ValidationInfo, model_validator

Text = Annotated[str, Field(min_length=1)]
Answer = Literal["yes", "no"]
Place = Literal["us", "eastern_europe"]
Effect = Literal["calculated from", "compared with", "shown only"]
# Kinds of use of a figure: those that change results, and those that hold results against it.
CALCULATES = {"", "setting", "gate", "question", "path"}
COMPARES = {"example", "story"}
Verdict = Literal["agrees", "differs"]
# What is known while data is validated: the places in each source, by its key.
PLACES = "places"


class Strict(BaseModel):
    # A validator is made when a section is read: most shapes only stand within others, and need none of their own.
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


class Source(Strict):
    title: Text
    compares: list[Text]
    places: list[Text]


class Placed(Strict):
    """Anything that stands at a place in a source."""

    source: Text
    place: Text

    @property
    def citation(self) -> str:
        return f"{self.source}, {self.place}"

    @model_validator(mode="after")
    def is_there(self, info: ValidationInfo) -> Placed:
        if info.context and self.place not in info.context[PLACES].get(self.source, ()):
            raise ValueError(f"no such source and place: {self.citation}")
        return self


class Reference(Placed):
    says: str = ""


class Cited(Strict):
    """Anything that says where it comes from: a source with its place, a derivation, or an assumption that says so."""

    basis: Literal["source", "derived", "assumption"] = "source"
    references: list[Reference] = []
    note: str = ""

    @model_validator(mode="after")
    def has_ground(self) -> Cited:
        if self.basis == "assumption" and not self.note:
            raise ValueError("an assumption says why in its note")
        if self.basis == "derived" and not self.note:
            raise ValueError("a derived figure shows its derivation in its note")
        if self.basis == "source" and not self.references:
            raise ValueError("basis source without a reference")
        return self

    @property
    def citation(self) -> str:
        return "; ".join(reference.citation for reference in self.references)


class Range(Strict):
    low: float
    likely: float
    high: float

    @model_validator(mode="after")
    def in_order(self) -> Range:
        if not self.low <= self.likely <= self.high:
            raise ValueError(f"low {self.low} <= likely {self.likely} <= high {self.high} does not hold")
        return self


class Parameter(Cited):
    """One figure of a model. moves_with, moves_against: the figure of the same model that is one thing with it in reality.

    Both then take the same end of their ranges, or opposite ends.
    """

    label: Text
    unit: Text
    range: Range
    better: Literal["low", "high"]
    moves_with: str = ""
    moves_against: str = ""

    @property
    def in_dollars(self) -> bool:
        return self.unit.startswith("USD")

    @property
    def tied_to(self) -> str:
        """The figure of the same model that this one follows, in one direction or the other; empty for none."""
        return self.moves_with or self.moves_against

    @model_validator(mode="after")
    def follows_one(self) -> Parameter:
        if self.moves_with and self.moves_against:
            raise ValueError("a figure moves with another or against it, not both")
        return self


class Model(Cited):
    label: Text
    pricing: Literal["hourly", "fee", "salary"]
    documents: bool
    scales: Literal["specialists", "hires", "one"]
    located: Place
    freelances: bool
    works_alone: bool
    summary: Text


class Phase(Strict):
    """One step of a path. share: of the core work, for core phases; weeks: of an audit."""

    work: Literal["audit", "core", "run", "retainer"]
    model: Text
    share: float | None = None
    weeks: float | None = None


class Path(Cited):
    id: Text
    label: Text
    summary: str = ""
    phases: list[Phase]


class Opening(Strict):
    """A first step of a sequence: so many weeks of looking, by a model."""

    name: Text
    model: Text
    weeks: float


class Prototype(Strict):
    """A trial before another model's core: how large it may be, as shares of the core work."""

    name: Text
    model: Text
    shares: list[float]


class Reviewer(Strict):
    """Who stays on retainer, after an audit or core work of its own."""

    name: Text
    model: Text


class Words(Strict):
    """How a model is named in a sequence: as who does the core, the same after a prototype, and as who runs it."""

    core: Text
    alone: Text
    runs: Text


class Grammar(Strict):
    """What every sequence is made of; openings, prototype and retainer may each be left out."""

    opening: list[Opening]
    prototype: Prototype
    retainer: Reviewer
    words: dict[str, Words]


class Setting(Cited):
    """A single figure that is no model's. range: how far it moves in the sensitivities, where that is published."""

    label: Text
    value: float
    range: Range | None = None
    unit: Text
    allowed: dict[str, float] = {}

    @model_validator(mode="after")
    def is_likely(self) -> Setting:
        if self.range and self.range.likely != self.value:
            raise ValueError(f"the likely value {self.range.likely} of the range is not the value {self.value}")
        return self


class Reach(Cited):
    """From where to where a break-even is looked for; in USD it is multiplied by the exchange rate."""

    low: float
    high: float
    unit: Text


class Figure(Strict):
    """A figure of the articles. used_by: what becomes of it, as kind and key, "gate:small_and_clear"; a parameter has no kind."""

    id: Text
    label: Text
    low: float
    high: float
    likely: float | None = None
    unit: Text
    references: Annotated[list[Reference], Field(min_length=1)]
    used_by: list[str] = []

    @property
    def effect(self) -> Effect:
        """Whether anything is calculated from it, or the model's results are compared with it, or it is shown only."""
        kinds = {use.rpartition(":")[0] for use in self.used_by}
        if kinds & CALCULATES:
            return "calculated from"
        return "compared with" if kinds & COMPARES else "shown only"


class Contradiction(Strict):
    id: Text
    title: Text
    sides: Annotated[list[Reference], Field(min_length=2)]
    treatment: Text


class Quantiles(Strict):
    """Of a distribution; those that are known. A single mean stands as p50 where its data says no more."""

    p10: float | None = None
    p50: float
    p80: float | None = None
    p90: float | None = None
    p99: float | None = None


class Evidence(Strict):
    """What public data says of figures of the catalogue. n: how many observations, None where it is not told.

    speaks_to: `<model>.<parameter>`; differs: how the data and the ranges in force agree or part, and what becomes of it.
    instead: how the median stands in place of those figures: as it is (`figure`); less 1 in place of rework, with 0 for
    hidden scope, since a ratio to the estimate holds both (`overrun`); times the working hours of a week (`share_of_week`).
    None where something else is measured than what the figures say.
    """

    id: Text
    title: Text
    n: int | None = None
    unit: Text
    quantiles: Quantiles
    citation: Text
    speaks_to: Annotated[list[Text], Field(min_length=1)]
    instead: Literal["figure", "overrun", "share_of_week"] | None = None
    differs: Text


class Group(Strict):
    """A heading under which questions are asked."""

    id: Text
    label: Text


class Question(Strict):
    """A question; group: the heading under which a sheet asks it."""

    id: Text
    group: Text
    text: Text
    short: Text
    asked_by: Annotated[list[Reference], Field(min_length=1)]
    help: Text


class Lens(Cited):
    id: Text
    label: Text
    alternative: Text


class Condition(Strict):
    """A question and the answer that meets the condition."""

    question: Text
    answer: Answer


class Rule(Cited):
    id: Text
    lens: Text
    side: Literal["freelancer", "alternative"]
    text: Text
    needs: Literal["any", "all"]
    conditions: Annotated[list[Condition], Field(min_length=1, max_length=2)]


class Clause(Strict):
    """A condition of a gate or a step. `is = false`: met where it does not hold; of an answer, by any other, unknown too."""

    holds: Annotated[bool, Field(alias="is")] = True


class Answered(Clause):
    """Met by an answer in force: the question's id, and the answer."""

    question: Text
    answer: Answer

    @property
    def text(self) -> str:
        return f"{self.question} {'=' if self.holds else 'is not'} {self.answer}"


class Fires(Clause):
    """Met where another gate fires."""

    gate: Text

    @property
    def text(self) -> str:
        return f"{self.gate} {'fires' if self.holds else 'does not fire'}"


class Computed(Clause):
    """Met where a single quantity of the model is 1: its name."""

    figure: Text

    @property
    def text(self) -> str:
        return f"{self.figure} = {1 if self.holds else 0}"


def _kind(clause: object) -> str:
    """What a clause is about, so that faults in it are named as those of its kind."""
    given = clause if isinstance(clause, dict) else vars(clause) if isinstance(clause, Clause) else ()
    return next((kind for kind in ("gate", "figure") if kind in given), "question")


AnyClause = Annotated[
    Annotated[Answered, Tag("question")] | Annotated[Fires, Tag("gate")] | Annotated[Computed, Tag("figure")],
    Discriminator(_kind),
]
# Alternatives, of which one is enough; in an alternative every clause must be met.
Alternatives = list[Annotated[list[AnyClause], Field(min_length=1)]]


class Step(Cited):
    """One step of a lens's ladder: the answer that decides, for which model, and where it does not (`unless`)."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    lens: Text
    question: Text
    answer: Answer
    unless: Alternatives = []
    says: Text
    text: Text

    @property
    def conditions(self) -> Alternatives:
        return [[Answered.model_validate({"question": self.question, "answer": self.answer})]]


class Indicator(Cited):
    """The question that decides a lens's "either"."""

    id: Text
    lens: Text
    question: Text
    yes: Text
    no: Text
    text: str = ""


class ModelRule(Cited):
    """What answers say of one model beside its lens: it holds where one of the alternatives does, and none of `unless`."""

    id: Text
    model: Text
    text: Text
    conditions: Annotated[Alternatives, Field(min_length=1)]
    unless: Alternatives = []

    @property
    def clauses(self) -> list[AnyClause]:
        return [clause for alternative in (*self.conditions, *self.unless) for clause in alternative]


class Instead(Strict):
    """Another ground in short, where a single quantity of the model is 1: its name, and what is said."""

    figure: Text
    says: Text


class Gate(Cited):
    """Excludes paths where it fires: one of the alternatives of `conditions` holds, and none of those of `unless`.

    Without conditions it fires where it has a path to exclude. excludes, keeps_only: a property of paths, a column of the
    structure or a quantity over `path`, that those which are out have, or those which stay; one of the two is given.
    said: the ground in short, where it is no answer of yes or no that sets it off; instead: a truer one for some cases.
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    label: Text
    when: Text
    then: Text
    why: Text
    said: str = ""
    instead: Instead | None = None
    conditions: Alternatives = []
    unless: Alternatives = []
    excludes: str = ""
    keeps_only: str = ""

    @model_validator(mode="after")
    def names_a_property(self) -> Gate:
        if bool(self.excludes) == bool(self.keeps_only):
            raise ValueError(
                f"the gate {self.id} names a property of paths in excludes or in keeps_only, one of the two"
            )
        return self

    @property
    def clauses(self) -> list[AnyClause]:
        return [clause for alternative in (*self.conditions, *self.unless) for clause in alternative]

    @property
    def reads_gates(self) -> list[str]:
        """The gates that its conditions look at."""
        return [clause.gate for clause in self.clauses if isinstance(clause, Fires)]

    @property
    def condition(self) -> str:
        """When it fires, from the conditions: ids, answers, and, or."""
        when = _alternatives(self.conditions) if self.conditions else "there is a path to exclude"
        return f"{when}, unless {_alternatives(self.unless)}" if self.unless else when

    @property
    def property(self) -> str:
        """Which paths it excludes, by the name of the property."""
        return self.excludes or f"not {self.keeps_only}"


def _alternatives(alternatives: Alternatives) -> str:
    texts = [" and ".join(clause.text for clause in alternative) for alternative in alternatives]
    several = [f"({text})" if len(alternatives) > 1 and " and " in text else text for text in texts]
    return " or ".join(several)


class Need(Cited):
    """A question whose yes asks for a model to do the feature work."""

    model: Text
    question: Text


class Term(Strict):
    term: Text
    meaning: Text


class Work(Cited):
    """What a phase delivers, and what must be true before the next one starts. model: an id, or * for all others."""

    work: Literal["audit", "core", "run", "retainer"]
    model: Text
    label: Text
    delivers: Text
    exit: Text


class PhaseEnd(Cited):
    """What can be decided at the end of a phase, in short and in three ways.

    at: its kind of work, or a prototype; model: an id, or * for all others.
    """

    at: Literal["audit", "prototype", "core", "run", "retainer"]
    model: Text
    decision: Text
    go_on: Text
    stop: Text
    switch: Text


class PlanStep(Cited):
    """A step of a phase. start_week counts from the phase's start or end; until_end, from its end, replaces weeks."""

    work: Literal["audit", "core", "run", "retainer"]
    model: Text
    label: Text
    anchor: Annotated[Literal["start", "end"], Field(alias="from")]
    start_week: float
    weeks: float
    until_end: float | None = None


class Criterion(Strict):
    """One row of an article's comparison. metric: the live figure shown beside it; empty: none."""

    criterion: Text
    freelancer: Text
    alternative: Text
    metric: str
    references: Annotated[list[Reference], Field(min_length=1)]


class CriteriaTable(Placed):
    """An article's comparison. columns: what heads the criteria, the freelancer and the alternative."""

    id: Text
    title: Text
    columns: Annotated[list[Text], Field(min_length=3, max_length=3)]
    rows: Annotated[list[Criterion], Field(min_length=1, alias="row")]


class Item(Strict):
    """One point of a checklist. good, bad: how an answer sounds; template: text to copy and edit."""

    text: Text
    detail: Text
    good: str = ""
    bad: str = ""
    template: str = ""


class Checklist(Strict):
    """Points to go through. More references than points: one for the whole list, then one for each point."""

    id: Text
    title: Text
    purpose: Text
    references: Annotated[list[Reference], Field(min_length=1)]
    items: Annotated[list[Item], Field(min_length=1, alias="item")]

    @model_validator(mode="after")
    def has_fitting_references(self) -> Checklist:
        if len(self.references) > len(self.items) + 1:
            raise ValueError(f"{len(self.references)} references for {len(self.items)} points")
        return self

    def references_of(self, item: Item) -> list[Reference]:
        """Where the point stands: its own reference, or those of the list."""
        if len(self.references) <= len(self.items):
            return self.references
        return [self.references[1 + self.items.index(item)]]


class WorkedFigure(Strict):
    """A figure that follows from inputs. Of a pair of inputs, the first gives the low end, the second the high end."""

    label: Text
    unit: Text
    source_low: float
    source_high: float
    formula: Text
    inputs: dict[str, float | Annotated[list[float], Field(min_length=2, max_length=2)]]

    @property
    def is_range(self) -> bool:
        return any(isinstance(value, list) for value in self.inputs.values())

    def ends(self, name: str) -> tuple[float, float]:
        """What the input is at the low and at the high end of the figure."""
        value = self.inputs[name]
        return (value[0], value[1]) if isinstance(value, list) else (value, value)

    @model_validator(mode="after")
    def in_order(self) -> WorkedFigure:
        if self.source_low > self.source_high:
            raise ValueError(f"low {self.source_low} <= high {self.source_high} does not hold")
        if not self.is_range and self.source_low != self.source_high:
            raise ValueError("a range needs a pair among its inputs")
        return self


class Example(Placed):
    """A claim of an article with the figures that must come out of its inputs."""

    id: Text
    claim: Text
    references: Annotated[list[Reference], Field(min_length=1)]
    figures: Annotated[list[WorkedFigure], Field(min_length=1, alias="figure")]


class Measure(Strict):
    """A figure out of results: the sum of `of`, times a factor of units, per the sum of `per` where there is one, less a number.

    A term is a way into a result, `paths.freelancer.lines.rework`; `name:` before it picks another story, `-` takes it off.
    """

    of: Annotated[list[Text], Field(min_length=1)]
    per: list[Text] = []
    times: float = 1
    less: float = 0


class Claim(Placed):
    """What an article says of a story, and what the model is asked for it: figures (one, or two ends), or a recommendation.

    reading: how words became the range. verdict: the one that we know of; a test plays the story and compares.
    """

    id: Text
    story: Text
    claim: Text
    unit: str = ""
    low: float | None = None
    high: float | None = None
    tolerance: Annotated[float, Field(ge=0, le=0.25)] = 0
    figures: Annotated[list[Measure], Field(max_length=2)] = []
    measures: str = ""
    expects: list[Text] = []
    reading: str = ""
    verdict: Verdict
    why: str = ""

    @property
    def range(self) -> tuple[float, float]:
        """The article's range; an end that is missing is the other one."""
        given = [end for end in (self.low, self.high) if end is not None]
        return given[0], given[-1]

    @model_validator(mode="after")
    def asks_for_one_thing(self) -> Claim:
        figures = (
            bool(self.figures),
            self.low is not None or self.high is not None,
            bool(self.unit),
            bool(self.measures),
        )
        if any(figures) is bool(self.expects) or (any(figures) and not all(figures)):
            raise ValueError("a claim has figures with a range, a unit and what they measure, or the paths it expects")
        if self.verdict == "differs" and not self.why:
            raise ValueError("a claim that differs says why")
        if self.range_is_reversed:
            raise ValueError(f"low {self.low} <= high {self.high} does not hold")
        return self

    @property
    def range_is_reversed(self) -> bool:
        return self.low is not None and self.high is not None and self.low > self.high


class Played(Strict):
    """What the model gave for a claim when the stories were played last."""

    low: float | None = None
    high: float | None = None
    path: str = ""
    status: str = ""
    verdict: Verdict
