"""The answers in force, and what follows from them. An answer is 1 for yes, -1 for no, 0 for unknown; (..., question)."""

import numpy as np

from calc.native import rounded
from calc.quantity import quantity
from calc.reductions import summed


@quantity(unit="answer", label="Budget under the small-job limit")
def under_gate(budget, under_gate_budget, usd_rate):
    """Yes below the limit, no at or above it, unknown without a budget. Source: prodfirm, when to hire a freelancer."""
    return np.where(np.isnan(budget), 0, np.where(budget < rounded(under_gate_budget * usd_rate, 2), 1, -1))


@quantity(unit="0/1", label="A loss means that something breaks")
def loses(likely_revenue_loss_per_month, given_answer_from_scratch, given_answer_stable):
    """1 where a revenue loss is given; not of what is only being built, or runs stably: it has other causes there."""
    exempt = np.maximum(given_answer_from_scratch, given_answer_stable)
    return np.where((likely_revenue_loss_per_month > 0) * (exempt < 1) == 1, 1, 0)


@quantity("question", unit="answer", label="If it is unknown")
def fallback(asks_losing, asks_under_gate, loses, under_gate):
    """What an unknown answer counts as: a revenue loss means that something is being lost; the budget sets its gate."""
    return asks_losing * loses + asks_under_gate * under_gate


@quantity("question", unit="answer", label="Counts as")
def answer(given_answer, fallback):
    """The answer in force."""
    return np.where(given_answer == 0, fallback, given_answer)


@quantity(unit="0/1", label="Systemic problem")
def systemic(answer_unknown_cause, answer_shifting, answer_ai_generated):
    """1 where the cause is unknown, fixes shift the problem, or nobody has audited an AI-generated app."""
    return np.where(np.maximum(answer_unknown_cause, np.maximum(answer_shifting, answer_ai_generated)) == 1, 1, 0)


@quantity(unit="share", label="Completeness")
def completeness(all_given_answer, all_asked):
    """Questions answered by questions asked."""
    return summed(all_asked * (all_given_answer != 0)) / summed(all_asked)


@quantity(unit="0/1", label="Provisional")
def provisional(completeness, provisional_below):
    """1 where too few questions are answered for more than a provisional result."""
    return np.where(completeness < provisional_below, 1, 0)


@quantity("question", unit="0/1", label="Open")
def open_answer(asked, given_answer):
    """1 for a question that is asked and not answered."""
    return asked * np.where(given_answer == 0, 1, 0)


@quantity("question", unit="questions", label="Open in its group")
def open_in_group(question_group, all_question_group, all_open_answer):
    """How many questions of the same group are not answered."""
    return summed((all_question_group == question_group) * all_open_answer)


@quantity("question", unit="questions", label="Asked in its group")
def asked_in_group(question_group, all_question_group, all_asked):
    """How many questions the group has."""
    return summed((all_question_group == question_group) * all_asked)


@quantity(unit="questions", label="Open questions")
def open_questions(all_open_answer):
    """How many questions are not answered."""
    return summed(all_open_answer)


@quantity(unit="questions", label="Questions asked")
def asked_questions(all_asked):
    """How many questions there are."""
    return summed(all_asked)
