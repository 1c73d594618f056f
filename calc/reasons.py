"""Why a path is recommended, in sentences for people: the answer first, then what speaks for it and against it.

Everything is read from a result (`calc.results`), so that the sentences agree with the figures.
"""

from __future__ import annotations

from collections.abc import Iterable

from calc import catalogue
from calc.catalogue.schema import Cited, Rule

MOST_PATHS_NAMED = 4
MOST_FLIPS_NAMED = 5


def reasons(result: dict) -> list[str]:
    """All sentences, in the order in which someone would ask for them."""
    return [*answer(result), *grounds(result), *alternatives(result), *doubts(result)]


def answer(result: dict) -> list[str]:
    """What is recommended, at what cost, and what makes it the choice; or that nothing is."""
    return _answer(result) if result["recommendation"]["path"] else _nothing(result)


def grounds(result: dict) -> list[str]:
    """The rules that fired for it and against it, its first step, and the gates that excluded other paths."""
    if result["recommendation"]["path"] is None:
        return _gates(result)
    return [*_rules(result), *_first_step(result), *_gates(result)]


def alternatives(result: dict) -> list[str]:
    """The cheapest and the best-fitting path where they differ, and the runner-up."""
    if result["recommendation"]["path"] is None:
        return []
    return [*_cheapest(result), *_best_fit(result), *_runner_up(result)]


def doubts(result: dict) -> list[str]:
    """That the result is provisional, and which open question could change it."""
    return [*_provisional(result), *_unknown(result)]


def amount(result: dict, value: float) -> str:
    """An amount in whole units of the project's currency, for example USD 12,345."""
    return f"{result['scenario']['project']['currency']} {value:,.0f}"


def label(result: dict, path: str) -> str:
    return result["paths"][path]["label"]


def answer_to(question: str, answer: str) -> str:
    """A question in short with an answer, for example "Unaudited AI code: yes"."""
    return f"{catalogue.questions()[question].short}: {answer}"


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


def _answer(result: dict) -> list[str]:
    choice = result["recommendation"]
    path = result["paths"][choice["path"]]
    horizon = result["scenario"]["project"]["horizon_months"]
    sentence = (
        f"Recommended: {path['label']}. It costs {amount(result, path['total'])} over {horizon} months, "
        f"{amount(result, path['same_scope'])} in present value for the same scope as the others, and its core is done "
        f"after {path['weeks_to_stable']:.1f} weeks."
    )
    best = result["paths"][choice["best_fit"]]["fit"]
    tolerance = setting(result, "recommendation_tolerance")
    candidates = [p for p in result["paths"].values() if p["eligible"] and p["evidence"]]
    near = [p for p in candidates if round(best - p["fit"], 9) <= tolerance]
    if len(near) == 1:
        why = f"With a fit of {path['fit']:.2f} it suits the answers best; no other path comes within {tolerance:g}."
    else:
        why = (
            f"{len(near)} paths fit about equally well (within {tolerance:g} of the best fit, {best:.2f}); "
            f"it costs least of them for the same scope, with a fit of {path['fit']:.2f}."
        )
    late = f"Its core is not finished within the {horizon} months."
    return [sentence, why] + ([] if path["finished"] else [late]) + _budget(result)


def _budget(result: dict) -> list[str]:
    budget = result["recommendation"]["budget"]
    if budget is None or budget["invoiced"] is None:
        return []
    over = budget["headroom"] < 0
    stands = f"{amount(result, abs(budget['headroom']))} {'above' if over else 'below'} the budget"
    chance = budget["chance_above"]
    often = "" if chance is None else f"; in {chance:.0%} of the simulated trials it exceeds the budget"
    return [f"It is invoiced {amount(result, budget['invoiced'])}, {stands}{often}."]


def _nothing(result: dict) -> list[str]:
    """Nothing is recommended: nothing speaks for what is left, or nothing is left."""
    choice = result["recommendation"]
    if choice["status"] == "none_left":
        return _nothing_left(result)
    cheapest = result["paths"][choice["cheapest"]]
    return [
        "No recommendation yet: nothing that was answered speaks for any of the paths that are left.",
        f"The cheapest of them for the same scope is {cheapest['label']}, {amount(result, cheapest['same_scope'])}.",
    ]


def _nothing_left(result: dict) -> list[str]:
    gates = [f'"{catalogue.gates()[gate].label}"' for gate in result["recommendation"]["colliding"]]
    if len(gates) == 1:
        return [f"No path is left: the rule {gates[0]} excludes every path."]
    return [f"No path is left: the rules {listed(gates)} together exclude every path."]


def _rules(result: dict) -> list[str]:
    path = result["recommendation"]["path"]
    who = catalogue.models()[main_model(result, path)].label.lower()
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


def _gates(result: dict) -> list[str]:
    sentences = []
    for gate, state in result["gates"].items():
        if state["excludes"]:
            rule = catalogue.gates()[gate]
            labels = [label(result, path) for path in state["excludes"]]
            many = len(labels) > MOST_PATHS_NAMED
            out = f"{len(labels)} of {len(result['paths'])} paths" if many else "; ".join(labels)
            sentences.append(f'Gate "{rule.label}" ({cited(rule)}): {rule.when}; {rule.then}. Excluded: {out}.')
    return sentences


def _cheapest(result: dict) -> list[str]:
    choice = result["recommendation"]
    path, cheapest = result["paths"][choice["path"]], result["paths"][choice["cheapest"]]
    if round(cheapest["same_scope"], 2) == round(path["same_scope"], 2):
        return ["No path that is left is cheaper for the same scope."]
    return [f"Cheapest of those that are left: {cheapest['label']}. {cheapest['why_not']['text']}"]


def _best_fit(result: dict) -> list[str]:
    choice = result["recommendation"]
    path, best = result["paths"][choice["path"]], result["paths"][choice["best_fit"]]
    if best["fit"] == path["fit"]:
        return []
    gap = amount(result, best["same_scope"] - path["same_scope"])
    return [f"The best-fitting path, {best['label']} ({best['fit']:.2f}), costs {gap} more for the same scope."]


def _runner_up(result: dict) -> list[str]:
    choice = result["recommendation"]
    if choice["runner_up"] in (None, choice["cheapest"], choice["best_fit"]):
        return []
    second, path = result["paths"][choice["runner_up"]], result["paths"][choice["path"]]
    gap = second["same_scope"] - path["same_scope"]
    more = "more" if gap >= 0 else "less"
    return [f"Runner-up: {second['label']}, {amount(result, abs(gap))} {more} for the same scope."]


def _provisional(result: dict) -> list[str]:
    choice = result["recommendation"]
    if not choice["provisional"]:
        return []
    asked = len(catalogue.questions())
    answered = round(choice["completeness"] * asked)
    return [
        f"Provisional: {answered} of {asked} questions are answered, fewer than "
        f"{setting(result, 'provisional_below'):.0%}, so the next answers may change this."
    ]


def _unknown(result: dict) -> list[str]:
    flips = result["recommendation"]["flips"]
    if flips is None:
        return []
    if not any(answer == "unknown" for answer in result["scenario"]["answers"].values()):
        return []
    open_ones = [flip for flip in flips if flip["from"] == "unknown"]
    if not open_ones:
        return ["No single question that is still open would change this by its answer."]
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
