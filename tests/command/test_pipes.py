"""Pipes: a portfolio from standard input, and what was done as one JSON object on standard output."""

import io
import json

import openpyxl
import pytest

from calc.scenario import normal_form, scenario
from tests.bulk.batches import files
from tests.command.runner import run

ROW = {"id": "a", "project.name": "A", "project.start": "2026-12-01", "answers.shifting": "yes"}
CSV = ",".join(ROW) + "\n" + ",".join(ROW.values()) + "\n"


def as_xlsx(rows):
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


@pytest.fixture
def batch():
    """The batch with one process."""
    return lambda *arguments, **given: run("batch", *arguments, "--jobs", 1, **given)


def test_a_portfolio_from_standard_input_makes_the_workbooks_of_its_file_whatever_its_form(tmp_path, batch):
    made = {}
    for form, text in (
        ("csv", CSV),
        ("jsonl", json.dumps(ROW) + "\n"),
        ("xlsx", as_xlsx([list(ROW), list(ROW.values())])),
    ):
        for options in ((), ("--format", form)):
            ended = batch("-", "-o", tmp_path / form, *options, "--json", given=text)
            assert ended.exit_code == 0, ended.stderr
        assert json.loads(ended.stdout)["rows"] == {"written": 0, "unchanged": 1, "refused": 0, "failed": 0}
        made[form] = files(tmp_path / form / "workbooks")
    assert made["csv"] == made["jsonl"] == made["xlsx"]


def test_standard_input_that_is_no_portfolio_is_refused_by_that_name(tmp_path, batch):
    for given in ("", "a,b\n1,2\n"):
        ended = batch("-", "-o", tmp_path / "out", given=given)
        assert ended.exit_code == 4
        assert ended.stderr.startswith("standard input: ")
    assert not (tmp_path / "out").exists()


def test_the_format_belongs_to_standard_input(tmp_path, batch):
    (tmp_path / "p.csv").write_text(CSV, encoding="utf-8")
    assert batch(tmp_path / "p.csv", "-o", tmp_path / "out", "--format", "csv").exit_code == 2


def test_rows_that_are_refused_are_counted_in_the_json_of_a_batch(tmp_path, batch):
    ended = batch("-", "-o", tmp_path / "out", "--json", given=CSV.replace("yes", "perhaps"))
    assert ended.exit_code == 3
    assert json.loads(ended.stdout)["rows"]["refused"] == 1


def test_build_says_as_json_what_it_made_and_what_calc_recommends(minimal):
    made = json.loads(run("build", minimal, "--json").stdout)
    choice = json.loads(run("calc", minimal, "--json", "--trials", 0).stdout)["recommendation"]
    assert made == {
        "schema": 1, "workbook": str(minimal.with_suffix(".xlsx")), "pdf": None, "recommended": choice["path"],
        "status": choice["status"], "reason": made["reason"],
    }  # fmt: skip
    assert run("build", minimal, "-o", "-", "--json").exit_code == 2


def test_read_gives_the_scenario_as_json_that_is_a_scenario_again(minimal, tmp_path):
    book = minimal.with_suffix(".xlsx")
    assert run("build", minimal, "--runs", 0).exit_code == 0
    ended = run("read", book, "--json", "-o", tmp_path / "back.toml")
    found = json.loads(ended.stdout)
    assert (found["schema"], found["file"], found["notes"]) == (1, str(tmp_path / "back.toml"), [])
    assert (
        json.loads(run("calc", "-", "--json", given=json.dumps(found["scenario"])).stdout)["scenario"]
        == json.loads(run("calc", minimal, "--json").stdout)["scenario"]
    )
    assert normal_form(scenario(found["scenario"]))["project"]["name"] == "Checkout rescue"
