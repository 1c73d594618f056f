"""What other answers would change: what would have to be true, what to ask first, and what finding out is worth.

`recommended_with` of each function gives the path that is recommended with these questions answered otherwise, so that a
caller may remember what it has seen.
"""

from itertools import combinations, product

from .answers import answer, open_questions, with_answers
from .decision import choose
from .given import field, is_systemic
from .model import costs
from .parameters import parameters_in_case

SYSTEMIC = ("unknown_cause", "shifting", "ai_generated")


class Recommended:
    """The path that is recommended once some questions are answered otherwise.

    Costs depend on answers by way of five facts alone, and are kept by these.
    """

    def __init__(self, scenario, facts):
        self.scenario = scenario
        self.facts = facts
        self.kept = {}

    def costs_with(self, changed):
        turned = with_answers(self.scenario, changed)
        constrains = "yes" in (answer(turned, "from_scratch"), answer(turned, "architecture"))
        ends = [answer(turned, question) == "yes" for question in ("one_off", "contained")]
        key = (is_systemic(turned), constrains, *ends)
        if key not in self.kept:
            self.kept[key] = costs(turned, self.facts)
        return self.kept[key]

    def __call__(self, changed):
        return choose(with_answers(self.scenario, changed), self.facts, self.costs_with(changed))["recommended"]


def turned_answers(scenario, question):
    """An open question answered yes or no, a given one the opposite."""
    return {"unknown": ["yes", "no"], "yes": ["no"], "no": ["yes"]}[answer(scenario, question)]


def sets_of_answers(scenario, questions, size):
    """Every set of so many answers: those that change fewer given answers first, then in the order of the questions."""
    sets = []
    for chosen in combinations(questions, size):
        given = sum(1 for question in chosen if answer(scenario, question) != "unknown")
        for values in product(*(turned_answers(scenario, question) for question in chosen)):
            sets.append((given, dict(zip(chosen, values, strict=True))))
    return [changed for _, changed in sorted(sets, key=lambda each: each[0])]


def must_be_true(scenario, questions, paths, recommended_with, largest=3):
    """{path: at most three of the smallest sets of answers with which it would be recommended}; none for today's."""
    today = recommended_with({})
    found = {path: [] for path in paths}
    for size in range(1, largest + 1):
        wanted = [path for path in paths if path != today and not found[path]]
        for changed in sets_of_answers(scenario, questions, size) if wanted else []:
            path = recommended_with(changed)
            if path in wanted and len(found[path]) < 3:
                found[path].append(changed)
    return found


def holds_and_ask(scenario, completions, recommended_with):
    """(share of the completions with today's recommendation, [{"question", "swing"}, ...] with the largest first).

    completions: [{open question: "yes" or "no"}, ...]. Without a path today nothing holds, and a question counts by the
    recommendation whose share it moves most.
    """
    today = recommended_with({})
    then = [recommended_with(completion) for completion in completions]
    judged = [today] if today else set(then)
    swings = []
    for question in open_questions(scenario):
        answered = [completion[question] for completion in completions]
        moved = [abs(share_of(path, then, answered, "yes") - share_of(path, then, answered, "no")) for path in judged]
        swings.append({"question": question, "swing": max(moved)})
    swings.sort(key=lambda each: -round(each["swing"], 9))
    return (then.count(today) / len(then) if today else None), swings


def share_of(path, then, answered, wanted):
    """How often this is recommended among the completions in which a question is answered so."""
    here = [recommended == path for recommended, said in zip(then, answered, strict=True) if said == wanted]
    return sum(here) / len(here)


def finding_out(scenario, facts):
    """What it is worth to find out first whether the problem is systemic, or None where that is not the question."""
    said = {question: answer(scenario, question) for question in SYSTEMIC}
    if "yes" in said.values() or "unknown" not in said.values():
        return None
    recommended_with = Recommended(scenario, facts)
    chance = field(scenario, "work", "systemic_chance")
    today = recommended_with({})
    worth = 0
    states = {}
    for answered, likely in (("yes", chance), ("no", 1 - chance)):
        changed = {question: answered for question in SYSTEMIC if said[question] == "unknown"}
        states[answered] = recommended_with(changed)
        if today is None or states[answered] is None:
            return None
        state = recommended_with.costs_with(changed)
        worth += likely * (state[today]["same_scope"] - state[states[answered]]["same_scope"])
    figures = parameters_in_case(scenario, facts, "likely")
    firm, partner = figures["production_firm"], figures["engineering_partner"]
    return {
        "chance": chance,
        "worth": worth,
        "if_systemic": states["yes"],
        "if_not": states["no"],
        "audit_price": firm["fee"] / firm["weeks_per_engagement"],
        "pilot_price": partner["rate"] * partner["hours_per_week"] * 3,
    }
