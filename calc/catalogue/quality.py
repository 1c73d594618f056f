"""How good a figure is, in words: who published it, or that it is derived or assumed."""

from __future__ import annotations

from calc import catalogue
from calc.catalogue.schema import Parameter, Setting

BY_SELLER, PUBLISHED, DERIVED, ASSUMPTION = "published by a seller", "published", "derived", "assumption"


def quality(figure: Parameter | Setting, model: str = "") -> str:
    """In words. model: whose figure it is; a source that sells this model is a seller."""
    if figure.basis != "source":
        return DERIVED if figure.basis == "derived" else ASSUMPTION
    sellers = {lens.id for lens in catalogue.lenses().values() if lens.alternative == model}
    return BY_SELLER if any(reference.source in sellers for reference in figure.references) else PUBLISHED


def quality_of_field(field: str, is_own: bool) -> str:
    """The same of a dotted field of a scenario. is_own: the scenario gives a value of its own."""
    section, _, rest = field.partition(".")
    if is_own or section not in ("overrides", "decision"):
        return "your own figure"
    model, _, name = rest.rpartition(".")
    if model in catalogue.models():
        return quality(catalogue.parameters()[model][name], model)
    return quality(catalogue.settings()[name]) if name in catalogue.settings() else "your own figure"
