"""What was answered, in short: why a rule excludes a path, what speaks against a model, and what would speak for it.

The functions that are made here read `answer_<question>` and what else the data name; their texts come from the catalogue.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

import numpy as np

from calc import catalogue
from calc.catalogue import UNDER_GATE
from calc.catalogue.rule import Answered, AnyClause, Condition, Gate, Instead, Rule
from calc.clauses import Values, any_holds, name_of
from calc.text.live import formatted, joined

MOST_QUESTIONS = 5
# So many answers against a model are named; of more, how many there are: a list of twenty is not read, and fits nowhere.
MOST_AGAINST = 8


def short(question: str) -> str:
    """The short form of a question, or of the one that is not asked."""
    return "Budget under the small-job limit" if question == UNDER_GATE else catalogue.questions()[question].short


def named(function: Callable[[Values], Any], reads: Iterable[str], about: str) -> Callable:
    """A function of values by name as one that has these arguments, like one that is written out."""
    names = tuple(dict.fromkeys(reads))

    def made(**values: Any) -> Any:
        return function(values)

    made.__name__ = made.__qualname__ = "ground"
    made.__doc__ = about
    made.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY) for name in names]
    )
    return made


def listed_where(parts: Sequence[tuple[Any, str]]) -> Any:
    """The texts whose condition holds, with a semicolon between them. conditions: comparisons."""
    texts, before = [], None
    for condition, words in parts:
        texts.append(np.where(condition, words if before is None else _after(before, words), ""))
        before = condition * 1 if before is None else before + condition * 1
    return joined(*texts)


def _after(before: Any, words: str) -> Any:
    return joined(np.where(before > 0, "; ", ""), words)


def gate_ground(gate: Gate) -> Callable:
    """Of an exclusion rule: its name and the answers that set it off, for example "No salary budget (Can pay a senior: no)"."""
    if gate.instead:
        return _either_ground(gate, gate.instead)
    answers = [_answers(alternative, gate.label) for alternative in gate.conditions]
    said = [(alternative, words or gate.said) for alternative, words in zip(gate.conditions, answers, strict=True)]
    reads = [name_of(clause) for alternative, _ in said for clause in alternative] if any(answers) else []

    def ground(values: Values) -> Any:
        if not reads:
            return f"{gate.label} ({gate.said or gate.when})"
        parts = [(any_holds([alternative], values), words) for alternative, words in said]
        return joined(f"{gate.label} (", listed_where(parts), ")")

    return named(ground, reads, f"Why {gate.label} holds, with the answers that set it off.")


def _either_ground(gate: Gate, instead: Instead) -> Callable:
    def ground(values: Values) -> Any:
        said = np.where(values[instead.figure] == 1, instead.says, gate.said)
        return joined(f"{gate.label} (", said, ")")

    return named(ground, [instead.figure], f"Why {gate.label} holds, as far as it matters for this project.")


def _answers(alternative: Sequence[AnyClause], label: str) -> str:
    """The answers that an alternative asks for, in short; where it asks for none, nothing. A question is not named twice.

    label: of the rule, before these answers.
    """
    return " and ".join(
        f"answered {clause.answer}" if short(clause.question) == label else f"{short(clause.question)}: {clause.answer}"
        for clause in alternative
        if isinstance(clause, Answered) and clause.holds
    )


def rules_of(model: str, side_for: bool) -> list[Rule]:
    """The rules for or against a model: of its own lens, or of every lens for freelancers."""
    freelances = catalogue.models()[model].freelances
    return [
        rule
        for rule in catalogue.rules().values()
        if (freelances or catalogue.lenses()[rule.lens].alternative == model)
        and ((rule.side == "freelancer") == freelances) == side_for
    ]


def distinct(rules: Iterable[Rule]) -> dict[tuple[tuple[str, str], ...], Rule]:
    """Rules by their conditions, those of several lenses once."""
    found: dict[tuple[tuple[str, str], ...], Rule] = {}
    for rule in rules:
        found.setdefault(tuple((condition.question, condition.answer) for condition in rule.conditions), rule)
    return found


def said(fires, words):
    """What a rule that fires adds, as "short: answer." after a blank. words: `rule_words`; empty where it does not fire."""
    return np.where(fires == 1, joined(" ", words, "."), "")


def rule_words(rule: Rule) -> str:
    """The answers that a rule asks for, in short."""
    return _wanted(rule.conditions, rule.needs)


def _said_against(model: str) -> list[str]:
    """`said_<rule>` of each rule against a model, those of several lenses once."""
    return [f"said_{rule.id}" for rule in distinct(rules_of(model, side_for=False)).values()]


@cache
def against(model: str) -> Callable:
    """What was answered against a model: it reads `said_<rule>` of each rule, their `answers_against` and `most_against`."""
    reads = _said_against(model)

    def listed(values: Values) -> Any:
        many = joined(" ", formatted(values["answers_against"], "0"), " answers; see what each source says.")
        every = joined(*(values[name] for name in reads))
        return np.where(values["answers_against"] > values["most_against"], many, every)

    return named(listed, [*reads, "answers_against", "most_against"], f"What was answered against {model}.")


@cache
def answers_against(model: str) -> Callable:
    """How many rules against a model fire: it reads `said_<rule>` of each."""
    reads = _said_against(model)
    return named(
        lambda values: sum((values[name] != "") * 1 for name in reads), reads, f"How many speak against {model}."
    )


def _wanted(conditions: Sequence[Condition], needs: str) -> str:
    between = " and " if needs == "all" else " or "
    return between.join(f"{short(one.question)}: {one.answer}" for one in conditions)


def would_speak_for(model: str) -> str:
    """The answers that would speak for a model, in short, the first ones only."""
    wanted = [_wanted(rule.conditions, rule.needs) for rule in distinct(rules_of(model, side_for=True)).values()]
    more = "; and others" if len(wanted) > MOST_QUESTIONS else ""
    return "; ".join(wanted[:MOST_QUESTIONS]) + more
