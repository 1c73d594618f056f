"""Which inputs differ between two scenarios, field by field."""

from __future__ import annotations

from typing import Any

from calc.scenario import Scenario, as_given
from calc.scenario.actuals import KEY as ACTUALS


def flat(scenario: Scenario) -> dict[str, Any]:
    """Dotted field -> its value; an override is one field with its range, and so is a user-defined path."""
    plain = as_given(scenario)
    plain.pop("basis", None)  # says where values are from, which changes none
    fields: dict[str, Any] = {}
    fields |= {f"quotes.{quote['vendor']}": quote for quote in plain.pop("quotes", [])}
    for section, values in plain.items():
        for name, value in values.items():
            if section == "overrides":
                fields |= {f"overrides.{name}.{parameter}": _ends(own) for parameter, own in value.items()}
            else:
                fields[f"{section}.{name}"] = value
    return fields


def _ends(value: Any) -> Any:
    return [value["low"], value["likely"], value["high"]] if isinstance(value, dict) else value


def changed(one: Scenario, other: Scenario) -> dict[str, tuple[Any, Any]]:
    """Dotted field -> its values in both, of those that differ; None where one of them leaves it as published."""
    first, second = flat(one), flat(other)
    fields = dict.fromkeys([*first, *second])
    return {field: (first.get(field), second.get(field)) for field in fields if first.get(field) != second.get(field)}


def mixed(one: Scenario, other: Scenario, field: str) -> Scenario:
    """The one scenario with a field as the other has it.

    Nobody enters such a mixture, so it may be one that `scenario` refuses, such as an amount in rupees beside a rate in dollars.
    """
    section, _, rest = field.partition(".")
    if section == ACTUALS:
        return one  # no total follows what really happened
    whole, source = as_given(one), as_given(other)
    whole.pop(ACTUALS, None)  # for the same reason
    model, _, name = rest.rpartition(".")
    target, source = whole[section], source[section]
    if model:
        target, source = target.setdefault(model, {}), source.get(model, {})
    if name in source:
        target[name] = source[name]
    else:
        target.pop(name)
    return Scenario.model_validate(whole)
