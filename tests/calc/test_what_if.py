"""What the searches found, in sentences."""

import copy

import pytest

from calc.results import results
from calc.scenario import scenario
from calc.what_if import ask_first, finding_out_first, how_firm, would_be_recommended

ANSWERS = {"bounded": "no", "leadership": "no", "vision": "yes", "ai_core": "yes", "parallel": "yes"}


@pytest.fixture(scope="module")
def searched():
    [result] = results(
        [scenario({"project": {"name": "A feature", "start": "2026-12-01"}, "answers": ANSWERS})], trials=0
    )
    return result


@pytest.fixture
def result(searched):
    return copy.deepcopy(searched)


def with_choice(result, **changed):
    result["recommendation"] |= changed
    return result


def with_path(result, path, sets, factor=None):
    result["paths"][path] |= {"must_be_true": sets, "price_factor": factor}
    return result


def test_one_answer_would_do(result):
    made = with_path(result, "freelancer_team", [{"on_fire": "yes"}])
    assert would_be_recommended(made, "freelancer_team") == [
        "Freelance team throughout: would be recommended if “Failing right now” were answered yes."
    ]


def test_what_was_answered_otherwise_is_marked_and_ways_are_separated(result):
    sets = [{"parallel": "no", "stable": "yes", "long": "no"}, {"leadership": "yes", "stable": "yes", "ip": "no"}]
    [sentence] = would_be_recommended(with_path(result, "freelancer_team", sets, 0.917), "freelancer_team")
    assert "“Parallel, dependent work” were answered no (now yes), “Stable, small additions” yes" in sentence
    assert sentence.count("; or if ") == 2
    assert sentence.endswith("; or if its own prices were 8.3% lower.")


def test_of_a_path_that_no_change_would_lead_to_nothing_is_said(result):
    assert would_be_recommended(with_path(result, "freelancer", []), "freelancer") == []


def test_how_firmly_it_stands_in_words(result):
    ask = [{"question": "long", "swing": 0.284}, {"question": "ip", "swing": 0.0}]
    made = with_choice(result, holds=0.62, ask=ask)
    assert how_firm(made) == [
        "The same path comes out in 62% of the ways in which the open questions could be answered."
    ]
    [sentence] = ask_first(made)
    assert sentence == (
        "1. Will the engagement run for three months or more? (its answer changes the outcome in 28% of the cases)"
    )


@pytest.mark.parametrize(("holds", "said"), [(0.9999, "99%"), (0.0001, "1%"), (0.5, "50%")])
def test_a_share_that_is_not_whole_never_reads_as_whole(result, holds, said):
    [sentence] = how_firm(with_choice(result, holds=holds, ask=[{"question": "long", "swing": 0.1}]))
    assert said in sentence


def test_a_result_that_holds_whatever_is_answered_says_so_and_asks_nothing(result):
    made = with_choice(result, holds=1.0, ask=[{"question": "long", "swing": 0.0}])
    [sentence] = how_firm(made)
    assert sentence.startswith("No more answers are needed")
    assert ask_first(made) == []
    assert how_firm(with_choice(result, holds=1.0, ask=[])) == ["Every question is answered."]


def test_finding_out_says_what_it_leads_to_and_what_it_is_worth(result):
    found = {"chance": 0.5, "worth": 1200.0, "if_systemic": "remediate_then_freelancers", "if_not": "freelancer"}
    found |= {"audit_price": 5000.0, "pilot_price": 17280.0}
    [sentence] = finding_out_first(with_choice(result, path="freelancer", finding_out=found))
    assert "“Remediation, then freelancers” if it is, “Freelancer throughout” if not" in sentence
    assert (
        "saves USD 1,200; a production firm's one-week audit costs USD 5,000, a partner's pilot USD 17,280." in sentence
    )
    [sentence] = finding_out_first(with_choice(result, finding_out=found | {"worth": -50.0}))
    assert "costs USD 50 more, for a path that fits better" in sentence
    same = found | dict.fromkeys(("if_systemic", "if_not"), "freelancer")
    [sentence] = finding_out_first(with_choice(result, finding_out=same))
    assert "would not change the recommendation" in sentence


def test_without_searches_nothing_is_said():
    [bare] = results([scenario({"project": {"name": "A feature", "start": "2026-12-01"}})], flips=False, trials=0)
    said = [*how_firm(bare), *ask_first(bare), *finding_out_first(bare)]
    assert said == []
    assert all(path["must_be_true"] is path["price_factor"] is None for path in bare["paths"].values())
