"""How good a figure is, in words: who published it, or that it is derived or assumed."""

from __future__ import annotations

from calc import catalogue
from calc.catalogue.figure import Parameter, Setting

BY_SELLER, PUBLISHED, DERIVED, ASSUMPTION = "published by a seller", "published", "derived", "assumption"


def quality(figure: Parameter | Setting, model: str = "") -> str:
    """In words. model: whose figure it is; a source that sells this model is a seller."""
    if figure.basis != "source":
        return DERIVED if figure.basis == "derived" else ASSUMPTION
    sellers = {lens.id for lens in catalogue.lenses().values() if lens.alternative == model}
    return BY_SELLER if any(reference.source in sellers for reference in figure.references) else PUBLISHED
