"""What is said of a result: the answer, its grounds, why not the others, and the sentence at the end."""

import copy
import tomllib
from pathlib import Path

import pytest

from calc import catalogue
from calc.reasons import alternatives, answer, exclusions, in_short
from calc.results import results
from calc.scenario import scenario
from calc.sentences import answer as sentences
from calc.sentences import told

ROOT = Path(__file__).parents[2]
LENSES = ("prodfirm", "insoftex", "esparkbiz", "leval", "buildingblocks")
# Nobody outside knows what these mean.
WORKSHOP = (" lens", " lean ", " leans", " gate", " npv", "_")
FEW = {"bounded": "no", "scope_evolves": "yes"}


def result_of(trials=0, **sections):
    whole = {"project": {"name": "A project", "start": "2026-12-01"} | sections.pop("project", {}), **sections}
    [result] = results([scenario(whole)], trials=trials)
    return result


def said(**sections):
    return result_of(**sections)["recommendation"]["reasons"]


@pytest.fixture(scope="module")
def shop():
    """A project whose answers speak for a fixed-price shop, with a cheaper path and open questions."""
    answers = {"vision": "yes", "failure_modes": "yes", "iterate": "yes", "parallel": "yes", "experiment": "yes"}
    return result_of(trials=100, answers=answers, money={"budget": 200_000})


def without_a_path(result, *colliding):
    """The result as if rules together left nothing. With the paths of the sources that cannot happen."""
    stuck = copy.deepcopy(result)
    nothing = dict.fromkeys(("path", "cheapest", "best_fit", "runner_up", "holds"))
    stuck["recommendation"] |= nothing | {"status": "none_left", "colliding": list(colliding), "alerts": []}
    return stuck


def test_the_first_sentence_is_the_answer_with_its_cost():
    result = result_of(project={"currency": "EUR", "usd_rate": 0.92}, answers=FEW)
    path = result["paths"][result["recommendation"]["path"]]
    first, second = answer(result)
    assert first.startswith(
        f"Recommended, provisionally: {path['label']}. It costs EUR {path['total']:,.0f} over 12 months"
    )
    assert f"EUR {path['same_scope']:,.0f} for the same scope" in first
    assert "fit" in second
    assert result["recommendation"]["reasons"][:2] == [first, second]


def test_a_week_is_one_week():
    result = result_of(answers=FEW)
    path = result["paths"][result["recommendation"]["path"]]
    path["weeks_to_stable"] = 1.2
    assert answer(result)[0].endswith("after about 1 week.")
    path["weeks_to_stable"] = 12
    assert answer(result)[0].endswith("after about 12 weeks.")


def test_an_empty_form_has_no_recommendation_and_says_what_to_answer():
    result = result_of()
    first, cheapest = answer(result)
    assert first == "No recommendation yet: none of the answers speaks for any of the remaining paths."
    path = result["paths"][result["recommendation"]["cheapest"]]
    assert cheapest == (
        f"The cheapest of them for the same scope is {path['label']}, at USD {path['same_scope']:,.0f}."
    )
    first = result["recommendation"]["ask"][0]["question"]
    assert in_short(result) == (
        f"In short: it is too early to choose; answer this first: {catalogue.questions()[first].text}"
    )
    assert alternatives(result) == []


def test_rules_that_leave_no_path_are_named(shop):
    stuck = without_a_path(shop, "one_thing", "unaudited_ai")
    assert answer(stuck) == [
        "No path is left: the rules “One thing to fix” and “Unaudited AI code” together rule out every path."
    ]
    assert answer(without_a_path(shop, "one_thing")) == [
        "No path is left: the rule “One thing to fix” rules out every path."
    ]
    assert in_short(stuck) == (
        "In short: nothing can be recommended as long as “One thing to fix” and “Unaudited AI code” stand; "
        "look at the answers behind them again."
    )


def test_reasons_name_the_rules_for_and_against_with_source_and_place(shop):
    sentences = shop["recommendation"]["reasons"]
    for_it = next(sentence for sentence in sentences if sentence.startswith("For a fixed-price shop here: "))
    against = next(sentence for sentence in sentences if sentence.startswith("Against it: "))
    assert "several kinds of work run side by side" in for_it
    assert "(leval, pattern 4: parallel work)" in for_it
    assert "it is narrow research with a clear output (leval, when freelancers win)" in against


def test_reasons_say_what_rules_paths_out_and_which():
    sentences = exclusions(result_of(answers={"ai_generated": "yes"}))
    rule = next(sentence for sentence in sentences if sentence.startswith("“Unaudited AI code” ("))
    assert "nobody experienced has audited it" in rule
    assert "Ruled out: Freelancer throughout; Freelance team throughout" in rule


def test_every_cheaper_path_and_the_next_best_have_their_reason():
    result = result_of(work={"core_hours": 275}, answers={"shifting": "yes", "losing": "yes", "leadership": "no"})
    choice, paths = result["recommendation"], result["paths"]
    chosen = paths[choice["path"]]["same_scope"]
    cheaper = [path for path in paths.values() if path["eligible"] and path["same_scope"] < chosen - 0.01]
    assert cheaper
    sentences = alternatives(result)
    assert sentences[0].startswith(f"{paths[choice['runner_up']]['label']}: ")
    for path in cheaper:
        [sentence] = [sentence for sentence in sentences if sentence.startswith(f"{path['label']}: ")]
        assert f"it would cost USD {chosen - path['same_scope']:,.0f} less" in sentence
        assert f"stays below {path['why_not']['break_even_chance']:.0%}." in sentence


def test_alerts_are_among_the_reasons():
    eleven = dict.fromkeys(list(catalogue.questions())[:11], "no")
    result = result_of(answers=eleven, money={"budget": 500})
    texts = [alert["text"] for alert in result["recommendation"]["alerts"]]
    assert any(text.startswith("Provisional: only 31% of the questions are answered") for text in texts)
    assert any(text.startswith("Above the budget: the recommended path would be invoiced at USD ") for text in texts)
    assert set(texts) <= set(result["recommendation"]["reasons"])


def test_reasons_name_the_open_questions_that_could_change_the_path():
    result = result_of(answers=FEW)
    sentence = next(s for s in result["recommendation"]["reasons"] if s.startswith("One more answer could lead to"))
    first = next(flip for flip in result["recommendation"]["flips"] if flip["from"] == "unknown")
    assert f"{catalogue.questions()[first['question']].short}: {first['answer']}" in sentence


def test_reasons_warn_of_a_core_that_outlasts_the_horizon():
    sentences = said(project={"horizon_months": 3}, work={"core_hours": 90_000, "specialists": 1}, answers=FEW)
    assert any(text.startswith("Late: the core work of the recommended path takes about ") for text in sentences)


def test_weights_of_zero_take_a_source_out_of_the_reasons_for_a_freelancer():
    answers = {"bounded": "yes", "isolated": "yes", "long": "no", "leadership": "yes"}
    only = dict.fromkeys(LENSES, 0) | {"insoftex": 1}
    sentences = " ".join(said(work={"core_hours": 20}, answers=answers, weights=only))
    assert "For a freelancer here" in sentences
    assert "(insoftex, signals: use a freelancer)" in sentences
    assert "buildingblocks" not in sentences


def test_the_last_sentence_says_what_to_do(shop):
    path = shop["paths"][shop["recommendation"]["path"]]
    safe = path["contingency"]["p80"]
    assert f"“{path['label']}” looks best so far: plan to pay USD {path['paid']:,.0f} over 12 months" in in_short(shop)
    assert f"keep USD {safe:,.0f} available to be safe" in in_short(shop)
    assert "before you commit, answer this: " in in_short(shop)
    settled = copy.deepcopy(shop)
    settled["recommendation"]["ask"] = [{"question": "verifiable", "swing": 0.0}]
    assert "answer this" not in in_short(settled)
    firm = copy.deepcopy(shop)
    firm["recommendation"] |= {"status": "firm", "provisional": False}
    assert in_short(firm).startswith(f"In short: go with “{path['label']}”")
    assert in_short(firm).endswith(" weeks.")


def test_the_last_sentence_says_so_where_the_budget_does_not_suffice(shop):
    over = copy.deepcopy(shop)
    over["recommendation"]["budget"]["headroom"] = -410.0
    assert "looks best so far, but it needs USD 410 more than the budget, or a smaller job" in in_short(over)
    over["recommendation"] |= {"status": "firm", "provisional": False}
    assert "is the path to take, but it needs USD 410 more than the budget" in in_short(over)


def test_nothing_that_is_said_uses_the_words_of_the_workshop(shop):
    for result in (shop, result_of(), result_of(answers={"ai_generated": "yes"}, money={"budget": 3000})):
        sentences = [*result["recommendation"]["reasons"], in_short(result), *alternatives(result)]
        sentences += [path["why_not"]["text"] for path in result["paths"].values() if path["why_not"]]
        words = " ".join(sentences).lower()
        for word in WORKSHOP:
            assert word not in words, word


@pytest.mark.parametrize(
    ("story", "first_phase"),
    [("05_audit", "Architecture audit"), ("12_partner", "Pilot"), ("07_proto", "Prototype")],
)
def test_a_first_phase_that_one_can_stop_after_is_named_with_what_is_paid_by_then(story, first_phase):
    given = tomllib.loads((ROOT / "build" / "stories" / f"{story}.toml").read_text(encoding="utf-8"))
    [result] = results([scenario(given)], flips=False, trials=0)
    paid = result["paths"][result["recommendation"]["path"]]["phases"][0]["paid_by_then"]
    [sentence] = [text for text in answer(result) if text.startswith("You can decide again")]
    assert first_phase in sentence
    assert f"USD {paid:,.0f} is paid by then" in sentence


def test_a_path_that_starts_with_its_whole_core_has_no_such_phase():
    given = tomllib.loads((ROOT / "build" / "stories" / "02_overrun.toml").read_text(encoding="utf-8"))
    [result] = results([scenario(given)], flips=False, trials=0)
    assert not any(text.startswith("You can decide again") for text in answer(result))


def test_a_recommended_path_that_fits_poorly_is_not_said_to_fit_well():
    """Of a small regulated job that no engineering leader reviews, and that freelancers must therefore not do."""
    answers = dict.fromkeys(("bounded", "isolated", "verifiable", "stable", "regulated"), "yes") | {"leadership": "no"}
    result = result_of(answers=answers | {"long": "no"})
    choice = result["recommendation"]
    assert result["paths"][choice["path"]]["fit"] <= -0.2
    assert answer(result)[1] == (
        "No path that can be recommended fits the answers well; of the 2 that come closest this one costs the least for the "
        "same scope."
    )
    assert told(sentences.chosen, {"contenders": 1, "best_fits_poorly": 1}).endswith("well; this one comes closest.")


def test_a_path_that_is_recommended_for_its_price_leaves_the_others_their_good_fit():
    """With a tolerance so wide that the cheapest of all contends although the answers speak against it."""
    answers = dict.fromkeys(("shifting", "contained", "experiment", "vision", "data_work"), "yes")
    result = result_of(answers=answers, overrides={"decision": {"recommendation_tolerance": 2.0}})
    choice, paths = result["recommendation"], result["paths"]
    assert paths[choice["path"]]["fit"] <= -0.2
    assert paths[choice["best_fit"]]["fit"] >= 0.2
    assert "fits the answers well" not in answer(result)[1]
