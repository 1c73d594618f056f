"""Why a path is recommended, in sentences for people: the answer first, then what speaks for it and against it.

Everything is read from a result (`calc.results`), so that the sentences agree with the figures.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from calc import catalogue
from calc.catalogue.cited import Cited
from calc.catalogue.rule import Rule
from calc.quantities.recommendation import best_fits_poorly
from calc.sentences import alerts, told
from calc.sentences import answer as sentences
from calc.sentences.answer import STATUSES
from calc.sentences.weeks import in_weeks
from calc.text.uncapitalized import uncapitalized

MOST_PATHS_NAMED = 4
MOST_FLIPS_NAMED = 5
TOO_EARLY = "In short: it is too early to choose; answer some of the questions first."


def reasons(result: dict) -> list[str]:
    """All sentences, in the order in which someone would ask for them."""
    return [*answer(result), *grounds(result), *alternatives(result), *doubts(result)]


def answer(result: dict) -> list[str]:
    """What is recommended, what it costs and when it is done, then why it is the choice; or that nothing is recommended."""
    choice, known = result["recommendation"], _known(result)
    first = opening(choice["status"], known["label"], told(sentences.cost, known), choice["colliding"])
    if choice["status"] == "none_left":
        return [first]
    if choice["status"] == "open":
        return [first, _cheapest(result)]
    known["chosen"] = told(sentences.chosen, known)
    return [first, told(sentences.because, known), *_way_out(result)]


def opening(status: str, label: str, cost: str, colliding: Iterable[str]) -> str:
    """The first sentence of the answer.

    label, cost: of the recommended path, by its name and as a sentence. colliding: the gates that leave no path.
    """
    if status == "none_left":
        return _nothing_left([catalogue.gates()[gate].label for gate in colliding])
    if status == "open":
        return told(alerts.SENTENCES["open"], {"alert_open": 1})
    return f"{'Recommended, provisionally' if status == 'provisional' else 'Recommended'}: {label}. {cost}"


def _way_out(result: dict) -> list[str]:
    """Of a path that opens with an audit, a pilot or a prototype: that one can stop after it, and what is paid by then."""
    path = result["paths"][result["recommendation"]["path"]]
    first, second = path["phases"][:2]
    if second["work"] != "core":
        return []
    what = "Prototype" if first["work"] == "core" else catalogue.work_of(first["work"], first["model"]).label
    paid, weeks = amount(result, first["paid_by_then"]), whole_weeks(first["end_week"])
    return [f"You can decide again after its first phase ({what}, done after about {weeks}): {paid} is paid by then."]


def grounds(result: dict) -> list[str]:
    """The rules that fired for it and against it, its first step, and the rules by which other paths are ruled out."""
    if result["recommendation"]["path"] is None:
        return exclusions(result)
    return [*_rules(result), *_first_step(result), *exclusions(result)]


def alternatives(result: dict) -> list[str]:
    """Why not the next best path, and why not each cheaper one that is not ruled out."""
    choice, paths = result["recommendation"], result["paths"]
    if choice["path"] is None:
        return []
    eligible = [path for path in paths if paths[path]["eligible"] and path != choice["path"]]
    cheaper = [path for path in eligible if paths[path]["why_not"]["amount"] < 0]
    cheaper.sort(key=lambda path: paths[path]["same_scope"])
    asked = dict.fromkeys([*([choice["runner_up"]] if choice["runner_up"] else []), *cheaper])
    return [f"{label(result, path)}: {paths[path]['why_not']['text']}" for path in asked]


def doubts(result: dict) -> list[str]:
    """What its reader must not miss, and which open question could change the answer."""
    return [*(text for alert, text in alert_texts(result).items() if alert != "open"), *_unknown(result)]


def alert_texts(result: dict) -> dict[str, str]:
    """The alerts that stand, with their sentences."""
    return {alert["id"]: alert["text"] for alert in result["recommendation"]["alerts"]}


def in_short(result: dict) -> str:
    """The one sentence that a person would say."""
    choice = result["recommendation"]
    first = next((swing for swing in choice["ask"] or () if swing["swing"] > 0), None)
    asked = catalogue.questions()[first["question"]].text if first else ""
    if choice["status"] == "none_left":
        rules = _quoted(catalogue.gates()[gate].label for gate in choice["colliding"])
        return f"In short: nothing can be recommended as long as {rules} stand; look at the answers behind them again."
    if choice["status"] == "open":
        return f"In short: it is too early to choose; answer this first: {asked}" if asked else TOO_EARLY
    if asked and choice["provisional"]:
        return f"In short: {_advice(result)}; before you commit, answer this: {asked}"
    return f"In short: {_advice(result)}."


def amount(result: dict, value: float) -> str:
    """An amount in whole units of the project's currency, for example USD 12,345."""
    return f"{result['scenario']['project']['currency']} {value:,.0f}"


def label(result: dict, path: str) -> str:
    return result["paths"][path]["label"]


def answer_to(question: str, answer: str) -> str:
    """A question in short with an answer, for example "Unaudited AI code: yes"."""
    return f"{catalogue.questions()[question].short}: {'left open' if answer == 'unknown' else answer}"


def cited(item: Cited) -> str:
    """Source and place of a rule or gate, or that it is an assumption."""
    return item.references[0].citation if item.references else item.basis


def setting(result: dict, name: str) -> float:
    """A setting of the decision that is in force: the scenario's own, else the published one."""
    return result["scenario"]["overrides"].get("decision", {}).get(name, catalogue.settings()[name].value)


def listed(items: Iterable[str]) -> str:
    """Items as in a sentence: a, b and c."""
    *most, last = items
    return f"{', '.join(most)} and {last}" if most else last


def main_model(result: dict, path: str) -> str:
    """The model that does most of the core work of a path."""
    if quoted := [quote["model"] for quote in result.get("quotes", []) if quote["path"] == path]:
        return quoted[0]
    own = result["scenario"]["paths"].get(path)
    phases = own["phases"] if own else [phase.model_dump() for phase in catalogue.paths()[path].phases]
    core = [phase for phase in phases if phase["work"] == "core"]
    return max(core, key=lambda phase: phase["share"])["model"]


def rules_about(result: dict, path: str) -> tuple[list[Rule], list[Rule]]:
    """The rules that fired for a path and against it, by the model that does most of its core work.

    A lens's own alternative has that lens's rules; freelancers have the rules of every lens that has a weight.
    """
    model = main_model(result, path)
    by_freelancers = catalogue.models()[model].freelances
    speaks_for: list[Rule] = []
    speaks_against: list[Rule] = []
    for lens, outcome in result["lenses"].items():
        weighs = result["scenario"]["weights"][lens] > 0
        counts = weighs if by_freelancers else catalogue.lenses()[lens].alternative == model
        for rule in (catalogue.rules()[rule] for rule in outcome["fired"]):
            if counts:
                (speaks_for if (rule.side == "freelancer") == by_freelancers else speaks_against).append(rule)
    return speaks_for, speaks_against


def _known(result: dict) -> dict[str, Any]:
    """What the sentences of the answer read, by name."""
    choice, project = result["recommendation"], result["scenario"]["project"]
    path = result["paths"][choice["path"]] if choice["path"] else None
    fits = len(_candidates(result)), _best_fit(result), setting(result, "verdict_threshold")
    return {
        "status": STATUSES.index(choice["status"]),
        "recommended": 1 if path else 0,
        "label": path["label"] if path else "",
        "contenders": len(_contenders(result)),
        "best_fits_poorly": float(best_fits_poorly(*fits)),
        "recommended_total": path and path["total"],
        "recommended_scope_cost": path and path["same_scope"],
        "recommended_weeks": path and path["weeks_to_stable"],
        "horizon_months": project["horizon_months"],
        "code": project["currency"],
    }


def _contenders(result: dict) -> list[str]:
    """The paths that fit about as well as the best of those that may be recommended."""
    best, tolerance = _best_fit(result), setting(result, "recommendation_tolerance")
    return [path for path in _candidates(result) if round(best - result["paths"][path]["fit"], 9) <= tolerance]


def _candidates(result: dict) -> list[str]:
    """The paths that may be recommended."""
    return [path for path, found in result["paths"].items() if found["eligible"] and found["evidence"]]


def _best_fit(result: dict) -> float:
    """How well the best of them fits; NaN where there is none."""
    best = result["recommendation"]["best_fit"]
    return np.nan if best is None else result["paths"][best]["fit"]


def _cheapest(result: dict) -> str:
    """What can be said of the costs where nothing can be recommended."""
    cheapest = result["paths"][result["recommendation"]["cheapest"]]
    return (
        f"The cheapest of them for the same scope is {cheapest['label']}, at {amount(result, cheapest['same_scope'])}."
    )


def _nothing_left(gates: list[str]) -> str:
    if len(gates) == 1:
        return f"No path is left: the rule {_quoted(gates)} rules out every path."
    return f"No path is left: the rules {_quoted(gates)} together rule out every path."


def _quoted(labels: Iterable[str]) -> str:
    return listed(f"“{label}”" for label in labels)


def _advice(result: dict) -> str:
    """What to do about the recommended path, in half a sentence."""
    choice, budget = result["recommendation"], result["recommendation"]["budget"]
    path = result["paths"][choice["path"]]
    if budget and budget["headroom"] < 0:
        over = amount(result, -budget["headroom"])
        stands = "is the path to take" if choice["status"] == "firm" else "looks best so far"
        return f"“{path['label']}” {stands}, but it needs {over} more than the budget, or a smaller job"
    safe, months = path["contingency"]["p80"], result["scenario"]["project"]["horizon_months"]
    spare = f", keep {amount(result, safe)} available to be safe" if safe is not None else ""
    pay = f"plan to pay {amount(result, path['paid'])} over {months} months{spare}"
    label = path["label"]
    choose = f"go with “{label}”," if choice["status"] == "firm" else f"“{label}” looks best so far:"
    return f"{choose} {pay}, and expect the core work to be done after about {weeks_of(path)}"


def weeks_of(path: dict) -> str:
    """The weeks until a path's core work is done, as a whole number."""
    return whole_weeks(path["weeks_to_stable"])


def whole_weeks(weeks: float) -> str:
    """So many weeks in words, to the whole week."""
    return told(in_weeks, {"weeks": weeks})


def _rules(result: dict) -> list[str]:
    path = result["recommendation"]["path"]
    who = uncapitalized(catalogue.models()[main_model(result, path)].label)
    article = "an" if who[0] in "aeio" else "a"
    speak_for, speak_against = rules_about(result, path)
    case_for = [f"For {article} {who} here: {_grounds(speak_for)}."] if speak_for else []
    case_against = [f"Against it: {_grounds(speak_against)}."] if speak_against else []
    return [*case_for, *_ladder(result, main_model(result, path)), *case_against]


def _ladder(result: dict, model: str) -> list[str]:
    """What the first article's ladder says, where it speaks of this model or of its alternative."""
    step = next((catalogue.ladder()[lens["ladder"]] for lens in result["lenses"].values() if lens["ladder"]), None)
    models = catalogue.models()
    if step is None or not (models[model].freelances or model == catalogue.lenses()[step.lens].alternative):
        return []
    agrees = models[step.says].freelances == models[model].freelances
    return [f"{'Above all' if agrees else 'Above all, against it'}: {step.text} ({cited(step)})."]


def _grounds(rules: list[Rule]) -> str:
    """The rules' texts with their sources; rules of several lenses with the same conditions are named once."""
    alike: dict[tuple, list[Rule]] = {}
    for rule in rules:
        alike.setdefault(tuple((c.question, c.answer) for c in rule.conditions), []).append(rule)
    return "; ".join(f"{same[0].text} ({'; '.join(cited(rule) for rule in same)})" for same in alike.values())


def _first_step(result: dict) -> list[str]:
    path = result["paths"][result["recommendation"]["path"]]
    if not path["first_step"] > 0:
        return []
    bonus = f"(+{path['first_step']:g} fit)"
    if path["phases"][0]["work"] == "audit":
        return [f"Its first step suits a job that is not clear yet: look before committing {bonus}."]
    return [f"Its first step suits a trial: a small prototype before the real build {bonus}."]


def exclusions(result: dict) -> list[str]:
    """The rules by which paths are ruled out, each with what sets it off, its source, and the paths."""
    made = []
    for gate, state in result["gates"].items():
        if state["excludes"]:
            rule = catalogue.gates()[gate]
            labels = [label(result, path) for path in state["excludes"]]
            many = len(labels) > MOST_PATHS_NAMED
            out = f"{len(labels)} of {len(result['paths'])} paths" if many else "; ".join(labels)
            made.append(f"“{rule.label}” ({cited(rule)}): {rule.when}. Ruled out: {out}.")
    return made


def _unknown(result: dict) -> list[str]:
    flips = result["recommendation"]["flips"]
    if flips is None:
        return []
    if not any(answer == "unknown" for answer in result["scenario"]["answers"].values()):
        return []
    open_ones = [flip for flip in flips if flip["from"] == "unknown"]
    if not open_ones:
        holds = result["recommendation"]["holds"]
        several = "; several together would" if holds is not None and holds < 1 else ""
        return [f"No single question that is still open would change this by its answer{several}."]
    named = open_ones[:MOST_FLIPS_NAMED]
    by_outcome: dict[str, list[str]] = {}
    for flip in named:
        by_outcome.setdefault(_outcome(result, flip), []).append(answer_to(flip["question"], flip["answer"]))
    effects = [f"{outcome} ({', or '.join(answers)})" for outcome, answers in by_outcome.items()]
    more = len(open_ones) - len(named)
    rest = f"; {more} more answers would change it too" if more else ""
    return [f"One more answer could lead to another path: {'; '.join(effects)}{rest}."]


def _outcome(result: dict, flip: dict) -> str:
    return label(result, flip["path"]) if flip["path"] else "no path at all"
