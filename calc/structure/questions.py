"""Columns of the dimension `question`: which questions are asked, and which have an answer of their own if they are not."""

from calc import catalogue
from calc.catalogue import UNDER_GATE
from calc.structure.given import given


@given("question", unit="0/1", label="Asks about losses", says="1 for the question about losses, else 0")
def asks_losing(question):
    return question == "losing"


@given(
    "question",
    unit="0/1",
    label="Follows from the budget",
    says="1 for the question that follows from the budget, else 0",
)
def asks_under_gate(question):
    return question == UNDER_GATE


@given("question", unit="0/1", label="Is asked", says="1 for a question that is asked, else 0")
def asked(question):
    return question != UNDER_GATE


@given(
    "question",
    unit="number",
    label="Group no.",
    says="Number of the group in which the question is asked, 0 for one that is not asked",
)
def question_group(question):
    if question == UNDER_GATE:
        return 0
    return list(catalogue.question_groups()).index(catalogue.questions()[question].group) + 1
