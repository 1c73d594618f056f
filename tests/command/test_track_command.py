"""The command `engagement track`, as people and programs use it: on a scenario, and on a workbook that was filled in."""

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from calc.scenario import scenario
from tests.calc.test_tracking import PROJECT, as_planned
from tests.engines import cells
from workbook import command
from workbook.receive import intake
from workbook.receive.reading import as_toml
from workbook.write import build
from workbook.write.sheets import forecast

PATH, MONTHS = "remediate_then_hire", 2


def run(*arguments):
    line = [*map(str, arguments)]
    return CliRunner(env={"COLUMNS": "100"}).invoke(command.app, line, prog_name="engagement")


@pytest.fixture(scope="module")
def given():
    lists = {name: value for name, value in as_planned(PATH, MONTHS).items() if name != "expected"}
    return scenario(PROJECT | {"actuals": lists})


@pytest.fixture(scope="module")
def workbooks(given, tmp_path_factory):
    """One that was made after two months, and one made before the first."""
    folder = tmp_path_factory.mktemp("track")
    for name, one in (("made", given), ("before", scenario(PROJECT))):
        (folder / f"{name}.xlsx").write_bytes(build.build(one, 0))
    return folder


def test_a_workbook_and_its_scenario_are_tracked_alike_with_the_keys_of_the_definition(given, workbooks, tmp_path):
    (tmp_path / "scenario.toml").write_text(as_toml(given), encoding="utf-8")
    ended = [run("track", file, "--json") for file in (workbooks / "made.xlsx", tmp_path / "scenario.toml")]
    assert [one.exit_code for one in ended] == [0, 0]
    of_workbook, of_scenario = (json.loads(one.stdout) for one in ended)
    assert of_workbook == of_scenario
    assert of_workbook.keys() >= {"schema", "path", "month", "plan", "actual", "forecast", "lines", "stay_or_switch"}
    assert (of_workbook["path"], of_workbook["month"]) == (PATH, MONTHS)
    assert of_workbook["forecast"]["total"] == pytest.approx(of_workbook["plan"]["total"], abs=0.005)


def test_whether_to_stay_or_to_switch_is_said_with_what_is_left_either_way_and_the_reason(given, tmp_path):
    small = given.model_copy(update={"money": given.money.model_copy(update={"budget": 200_000.0})})
    (tmp_path / "small.toml").write_text(as_toml(small), encoding="utf-8")
    found = json.loads(run("track", tmp_path / "small.toml", "--json").stdout)
    left = {one["path"]: one for one in found["stay_or_switch"]}
    stay, best = left[PATH], left[found["recommended"]]
    assert (stay["eligible"], best["path"] == PATH) == (False, False)
    said = " ".join(run("track", tmp_path / "small.toml").stdout.split())
    for way in (stay, best):
        assert f"USD {way['remaining']:,.0f} and {way['weeks']:,.0f} weeks" in said
    assert f"To stay: USD {stay['remaining'] - best['remaining']:,.0f} more, and it is ruled out: " in said


def test_a_file_that_names_no_path_is_told_which_one_was_taken(given, tmp_path):
    unnamed = given.model_copy(update={"actuals": given.actuals.model_copy(update={"path": None})})
    for name, one in (("named", given), ("unnamed", unnamed)):
        (tmp_path / f"{name}.toml").write_text(as_toml(one), encoding="utf-8")
    named, taken = (run("track", tmp_path / f"{name}.toml", "--json") for name in ("named", "unnamed"))
    assert "note:" not in named.stderr
    path = json.loads(taken.stdout)["path"]
    assert "actuals.path is not named" in taken.stderr
    assert f'path = "{path}"' in " ".join(taken.stderr.split())
    noted = run("calc", tmp_path / "unnamed.toml", "--trials", "0").stderr
    assert f'path = "{path}"' in " ".join(noted.split())


def test_what_is_typed_into_a_workbook_is_read_checked_and_compared(workbooks, tmp_path):
    typed = {("Actuals", "D6"): 9000, ("Actuals", "D17"): 5, ("Actuals", "D18"): 9000, ("Actuals", "D19"): 0.1}
    filled = cells.edited(workbooks / "before.xlsx", typed, tmp_path / "filled.xlsx")
    read = json.loads(run("read", filled, "--json").stdout)
    assert read["scenario"]["actuals"] == {
        "labour": [9000], "leader_hours": [5], "losses": [9000], "core_done": [0.1],
    }  # fmt: skip
    checked = run("check", filled)
    assert "actuals.core_done, month 1" in checked.stdout
    assert "actuals.labour" in run("diff", workbooks / "before.xlsx", filled).stdout


def test_a_month_half_filled_and_a_skipped_one_are_asked_for_by_cell_or_by_name(workbooks, tmp_path):
    skipped = cells.edited(workbooks / "before.xlsx", {("Actuals", "E6"): 9000}, tmp_path / "skipped.xlsx")
    ended = run("track", skipped)
    assert (ended.exit_code, "month 1" in ended.stderr) == (4, True)
    half = cells.edited(workbooks / "made.xlsx", {("Actuals", "E6"): None}, tmp_path / "half.xlsx")
    ended = run("track", half)
    assert (ended.exit_code, "actuals.labour, month 2" in ended.stderr) == (4, True)
    for line in (
        ("calc", half, "--trials", "0"),
        ("diff", workbooks / "before.xlsx", half),
        ("design", half),
        ("explain", half),
    ):
        noted = run(*line)
        assert (noted.exit_code, "engagement track will ask: actuals.labour, month 2" in noted.stderr) == (0, True), (
            line
        )


def test_a_cell_that_is_no_amount_is_refused_by_its_place(workbooks, tmp_path):
    wrong = cells.edited(workbooks / "made.xlsx", {("Actuals", "D6"): "1,234 or so"}, tmp_path / "wrong.xlsx")
    ended = run("track", wrong)
    assert (ended.exit_code, "Actuals!D6" in ended.stderr) == (4, True)


def test_an_actual_that_is_spelled_otherwise_is_noted(workbooks, tmp_path):
    typed = {("Actuals", "D6"): 9000, ("Actuals", "D17"): "5 h", ("Actuals", "D18"): 0, ("Actuals", "D19"): "10%"}
    ended = run("read", cells.edited(workbooks / "before.xlsx", typed, tmp_path / "filled.xlsx"))
    assert "actuals.leader_hours, month 1): '5 h' was read as 5" in ended.stderr
    assert "actuals.core_done, month 1): '10%' was read as 0.1" in ended.stderr
    assert "9000" not in ended.stderr


def test_a_path_changed_half_way_is_asked_about(workbooks, tmp_path):
    book = build.book([scenario(PROJECT)], 0)
    sheet, row, _ = book.names["plan_path"]
    changed = cells.edited(workbooks / "made.xlsx", {(sheet, f"C{row}"): "freelancer"}, tmp_path / "changed.xlsx")
    ended = run("track", changed)
    assert ended.exit_code == 4
    assert f"{PATH} was the path in the plan" in ended.stderr
    noted = run("calc", changed, "--trials", "0")
    assert (noted.exit_code, f"engagement track will ask: actuals.path   {PATH} was" in noted.stderr) == (0, True)


def test_a_negative_correction_typed_into_a_cell_lowers_the_forecast_by_its_amount(workbooks, given, tmp_path):
    labour = given.actuals.labour[1]
    lower = cells.edited(workbooks / "made.xlsx", {("Actuals", "E6"): labour - 50_000}, tmp_path / "lower.xlsx")
    before, after = (json.loads(run("track", file, "--json").stdout) for file in (workbooks / "made.xlsx", lower))
    assert after["forecast"]["total"] == pytest.approx(before["forecast"]["total"] - 50_000)


def test_a_folder_of_tracked_workbooks_is_shown_side_by_side_and_what_is_missing_is_named(workbooks, tmp_path):
    cells.edited(workbooks / "made.xlsx", {("Actuals", "E6"): None}, tmp_path / "half.xlsx")
    for name in ("made", "before"):
        (tmp_path / f"{name}.xlsx").write_bytes((workbooks / f"{name}.xlsx").read_bytes())
    ended = run("track", tmp_path, "--json")
    read = json.loads(ended.stdout)
    assert ended.exit_code == 3
    assert [(one["file"], one["path"], one["month"]) for one in read["tracked"]] == [("made.xlsx", PATH, MONTHS)]
    assert read["tracked"][0].keys() >= {"plan", "actual", "forecast", "end_date", "advice"}
    assert [one["file"] for one in read["refused"]] == ["half.xlsx"]
    assert "half.xlsx: actuals.labour, month 2" in ended.stderr
    narrow = CliRunner(env={"COLUMNS": "80"}).invoke(command.app, ["track", str(tmp_path)]).stdout
    one = read["tracked"][0]
    [row] = [line for line in narrow.splitlines() if line.split()[:1] == ["made.xlsx"]]
    assert row.split()[2:] == [
        str(MONTHS), *(f"{one[name]:,.0f}" for name in ("plan", "actual", "forecast")), one["end_date"],
    ]  # fmt: skip
    assert f"made.xlsx: {one['label']}; {one['advice'].replace('_', ' ')}." in " ".join(narrow.split())


def test_a_folder_shows_what_the_forecasts_leave_of_their_budgets(given, workbooks, tmp_path):
    limited = given.model_copy(update={"money": given.money.model_copy(update={"budget": 60_000.0})})
    (tmp_path / "limited.xlsx").write_bytes(build.build(limited, 0))
    (tmp_path / "made.xlsx").write_bytes((workbooks / "made.xlsx").read_bytes())
    headroom = json.loads(run("track", tmp_path / "limited.xlsx", "--json").stdout)["budget"]["headroom"]
    read = json.loads(run("track", tmp_path, "--json").stdout)
    assert [(one["budget"], one["headroom"]) for one in read["tracked"]] == [(60_000, headroom), (None, None)]
    shown = {line.split()[0]: line.split() for line in run("track", tmp_path).stdout.splitlines() if ".xlsx" in line}
    assert shown["limited.xlsx"][6:8] == ["60,000", f"{headroom:,.0f}"]
    assert len(shown["made.xlsx"]) == len(shown["limited.xlsx"]) - 2


def test_a_tracked_workbook_is_read_once(workbooks, monkeypatch):
    opened, cells_of = [], intake.cells

    def counted(path, *rest, **options):
        opened.append(path)
        return cells_of(path, *rest, **options)

    monkeypatch.setattr(intake, "cells", counted)
    for line in (("track", workbooks / "made.xlsx"), ("explain", workbooks / "made.xlsx")):
        assert run(*line).exit_code == 0
        assert opened == [str(workbooks / "made.xlsx")]
        opened.clear()


def test_a_folder_in_which_nothing_is_tracked_is_refused_with_what_to_do(workbooks, tmp_path):
    (tmp_path / "before.xlsx").write_bytes((workbooks / "before.xlsx").read_bytes())
    ended = run("track", tmp_path)
    assert ended.exit_code == 4
    assert "holds no workbook in which actuals are entered" in ended.stderr
    assert ended.stdout == ""


def test_a_core_that_would_be_done_after_the_horizon_is_told_as_the_sheet_forecast_tells_it(given, tmp_path):
    slow = given.model_copy(update={"actuals": given.actuals.model_copy(update={"core_done": (0.01, 0.02)})})
    (tmp_path / "slow.toml").write_text(as_toml(slow), encoding="utf-8")
    made = build.book([slow], 0)
    made.finish()
    sentence = str(np.ravel(made.sheets["Forecast"].cells[forecast.LATE, 1].value)[0])
    assert "past the horizon of 12" in sentence
    assert sentence in " ".join(run("track", tmp_path / "slow.toml").stdout.split())


def test_a_way_on_that_is_ruled_out_or_that_no_answer_speaks_for_is_marked(given, tmp_path):
    """The cheapest way on is not always the one that is recommended, and a reader asks why."""
    (tmp_path / "open.toml").write_text(
        as_toml(given.model_copy(update={"answers": {"from_scratch": "yes"}})), encoding="utf-8"
    )
    found = json.loads(run("track", tmp_path / "open.toml", "--json").stdout)
    out = [one["path"] for one in found["stay_or_switch"] if not one["eligible"]]
    # What is built from scratch has nothing that a firm could repair, and speaks for a partner.
    assert {"remediate_then_freelancers", "production_firm", "audit_then_freelancers"} <= {*out}
    speaks_for = {one["path"] for one in found["stay_or_switch"] if one["evidence"]}
    assert speaks_for == {"engineering_partner", "pilot_then_partner"}
    shown = run("track", tmp_path / "open.toml").stdout
    assert " ?  Fixed-price shop throughout" in shown
    assert "> recommended now   ? no answer so far speaks for it" in shown
