"""What is left of the core, decided anew over all paths, with what is already spent left out.

The job is what is left of it at the performance seen, the horizon the rest of it. The path that is followed is what is left
of its phases. Whoever is at work on it is engaged and on board already (nobody is before anything has happened): no lead time,
onboarding or hiring of that model on any path, and of an engagement at a fee no more than what is left of it; every other model
is found, hired and got on board, and engaged at a whole fee. What an audit or a documenting model has prepared is there for all.
Of a budget there is what was not invoiced yet; whether the job is a small one was said by the whole of it,
and a rebuild is expected in the same month as before.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from calc import catalogue
from calc.model import DAY_ZERO, Model, model_for, user_paths
from calc.native import month_later
from calc.scenario import Scenario
from calc.scenario.date_text import calculated_day
from calc.scenario.schema import FIELDS
from calc.sentences.board import ruled_out
from calc.structure import PathRow

# The id of what is left of the path that is followed, which no path of a scenario can have.
STAY = "(stay)"
# Freelance core work that nobody audited or documented first: there is none where somebody has.
UNPREPARED = "unprepared_freelance_core"
SHOWN = ("path", "remaining", "weeks", "eligible", "evidence", "gates")
Figures = dict[str, np.ndarray]


def stay_or_switch(given: Scenario, followed: str, figures: Figures) -> tuple[list[dict[str, Any]], str | None]:
    """Every path with what the rest costs for the same scope, its weeks from now, whether it may be taken and whether an answer
    speaks for it, and the one that is recommended now.

    figures: those of the plan, with `phase_done` by phase. Of a path, `SHOWN` is its form as JSON; the rest is what a reader is
    told of it (`calc.sentences.stay_or_switch`). The paths come in the order of the decision, so that the recommended one is the
    first; None where no answer speaks for any. On a tie to the cent it is the one that is followed: a switch that
    saves nothing is none. Empty once the core is done: nothing is left to decide.
    """
    done = float(figures["core_done"].reshape(-1)[0])
    if done >= 1:
        return [], None
    before = model_for(user_paths(given))
    row = next(path for path in before.structure.paths if path.id == followed)
    first = before.structure.phases.index(row.phases[0])
    of_phases = slice(first, first + len(row.phases))
    phase_done = np.broadcast_to(figures["phase_done"], (1, len(before.structure.phases)))[0, of_phases]
    rest = _rest(row, phase_done)
    model = model_for((*user_paths(given), rest))
    left = _left(given, done, figures)
    at_work = rest.phases[0].who if _month(figures) > 0 else None
    known = _known(model, left, at_work, _prepared(figures, of_phases, phase_done, before), _to_do(done, figures))
    known["under_gate"] = figures["under_gate"]
    known["rewrite_month"] = np.maximum(figures["rewrite_month"] - figures["actual_month"], 0)
    known |= _without_a_fresh_start(model, left, followed, known)
    targets = (
        "same_scope", "compared_same_scope", "weeks_to_stable", "place_of", "in_band", "eligible", "evidence", "standing",
        "why_not",
    )  # fmt: skip
    rules = [f"gate_{gate}" for gate in catalogue.gates()]
    found = model.graph.evaluate(model.inputs([left]), (*targets, *rules, "first_exclusion", "exclusions"), known)
    paths = [
        {
            "path": followed if path == STAY else path,
            "label": label,
            "remaining": float(cost),
            "compared": float(compared),
            "weeks": float(weeks),
            "place": int(place),
            "contends": bool(contends),
            "eligible": bool(eligible),
            "evidence": bool(evidence),
            "standing": int(standing),
            "why_not": int(why_not),
            "ruled_out": out,
            "gates": gates,
        }
        for path, label, out, gates, cost, compared, weeks, place, contends, eligible, evidence, standing, why_not in zip(
            model.structure.path_ids,
            (path.label for path in model.structure.paths),
            _ruled_out(found),
            _gates(found),
            *(found[name][0] for name in targets),
            strict=True,
        )
        if path != followed
    ]
    ordered = _in_order(paths, followed)
    recommended = str(ordered[0]["path"]) if any(one["contends"] for one in ordered) else None
    return ordered, recommended


def _ruled_out(found: Figures) -> list[str]:
    """By which rules each path is ruled out, in short; an empty text where none does."""
    first, exclusions = (found[name][0][:, np.newaxis] for name in ("first_exclusion", "exclusions"))
    labels = np.array([gate.label for gate in catalogue.gates().values()], dtype=object)
    return [
        str(text) for text in ruled_out(first, exclusions, np.broadcast_to(labels, (len(first), len(labels)))).ravel()
    ]


def _gates(found: Figures) -> list[list[str]]:
    """The rules that exclude each path, by id."""
    gates = list(catalogue.gates())
    of_paths = np.stack([found[f"gate_{gate}"][0] for gate in gates], axis=-1)
    return [[gate for gate, excludes in zip(gates, of_path, strict=True) if excludes] for of_path in of_paths]


def _in_order(paths: list[dict[str, Any]], followed: str) -> list[dict[str, Any]]:
    """In the order of the decision, but the path that is followed before those that cost the same to the cent."""
    ordered = sorted(paths, key=lambda one: one["place"])
    first, stay = ordered[0], next(one for one in ordered if one["path"] == followed)
    if stay["contends"] and stay["compared"] == first["compared"]:
        ordered.remove(stay)
        ordered.insert(0, stay)
    return ordered


def _rest(row: PathRow, phase_done: np.ndarray) -> PathRow:
    """The path with those of its phases that are not done, each with its share of what is left."""
    left = [
        (phase, phase.share * (1 - done), phase.weeks * (1 - done))
        for phase, done in zip(row.phases, phase_done.tolist(), strict=True)
        if done < 1
    ]
    whole = sum(share for _, share, _ in left)
    phases = tuple(
        replace(phase, path=STAY, position=number, share=share / whole, weeks=weeks)
        for number, (phase, share, weeks) in enumerate(left, 1)
    )
    return replace(row, id=STAY, phases=phases)


def _month(figures: Figures) -> int:
    """The last month with actuals; 0 before anything has begun."""
    return int(figures["actual_month"].reshape(-1)[0])


def _to_do(done: float, figures: Figures) -> float:
    """What is left of the whole core, at the performance seen: the share of it that is still to be paid and waited for."""
    return (1 - done) / float(figures["performance"].reshape(-1)[0])


def _left(given: Scenario, done: float, figures: Figures) -> Scenario:
    """The scenario of what is left, from the end of the last month with actuals on."""
    month = _month(figures)
    factor = _to_do(done, figures)
    hours, bounds = given.work.core_hours, FIELDS["work.core_hours"].between
    ends = hours if isinstance(hours, tuple) else (hours,)
    scaled = tuple(min(bounds.high, max(bounds.low, end * factor)) for end in ends)
    work = given.work.model_copy(update={"core_hours": scaled if isinstance(hours, tuple) else scaled[0]})
    months = FIELDS["project.horizon_months"].between
    day = np.array([float((given.project.start - DAY_ZERO).days)])
    start = calculated_day(month_later(day, np.array([float(month)]))[0])
    project = given.project.model_copy(
        update={"horizon_months": max(int(months.low), given.project.horizon_months - month), "start": start}
    )
    money = given.money
    if money.budget is not None:
        money = money.model_copy(update={"budget": float(figures["budget_left"].reshape(-1)[0])})
    return given.model_copy(update={"work": work, "project": project, "money": money})


def _prepared(figures: Figures, of_phases: slice, phase_done: np.ndarray, model: Model) -> dict[str, bool]:
    """Whether a phase that is done prepared or documented the system, for the core and for the feature work after it."""
    over = len(model.structure.phases)
    prepared, documented = (
        bool((np.broadcast_to(figures[name], (1, over))[0, of_phases] * (phase_done >= 1)).any())
        for name in ("prepares", "documents@model")
    )
    return {"prepared": prepared, "documented": documented, "core_documented": documented}


def _without_a_fresh_start(model: Model, left: Scenario, followed: str, known: Figures) -> Figures:
    """Nothing speaks for the path that is followed from its beginning: what is left of it stands for it."""
    evidence = model.graph.evaluate(model.inputs([left]), ("evidence",), known)["evidence"]
    return {"evidence": evidence * np.array([path != followed for path in model.structure.path_ids])}


def _known(model: Model, left: Scenario, at_work: str | None, prepared: dict[str, bool], to_do: float) -> Figures:
    """What is different for whoever is at work already, and where the system is prepared. at_work: None for nobody yet."""
    by_phase = np.array([float(phase.who == at_work) for phase in model.structure.phases])[np.newaxis]
    by_path = np.array([float(path.run_by == at_work) for path in model.structure.paths])[np.newaxis]
    names = ("engaged", "runner_engaged", "runner_did_core", *prepared)
    inputs = model.inputs([left])
    known = model.graph.evaluate(inputs, names)
    for name, already in (("engaged", by_phase), ("runner_engaged", by_path), ("runner_did_core", by_path)):
        known[name] = np.maximum(known[name], already)
    for name, is_prepared in prepared.items():
        known[name] = np.maximum(known[name], float(is_prepared))
    if prepared["prepared"]:
        known[UNPREPARED] = np.zeros((1, len(model.structure.paths)))
    found = model.graph.evaluate(inputs, ("weeks_on_board", "share", "base_hours"), known)
    begun = np.maximum(by_phase, [phase.path == STAY for phase in model.structure.phases])
    bought = {"share": found["share"] * np.where(begun == 1, to_do, 1), "base_hours": found["base_hours"]}
    engaged = model.graph.evaluate(inputs, ("engagements", "engagements_in_time"), known | bought)
    return known | engaged | {"weeks_on_board": found["weeks_on_board"] * (1 - by_phase)}
