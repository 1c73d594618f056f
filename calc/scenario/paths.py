"""Paths that the user defines in the scenario: the same form as the catalogue's, checked before anything is calculated."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from calc import catalogue
from calc.scenario.faults import Fault, problem, short, shown
from calc.scenario.quotes import CHARACTER, OF_QUOTES
from calc.scenario.schema import AUDIT_WEEKS, SHARE, UserPath

# What fits into a workbook that can be mailed: every phase has columns in each of its trials.
MOST_PATHS, MOST_PHASES, MOST_TOGETHER = 4, 8, 10
NAME = r"[a-z][a-z0-9_]{0,39}"
FORM = '{ label = "...", phases = [{ work = "core", model = "freelancer", share = 1 }, { work = "run", model = "freelancer" }] }'


def path_faults(paths: Any, quotes: Any = None) -> list[Fault]:
    """Every fault of user-defined paths. paths: the whole `paths` section, or None; quotes: that of the quotes, or None."""
    if paths is None or not isinstance(paths, Mapping):
        return []
    faults = []
    listed = quotes if isinstance(quotes, list | tuple) else []
    offers = {one.get("vendor"): one.get("model") for one in listed if isinstance(one, Mapping)}
    count, phases = room_for(offers.values())
    beside = f" beside {len(offers)} quote{'s' if len(offers) > 1 else ''}" if offers else ""
    if len(paths) > count:
        faults.append(Fault("paths", f"{len(paths)} paths", f"at most {count}{beside}"))
    together = sum(len(path["phases"]) for path in paths.values() if _has_phases(path))
    if together > phases:
        faults.append(
            Fault("paths", f"{together} phases in all paths", f"at most {phases} in all paths together{beside}")
        )
    for key, path in paths.items():
        field = f"paths.{short(str(key))}"
        if wrong_name := _name_problem(str(key)):
            faults.append(problem(field, *wrong_name))
        try:
            faults += _phase_faults(field, UserPath.model_validate(path), offers)
        except ValidationError as error:
            wrong = error.errors(include_url=False, include_context=False)[0]
            at = ".".join([field, *(short(str(name)) for name in wrong["loc"])])
            faults.append(Fault(at, shown(wrong["input"]), "a label and phases", FORM))
    return faults


def room_for(models_of_quotes: Iterable[Any]) -> tuple[int, int]:
    """How many own paths, and phases of them together, there is room for beside quotes of these models, a path each."""
    count, phases = MOST_PATHS, MOST_TOGETHER
    for model in models_of_quotes:
        count -= 1
        phases -= len(catalogue.paths()[model].phases) if model in catalogue.models() else 0
    return max(count, 0), max(phases, 0)


def _name_problem(key: str) -> tuple[str, str] | None:
    """What is wrong with the name of a path, and what to do; None where it may be used."""
    if key.startswith(OF_QUOTES):
        return "this name is kept for the paths of quotes", "choose a new name"
    if key in catalogue.paths():
        return "this name belongs to one of the thirteen paths", "choose a new name"
    if not re.fullmatch(NAME, key):
        return "invalid name", "use a-z, 0-9 and _, at most 40 characters, for example shop_then_freelancer"
    if CHARACTER.search(f"_{key}_"):
        return "_x before four digits or letters a-f and _ stands for a character in spreadsheets", "choose a new name"
    return None


def _has_phases(path: Any) -> bool:
    return isinstance(path, Mapping) and isinstance(path.get("phases"), list)


def _phase_faults(field: str, path: UserPath, offers: Mapping[Any, Any]) -> list[Fault]:
    faults = []
    work = [phase.work for phase in path.phases]
    for number, phase in enumerate(path.phases, 1):
        at = f"{field}.phases[{number}]"
        if phase.model not in catalogue.models():
            faults.append(Fault(f"{at}.model", shown(phase.model), "one of " + ", ".join(catalogue.models())))
        elif phase.work == "retainer" and "retainer_per_quarter" not in catalogue.parameters()[phase.model]:
            faults.append(Fault(f"{at}.model", shown(phase.model), "a model that offers a retainer", "production_firm"))
        if phase.quote is not None and (offers.get(phase.quote) != phase.model or phase.work not in ("core", "run")):
            vendors = [str(vendor) for vendor, model in offers.items() if model == phase.model]
            allowed = f"core or run by a vendor of {phase.model}: {', '.join(vendors) or 'there is no such quote'}"
            faults.append(Fault(f"{at}.quote", shown(phase.quote), allowed))
        if (phase.work == "audit") != (phase.weeks is not None):
            faults.append(
                Fault(f"{at}.weeks", shown(phase.weeks), f"{AUDIT_WEEKS.said()} for an audit, and only there", "1")
            )
        if (phase.work == "core") != (phase.share is not None):
            faults.append(
                Fault(f"{at}.share", shown(phase.share), f"{SHARE.said()} for a core phase, and only there", "0.5")
            )
    shares = math.fsum(phase.share or 0 for phase in path.phases if phase.work == "core")
    if abs(shares - 1) > 1e-9:
        faults.append(problem(f"{field}.phases", f"the core shares add up to {shares:g} instead of 1"))
    steps = [w for w in work if w in ("audit", "core")]
    order = [*steps, "run", "retainer"][: len(work)]
    if work != order or "run" not in work or len(work) > MOST_PHASES:
        allowed = f"audits and cores, then one run, then a retainer or none; at most {MOST_PHASES} phases"
        faults.append(Fault(f"{field}.phases", short(" · ".join(work)) or "no phases", allowed, FORM))
    return faults
