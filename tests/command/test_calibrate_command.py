"""The command `engagement calibrate`, as people and programs use it."""

import json
import tomllib
from pathlib import Path

from typer.testing import CliRunner

from workbook import command

KITCHENHAM = Path(__file__).parents[1] / "history" / "data" / "kitchenham.csv"


def run(*arguments):
    line = ["calibrate", *map(str, arguments)]
    return CliRunner(env={"COLUMNS": "100"}).invoke(command.app, line, prog_name="engagement")


def test_the_json_has_the_keys_of_its_definition():
    ended = run(KITCHENHAM, "--model", "freelancer", "--estimate", "400", "--json")
    found = json.loads(ended.stdout)
    assert ended.exit_code == 0
    assert found.keys() >= {"schema", "all", "models", "core_hours", "ranges", "refused", "held"}
    assert found["all"].keys() == {"n", "p10", "p50", "p80", "p90"}
    assert found["held"].keys() == {"n", "within_p10_p90", "pinball"}
    assert found["held"]["pinball"].keys() == {"history", "published", "as_estimated"}
    assert found["core_hours"] == [400 * found["all"][name] for name in ("p10", "p50", "p90")]


def test_the_file_for_defaults_says_of_every_figure_how_many_jobs_it_rests_on(tmp_path):
    made = tmp_path / "company.toml"
    assert run(KITCHENHAM, "--model", "freelancer", "-o", made).exit_code == 0
    found = tomllib.loads(made.read_text(encoding="utf-8"))
    assert found["overrides"].keys() == {"freelancer"}
    assert found["basis"]["freelancer"] == dict.fromkeys(found["overrides"]["freelancer"], "own history, n = 145")


def test_a_file_without_a_range_is_not_offered_for_defaults(tmp_path):
    ended = run(KITCHENHAM, "-o", tmp_path / "ranges.toml")
    assert "holds no range, since no job has a model" in ended.stderr
    assert "--defaults" not in ended.stderr


def test_a_file_that_is_there_is_not_written_over(tmp_path):
    made = tmp_path / "company.toml"
    made.write_text("mine", encoding="utf-8")
    ended = run(KITCHENHAM, "-o", made)
    assert (ended.exit_code, made.read_text(encoding="utf-8")) == (2, "mine")
    assert "--force" in ended.stderr


def test_rows_that_are_no_jobs_are_named_and_end_with_3(tmp_path):
    path = tmp_path / "history.csv"
    path.write_text("estimated_hours,actual_hours\n100,120\n0,5\n", encoding="utf-8")
    ended = run(path, "--json")
    assert (ended.exit_code, len(json.loads(ended.stdout)["refused"])) == (3, 1)
    assert "left out: line 3" in ended.stderr


def test_what_a_person_reads_says_how_many_jobs_and_how_well_they_would_have_held():
    shown = " ".join(run(KITCHENHAM, "--estimate", "400").stdout.split())
    assert "145 jobs: half took at most 0.97 times the estimate, 8 of 10 between 0.65 and 1.34 times." in shown
    assert "of 73 lay between P10 and P90" in shown
    assert "name a model with --model" in shown


def test_a_single_job_shows_no_ends(tmp_path):
    path = tmp_path / "history.csv"
    path.write_text("estimated_hours,actual_hours\n100,120\n", encoding="utf-8")
    shown = " ".join(run(path, "--estimate", "400").stdout.split())
    assert "half of such jobs took at most 480 h. So few jobs do not show how far such a job may go" in shown
    assert "8 of 10" not in shown


def test_hours_that_no_scenario_takes_are_not_offered_as_core_hours():
    taken, refused = (" ".join(run(KITCHENHAM, "--estimate", hours).stdout.split()) for hours in ("400", "90000"))
    assert "As core_hours: [" in taken
    assert "As core_hours: [" not in refused
    assert "core_hours takes a number from 1 to 100,000: estimate a part of the job" in refused


def test_options_that_mean_nothing_are_usage_errors():
    for options in (["--map", "x"], ["--map", "x=nothing"], ["--model", "nobody"], ["--estimate", "-4"]):
        assert run(KITCHENHAM, *options).exit_code == 2
