"""The ladder and the rules of single models as formulas, made from their data: importing this module registers them.

From each step of the ladder comes a quantity of its id, 1 where that step decides; from all of them `ladder_says`. From the
rules that speak for one model beside its lens come `long_term`, `sign` and `inherits` (catalogue.model_rules).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import add, sub
from typing import Any

import numpy as np

from calc import catalogue, quantity, structure
from calc.catalogue.rule import ModelRule, Step
from calc.clauses import Values, arguments, holds, none_holds, quantity_of
from calc.quantity import Quantity
from calc.reductions import whole
from calc.scenario.schema import ANSWER_CODES


def steps(ladder: Iterable[Step]) -> dict[str, Quantity]:
    """The formulas of a ladder by name: each step, 1 where it decides, and what they say together."""
    made: dict[str, Quantity] = {}
    said = list(ladder)
    for step in said:
        made[step.id] = _step(step, list(made))
    made["ladder_says"] = _says(said)
    return made


def _step(step: Step, above: list[str]) -> Quantity:
    """1 where its answer is given, its exception does not hold, and no step above it decides."""
    reads = [*above, *arguments([*step.conditions, *step.unless], f"lenses.toml: {step.id}")]

    def formula(values: Values) -> Any:
        held = holds(step.conditions, [], values)
        if step.unless:
            held = held * none_holds(step.unless, values)
        if above:
            held = held * (reduce(add, (values[other] for other in above)) == 0)
        return np.where(held * 1 == 1, 1, 0)

    about = f"1 where this step decides: {step.text}. Source: {step.citation}."
    return quantity_of(formula, step.id, (), f"Ladder: {catalogue.questions()[step.question].short}", about, reads)


def _says(ladder: list[Step]) -> Quantity:
    freelances = {model for model, data in catalogue.models().items() if data.freelances}
    fors = [step.id for step in ladder if step.says not in freelances]
    againsts = [step.id for step in ladder if step.says in freelances]

    def formula(values: Values) -> Any:
        return reduce(sub, (values[step] for step in againsts), reduce(add, (values[step] for step in fors)))

    about = (
        "1 for the alternative, -1 for a freelancer, 0 where the ladder has no word: the first step that holds decides."
    )
    made = quantity_of(formula, "ladder_says", (), "The ladder says", about, [*fors, *againsts])
    return Quantity(made.name, made.over, "-1 / 0 / 1", made.label, made.function)


def of_models(rules: Mapping[str, ModelRule]) -> dict[str, Quantity]:
    """The formulas of the rules of single models: 1 where the rule holds."""
    return {name: _holds(name, rule) for name, rule in rules.items()}


def _holds(name: str, rule: ModelRule) -> Quantity:
    label = {
        catalogue.LONG_TERM: "Best in the long run",
        catalogue.SIGN: "A sign that speaks for one model",
        catalogue.INHERITS: "Inherits a system",
    }[name]
    reads = arguments([*rule.conditions, *rule.unless], rule.id)
    about = f"1 where {rule.text}. For: {rule.model}. Source: {rule.citation}."
    return quantity_of(
        lambda values: np.where(holds(rule.conditions, rule.unless, values), 1, 0), name, (), label, about, reads
    )


def beside_rules() -> Quantity:
    """1 for each reason that is no rule of a lens, where it holds: a step of the ladder, a rule of a model, an indicator."""
    indications = {
        f"{indicator.id}_{answer}": (f"answer_{indicator.question}", code)
        for indicator in catalogue.indicators().values()
        for answer, code in ANSWER_CODES.items()
        if answer != "unknown"
    }
    ids = structure.reasons.beside_rules()

    def formula(values: Values) -> Any:
        held = [
            np.where(values[indications[key][0]] == indications[key][1], 1, 0) if key in indications else values[key]
            for key in ids
        ]
        return np.choose(whole(values["reason_beside"]), [0, *held])

    reads = ["reason_beside", *(indications[key][0] if key in indications else key for key in ids)]
    about = "1 where a reason that is no rule of a lens holds; 0 for a rule."
    return quantity_of(formula, "beside_holds", ("reason",), "Holds beside the rules", about, reads)


for made in (
    *steps(catalogue.ladder().values()).values(),
    *of_models(catalogue.model_rules()).values(),
    beside_rules(),
):
    quantity.add(made)
