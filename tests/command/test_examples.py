"""The examples at the end of every --help: each is shown, and each works."""

import shutil
import subprocess
import sys

import pytest

from tests.command.runner import APP_BUILT, ROOT, process, run
from tests.command.test_readme import run as run_line
from tests.command.test_readme import subcommands
from tests.receive.filled_form import OFFER, filled
from workbook.command.examples import EXAMPLES

KITCHENHAM = ROOT / "tests" / "history" / "data" / "kitchenham.csv"
WINDOWS_ONLY = ("addin install", "addin doctor")
PORTFOLIO = "id,project.name,project.start\na,A,2026-12-01\nb,B,2026-12-01\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with the files that the examples name and do not make themselves."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("workbook.mail.first_page", lambda workbook: None)
    shutil.copy(APP_BUILT, "rescue.toml")
    shutil.copy(APP_BUILT, "tracked.toml")
    (tmp_path / "portfolio.csv").write_text(PORTFOLIO, encoding="utf-8")
    shutil.copy(KITCHENHAM, "history.csv")
    (tmp_path / "answers.txt").write_text("Checkout rescue\n2026-12-01\nstop\n", encoding="utf-8")
    (tmp_path / "recipients.csv").write_text("to,name,workbook\nada@example.com,Ada,rescue.xlsx\n", encoding="utf-8")
    (tmp_path / "forms").mkdir()
    filled(tmp_path / "forms" / "nordlicht.xlsx", OFFER)
    return tmp_path


def test_every_subcommand_has_examples():
    assert EXAMPLES.keys() == subcommands()


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_the_help_of_a_subcommand_ends_with_its_examples_each_on_a_line(name):
    lines = [line.strip() for line in run(*name.split(), "--help").stdout.splitlines()]
    assert [line for line in EXAMPLES[name] if line not in lines] == []


def test_every_example_works_one_after_the_other(folder):
    ended = []
    for name, lines in EXAMPLES.items():
        if name not in WINDOWS_ONLY:
            ended += [(line, *run_line(line, given="A\n")) for line in lines]
    assert [(line, output) for line, code, output in ended if code] == []


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("sensitivity x.toml --between fix", "fixed_price_shop"),
        ("facts leader", "leadership"),
        ("build x.toml --edition l", "light"),
        ("batch - --format js", "jsonl"),
    ],
)
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_offers_the_values_of_an_argument(typed, offered, shell):
    words = typed.split()
    environment = {
        "_ENGAGEMENT_COMPLETE": f"complete_{shell}", "COMP_WORDS": f"engagement {typed}", "COMP_CWORD": str(len(words)),
        "_TYPER_COMPLETE_ARGS": f"engagement {typed}", "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }  # fmt: skip
    assert offered in process(env=environment).stdout.decode()


@pytest.mark.skipif(sys.platform == "win32" or not shutil.which("bash"), reason="needs bash")
@pytest.mark.parametrize("typed", ["calc resc", "batch port", "build rescue.toml -o resc"])
def test_the_shell_completes_the_names_of_files_itself(typed, folder):
    environment = {
        "_ENGAGEMENT_COMPLETE": "complete_bash", "COMP_WORDS": f"engagement {typed}",
        "COMP_CWORD": str(len(typed.split())),
    }  # fmt: skip
    assert process(env=environment).stdout.strip() == b""
    script = process(env={"_ENGAGEMENT_COMPLETE": "source_bash"}).stdout
    asked = subprocess.run(["bash", "--norc"], input=script + b"\ncomplete -p engagement\n", capture_output=True)
    assert b"-o default" in asked.stdout
