"""The recipes of docs/carry-on.md, followed in a copy of the tree: a parameter, a cost line, a sheet and a command."""

import json
import os
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "build" / "examples" / "bounded_bug.toml"

PARAMETER = """
[freelancer.insurance]
label = "Liability insurance a month"
unit = "USD/month"
range = { low = 40, likely = 50, high = 80 }
better = "low"
basis = "assumption"
references = []
note = "What the client pays towards the freelancer's insurance."

"""
COST_LINE = '''

@quantity("path", unit="currency/month", label="Insurance a month")
def insurance_monthly(insurance_of_last_core):
    """Insurance of those who do the last core phase."""
    return insurance_of_last_core


@quantity("path", unit="currency", label="Insurance")
def insurance_total(insurance_monthly, horizon_months):
    """Insurance until the horizon."""
    return insurance_monthly * horizon_months
'''
COST_BY_MONTH = '''

@quantity("month", unit="currency", label="Insurance in the month")
def plan_insurance(all_insurance_monthly, plan_path, in_horizon):
    """Insurance in the month, on the path in the plan."""
    return picked_or(all_insurance_monthly, plan_path, 0) * in_horizon
'''
SHEET = '''"""Insurance: the cost line for each path."""

from workbook.write.sheets.heading import framed

NAME = "Insurance"


def add(book):
    framed(book, NAME, "result", "Insurance", "What insurance costs on each path.", {1: 40, 2: 14})
    for at, path in enumerate(book.structure.paths):
        book.sheets[NAME].put(5 + at, 1, path.label, "label")
        book.later(NAME, lambda at=at: book.fetch(NAME, 5 + at, 2, book.spot("insurance_total", path=at), "calc", "money"))
'''
COMMAND = '''"""`engagement insurance`: the cost line of each path."""

import typer

from workbook.command.scenario_argument import ScenarioName, read_scenario


def insurance(scenario: ScenarioName) -> None:
    """Show what insurance costs on each path."""
    from calc.results import results

    [result] = results([read_scenario(scenario)], trials=0)
    for path, outcome in result["paths"].items():
        typer.echo(f"{path} {outcome['lines']['insurance']:.0f}")
'''
# What each recipe says to touch: for every file, what is replaced by what. The files of the sheet and the command are new.
EDITS = {
    "calc/catalogue/data/parameters.toml": {"[freelancer.run_rate]": PARAMETER.lstrip() + "[freelancer.run_rate]"},
    "calc/quantities/lines.py": {'"support_total",': '"support_total",\n    "insurance": "insurance_total",'},
    "calc/quantities/results.py": {
        "retainer_total, support_total)": "retainer_total, support_total, insurance_total)",
        "retainer_total + support_total": "retainer_total + support_total + insurance_total",
    },
    "calc/quantities/cash.py": {
        "    support_start,": "    support_start,\n    insurance_monthly,",
        "rewritten + kept)": "rewritten + kept + insurance_monthly)",
    },
    "calc/quantities/cash_lines.py": {
        "    plan_support,\n):": "    plan_support,\n    plan_insurance,\n):",
        "plan_retainer + plan_support": "plan_retainer + plan_support + plan_insurance",
        '    "support": "plan_support",': '    "support": "plan_support",\n    "insurance": "plan_insurance",',
    },
    "calc/scenario/schema.py": {"    support: Months = ()": "    support: Months = ()\n    insurance: Months = ()"},
    "calc/actual_lines.py": {
        '    "support": ("support_monthly"': '    "insurance": ("insurance_monthly", "run_left"),\n    "support": ("support_monthly"'
    },
    "workbook/write/sheets/plan.py": {
        '    "A rewrite, weighted': '    "Insurance": ("insurance_total", None, None, None),\n    "A rewrite, weighted',
    },
    "workbook/write/palette.py": {'    "support"': '    "insurance": GREEN,\n    "support"'},
    "workbook/write/build.py": {
        "    inputs,\n": "    inputs,\n    insurance,\n",
        "checks, about,": "checks, about, insurance,",
    },
    "workbook/command/examples.py": {'    "facts": (': '    "insurance": ("engagement insurance",),\n    "facts": ('},
    "workbook/command/__init__.py": {
        "from workbook.command.mail import": "from workbook.command.insurance import insurance\nfrom workbook.command.mail import",
        "    facts,\n)": "    facts,\n    insurance,\n)",
    },
}


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """A copy of the tree in which every recipe was followed, and nothing else was changed."""
    root = tmp_path_factory.mktemp("tree")
    for name in ("calc", "workbook", "build"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name, changes in EDITS.items():
        text = (root / name).read_text(encoding="utf-8")
        for old, new in changes.items():
            assert text.count(old) == 1, (name, old)
            text = text.replace(old, new)
        (root / name).write_text(text, encoding="utf-8")
    with (root / "calc" / "quantities" / "after_delivery.py").open("a", encoding="utf-8") as file:
        file.write(COST_LINE)
    with (root / "calc" / "quantities" / "cash_lines.py").open("a", encoding="utf-8") as file:
        file.write(COST_BY_MONTH)
    (root / "workbook" / "write" / "sheets" / "insurance.py").write_text(SHEET, encoding="utf-8")
    (root / "workbook" / "command" / "insurance.py").write_text(COMMAND, encoding="utf-8")
    ran(root, "build/draws.py")
    return root


def ran(root, *arguments):
    """Python with the modules of the copy, and what it printed."""
    environment = os.environ | {
        "PYTHONPATH": str(root),
        "PYTHONUTF8": "1",
        "COLUMNS": "200",
        "XDG_STATE_HOME": str(root),
    }
    ended = subprocess.run(
        [sys.executable, *map(str, arguments)], cwd=root, env=environment, capture_output=True, text=True, timeout=120
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


@pytest.fixture(scope="module")
def result(tree):
    return json.loads(ran(tree, "-m", "workbook.command", "calc", EXAMPLE, "--json", "--trials", "0"))


@pytest.fixture(scope="module")
def workbook(tree):
    ran(tree, "-m", "workbook.command", "build", EXAMPLE, "--runs", "0", "-o", "out.xlsx")
    return load_workbook(BytesIO((tree / "out.xlsx").read_bytes()), data_only=True)


def test_a_parameter_is_a_figure_of_facts_and_of_new(tree):
    facts = json.loads(ran(tree, "-m", "workbook.command", "facts", "--json"))
    assert facts["parameters"]["freelancer"]["insurance"]["likely"] == 50
    assert "# insurance = " in ran(tree, "-m", "workbook.command", "new", "-")


def test_a_parameter_can_be_overridden(tree, result):
    text = EXAMPLE.read_text(encoding="utf-8")
    assert "[overrides.freelancer]" not in text
    (tree / "own.toml").write_text(f"{text}\n[overrides.freelancer]\ninsurance = 90\n", encoding="utf-8")
    own = json.loads(ran(tree, "-m", "workbook.command", "calc", "own.toml", "--json", "--trials", "0"))
    before, now = (each["paths"]["freelancer"]["lines"]["insurance"] for each in (result, own))
    assert now == pytest.approx(before * 90 / 50)


def test_a_cost_line_is_part_of_the_total_and_of_the_months(result):
    months = result["scenario"]["project"]["horizon_months"]
    path = result["paths"]["freelancer"]
    assert path["lines"]["insurance"] == pytest.approx(50 * months)
    for path in result["paths"].values():
        assert sum(path["lines"].values()) == pytest.approx(path["total"])
        assert sum(path["months"]) == pytest.approx(path["total"])


def test_a_cost_line_is_a_column_of_the_comparison_and_the_checks_hold(workbook, result):
    heads = {cell.value: cell.column for row in workbook["Costs"].iter_rows() for cell in row}
    values = [
        cell.value
        for [cell] in workbook["Costs"].iter_rows(min_col=heads["insurance_total"], max_col=heads["insurance_total"])
    ]
    assert [path["lines"]["insurance"] for path in result["paths"].values()] == values[-len(result["paths"]) :]
    assert str(workbook["Checks"]["A3"].value).startswith("All")


def test_a_sheet_has_its_tab_and_fetches_its_values(workbook, result):
    assert workbook.sheetnames[-1] == "Insurance"
    shown = {row[0].value: row[1].value for row in workbook["Insurance"].iter_rows(min_row=5)}
    assert shown == {path["label"]: path["lines"]["insurance"] for path in result["paths"].values()}


def test_a_command_is_listed_in_the_help_and_runs(tree):
    assert "Show what insurance costs on each path." in ran(tree, "-m", "workbook.command", "--help")
    assert "freelancer 150" in ran(tree, "-m", "workbook.command", "insurance", EXAMPLE).splitlines()
