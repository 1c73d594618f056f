"""`engagement calc`: what it prints, for people and as JSON, and which files it reads."""

import json
import re
from functools import cache

import pytest

from calc.quantities.lines import LINES
from calc.quantity import QUANTITIES
from calc.reasons import in_short
from calc.results import results
from calc.scenario import from_text
from tests.command.runner import APP_BUILT, EXAMPLES, MINIMAL, ROOT, process, run
from workbook.command.calc import show as show_calc
from workbook.command.explain import show as show_explain

STORIES = ROOT / "build" / "stories"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_calc_prints_the_recommendation_first_and_then_every_path(example):
    ended = run("calc", example)
    assert (ended.exit_code, ended.stderr) == (0, "")
    given = from_text(example.read_text(encoding="utf-8"), example.name)
    [result] = results([given])
    heading, answer, *_ = ended.stdout.splitlines()
    assert heading.strip() == given.project.name
    chosen = result["paths"][result["recommendation"]["path"]]
    assert answer.startswith(f"Recommended: {chosen['label']}.")
    words = " ".join(ended.stdout.split())
    for path in result["paths"].values():
        assert f"{path['paid']:,.0f}" in words
        assert f"{path['same_scope']:,.0f}" in words
    assert words.endswith(in_short(result))


@pytest.mark.parametrize("subcommand", [("calc",), ("explain",)])
def test_nothing_is_wider_than_a_terminal_of_80_columns_and_nothing_is_coloured_off_a_terminal(subcommand):
    for example in EXAMPLES:
        text = run(*subcommand, example).stdout
        assert max(map(len, text.splitlines())) <= 80
        assert "\x1b" not in text
        assert "\r" not in text


def test_facts_are_at_most_80_columns_wide_too():
    assert max(map(len, run("facts").stdout.splitlines())) <= 80


@cache
def printed(*arguments):
    """What is printed on a terminal so wide that nothing wraps, with single spaces."""
    ended = run(*arguments, COLUMNS="300")
    assert ended.exit_code == 0
    return re.sub(r" +", " ", ended.stdout)


def test_paths_stand_in_the_order_of_the_decision():
    [result] = results([from_text(APP_BUILT.read_text(encoding="utf-8"), "x")], trials=0)
    paths, chosen = result["paths"], result["recommendation"]["path"]
    order = sorted(paths, key=lambda p: (p != chosen, not paths[p]["eligible"], paths[p]["same_scope"]))
    text = printed("calc", APP_BUILT, "--trials", 0)
    tables = text[text.index("The paths that can be taken") : text.index("Where the money goes")]
    rows = [f"{paths[path]['label']} {paths[path]['paid']:,.0f} {paths[path]['same_scope']:,.0f}" for path in order]
    places = [tables.index(row) for row in rows]
    assert places == sorted(places)


def test_marks_say_what_is_recommended_and_what_no_answer_speaks_for():
    text = printed("calc", APP_BUILT)
    assert "> Remediation, then freelancers 98,681" in text
    assert "? Fixed-price shop throughout 56,985" in text
    assert "\n Production engineering firm throughout 118,520" in text
    assert "> recommended ? no answer so far speaks for it" in text


def test_fit_is_said_in_words_and_in_percent():
    text = printed("calc", APP_BUILT)
    assert "good, 100%" in text
    assert "neutral, 0%" in text
    assert "poor, -33%" in printed("calc", STORIES / "19_poc.toml")


def test_a_path_that_is_ruled_out_has_the_reasons_by_name():
    text = printed("calc", APP_BUILT)
    [row] = [line for line in text.splitlines() if line.strip().startswith("Freelancer throughout")]
    assert row.rstrip().endswith("Unaudited AI code; Problems keep shifting; Too many skills for one person")


def test_where_the_money_goes_has_thirteen_lines_and_three_kinds_that_add_up():
    text = printed("calc", APP_BUILT)
    rows = text[text.index("Where the money goes") : text.index("Why not the others")].splitlines()
    rows = [row.strip() for row in rows[4:] if row.strip()]
    assert [row.rsplit(" ", 3)[0] for row in rows[:13]] == [QUANTITIES[quantity].label for quantity in LINES.values()]
    assert [row.rsplit(" ", 3)[0] for row in rows[13:]] == [
        "To be paid", "The leader's time", "Losses expected", "Total", "For the same scope",
    ]  # fmt: skip
    paid, own, losses, total = (int(row.split()[-3].replace(",", "").replace("-", "0")) for row in rows[13:17])
    assert paid + own + losses == pytest.approx(total, abs=2)


def test_a_budget_that_does_not_suffice_is_said_with_its_headroom_and_its_chance():
    text = printed("calc", STORIES / "19_poc.toml")
    assert "! Above the budget: the recommended path would be invoiced at USD 20,410, 410 more than" in text
    assert "Would be invoiced at 20,410 chance of exceeding the budget: " in text
    assert "Over the budget 410" in text
    assert "it needs USD 410 more than the budget" in text.splitlines()[-1]


def test_an_empty_form_gets_no_recommendation_but_costs_and_what_to_ask():
    text = printed("calc", STORIES / "18_blank.toml")
    assert "No recommendation yet: none of the answers speaks for any of the remaining paths." in text
    assert "The cheapest of them for the same scope is Fixed-price shop throughout" in text
    assert "The paths that can be taken" in text
    assert "Where the money goes" not in text
    assert "What to ask first\n 1. " in text
    assert text.splitlines()[-1].startswith("In short: it is too early to choose; answer this first: ")


def test_where_no_path_is_left_the_rules_are_named_and_every_path_is_shown(capsys, monkeypatch):
    """With the paths of the sources that cannot happen, so a result is made to say it."""
    monkeypatch.setenv("COLUMNS", "80")
    [result] = results([from_text(MINIMAL, "x")], trials=0)
    result["recommendation"] |= dict.fromkeys(("path", "cheapest", "best_fit", "runner_up", "holds"))
    result["recommendation"] |= {"status": "none_left", "colliding": ["one_thing", "unaudited_ai"], "alerts": []}
    for path in result["paths"].values():
        path["eligible"] = False
        path["why_not"] |= {"kind": "excluded", "gates": ["one_thing"]}
    show_calc(result, 0)
    show_explain(result, from_text(MINIMAL, "x"))
    text = " ".join(capsys.readouterr().out.split())
    assert text.count("rules “One thing to fix” and “Unaudited AI code” together rule out every path.") == 2
    assert "The paths that can be taken" not in text
    assert "Pilot, then the partner" in text
    assert text.endswith("look at the answers behind them again.")


def test_notes_are_amber_on_a_terminal():
    assert "\x1b[33m! A cheaper path exists" in run("calc", APP_BUILT, FORCE_COLOR="1", TERM="xterm-256color").stdout


@pytest.mark.parametrize("subcommand", ["calc", "explain"])
def test_nobody_has_to_know_the_words_of_the_workshop(subcommand):
    for example in (*EXAMPLES, *(STORIES / f"{name}.toml" for name in ("18_blank", "19_poc", "05_audit"))):
        text = printed(subcommand, example).lower()
        assert not re.search(r"\b(lens|lenses|lean|gate|gates|npv|runner-up|systemic=)\b", text)
        assert not re.search(r"\b[a-z]+_[a-z_]+\b", text)  # no ids
        assert text.rstrip().splitlines()[-1].startswith("in short: ")


@pytest.mark.parametrize(
    ("currency", "rate", "note"),
    [
        ("EUR", 1, "note: how many EUR is one USD? The exchange rate is 1"),
        ("USD", 0.92, "note: project.usd_rate is 0.92"),
        ("EUR", 0.92, ""),
        ("USD", 1, ""),
    ],
)
def test_a_rate_that_does_not_go_with_the_currency_is_taken_with_a_note(currency, rate, note):
    given = f'[project]\nname = "x"\nstart = 2026-12-01\ncurrency = "{currency}"\nusd_rate = {rate}\n'
    ended = run("calc", "-", "--trials", 0, given=given)
    assert ended.exit_code == 0
    assert ended.stderr.startswith(note)
    assert bool(ended.stderr) == bool(note)


def test_calc_json_is_the_result_and_nothing_else():
    ended = run("calc", APP_BUILT, "--json")
    assert ended.exit_code == 0
    assert ended.stderr == ""
    [result] = results([from_text(APP_BUILT.read_text(encoding="utf-8"), "x")])
    assert json.loads(ended.stdout) == json.loads(json.dumps(result))


@pytest.mark.parametrize(
    "text", [MINIMAL, "\ufeff" + MINIMAL, '{"project": {"name": "Checkout rescue", "start": "2026-12-01"}}']
)
def test_calc_reads_toml_and_json_with_or_without_a_byte_order_mark_from_standard_input_and_files(text, tmp_path):
    assert run("calc", "-", "--trials", 0, given=text.encode()).stdout.startswith("Checkout rescue")
    path = tmp_path / "scenario.any"
    path.write_bytes(text.encode())
    assert run("calc", path, "--trials", 0).stdout.startswith("Checkout rescue")


def test_text_of_the_user_is_shown_as_it_is_and_cannot_steer_the_terminal():
    name = "[red]=1+1[/red] :smile: \u202eevil [link=file:///x]"
    phases = [{"work": "core", "model": "freelancer", "share": 1}, {"work": "run", "model": "freelancer"}]
    plain = {
        "project": {"name": name, "start": "2026-12-01"},
        "paths": {"p": {"label": "[b]\u2066own[/b]", "phases": phases}},
    }
    for subcommand in ("calc", "explain"):
        text = run(subcommand, "-", given=json.dumps(plain)).stdout
        assert "[red]=1+1[/red] :smile: \\u202eevil [link=file:///x]" in text
        assert "[b]\\u2066own[/b]" in text
        assert "\u202e" not in text
        assert "\u2066" not in text


def test_no_color_is_honoured_on_a_terminal():
    on_a_terminal = {"FORCE_COLOR": "1", "TERM": "xterm-256color"}
    assert "\x1b[1m" in run("calc", APP_BUILT, **on_a_terminal).stdout
    for subcommand in (("calc", APP_BUILT), ("explain", APP_BUILT), ("facts",)):
        text = run(*subcommand, NO_COLOR="1", **on_a_terminal).stdout
        assert not re.search(r"\x1b\[[0-9;]*\b(3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m]", text)


def test_output_is_fit_for_a_terminal_that_knows_only_ascii():
    ended = process("calc", APP_BUILT, env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert ended.returncode == 0
    assert b"Recommended: " in ended.stdout


def test_a_job_that_is_under_way_is_said_to_be_and_where_it_is_forecast(tmp_path):
    """A board that reads the plan of a job that has failed would take it for how the job stands."""
    begun = APP_BUILT.read_text(encoding="utf-8") + '\n[actuals]\npath = "freelancer"\n'
    for happened, said in (("labour = [9000]\nleader_hours = [9]\ncore_done = [0.1]\n", True), ("", False)):
        file = tmp_path / f"{said}.toml"
        file.write_text(begun + happened, encoding="utf-8")
        assert ("! Under way: every figure here is the plan" in printed("calc", file, "--trials", 0)) == said


@pytest.mark.parametrize("asked", [("calc", "--trials"), ("build", "--runs")])
def test_more_trials_than_fit_into_memory_are_refused_before_anything_is_calculated(asked):
    subcommand, option = asked
    ended = run(subcommand, APP_BUILT, option, 10**11)
    assert (ended.exit_code, ended.stdout) == (2, "")
    assert "100,000,000,000 trials; allowed: 0 to 1,000,000" in " ".join(ended.stderr.split())
