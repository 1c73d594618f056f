"""The shape of questions and of what is made of their answers: rules of the lenses, rules of single models, gates, needs."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from calc.catalogue.cited import Cited, Reference, Strict, Text

Answer = Literal["yes", "no"]


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
