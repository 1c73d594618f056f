"""Whether to stay on the path under way or to switch, with what is left to pay either way and why, as a reader is told it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from calc import catalogue
from calc.sentences import told
from calc.sentences.board import costs_beside, stands
from calc.sentences.tracking import ALL_DONE
from calc.sentences.weeks import in_weeks
from calc.text.live import amount

NEITHER = "Neither to stay nor to switch is recommended: no answer speaks for a path that is not ruled out"
# Codes of the quantity `why_not`: the first that applies, and the last, which a path has too that comes to the same.
RULED_OUT, COSTS_MORE = 1, 4


def advice(ways: Sequence[dict[str, Any]], recommended: str | None, followed: str, code: str) -> tuple[str, str]:
    """What is left on the path that is followed and on the best other one, and why one of them is recommended.

    ways: what is left of every path, as `calc.tracking.stay_or_switch` has it, with its label; empty once the core is done.
    recommended, followed: ids of paths. code: the project's currency. The second sentence is empty where the first says it all.
    """
    if not ways:
        return ALL_DONE, ""
    stay = next(way for way in ways if way["path"] == followed)
    if recommended is None:
        return f"{NEITHER}; {_left(stay, code)} to stay.", ""
    others = [way for way in ways if way["path"] != followed]
    other = max(others, key=lambda way: way["standing"])
    if not other["standing"]:
        return f"Stay: {_left(stay, code)}.", _no_other(others)
    name = f"“{other['label']}”"
    if recommended == followed:
        said = f"Stay: {_left(stay, code)}; to switch to the next best, {name}, {_amounts(other, code)}."
        return said, f"To switch: {_beside(other, stay, code)}."
    said = f"Switch to {name}: {_left(other, code)}; to stay, {_amounts(stay, code)}."
    return said, f"To stay: {_beside(stay, other, code)}."


def barred(way: dict[str, Any]) -> str:
    """Why a way on cannot be recommended, in short; empty where it can."""
    if not way["eligible"]:
        return f"ruled out: {by_rules(way)}"
    return "" if way["evidence"] else "no answer speaks for it"


def by_rules(way: dict[str, Any]) -> str:
    """The rules that rule a way on out, by name; empty where none does."""
    return "; ".join(catalogue.gates()[gate].label for gate in way["gates"])


def _no_other(others: Sequence[dict[str, Any]]) -> str:
    """That nothing else is left, and the rule that most of the other ways on are ruled out by; the first of several."""
    [(gate, count)] = Counter(gate for way in others for gate in way["gates"]).most_common(1)
    how_many = "all" if count == len(others) else f"{count} of {len(others)}"
    return f"Every other path is ruled out, {how_many} by “{catalogue.gates()[gate].label}”."


def _left(way: dict[str, Any], code: str) -> str:
    return f"for the same scope, {_amounts(way, code)} are left"


def _amounts(way: dict[str, Any], code: str) -> str:
    return f"{code} {told(amount, {'value': way['remaining']})} and {told(in_weeks, way)}"


def _beside(way: dict[str, Any], best: dict[str, Any], code: str) -> str:
    """What a way on costs beside the one that is recommended, and why it is not."""
    gap = told(costs_beside, {"same_scope_difference": way["remaining"] - best["remaining"], "code": code})
    why = told(stands, {"why_not": way["why_not"] or COSTS_MORE})
    rules = f": {way['ruled_out']}" if way["why_not"] == RULED_OUT else ""
    return f"{gap}{why}{rules}"
