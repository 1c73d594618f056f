"""`engagement mail`: from a file of recipients or a batch to messages, with the answer of each workbook in its text."""

import email
import email.policy

import openpyxl
import pytest
from typer.testing import CliRunner

from calc.results import results
from calc.scenario import scenario
from workbook import command
from workbook.build import build
from workbook.command.mail_rows import fields_of

GIVEN = {"project": {"name": "Checkout rescue", "owner": "ada@example.com", "start": "2026-12-01"}}


def run(*arguments):
    line = ["mail", *map(str, arguments), "--from", "me@example.com", "--no-picture"]
    return CliRunner(env={"COLUMNS": "100"}).invoke(command.app, line, prog_name="engagement")


def messages(folder):
    found = (email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in folder.glob("*.eml"))
    return {message["To"].addresses[0].addr_spec: message for message in found}


def beneath(workbook, label):
    """The value under a label on the first page."""
    rows = list(openpyxl.load_workbook(workbook, data_only=True)["Summary"].iter_rows())
    [found] = [rows[at + 1][cell.column - 1] for at, row in enumerate(rows) for cell in row if cell.value == label]
    return found.value


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A workbook, and a file that says who gets it."""
    made = tmp_path_factory.mktemp("mail")
    (made / "rescue.xlsx").write_bytes(build(scenario(GIVEN), 0))
    (made / "recipients.csv").write_text("to,name,workbook\nada@example.com,Ada,rescue.xlsx\n", encoding="utf-8")
    return made


def test_a_message_states_the_answer_of_its_workbook_calculated_anew(folder, tmp_path):
    ended = run(folder / "recipients.csv", "-o", tmp_path)
    assert (ended.exit_code, ended.stdout) == (0, "1 written\n")
    [message] = messages(tmp_path).values()
    [result] = results([scenario(GIVEN)], flips=False)
    chosen = result["paths"][result["recommendation"]["path"]]
    assert message["Subject"] == f"Checkout rescue: {chosen['label']}"
    text = message.get_body(("plain",)).get_content()
    for said in ("Hello Ada,", chosen["label"], f"{chosen['total']:,.0f} USD"):
        assert said in text
    low, high = (beneath(folder / "rescue.xlsx", label) for label in ("Low end of the range (P10)", "High end (P90)"))
    assert f"{low:,.0f} to {high:,.0f} USD" in text
    [attachment] = message.iter_attachments()
    assert attachment.get_content() == (folder / "rescue.xlsx").read_bytes()


def test_a_template_of_ones_own_may_use_every_field(folder, tmp_path):
    (tmp_path / "text.txt").write_text("{name}: {project} by {recommendation}, {total} {currency}\n", encoding="utf-8")
    ended = run(folder / "recipients.csv", "-o", tmp_path, "--subject", "{project}", "--text", tmp_path / "text.txt")
    assert ended.exit_code == 0
    [message] = messages(tmp_path).values()
    fields = fields_of(scenario(GIVEN))
    assert message["Subject"] == "Checkout rescue"
    said = message.get_body(("plain",)).get_content().strip()
    assert said == f"Ada: Checkout rescue by {fields['recommendation']}, {fields['total']} USD"


def test_a_batch_goes_to_the_addresses_in_a_column_of_its_manifest(tmp_path):
    rows = "id,project.name,project.owner,project.start\na,First,ada@example.com,2026-12-01\nb,Second,bob@example.com,2026-12-01\n"
    (tmp_path / "portfolio.csv").write_text(rows, encoding="utf-8")
    arguments = ["batch", str(tmp_path / "portfolio.csv"), "-o", str(tmp_path / "out"), "--jobs", "1"]
    assert CliRunner().invoke(command.app, arguments).exit_code == 0
    ended = run(tmp_path / "out", "-o", tmp_path / "mail")
    assert (ended.exit_code, ended.stdout) == (0, "2 written\n")
    found = messages(tmp_path / "mail")
    assert found["bob@example.com"]["Subject"].startswith("Second: ")
    [attachment] = found["ada@example.com"].iter_attachments()
    assert attachment.get_content() == (tmp_path / "out" / "workbooks" / "a.xlsx").read_bytes()


def test_every_fault_is_told_at_once_and_nothing_is_written(folder, tmp_path):
    rows = f"to,name,workbook\nada@example.org,Ada,{folder / 'rescue.xlsx'}\nnobody,Bob,{tmp_path / 'gone.xlsx'}\n"
    (tmp_path / "recipients.csv").write_text(rows, encoding="utf-8")
    ended = run(tmp_path / "recipients.csv", "-o", tmp_path / "mail", "--domain", "example.com", "--no-answers")
    assert ended.exit_code == 4
    for said in ("row 2, to", "an address at example.com", "row 3, to", "row 3, workbook"):
        assert said in ended.stderr
    assert not (tmp_path / "mail").exists()


def test_a_folder_that_is_no_batch_is_refused(tmp_path):
    ended = run(tmp_path, "-o", tmp_path / "mail")
    assert ended.exit_code == 4
    assert "no manifest" in ended.stderr


def test_a_server_that_cannot_be_reached_ends_with_code_6_and_says_which_messages_did_not_go(folder, tmp_path):
    where = ("--send", "--host", "localhost", "--port", 1, "--attempts", 1)
    ended = run(folder / "recipients.csv", "-o", tmp_path, "--no-answers", *where)
    assert ended.exit_code == 6
    assert "ada@example.com: deferred" in ended.stderr
    assert ended.stdout == "1 deferred\n"


def test_nothing_is_sent_without_the_name_of_a_server(folder):
    assert run(folder / "recipients.csv", "--send").exit_code == 2


def test_half_a_template_is_a_usage_error(folder):
    assert run(folder / "recipients.csv", "--subject", "Hello").exit_code == 2
