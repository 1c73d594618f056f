"""The questions as people meet them: by group, and in each the ones that decide most first."""

from __future__ import annotations

from collections import Counter
from functools import cache

from calc import catalogue
from calc.catalogue.rule import Answered


@cache
def grouped_questions() -> dict[str, list[str]]:
    """Group -> its questions, first the one that most rules and gates read; on a tie, in the order in which they are asked."""
    read = _readers()
    groups: dict[str, list[str]] = {group: [] for group in catalogue.question_groups()}
    for key, question in catalogue.questions().items():
        groups[question.group].append(key)
    return {group: sorted(keys, key=lambda key: -read[key]) for group, keys in groups.items()}


def _readers() -> Counter[str]:
    """How many rules, gates, needs and indicators read each question."""
    read: Counter[str] = Counter()
    for rule in catalogue.rules().values():
        read.update({condition.question for condition in rule.conditions})
    for gate in catalogue.gates().values():
        read.update({clause.question for clause in gate.clauses if isinstance(clause, Answered)})
    for of_model in catalogue.model_rules().values():
        read.update({clause.question for clause in of_model.clauses if isinstance(clause, Answered)})
    read.update(need.question for need in catalogue.needs())
    read.update(indicator.question for indicator in catalogue.indicators().values())
    return read
