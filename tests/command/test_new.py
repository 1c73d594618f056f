"""`engagement new`: a scenario to fill in."""

from datetime import date

import pytest

from calc import catalogue
from calc.scenario import from_text, normal_form, scenario
from calc.scenario.new_text import template, usable_name
from tests.command.runner import MINIMAL, run
from workbook.files.day import today


def test_a_new_scenario_is_read_back_as_the_defaults(tmp_path):
    path = tmp_path / "checkout_rescue.toml"
    ended = run("new", path)
    assert (ended.exit_code, ended.stdout) == (0, f"{path}\n")
    read = normal_form(from_text(path.read_text(encoding="utf-8"), "x"))
    defaults = scenario({"project": {"name": "checkout rescue", "start": today()}})
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


def test_new_says_that_a_folder_is_one(tmp_path):
    ended = run("new", tmp_path)
    assert ended.exit_code == 2
    assert "is a folder; name a file in it" in ended.stderr


def test_a_short_scenario_is_read_back_as_the_defaults_and_holds_eight_fields_and_eight_questions(tmp_path):
    path = tmp_path / "checkout_rescue.toml"
    assert run("new", "--short", path).exit_code == 0
    text = path.read_text(encoding="utf-8")
    defaults = scenario({"project": {"name": "checkout rescue", "start": today()}})
    assert normal_form(from_text(text, "x")) == normal_form(defaults)
    names = [line.removeprefix("# ").split(" = ")[0] for line in text.splitlines() if " = " in line]
    assert len([name for name in names if name in catalogue.questions()]) == 8
    assert len([name for name in names if name not in catalogue.questions()]) == 4 + 8
