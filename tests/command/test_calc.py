"""`engagement calc`: what it prints, for people and as JSON, and which files it reads."""

import json
import re

import pytest

from calc.results import results
from calc.scenario import from_text
from tests.command.runner import APP_BUILT, EXAMPLES, MINIMAL, process, run

STUCK = MINIMAL + '[answers]\nisolated = "yes"\nbounded = "yes"\nai_generated = "yes"\n'


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
        assert f"{path['total']:,.0f}" in words
        assert f"{path['npv']:,.0f}" in words


@pytest.mark.parametrize("subcommand", [("calc",), ("explain",)])
def test_nothing_is_wider_than_a_terminal_of_80_columns_and_nothing_is_coloured_off_a_terminal(subcommand):
    for example in EXAMPLES:
        text = run(*subcommand, example).stdout
        assert max(map(len, text.splitlines())) <= 80
        assert "\x1b" not in text
        assert "\r" not in text


def test_facts_are_at_most_80_columns_wide_too():
    assert max(map(len, run("facts").stdout.splitlines())) <= 80


def test_calc_names_the_gate_that_excluded_a_path():
    text = run("calc", APP_BUILT).stdout
    assert "1 Unaudited AI code" in text
    freelancer = next(line for line in text.splitlines() if line.strip().startswith("Freelancer throughout"))
    assert freelancer.split()[-3:] == ["1", "2", "4"]


def test_calc_without_a_path_left_says_which_gates_collide_and_still_shows_every_path():
    ended = run("calc", "-", given=STUCK)
    assert ended.exit_code == 0
    assert 'gates "One thing to fix" and "Unaudited AI code" together exclude every path' in " ".join(
        ended.stdout.split()
    )
    assert "Pilot, then the partner" in ended.stdout
    assert "Where the money goes" not in ended.stdout


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
    ended = run("calc", "-", given=given)
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
    assert run("calc", "-", given=text.encode()).stdout.startswith("Checkout rescue")
    path = tmp_path / "scenario.any"
    path.write_bytes(text.encode())
    assert run("calc", path).stdout.startswith("Checkout rescue")


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
