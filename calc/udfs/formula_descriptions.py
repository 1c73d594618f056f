"""Descriptions of the arguments of formulas, taken from their declarations as quantity, column, input or figure."""

from __future__ import annotations

from functools import cache

from calc import catalogue
from calc.inputs import INPUTS
from calc.quantity import QUANTITIES
from calc.scenario.schema import FIELDS
from calc.structure import COLUMNS, RELATIONS

# Arguments whose names are reserved in VBA.
RENAMED = {"until": "until_end"}


def description(argument: str) -> str:
    """The description of an argument in the function wizard. argument: its name in the formula."""
    if argument.startswith("all_"):
        return f"Range, one cell for each: {_one(argument.removeprefix('all_'))}"
    stem, separator, relation = argument.rpartition("_of_")
    if separator and relation in RELATIONS:
        return f"{_one(stem)}, {RELATIONS[relation].says}"
    return _one(argument)


def _one(name: str) -> str:
    if name in QUANTITIES:
        return _with_unit(QUANTITIES[name].label, QUANTITIES[name].unit)
    if name.startswith("answer_") and name.removeprefix("answer_") in catalogue.questions():
        return f"{catalogue.questions()[name.removeprefix('answer_')].short}: yes, no or unknown"
    if name.startswith("given_answer_"):
        return f"{catalogue.questions()[name.removeprefix('given_answer_')].short}, as given: yes, no or unknown"
    if name == "answer_under_gate":
        return "Budget under the small-job limit: yes, no or unknown"
    known = COLUMNS.get(name) or INPUTS.get(name)
    return known.says if known else _named()[name]


@cache
def _named() -> dict[str, str]:
    """Parameters, settings and inputs by name."""
    labels = {name: _with_unit(parameter.label, parameter.unit) for _, name, parameter in catalogue.parameter_rows()}
    labels |= {name: _with_unit(setting.label, setting.unit) for name, setting in catalogue.settings().items()}
    for field in FIELDS.values():
        labels[field.name] = _with_unit(field.label, field.unit)
        if field.name in catalogue.reaches():
            for end in ("from", "to"):
                labels[f"searched_{end}_{field.name}"] = f"{labels[field.name]}: break-even looked for {end}"
        if field.is_estimate:
            labels[f"likely_{field.name}"] = f"{labels[field.name]}, likely value"
    return labels


def _with_unit(label: str, unit: str) -> str:
    return f"{label}, {unit.replace('USD', 'currency')}"
