"""`engagement explain` and `engagement facts`: the decision and the figures with their sources."""

import json

from tests.command.runner import APP_BUILT, ROOT, run


def test_explain_gives_the_answer_first_then_rules_gates_and_flips():
    text = " ".join(run("explain", ROOT / "build" / "examples" / "bounded_bug.toml").stdout.split())
    parts = [
        "Recommended: Freelancer throughout.",
        "What the sources say",
        "The rules that apply, source by source",
        "Freelancer or production engineering firm:",
        "Freelancer: it is one isolated problem, not a pattern of failures (prodfirm, when to hire a freelancer)",
        "What rules paths out",
        "“Small and clear” (prodfirm, when to hire a freelancer): the budget is below the small-job limit",
        "How well the paths that can be taken fit",
        "Why not the others",
        "It would be recommended if “Cause unknown” were answered yes (now no)",
        "Single answers that would change the recommendation",
        "Cause unknown: yes (now no): Audit, then freelancers",
        "What to ask first",
        "No more answers are needed",
        "In short: go with “Freelancer throughout”",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_explain_says_as_calc_does_how_likely_the_budget_is_exceeded(tmp_path):
    given = APP_BUILT.read_text(encoding="utf-8").replace("[money]", "[money]\nbudget = 30000")
    (tmp_path / "tight.toml").write_text(given, encoding="utf-8")
    explained, calculated = (
        json.loads(run(command, tmp_path / "tight.toml", "--json").stdout)["recommendation"]
        for command in ("explain", "calc")
    )
    assert "The chance of exceeding the budget is" in explained["alerts"][0]["text"]
    assert explained["alerts"] == calculated["alerts"]
    assert explained["budget"] == calculated["budget"]


def test_explain_says_what_each_way_on_costs_after_a_pilot():
    text = " ".join(run("explain", ROOT / "build" / "examples" / "regulated_product.toml").stdout.split())
    assert "After the first phase USD 17,280 is paid after 5 weeks. To go on costs USD 913,737 more" in text


def test_explain_json_has_the_rules_with_their_sources():
    told = json.loads(run("explain", APP_BUILT, "--json").stdout)
    fired = [rule for rule in told["lenses"]["prodfirm"]["rules"] if rule["fired"]]
    assert len(fired) == 5
    assert fired[0]["references"][0]["place"] == "when you need production engineering"
    assert told["gates"]["unaudited_ai"]["fired"]
    assert told["paths"]["freelancer"]["why_not"]["gates"][0] == "unaudited_ai"
    assert told["recommendation"]["path"] == "remediate_then_freelancers"


def test_facts_show_every_parameter_rule_and_contradiction():
    words = " ".join(run("facts").stdout.split())
    for part in (
        "Hourly rate",
        "Settings of the decision",
        "What rules paths out",
        "What do serial freelancers cost",
        "(shown only)",
        "claims differ from the model",
    ):
        assert part in words


def test_facts_json_is_what_the_product_calculates_with():
    known = json.loads(run("facts", "--json").stdout)
    assert known["parameters"]["freelancer"]["rate"]["likely"] == 100
    assert known["parameters"]["freelancer"]["rate"]["source"] == "insoftex"
    figures = {figure["id"]: figure["effect"] for figure in known["figures"]}
    assert (figures["freelancer_rate"], figures["criterion_recall"]) == ("calculated from", "shown only")
    stories = {story["id"]: story["model"] for story in known["stories"]}
    assert stories["engagement_example"]["low"] == 25000
    assert stories["core_product"]["path"] == "full_time"


def test_facts_with_words_shows_only_what_holds_them_all():
    every, some = (json.loads(run("facts", *words, "--json").stdout) for words in ((), ("Freelancer", "rat")))
    assert some["parameters"]["freelancer"]["rate"] == every["parameters"]["freelancer"]["rate"]
    assert set(some["parameters"]["freelancer"]) < set(every["parameters"]["freelancer"])
    for part in ("questions", "rules", "figures"):
        for entry in some[part]:
            assert entry in every[part]
            assert "freelancer" in str(entry).casefold()
    assert "Hourly rate" in run("facts", "freelancer", "rate").stdout


def test_facts_finds_questions_and_sources_by_their_names():
    found = json.loads(run("facts", "leadership", "--json").stdout)
    assert "leadership" in [question["id"] for question in found["questions"]]
    assert json.loads(run("facts", "prodfirm", "--json").stdout)["sources"]


def test_a_word_that_no_fact_holds_is_refused_with_the_nearest():
    ended = run("facts", "retraning")
    assert ended.exit_code == 4
    assert "did you mean: retraining?" in ended.stderr
