"""Sentences that follow the inputs say what is so, in words that anyone reads, and are written as formulas of limited length."""

import inspect

import numpy as np
import pytest

from calc.sentences import alerts, answer, fitting, told, why_not
from workbook.receive.soundness.functions import LONGEST
from workbook.write.formula.expression import Expression
from workbook.write.formula.text import joined  # noqa: F401  (with it, texts have their form in cells)
from workbook.write.formula.tracing import traced

BUDGET = {
    "budget": 30_000,
    "code": "USD",
    "recommended_invoiced": 39_372.81,
    "over_by": 9_372.81,
    "headroom": -9_372.81,
}
# Everything that is made for a cell; what is empty is said by another test.
EVERY = [
    *alerts.SENTENCES.values(), *why_not.PARTS.values(), answer.status_word, answer.headline, answer.chosen, answer.because,
    answer.cost, answer.budget, fitting.fit_word, fitting.fit_in_words,
]  # fmt: skip


@pytest.mark.parametrize("function", EVERY, ids=lambda function: f"{function.__module__[15:]}.{function.__name__}")
def test_every_sentence_is_a_formula_that_is_not_too_long(function):
    cells = {name: Expression((name,), kind="value") for name in inspect.signature(function).parameters}
    assert len(traced(function, cells).printed({})) < LONGEST


@pytest.mark.parametrize(
    ("fit", "word"),
    [(1.2, "good, 120%"), (0.2, "good, 20%"), (0.6 - 0.4, "good, 20%"), (0.19, "neutral, 19%"), (-0.004, "neutral, 0%"),
     (-0.19, "neutral, -19%"), (-0.2, "poor, -20%"), (-1, "poor, -100%")],
)  # fmt: skip
def test_fit_in_words_follows_from_where_a_source_leans(fit, word):
    known = {"fit": fit, "verdict_threshold": 0.2}
    known["fit_word"] = told(fitting.fit_word, known)
    assert told(fitting.fit_in_words, known) == word


def test_a_budget_is_exceeded_by_an_amount_and_with_a_chance():
    known = BUDGET | {"budget_compares": 1, "alert_above_budget": 1, "chance_above": 0.97}
    assert told(answer.budget, known) == (
        "It would be invoiced at USD 39,373 against a budget of 30,000: 9,373 too much. The chance of exceeding it is 97%."
    )
    assert told(alerts.above_budget, known) == (
        "Above the budget: the recommended path would be invoiced at USD 39,373, 9,373 more than the budget of USD 30,000. "
        "The chance of exceeding the budget is 97%."
    )
    within = known | {"recommended_invoiced": 20_000, "headroom": 10_000, "over_by": 0, "chance_above": None}
    assert (
        told(answer.budget, within) == "It would be invoiced at USD 20,000 against a budget of 30,000: 10,000 to spare."
    )


def test_a_cheaper_path_is_named_with_what_it_saves_and_what_can_undo_it():
    known = {"alert_cheaper_exists": 1, "cheapest_label": "Shop", "cheapest_saves": 52_266, "cheapest_chance": 0.64}
    assert told(alerts.cheaper_exists, known | {"label": "Firm", "code": "EUR"}) == (
        "A cheaper path exists: “Shop” costs EUR 52,266 less for the same scope. The saving holds only while the chance that "
        "it fails and “Firm” is needed after all stays below 64%."
    )


def test_without_an_alert_nothing_is_said():
    names = {name for sentence in alerts.SENTENCES.values() for name in inspect.signature(sentence).parameters}
    known = dict.fromkeys(names, 0) | {"code": "USD", "label": "a", "cheapest_label": "b"}
    assert {told(sentence, known) for sentence in alerts.SENTENCES.values()} == {""}


def test_a_missing_figure_never_reads_as_one():
    missing = dict.fromkeys(("recommended_total", "recommended_same_scope", "recommended_weeks"), np.nan)
    assert told(answer.cost, missing | {"recommended": 0, "horizon_months": 12, "code": "USD"}) == ""
