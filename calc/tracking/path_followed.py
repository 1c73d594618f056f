"""Which path the months that are entered belong to."""

from __future__ import annotations

from calc.model import model_for, user_paths
from calc.scenario import Scenario


def path_followed(given: Scenario) -> str | None:
    """The path that is followed: the one named, else the one recommended; None where neither is."""
    if given.actuals.path:
        return given.actuals.path
    model = model_for(user_paths(given))
    number = int(model.evaluate([given], ("recommended",))["recommended"].reshape(-1)[0])
    return model.structure.path_ids[number - 1] if number else None
