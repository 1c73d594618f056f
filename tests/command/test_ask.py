"""`engagement ask`: an interview through a pipe and from a person."""

import io
import json
import tomllib

import pytest

from calc.scenario import from_text
from tests.command.runner import run
from workbook.command import dialogue

# Name, start, currency and eight fields, each as it is.
FIELDS_KEPT = "\n" * 11


def read(path):
    return from_text(path.read_text(encoding="utf-8"), str(path))


class Typed(io.StringIO):
    """What a person types; after the last line, Ctrl-C."""

    def isatty(self):
        return True

    def readline(self, *size):
        line = super().readline(*size)
        if not line:
            raise KeyboardInterrupt
        return line


@pytest.fixture
def person(monkeypatch):
    """Runs the command with what a person types instead of a pipe."""

    def runs(typed, *arguments):
        lines = dialogue.Lines(Typed(typed))
        with monkeypatch.context() as here:
            here.setattr(dialogue, "Lines", lambda stream: lines)
            return run("ask", *arguments)

    return runs


def test_answers_through_a_pipe_become_a_scenario_that_calc_reads(tmp_path):
    path = tmp_path / "rescue.toml"
    ended = run("ask", path, given=f"Checkout rescue{FIELDS_KEPT}no\nyes\nunknown\nno\n")
    assert (ended.exit_code, ended.stdout) == (0, f"{path}\n")
    given = read(path)
    assert given.project.name == "Checkout rescue"
    assert sorted(given.answers[question] for question in given.answers if given.answers[question] != "unknown") == [
        "no", "no", "yes",
    ]  # fmt: skip
    assert "So far: " in ended.stderr
    assert run("calc", path).exit_code == 0


def test_an_interview_says_whether_what_was_left_unknown_could_still_change_the_result(tmp_path):
    unsaid = run("ask", tmp_path / "unsaid.toml", given=f"Rescue{FIELDS_KEPT}yes\n" + "unknown\n" * 40).stderr
    ending = " ".join(unsaid.split())
    assert "Nothing that is still open would change it" not in ending
    assert "What was left unknown could still change it, first: “" in ending
    said = run("ask", tmp_path / "said.toml", given=f"Rescue{FIELDS_KEPT}" + "no\n" * 40).stderr
    assert "Nothing that is still open would change it" in " ".join(said.split())


def test_an_interview_written_to_standard_output_is_a_scenario():
    ended = run("ask", "-", given="A\n2027-01-01\nstop\n")
    assert from_text(ended.stdout, "x").project.start.isoformat() == "2027-01-01"


def test_a_piped_answer_that_cannot_be_read_is_refused_by_its_line_and_nothing_is_written(tmp_path):
    path = tmp_path / "rescue.toml"
    ended = run("ask", path, given="Rescue\n03/04/2027\n\n")
    assert ended.exit_code == 4
    assert "standard input, line 2" in ended.stderr
    assert not path.exists()


def test_no_answers_write_nothing(tmp_path):
    ended = run("ask", tmp_path / "x.toml", given="")
    assert ended.exit_code == 4
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_completed_only_with_consent(minimal, person):
    before = minimal.read_text(encoding="utf-8")
    assert run("ask", minimal, given="EUR\n").exit_code == 2
    assert person("no\n", minimal).exit_code == 0
    assert minimal.read_text(encoding="utf-8") == before
    assert run("ask", minimal, "--force", given="EUR\n0.92\n").exit_code == 0
    assert read(minimal).project.usd_rate == 0.92


def test_another_name_leaves_the_file_as_it_is(minimal, tmp_path):
    before = minimal.read_text(encoding="utf-8")
    assert run("ask", minimal, "-o", tmp_path / "other.toml", given="EUR\n0.92\n").exit_code == 0
    assert minimal.read_text(encoding="utf-8") == before
    assert read(tmp_path / "other.toml").project.currency == "EUR"


def test_ctrl_c_keeps_what_was_answered_and_the_same_command_goes_on_from_there(tmp_path, person):
    path = tmp_path / "rescue.toml"
    ended = person("Rescue\n\nEUR\n", path)
    assert ended.exit_code == 130
    assert "kept" in ended.stderr
    ended = run("ask", path, "--force", given="0.92\nstop\n")
    assert ended.exit_code == 0
    assert (read(path).project.currency, read(path).project.usd_rate) == ("EUR", 0.92)


def test_ctrl_c_before_the_first_answer_writes_nothing_and_says_so(tmp_path, person):
    ended = person("", tmp_path / "x.toml")
    assert ended.exit_code == 130
    assert "nothing was written" in ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_person_is_told_what_is_allowed_and_asked_again(tmp_path, person):
    path = tmp_path / "x.toml"
    ended = person("A\n\n\n8%\n?\n30000\nstop\n", path)
    assert ended.exit_code == 0
    assert "a percentage, where a number is meant" in ended.stderr
    assert "Why: " in ended.stderr
    assert read(path).money.budget == 30000


def test_a_question_explains_itself_with_its_sources(tmp_path):
    ended = run("ask", tmp_path / "x.toml", given=f"A{FIELDS_KEPT}?\n")
    assert "Asked by “" in ended.stderr


@pytest.mark.parametrize("name", ["x.xlsx", "x.json", "x", "."])
def test_ask_says_what_is_wrong_with_a_name(tmp_path, name):
    ended = run("ask", tmp_path / name, given="A\n")
    assert ended.exit_code == 2
    assert "toml" in ended.stderr


def test_a_file_that_somebody_writes_during_the_interview_is_kept_and_so_are_the_answers(
    minimal, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    theirs = minimal.read_text(encoding="utf-8") + "# theirs\n"
    held = dialogue.held

    def meanwhile(interview, lines):
        minimal.write_text(theirs, encoding="utf-8")
        held(interview, lines)

    monkeypatch.setattr(dialogue, "held", meanwhile)
    ended = run("ask", minimal, "--force", given="USD\n30000\n")
    assert ended.exit_code == 0
    assert minimal.read_text(encoding="utf-8") == theirs
    assert read(tmp_path / ended.stdout.strip()).money.budget == 30000


def test_what_a_company_says_is_neither_asked_nor_written_and_still_holds(tmp_path):
    company, path = tmp_path / "company.toml", tmp_path / "rescue.toml"
    company.write_text(
        '[project]\ncurrency = "EUR"\nusd_rate = 0.92\nhorizon_months = 18\n[overrides.freelancer]\nrate = [70, 95, 140]\n',
        encoding="utf-8",
    )
    ended = run("ask", path, "--defaults", company, given="Rescue\n2027-01-01\n€ 30000\nstop\n")
    assert "Currency" not in ended.stderr
    assert "Exchange rate" not in ended.stderr
    assert ", at EUR" in ended.stderr
    written = tomllib.loads(path.read_text(encoding="utf-8"))
    assert (written["money"]["budget"], written["project"].keys()) == (30_000, {"name", "start"})
    assert "overrides" not in written
    read_with = json.loads(run("calc", path, "--defaults", company, "--json", "--trials", "0").stdout)["scenario"]
    assert (read_with["project"]["currency"], read_with["project"]["horizon_months"]) == ("EUR", 18)


def test_another_currency_than_the_companys_needs_a_rate_of_its_own(tmp_path):
    company, path = tmp_path / "company.toml", tmp_path / "rescue.toml"
    company.write_text('[project]\ncurrency = "EUR"\nusd_rate = 0.92\n', encoding="utf-8")
    path.write_text('[project]\nname = "A"\nstart = 2027-01-01\ncurrency = "GBP"\n', encoding="utf-8")
    ended = run("ask", path, "--defaults", company, "--force", given="0.79\nstop\n")
    assert (ended.exit_code, read(path).project.usd_rate) == (0, 0.79)


def test_a_folder_is_called_a_folder_although_its_name_ends_like_that_of_a_workbook(tmp_path):
    (tmp_path / "project.xlsx").mkdir()
    ended = run("ask", tmp_path / "project.xlsx")
    assert ended.exit_code == 2
    assert "project.xlsx is a folder; name a file in it" in " ".join(ended.stderr.split())
