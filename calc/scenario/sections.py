"""Settings under the name of what they are for, moved to where all settings of a scenario stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calc.scenario.bounds import DECISION

# Section that a file may have -> its settings; [simulation] correlation is [overrides.decision] correlation.
SECTIONS_OF_SETTINGS = {"simulation": ("correlation",)}


def with_settings_moved(data: Mapping[str, Any]) -> dict[str, Any]:
    """The data with every such setting among the overrides. What is given in both places, or is unknown, stays and is a fault.

    >>> with_settings_moved({"simulation": {"correlation": 0.3}})
    {'overrides': {'decision': {'correlation': 0.3}}}
    """
    moved = dict(data)
    for section, names in SECTIONS_OF_SETTINGS.items():
        overrides = moved.get("overrides", {})
        own = overrides.get(DECISION, {}) if isinstance(overrides, Mapping) else None
        given = moved.get(section)
        if not isinstance(given, Mapping) or not isinstance(own, Mapping) or own.keys() & given.keys():
            continue
        if set(given) <= set(names):
            del moved[section]
            moved["overrides"] = {**overrides, DECISION: {**own, **given}}
    return moved
