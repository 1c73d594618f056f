"""--defaults and ENGAGEMENT_DEFAULTS on the commands that take a scenario or a portfolio; what workbooks keep of them."""

import csv
import inspect
import json

import openpyxl
import pytest

from tests.command.runner import run
from workbook.command import SUBCOMMANDS

COMPANY = """[project]
currency = "EUR"
usd_rate = 0.92
[overrides.freelancer]
rework = [0.1, 0.2, 0.35]
[basis.freelancer]
rework = "own history, n = 41"
"""
PROJECT = '[project]\nname = "A"\nstart = 2026-12-01\n'


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "company.toml").write_text(COMPANY, encoding="utf-8")
    (tmp_path / "a.toml").write_text(PROJECT, encoding="utf-8")
    return tmp_path


def test_every_command_that_takes_a_scenario_or_portfolio_takes_defaults():
    taking = {
        subcommand.__name__
        for subcommand in SUBCOMMANDS
        if {"scenario", "portfolio"} & set(inspect.signature(subcommand).parameters)
    }
    for subcommand in SUBCOMMANDS:
        if subcommand.__name__ in {*taking, "new", "diff", "mail"}:
            assert "defaults" in inspect.signature(subcommand).parameters, subcommand.__name__


def test_the_option_and_the_variable_do_the_same(files, monkeypatch):
    by_option = run("calc", "a.toml", "--json", "--trials", "0", "--defaults", "company.toml")
    monkeypatch.setenv("ENGAGEMENT_DEFAULTS", "company.toml")
    assert run("calc", "a.toml", "--json", "--trials", "0").stdout == by_option.stdout
    assert json.loads(by_option.stdout)["scenario"]["basis"]["project"]["currency"] == "company default"


def test_a_fault_of_the_defaults_names_their_file(files):
    (files / "company.toml").write_text("[project]\nusd_rate = 0\n", encoding="utf-8")
    for line in (["calc", "a.toml"], ["build", "a.toml", "-o", "a.xlsx"], ["new", "b.toml"]):
        ended = run(*line, "--defaults", "company.toml")
        assert ended.exit_code == 4
        assert "company.toml" in ended.stderr
        assert "line 2 (project.usd_rate)" in ended.stderr
    assert sorted(file.name for file in files.iterdir()) == ["a.toml", "company.toml"]


def test_a_workbook_keeps_what_its_figures_are_based_on(files):
    run("build", "a.toml", "-o", "a.xlsx", "--runs", "0", "--edition", "light", "--defaults", "company.toml")
    book = openpyxl.load_workbook("a.xlsx")
    based = {row[2].value: row[14].value for row in book["Parameters"].iter_rows(min_row=6) if row[14].value}
    assert based["freelancer.rework"] == "company default (own history, n = 41)"
    inputs = {row[1].value: row[8].value for row in book["Inputs"].iter_rows(min_row=5) if row[8].value}
    assert inputs == {"project.currency": "company default", "project.usd_rate": "company default"}
    read = run("read", "a.xlsx")
    assert 'rework = "company default (own history, n = 41)"' in read.stdout
    assert "3 values are company defaults" in read.stderr
    checked = run("check", "a.xlsx")
    assert checked.exit_code == 0
    assert "3 values are company defaults" in checked.stdout
    book["Inputs"]["C10"] = 0.95
    assert book["Inputs"]["B10"].value == "project.usd_rate"
    book.save("b.xlsx")
    assert "usd_rate" not in run("read", "b.xlsx").stdout.partition("[basis.project]")[2]


def test_new_leaves_to_the_defaults_what_they_say(files):
    run("new", "b.toml", "--defaults", "company.toml")
    by_new = run("calc", "b.toml", "--json", "--trials", "0", "--defaults", "company.toml")
    scenario = json.loads(by_new.stdout)["scenario"]
    assert scenario["project"]["currency"] == "EUR"
    assert scenario["basis"]["freelancer"]["rework"] == "company default (own history, n = 41)"


def test_defaults_stand_under_every_row_of_a_portfolio_and_make_other_workbooks(files):
    with (files / "p.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(
            [["project.name", "project.start", "money.budget"], ["A", "2026-12-01", "€ 30000"], ["B", "2026-12-01", ""]]
        )
    assert run("batch", "p.csv", "-o", "out", "--defaults", "company.toml").exit_code == 0
    lines = [json.loads(line) for line in (files / "out" / "manifest.jsonl").read_text().splitlines()]
    assert [line["currency"] for line in lines if "row" in line] == ["EUR", "EUR"]
    again = run("batch", "p.csv", "-o", "out", "--defaults", "company.toml")
    assert "2 unchanged" in again.stderr
    (files / "company.toml").write_text(COMPANY.replace("0.35", "0.4"), encoding="utf-8")
    assert "2 written" in run("batch", "p.csv", "-o", "out", "--defaults", "company.toml").stderr
