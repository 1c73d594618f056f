"""README and docs: what they tell people to type works, what they point to exists, and what follows from code is as the code."""

import importlib.util
import os
import re
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from calc.scenario import from_text
from tests.receive.filled_form import OFFER, filled
from workbook import command
from workbook.write.build import book
from workbook.write.once.live_trials import LIVE_TRIALS

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "changelog.d").glob("*.md")])
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# What only the machine of the reader has or should do.
NOT_RUN = ("make", "pipx", "python", "pip")


def text_of(document):
    return document.read_text(encoding="utf-8")


def blocks():
    """(language, file that the block is the content of or "", text) for every fenced block of the README, in order."""
    return BLOCK.findall(text_of(README))


def commands():
    """Every command line of the README, in order."""
    return [line for language, _, text in blocks() if language == "sh" for line in text.splitlines() if line.strip()]


@cache
def subcommands():
    """Every subcommand as it is typed: `calc`, `addin build`, ..."""

    def leaves(group, way):
        for name, found in group.commands.items():
            if hasattr(found, "commands"):
                yield from leaves(found, (*way, name))
            else:
                yield " ".join((*way, name))

    return set(leaves(typer.main.get_command(command.app), ()))


# ---------------------------------------------------------------------------------------------------- commands


def run(line, given=None):
    """Exit code and output of a command line; `< FILE` is standard input, else what is given, `> FILE` catches the output."""
    words = shlex.split(line, comments=True)[1:]
    files = {}
    for sign in "<>":
        if sign in words:
            at = words.index(sign)
            files[sign] = words[at + 1]
            del words[at : at + 2]
    caught = files.get(">")
    given = Path(files["<"]).read_bytes() if "<" in files else given
    result = CliRunner(env={"COLUMNS": "80"}).invoke(command.app, words, input=given, prog_name="engagement")
    if caught:
        Path(caught).write_bytes(result.stdout_bytes)
    return result.exit_code, result.output


def test_every_command_of_the_readme_works_one_after_the_other_and_writes_what_it_says(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "forms").mkdir()
    filled(tmp_path / "forms" / "nordlicht.xlsx", OFFER)
    # LibreOffice takes its time, and the tests of the mail look at the picture.
    monkeypatch.setattr("workbook.mail.first_page", lambda workbook: None)
    ended, written = [], []
    for language, name, text in blocks():
        if name:
            Path(name).write_text(text, encoding="utf-8")
        for line in text.splitlines() if language == "sh" else ():
            if line.split()[0] == "engagement":
                ended.append((line, *run(line, given="Checkout rescue\n")))
                written += re.findall(r"(?:-o|>) (\S+)", line)
    assert [(line, output) for line, code, output in ended if code] == []
    assert len(ended) >= 15
    assert written
    assert [name for name in written if not Path(name).exists()] == []


def test_what_the_readme_runs_is_the_command_of_this_project_or_named_as_the_readers_own():
    assert [line for line in commands() if line.split()[0] not in ("engagement", *NOT_RUN)] == []


def test_the_targets_of_make_that_the_documents_name_exist():
    makefile = text_of(ROOT / "Makefile")
    named = {
        target for document in DOCUMENTS for target in re.findall(r"(?:^|`| {4})make ([a-z]+)", text_of(document), re.M)
    }
    assert {"demo", "test"} <= named
    assert [target for target in sorted(named) if not re.search(rf"^{target}:", makefile, re.M)] == []


def test_the_python_of_the_readme_runs(tmp_path):
    for _, name, text in blocks():
        if name:
            (tmp_path / name).write_text(text, encoding="utf-8")
    [code] = [text for language, _, text in blocks() if language == "python"]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    line = [sys.executable, "-W", "ignore", "-c", code]
    ended = subprocess.run(line, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.split()


def test_every_subcommand_is_documented_in_the_readme():
    text = " ".join(text_of(README).split())
    assert [name for name in sorted(subcommands()) if f"engagement {name}" not in text] == []


def test_every_subcommand_that_a_document_names_exists():
    groups = {name.split()[0] for name in subcommands() if " " in name}
    wrong = []
    for document in DOCUMENTS:
        for name in re.findall(r"(?:`|^ *)engagement ([a-z]+(?: [a-z]+)?)", text_of(document), re.M):
            first = name.split()[0]
            typed = name if first in groups else first
            if typed not in subcommands() | groups:
                wrong.append((document.name, name))
    assert wrong == []


def test_every_option_that_the_readme_types_is_explained_by_help():
    for line in commands():
        words = shlex.split(line, comments=True)
        if words[0] == "engagement":
            name = [word for word in words[1:3] if " ".join(words[1:3]) in subcommands() or word == words[1]]
            told = CliRunner().invoke(command.app, [*name, "--help"]).stdout
            assert [word for word in words if word.startswith("-") and word != "-" and word not in told] == [], line


# ---------------------------------------------------------------------------------------------------- links and figures


def headings(document):
    """The anchors of a document's headings."""
    found = re.findall(r"^#+ (.+)$", BLOCK.sub("", text_of(document)), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(document):
    wrong = []
    for target in re.findall(r"\]\((?!https://)([^)]+)\)", text_of(document)):
        file, _, anchor = target.partition("#")
        place = (document.parent / file).resolve() if file else document
        if not place.exists() or (anchor and anchor not in headings(place)):
            wrong.append(target)
    assert wrong == []


def test_the_sections_of_the_model_that_the_code_names_exist():
    named = set()
    for tree in ("calc", "workbook", "build"):
        for file in (ROOT / tree).rglob("*.py"):
            named |= set(re.findall(r'docs/model\.md, "([^"]+)"', text_of(file)))
    assert named
    assert named <= set(re.findall(r"^## (.+)$", text_of(ROOT / "docs" / "model.md"), re.M))


def test_files_that_the_documents_name_in_passing_exist():
    names = re.compile(r"`((?:calc|workbook|tests|build|docs)/[\w./-]*\w/?|\.ci/run)`")
    wrong = [
        (document.name, name)
        for document in DOCUMENTS
        for name in names.findall(text_of(document))
        if not any((ROOT / f"{name}{ending}").exists() for ending in ("", ".py"))
    ]
    assert wrong == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_no_document_speaks_of_one_machine(document):
    assert re.findall(r"(?<![\w.])/(?:home|opt|work|tmp|root|usr)/\S*", text_of(document)) == []


def test_the_readme_names_every_sheet_of_the_workbook():
    example = ROOT / "build" / "examples" / "bounded_bug.toml"
    quote = '\n[[quotes]]\nvendor = "Nordlicht"\nmodel = "freelancer"\nrate = 95\n'
    made = book([from_text(text_of(example) + quote, example.name)], runs=64)
    text = text_of(README)
    table = text[text.index("## What is in the workbook") :].partition("\n\nIt is one")[0]
    assert set(re.findall(r"\*\*([^*]+)\*\*", table)) == set(made.sheets)


def test_the_number_of_live_trials_is_the_one_that_the_decisions_explain():
    assert f"**{LIVE_TRIALS} live trials.**" in text_of(ROOT / "docs" / "decisions.md")


def test_the_picture_is_a_png_that_loads_at_once():
    picture = (ROOT / "docs" / "summary.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) < 200_000


def test_docs_model_is_what_code_and_data_say():
    place = ROOT / "build" / "model_doc.py"
    made = importlib.util.module_from_spec(spec := importlib.util.spec_from_file_location("model_doc", place))
    spec.loader.exec_module(made)
    text = text_of(made.DOCUMENT)
    assert made.renewed(text) == text, "run: python build/model_doc.py"
    listed = set(re.findall(r"^- \*\*.+?\*\*, `(\w+)`", text, re.M))
    assert listed == set(made.QUANTITIES), "a module of calc/quantities has no section in docs/model.md"


def test_no_text_installs_the_calculator_by_a_name_that_no_package_index_has_for_us():
    places = [ROOT / name for name in ("README.md", "Makefile", "make.ps1", "docs", "build", "calc", "workbook", ".ci")]
    texts = [file for place in places for file in ([place] if place.is_file() else sorted(place.rglob("*")))]
    found = [
        (file.relative_to(ROOT).as_posix(), line.strip())
        for file in texts
        if file.is_file() and file.suffix not in (".png", ".pyc", ".npy", ".bin")
        for line in text_of(file).splitlines()
        if re.search(r"(install\b|CALCULATOR:).*\bengagement[-_]calculator\b(?!-[\d*])", line)
    ]
    assert found == []


def test_the_exit_codes_stand_once_each_in_order_below_a_head_that_says_what_they_are():
    text = text_of(README)
    table = text[text.index("Exit codes:") :].split("\n\n")[1].splitlines()
    head, rule, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in table)
    assert (head, set(rule)) == (["code", "meaning"], {"---"})
    assert [row[0] for row in rows] == ["0", "1", "2", "3", "4", "5", "6", "130"]
    assert all(row[1] for row in rows)


def test_the_column_of_owners_is_called_as_portfolios_call_it():
    assert "the portfolio's column `project.owner`" in " ".join(text_of(README).split())
    assert "column `owner`" not in text_of(README)


def test_the_exit_codes_of_the_readme_are_those_of_the_help():
    text = text_of(README)
    rows = [line.strip("| ").split(" | ") for line in text[text.index("| code |") :].split("\n\n")[0].splitlines()[2:]]
    help_text = " ".join(CliRunner().invoke(command.app, ["--help"]).stdout.split())
    codes = help_text[help_text.index("Exit codes: ") :].split(". ")[0].split(".")[0].removeprefix("Exit codes: ")
    plain = [[code, re.sub(r" \(.*?\)|`|; every .*", "", meaning)] for code, meaning in rows]
    assert [entry.split(" ", 1) for entry in codes.split("; ")] == plain
