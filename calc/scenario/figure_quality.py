"""How good a figure of a scenario is, in words: given by whoever filled it in, a default, or how good the published one is."""

from __future__ import annotations

from calc import catalogue
from calc.catalogue.quality import quality
from calc.scenario.basis import basis_by_field
from calc.scenario.schema import FIELDS, USUAL_WEIGHT, Scenario

OWN, DEFAULT = "your own figure", "the default, an assumption"


def quality_of_field(dotted: str, scenario: Scenario) -> str:
    """Of a figure by its dotted field.

    A value that is the default counts as that, whoever wrote it down: a filled-in workbook holds every value alike. One that
    is said to be based on something, such as a company's own default, is one's own.
    """
    section, _, rest = dotted.partition(".")
    if dotted in basis_by_field(scenario.basis):
        return OWN
    if section == "overrides":
        model, _, name = rest.rpartition(".")
        if name in scenario.overrides.get(model, {}):
            return OWN
        if model in catalogue.models():
            return quality(catalogue.parameters()[model][name], model)
        return quality(catalogue.settings()[name])
    if section == "weights":
        return DEFAULT if scenario.weights.get(rest, USUAL_WEIGHT) == USUAL_WEIGHT else OWN
    field = FIELDS[dotted]
    value = getattr(getattr(scenario, section), field.name)
    if value is None and field.published:
        return quality(catalogue.settings()[field.published])
    return DEFAULT if value == field.default and not field.is_required else OWN
