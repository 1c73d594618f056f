"""The questions, what was answered, and what the answers leave open."""

from .given import answer, field, field_in_case

QUESTIONS = (
    "bounded isolated verifiable contained architecture scope_evolves vision one_off experiment specialist "
    "data_work quick long conversations unknown_cause shifting ai_generated losing deadline on_fire stable "
    "from_scratch regulated ai_core parallel failure_modes iterate lifecycle ip scale traction pushback "
    "leadership can_wait afford_hire "
).split()


def budget_of(scenario):
    """The budget, or None where none is given."""
    budget = field(scenario, "money", "budget")
    return None if budget == "" else budget


def answers_of(scenario, settings):
    """Every question's answer, with `under_gate` and an inferred `losing`."""
    said = {question: answer(scenario, question) for question in QUESTIONS}
    budget = budget_of(scenario)
    if budget is None:
        said["under_gate"] = "unknown"
    elif round(budget, 2) < round(settings["under_gate_budget"] * field(scenario, "project", "usd_rate"), 2):
        said["under_gate"] = "yes"
    else:
        said["under_gate"] = "no"
    loses = field_in_case(scenario, "money", "revenue_loss_per_month", "likely") > 0
    if said["losing"] == "unknown" and loses and said["from_scratch"] != "yes" and said["stable"] != "yes":
        said["losing"] = "yes"
    return said


def open_questions(scenario):
    return [question for question in QUESTIONS if answer(scenario, question) == "unknown"]


def with_answers(scenario, changed):
    """The scenario with these questions answered otherwise."""
    return scenario | {"answers": scenario.get("answers", {}) | changed}


def completeness_of(scenario):
    return 1 - len(open_questions(scenario)) / len(QUESTIONS)


def share_yes(said, questions):
    return sum(1 for question in questions if said[question] == "yes") / len(questions)
