"""Sentences that follow the inputs say what is so, in words that anyone reads, and are written as formulas of limited length."""

import inspect

import numpy as np
import pytest

from calc import catalogue
from calc.model import model_for
from calc.sentences import alerts, answer, apart, board, fitting, grounds, told, tracking, why_not
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
    known = BUDGET | {"budget_compares": 1, "alert_above_budget": 1, "chance_above": 0.97, "chance_trials": 10_000}
    assert told(answer.budget, known) == (
        "It would be invoiced at USD 39,373 against a budget of 30,000: 9,373 too much. The chance of exceeding it is 97%, "
        "by 10,000 trials."
    )
    assert told(alerts.above_budget, known) == (
        "Above the budget: the recommended path would be invoiced at USD 39,373, 9,373 more than the budget of USD 30,000. "
        "The chance of exceeding the budget is 97%, by 10,000 trials."
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
    missing = dict.fromkeys(("recommended_total", "recommended_scope_cost", "recommended_weeks"), np.nan)
    assert told(answer.cost, missing | {"recommended": 0, "horizon_months": 12, "code": "USD"}) == ""


def test_an_amount_of_page_one_is_rounded_once_as_the_table_beside_it_is():
    """Comparing rounds 234,038.4965 to the cent, which as a whole number would be one more."""
    costs = np.full((1, len(catalogue.paths())), 234_038.4965)
    known = {"recommended": np.array([1.0]), "same_scope": costs, "compared_same_scope": np.round(costs, 2)}
    [told_of] = model_for().graph.evaluate({}, ["recommended_scope_cost"], known)["recommended_scope_cost"]
    reads = {"recommended": 1, "recommended_total": 1, "recommended_scope_cost": told_of, "recommended_weeks": 2}
    assert "USD 234,038 for the same scope" in told(answer.cost, reads | {"horizon_months": 12, "code": "USD"})


@pytest.mark.parametrize(
    ("difference", "said"), [(-1_234.4, "USD 1,234 less"), (0.0, "the same"), (-0.3, "the same"), (9.5, "USD 10 more")]
)
def test_two_amounts_that_read_the_same_are_called_the_same(difference, said):
    assert told(apart.more_or_less, {"difference": difference, "code": "USD"}) == said


def test_a_path_that_costs_the_same_is_not_said_to_cost_nothing_more():
    known = {"why_not": 4, "same_scope_difference": 0.0, "code": "EUR", "in_one_place": "", "is_next": 1, "later_by": 0}
    known |= {"grounds": "", "against": "", "would_speak": "", "excluded": "", "break_even_chance": None}
    assert "costs the same" in told(why_not.ground, known)
    assert told(why_not.costs, known) == " For the same scope it would cost the same."
    known |= {"stands": told(board.stands, known), "costs_beside": told(board.costs_beside, known)}
    assert told(board.compared, known) == "Next best: the same cost, and it fits about as well."
    assert told(board.short_ground, known) == "Costs the same, listed later"


@pytest.mark.parametrize(
    ("later_by", "said"), [(-45.4, "; stable 45 weeks earlier."), (19.6, "; stable 20 weeks later."), (0.4, ".")]
)
def test_what_a_dearer_path_buys_in_weeks_is_said_like_what_it_takes(later_by, said):
    known = {
        "stands": "it fits about as well",
        "costs_beside": "USD 9 more, and ",
        "is_next": 1,
        "break_even_chance": None,
    }
    assert (
        told(board.compared, known | {"later_by": later_by})
        == f"Next best: USD 9 more, and it fits about as well{said}"
    )


def test_a_chance_stands_without_an_article_since_8_percent_asks_for_another_than_7():
    known = {"stands": "no answer speaks for it", "costs_beside": "USD 9 less, but ", "is_next": 0, "later_by": 0}
    for chance in (0.07, 0.08, 0.11, 0.18):
        said = told(board.compared, known | {"break_even_chance": chance})
        assert said.endswith(f"; saves nothing if over {chance:.0%} likely to fail.")


def test_answers_that_count_together_are_joined_by_and_since_their_names_hold_commas():
    both = [rule for rule in catalogue.rules().values() if len(rule.conditions) > 1 and rule.needs == "all"]
    assert both
    for rule in both:
        assert grounds.rule_words(rule) == " and ".join(
            f"{grounds.short(c.question)}: {c.answer}" for c in rule.conditions
        )
    known = {"answer_regulated": 1, "answer_leadership": -1}
    ground = told(grounds.gate_ground(catalogue.gates()["unreviewed_risk"]), known)
    assert ground == "Unreviewed risk (Regulated or high stakes: yes and In-house tech lead: no)"


def test_where_no_path_is_left_the_rules_that_exclude_one_are_named_and_others_that_fire_are_not():
    values = {f"gate_{gate}": np.array([0.0, gate == "no_salary"]) for gate in ("no_salary", "over_budget")}
    values |= {
        "label_no_salary": np.array(["No salary budget"]),
        "label_over_budget": np.array(["Too far over budget"]),
    }
    said = str(np.ravel(board.colliding(["no_salary", "over_budget"])(**values))[0])
    assert said == "No salary budget. "
    assert told(board.further_rules, {"status": 4, "colliding": said}) == said
    assert told(board.further_rules, {"status": 1, "colliding": said}) == ""


def test_a_core_that_would_be_done_past_the_horizon_is_said_and_one_within_it_is_not():
    known = {"actual_month": 4, "horizon_months": 12}
    assert told(tracking.late_line, known | {"forecast_core_end": 12.0}) == ""
    said = told(tracking.late_line, known | {"forecast_core_end": 31.2})
    assert said.startswith("At this pace the core will be done after about 31 months, past the horizon of 12;")


def test_more_answers_against_a_path_than_anybody_reads_are_counted():
    """Twenty of them stood on six lines of a row that has room for four."""
    rules = list(inspect.signature(grounds.answers_against("freelancer")).parameters)
    spoken = dict.fromkeys(rules, " Regulated or high stakes: yes.")
    few = spoken | dict.fromkeys(rules[2:], "")
    known = {"answers_against": len(rules), "most_against": grounds.MOST_AGAINST}
    assert told(grounds.answers_against("freelancer"), spoken) == str(len(rules))
    assert told(grounds.against("freelancer"), spoken | known) == f" {len(rules)} answers; see what each source says."
    assert told(grounds.against("freelancer"), few | known | {"answers_against": 2}) == 2 * spoken[rules[0]]
