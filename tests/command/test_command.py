"""The command `engagement`, run as people run it: what it prints where, which code it ends with, and what it writes."""

import json
import os
import re
import signal
import stat
import subprocess
import sys
import types
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from calc import catalogue
from calc.results import results
from calc.scenario import from_text, normal_form, scenario
from calc.scenario.new_text import template, usable_name
from workbook import command
from workbook.command import log
from workbook.files import saving

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "build" / "examples").glob("*.toml"))
APP_BUILT = ROOT / "build" / "examples" / "ai_built_app.toml"
MINIMAL = '[project]\nname = "Checkout rescue"\nstart = 2026-12-01\n'
STUCK = MINIMAL + '[answers]\nisolated = "yes"\nbounded = "yes"\nai_generated = "yes"\n'
HEAVY = ("rich", "numpy", "pydantic", "calc", "openpyxl", "orjson", "tomllib")


def run(*arguments, given=None, **environment):
    """The command in this process, with what it printed."""
    runner = CliRunner(env={"COLUMNS": "80", "NO_COLOR": None} | environment)
    return runner.invoke(command.app, [str(argument) for argument in arguments], input=given, prog_name="engagement")


def process(*arguments, **options):
    """The command as a process of its own."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"} | options.pop("env", {})
    line = [sys.executable, "-m", "workbook.command", *map(str, arguments)]
    return subprocess.run(line, capture_output=True, env=environment, timeout=60, **options)


@pytest.fixture
def minimal(tmp_path):
    path = tmp_path / "checkout.toml"
    path.write_text(MINIMAL, encoding="utf-8")
    return path


@pytest.fixture
def builder(monkeypatch):
    """Stands in for the builder of workbooks; what it returns can be changed."""
    made = types.ModuleType("workbook.write.build")
    made.build = lambda given, runs=0: f"workbook of {given.project.name}".encode()
    monkeypatch.setitem(sys.modules, "workbook.write.build", made)
    return made


@pytest.fixture
def logs(tmp_path, monkeypatch):
    monkeypatch.setattr(log, "user_folder", lambda: tmp_path / "logs")
    return tmp_path / "logs" / "engagement.log"


# ---------------------------------------------------------------------------------------------------- calc


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


# ---------------------------------------------------------------------------------------------------- explain, facts


def test_explain_gives_the_answer_first_then_rules_gates_and_flips():
    text = " ".join(run("explain", ROOT / "build" / "examples" / "bounded_bug.toml").stdout.split())
    parts = [
        "Recommended: Freelancer throughout.",
        "What the sources say",
        "Freelancer or production engineering firm",
        "Freelancer: it is one isolated problem, not a pattern of failures (prodfirm, when to hire a freelancer)",
        "Gates that hold",
        "Small and clear: the budget is below the small-job limit",
        "How well the paths fit",
        "Single answers that would change the recommendation",
        "Unaudited AI code: yes (now no): nothing (every path excluded)",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_explain_json_has_the_rules_with_their_sources():
    told = json.loads(run("explain", APP_BUILT, "--json").stdout)
    fired = [rule for rule in told["lenses"]["prodfirm"]["rules"] if rule["fired"]]
    assert len(fired) == 5
    assert fired[0]["references"][0]["place"] == "when you need production engineering"
    assert told["gates"]["unaudited_ai"]["fired"]
    assert told["recommendation"]["path"] == "remediate_then_freelancers"


def test_facts_show_every_parameter_rule_and_contradiction():
    words = " ".join(run("facts").stdout.split())
    for part in (
        "Hourly rate",
        "Settings of the decision",
        "Gates, which exclude paths",
        "What do serial freelancers cost",
    ):
        assert part in words


def test_facts_json_is_what_the_product_calculates_with():
    known = json.loads(run("facts", "--json").stdout)
    assert known["parameters"]["freelancer"]["rate"]["likely"] == 100
    assert known["parameters"]["freelancer"]["rate"]["source"] == "insoftex"


# ---------------------------------------------------------------------------------------------------- new


def test_a_new_scenario_is_read_back_as_the_defaults(tmp_path):
    path = tmp_path / "checkout_rescue.toml"
    ended = run("new", path)
    assert (ended.exit_code, ended.stdout) == (0, f"{path}\n")
    read = normal_form(from_text(path.read_text(encoding="utf-8"), "x"))
    defaults = scenario({"project": {"name": "checkout rescue", "start": date.today()}})
    assert read == normal_form(defaults)


def test_a_new_scenario_names_every_field_question_weight_and_parameter():
    text = template("A project", date(2026, 12, 1))
    names = [line.removeprefix("# ").split(" = ")[0] for line in text.splitlines() if " = " in line]
    wanted = ["name", "budget", "hires", *catalogue.questions(), *catalogue.lenses(), *catalogue.parameter_names()]
    assert set(wanted) <= set(names)


def test_a_new_scenario_with_every_example_switched_on_is_valid():
    text = template("A project", date(2026, 12, 1))
    forms = (
        "[overrides",
        "[paths",
        "budget =",
        "leader_rate =",
        "usd_rate =",
        "label =",
        "phases =",
        "  {",
        "]",
        *(f"{p} =" for p in parameters_and_settings()),
    )
    lines = []
    for line in text.splitlines():
        bare = line.removeprefix("# ")
        lines.append(bare if line.startswith("# ") and bare.startswith(forms) else line)
    switched_on = from_text("\n".join(lines), "x")
    assert (switched_on.money.budget, switched_on.money.leader_rate) == (30000, 130)
    assert switched_on.project.usd_rate == 0.92
    assert set(switched_on.overrides) == {*catalogue.models(), "decision"}
    assert list(switched_on.paths) == ["shop_then_freelancer"]
    for model, found in catalogue.parameters().items():
        assert set(switched_on.overrides[model]) == set(found)


def parameters_and_settings():
    return [*catalogue.parameter_names(), *catalogue.settings()]


@pytest.mark.parametrize(
    ("file_name", "name"),
    [("checkout-rescue_2", "checkout rescue 2"), ("", "New project"), ("\x1b[2J", "[2J"), ('say "hi"\\', 'say "hi"\\')],
)
def test_a_new_scenario_takes_its_name_from_the_file(file_name, name):
    assert usable_name(file_name) == name
    assert from_text(template(usable_name(file_name), date(2026, 12, 1)), "x").project.name == name


def test_a_long_or_odd_file_name_still_gives_a_valid_name():
    for odd in ("x" * 300, "\ud800\udfff", "é\u0301\u2028y", "\x7f", "日本語" * 40):
        from_text(template(usable_name(odd), date(2026, 12, 1)), "x")


def test_new_replaces_a_file_only_when_forced(minimal):
    ended = run("new", minimal)
    assert ended.exit_code == 2
    assert "--force" in ended.stderr
    assert minimal.read_text(encoding="utf-8") == MINIMAL
    assert run("new", minimal, "--force").exit_code == 0
    assert minimal.read_text(encoding="utf-8") != MINIMAL


def test_new_writes_to_standard_output_what_calc_reads_from_standard_input():
    text = run("new", "-").stdout
    assert run("calc", "-", given=text).exit_code == 0


def test_new_makes_a_workbook_of_the_defaults(tmp_path, builder):
    path = tmp_path / "checkout.xlsx"
    assert run("new", path).exit_code == 0
    assert path.read_bytes() == b"workbook of checkout"


@pytest.mark.parametrize("name", ["x.yaml", "x", "no_folder/x.toml"])
def test_new_says_what_is_wrong_with_a_name(tmp_path, name):
    ended = run("new", tmp_path / name)
    assert ended.exit_code == 2
    assert list(tmp_path.iterdir()) == []
    assert ".toml" in ended.stderr or "make it first" in ended.stderr


# ---------------------------------------------------------------------------------------------------- build


def test_build_writes_the_workbook_and_prints_where_it_is_and_what_it_recommends(minimal, tmp_path, builder):
    target = tmp_path / "out.xlsx"
    ended = run("build", minimal, "-o", target)
    assert ended.exit_code == 0
    assert ended.stdout == f"{target}\n"
    assert ended.stderr.startswith("Recommended: ")
    assert target.read_bytes() == b"workbook of Checkout rescue"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["checkout.toml", "out.xlsx"]


def test_build_puts_the_workbook_beside_the_scenario_by_default_and_replaces_an_earlier_one(minimal, builder):
    target = minimal.with_suffix(".xlsx")
    target.write_bytes(b"earlier")
    assert run("build", minimal).exit_code == 0
    assert target.read_bytes() == b"workbook of Checkout rescue"


def test_a_build_that_fails_leaves_the_earlier_workbook_and_no_rest(minimal, builder, logs):
    target = minimal.with_suffix(".xlsx")
    target.write_bytes(b"earlier")

    def fails(given):
        raise ZeroDivisionError("no such luck")

    builder.build = fails
    assert run("build", minimal).exit_code == 1
    assert target.read_bytes() == b"earlier"
    assert {path.name for path in minimal.parent.iterdir()} == {"checkout.toml", "checkout.xlsx", "logs"}


def test_a_disk_that_fills_up_leaves_the_earlier_workbook_and_no_rest(minimal, builder, monkeypatch):
    target = minimal.with_suffix(".xlsx")
    target.write_bytes(b"earlier")

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("workbook.files.whole.os.fsync", full)
    ended = run("build", minimal)
    assert ended.exit_code == 1
    assert "No space left on device" in ended.stderr
    assert target.read_bytes() == b"earlier"
    assert {path.name for path in minimal.parent.iterdir()} == {"checkout.toml", "checkout.xlsx"}


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
def test_a_written_file_has_the_permissions_of_any_new_file_or_of_the_one_it_replaces(tmp_path):
    before = os.umask(0o027)
    try:
        saving.save(tmp_path / "new", b"x")
        assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640
        (tmp_path / "new").chmod(0o600)
        saving.save(tmp_path / "new", b"y")
        assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o600
    finally:
        os.umask(before)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_stays_a_link_to_the_file_that_is_replaced(tmp_path):
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    saving.save(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


@pytest.mark.parametrize("where", ["no_folder/x.xlsx", "folder.xlsx", "x.xls", "checkout.toml"])
def test_build_refuses_a_place_where_no_workbook_can_be_before_it_works(minimal, tmp_path, builder, where):
    (tmp_path / "folder.xlsx").mkdir()
    builder.build = lambda given: pytest.fail("it worked for nothing")
    ended = run("build", minimal, "-o", tmp_path / where)
    assert ended.exit_code == 2
    assert ended.stdout == ""
    assert minimal.read_text(encoding="utf-8") == MINIMAL


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such device")
def test_a_device_is_never_replaced(tmp_path):
    (tmp_path / "device.xlsx").symlink_to("/dev/null")
    with pytest.raises(saving.WriteError, match="no ordinary file"):
        saving.save(tmp_path / "device.xlsx", b"x")


def test_build_from_standard_input_needs_a_name(tmp_path, builder):
    assert run("build", "-", given=MINIMAL).exit_code == 2
    target = tmp_path / "x.xlsx"
    assert run("build", "-", "-o", target, given=MINIMAL).exit_code == 0
    assert target.exists()


def test_build_of_a_refused_scenario_writes_nothing(tmp_path, builder):
    path = tmp_path / "bad.toml"
    path.write_text(MINIMAL + "[work]\nhires = 0\n", encoding="utf-8")
    assert run("build", path).exit_code == 4
    assert [found.name for found in tmp_path.iterdir()] == ["bad.toml"]


# ---------------------------------------------------------------------------------------------------- how it ends


def test_an_internal_error_is_one_line_that_says_where_the_log_is(minimal, monkeypatch, logs):
    monkeypatch.setattr("calc.results.results", lambda given, **options: 1 / 0)
    ended = run("calc", minimal)
    assert ended.exit_code == 1
    assert ended.stderr == f"internal error, ZeroDivisionError: division by zero; details: {logs}\n"
    assert "Traceback" in logs.read_text(encoding="utf-8")


@pytest.mark.parametrize("place", [0, 1, 2])
def test_debug_shows_the_traceback_wherever_it_stands(minimal, monkeypatch, logs, place):
    monkeypatch.setattr("calc.results.results", lambda given, **options: 1 / 0)
    line = ["calc", str(minimal)]
    line.insert(place, "--debug")
    ended = run(*line)
    assert ended.exit_code == 1
    assert "Traceback" in ended.stderr
    assert "ZeroDivisionError" in ended.stderr


def test_debug_changes_nothing_where_nothing_goes_wrong(minimal):
    assert run("calc", minimal, "--debug").stdout == run("calc", minimal).stdout


def test_a_log_that_cannot_be_written_does_not_hide_the_error(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(log, "user_folder", lambda: tmp_path / "file" / "x")
    monkeypatch.setattr(log.tempfile, "gettempdir", lambda: str(tmp_path / "file"))
    assert "--debug" in str(log.logged("text"))


@pytest.mark.parametrize(
    "line", [["calc"], ["calc", "a", "b"], ["calc", "--frobnicate"], ["frobnicate"], ["facts", "x"]]
)
def test_wrong_usage_ends_with_2_and_a_hint(line):
    ended = run(*line)
    assert ended.exit_code == 2
    assert "Usage: engagement" in ended.stderr
    assert ended.stdout == ""


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, ["no such file", "engagement new"]),
        ("folder", ["a folder"]),
        (b"\xff\xfe[\x00p\x00", ["UTF-16", "UTF-8"]),
        (b'[project]\nname = "\xe9"\n', ["not UTF-8 at byte 19"]),
        (b"x" * 4_000_001, ["more than 4 MB"]),
        (b"# " + b"x" * 1_000_001, ["1,000,003 characters"]),
        (b"[project\n", ["no valid TOML"]),
        (b'{"project": ', ["no valid JSON"]),
        (b"", ["project.name", "project.start"]),
        (b"{" * 100_000, ["no valid JSON"]),
    ],
)
def test_a_file_that_is_not_a_scenario_is_refused_in_a_sentence(tmp_path, content, words):
    path = tmp_path / "given.toml"
    if content == "folder":
        path.mkdir()
    elif content is not None:
        path.write_bytes(content)
    ended = run("calc", path)
    assert ended.exit_code == 4
    assert ended.stdout == ""
    assert ended.stderr.startswith(f"{path}: ")
    assert all(word in ended.stderr for word in words)
    assert "Traceback" not in ended.stderr


def test_a_name_that_no_file_can_have_is_refused():
    assert run("calc", "x" * 5000).exit_code == 4
    assert run("calc", "a\0b").exit_code == 4


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_an_interruption_ends_with_130_and_without_a_traceback(tmp_path):
    os.mkfifo(tmp_path / "slow.toml")
    line = [sys.executable, "-m", "workbook.command", "calc", str(tmp_path / "slow.toml")]
    started = subprocess.Popen(line, stderr=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(ROOT)})
    # Opening it waits until the command has opened it too, and waits for its text.
    with (tmp_path / "slow.toml").open("wb"):
        started.send_signal(signal.SIGINT)
        _, errors = started.communicate(timeout=30)
    assert (started.returncode, errors) == (130, b"interrupted\n")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
@pytest.mark.parametrize(
    "line", [["calc", str(APP_BUILT)], ["calc", str(APP_BUILT), "--json"], ["facts"], ["new", "-"]]
)
def test_a_reader_that_leaves_early_is_no_error(line):
    reading, writing = os.pipe()
    os.close(reading)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    started = [sys.executable, "-m", "workbook.command", *line]
    ended = subprocess.run(started, stdout=writing, stderr=subprocess.PIPE, env=environment, timeout=60)
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, b"")


# ---------------------------------------------------------------------------------------------------- streams


LINES = {
    "help": ["--help"],
    "help of a subcommand": ["calc", "--help"],
    "version": ["--version"],
    "calc": ["calc", str(APP_BUILT)],
    "json": ["calc", str(APP_BUILT), "--json", "--trials", "0"],
    "explain": ["explain", str(APP_BUILT)],
    "facts": ["facts"],
    "new": ["new", "-"],
    "build": ["build", str(APP_BUILT), "--runs", "0", "-o", "out.xlsx"],
}


def in_a_shell(line, streams, folder):
    words = [sys.executable, "-m", "workbook.command", *line]
    return subprocess.run(
        ["sh", "-c", f'exec "$0" "$@" {streams}', *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "XDG_STATE_HOME": str(folder / "state")},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
@pytest.mark.parametrize(
    ("streams", "why"), [(">/dev/full", "No space left on device"), (">&-", "Bad file descriptor")]
)
@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_output_that_cannot_be_written_ends_in_one_line_and_with_code_1(tmp_path, line, streams, why):
    ended = in_a_shell(line, streams, tmp_path)
    assert (ended.returncode, ended.stderr.splitlines()[-1]) == (
        1,
        f"standard output: {why}; the result was not written",
    )
    # A workbook says first what it recommends.
    assert len(ended.stderr.splitlines()) == (2 if line[0] == "build" else 1)
    assert not (tmp_path / "state").exists(), "there is a log, as of an internal error"
    assert (tmp_path / "out.xlsx").exists() == (line[0] == "build")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
@pytest.mark.parametrize("streams", ["2>/dev/full", "2>&-"])
def test_messages_that_cannot_be_written_change_neither_output_nor_exit_code(tmp_path, streams):
    ended = in_a_shell(["calc", "nothere.toml"], streams, tmp_path)
    assert (ended.returncode, ended.stdout, ended.stderr) == (4, "", "")
    ended = in_a_shell(["new", "out.toml"], streams, tmp_path)
    assert (ended.returncode, ended.stdout) == (0, "out.toml\n")


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX")
def test_standard_input_that_is_closed_is_refused(tmp_path):
    ended = in_a_shell(["calc", "-"], "<&-", tmp_path)
    assert (ended.returncode, "standard input: cannot be read" in ended.stderr) == (4, True)


@pytest.mark.skipif(sys.platform == "win32", reason="links of POSIX")
def test_a_link_that_somebody_planted_leads_no_log_astray(monkeypatch, tmp_path):
    for name in ("engagement.log", "engagement"):
        (tmp_path / name).symlink_to(tmp_path / "victim")
    (tmp_path / "victim").mkdir()
    (tmp_path / "victim" / "engagement.log").write_text("mine")
    monkeypatch.setattr(log, "user_folder", lambda: tmp_path)
    monkeypatch.setattr(log.tempfile, "gettempdir", lambda: str(tmp_path))
    one, two = (log.logged(text) for text in ("first", "second"))
    assert (tmp_path / "victim" / "engagement.log").read_text() == "mine"
    assert one != two
    for place, text in ((one, "first"), (two, "second")):
        assert text in place.read_text(encoding="utf-8")
        assert stat.S_IMODE(place.stat().st_mode) == 0o600
        assert not place.is_symlink()


# ---------------------------------------------------------------------------------------------------- start


def test_help_names_every_subcommand_with_a_whole_sentence():
    text = run("--help").stdout
    for name in ("new", "calc", "explain", "build", "facts"):
        line = next(line for line in text.splitlines() if line.strip().startswith(f"{name} "))
        assert line.endswith(".")
        assert not line.endswith("...")
        assert run(name, "--help").exit_code == 0


def test_help_imports_nothing_heavy():
    code = (
        "import sys; sys.argv = ['engagement', '--help']\n"
        "from workbook.command import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        f"print('HEAVY', [name for name in {HEAVY!r} if name in sys.modules])"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, timeout=60)
    assert ended.stdout.splitlines()[-1] == "HEAVY []"


def test_the_version_is_that_of_the_package():
    from calc import __version__

    assert run("--version").stdout == f"engagement {__version__}\n"


def test_shell_completion_offers_the_subcommands():
    environment = {"_ENGAGEMENT_COMPLETE": "complete_bash", "COMP_WORDS": "engagement ", "COMP_CWORD": "1"}
    offered = process(env=environment).stdout.decode().split()
    assert {"new", "calc", "explain", "build", "facts"} <= set(offered)


def test_nothing_is_left_in_the_working_folder(tmp_path):
    ended = process("calc", APP_BUILT, cwd=tmp_path)
    assert ended.returncode == 0
    assert list(tmp_path.iterdir()) == []
