"""Columns of the dimensions `rule` and `need`: which answers each wants, and for whom it speaks."""

from calc.scenario.schema import ANSWER_CODES
from calc.structure.given import given, relation


def _second(rule):
    return rule.conditions[1] if len(rule.conditions) > 1 else None


@given("rule", unit="number", label="Lens no.", says="Number of the lens that the rule belongs to")
def rule_lens(rule, lens_numbers):
    return lens_numbers[rule.lens]


@given(
    "rule",
    unit="0/1",
    label="Speaks for the freelancer",
    says="1 where the rule speaks for the freelancer, else 0",
)
def for_freelancer(rule):
    return rule.side == "freelancer"


@given("rule", unit="number", label="First question no.", says="Number of the rule's first question")
def first_number(rule, question_numbers):
    return question_numbers[rule.conditions[0].question]


@given("rule", unit="answer", label="Wanted answer", says="Answer that the rule's first condition wants: yes or no")
def first_wanted(rule):
    return ANSWER_CODES[rule.conditions[0].answer]


@given("rule", unit="number", label="Second question no.", says="Number of the rule's second question; 0 for none")
def second_number(rule, question_numbers):
    return question_numbers[_second(rule).question] if _second(rule) else 0


@given(
    "rule",
    unit="answer",
    label="Second wanted answer",
    says="Answer that the rule's second condition wants: yes or no",
)
def second_wanted(rule):
    return ANSWER_CODES[_second(rule).answer] if _second(rule) else 0


@given("rule", unit="0/1", label="Has a second condition", says="1 where the rule has a second condition, else 0")
def has_second(rule):
    return _second(rule) is not None


@given("rule", unit="number", label="Conditions needed", says="How many of the rule's conditions must hold")
def needed(rule):
    return len(rule.conditions) if rule.needs == "all" else 1


@given("need", unit="number", label="Model no.", says="Number of the model that the need asks for")
def need_model(need, model_numbers):
    return model_numbers[need.model]


@given("need", unit="number", label="Question no.", says="Number of the need's question")
def need_number(need, question_numbers):
    return question_numbers[need.question]


relation(
    "first_question",
    "rule",
    "question",
    by="first_number",
    label=" (first question)",
    says="to the rule's first question",
)
relation(
    "second_question",
    "rule",
    "question",
    by="second_number",
    label=" (second question)",
    says="to the rule's second question",
)
relation("need_question", "need", "question", by="need_number", label="", says="to the need's question")
