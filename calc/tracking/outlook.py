"""Where a tracked project stands, in one row: plan, actual to date, forecast, and whether to stay or to switch."""

from __future__ import annotations

from typing import Any

from calc.model import model_for, user_paths
from calc.scenario import Scenario
from calc.scenario.actuals import is_tracked
from calc.tracking.track import track

CORE_DONE, UNDECIDED = "core done", "no recommendation"


def outlook(given: Scenario, where: str = "scenario") -> dict[str, Any] | None:
    """The row of a list of forecasts, in the currency of the scenario; None where nothing is entered of what happened.

    variance: forecast less plan; budget and headroom: the amount, and what of it the forecast of audit and core leaves, both None
    without a budget; end_date: when the core will be done; advice: stay, `switch: ` and the id of a path, or why
    neither is said. Raises Refused as `track` does.
    """
    if not is_tracked(given.actuals):
        return None
    found = track(given, where)
    plan, forecast, budget = found["plan"]["total"], found["forecast"], found["budget"]
    [label] = [path.label for path in model_for(user_paths(given)).structure.paths if path.id == found["path"]]
    return {
        "path": found["path"],
        "label": label,
        "month": found["month"],
        "plan": plan,
        "actual": found["actual"]["to_date"],
        "forecast": forecast["total"],
        "variance": forecast["total"] - plan,
        "budget": budget and budget["amount"],
        "headroom": budget and budget["headroom"],
        "end_date": forecast["end_date"],
        "advice": _advice(found),
    }


def _advice(found: dict[str, Any]) -> str:
    if not found["stay_or_switch"]:
        return CORE_DONE
    if found["recommended"] is None:
        return UNDECIDED
    return "stay" if found["recommended"] == found["path"] else f"switch: {found['recommended']}"
