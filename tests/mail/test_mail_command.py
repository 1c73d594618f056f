"""`engagement mail`: from a file of recipients to messages, with the answer of each workbook in its text."""

import errno
import itertools
import json
import re

import openpyxl
import pytest

from calc.results import results
from calc.scenario import scenario
from calc.scenario.defaults import MailServer
from tests.mail.command import OPEN, messages, run
from tests.mail.graph_server import GraphMailbox, served_graph
from workbook.command.mail_rows import fields_of
from workbook.command.mail_service import ServerOptions, TokenOptions, service
from workbook.mail import VariableToken
from workbook.write.build import build
from workbook.write.edition import Edition

PROJECT = {"name": "Checkout rescue", "owner": "ada@example.com", "start": "2026-12-01"}
GIVEN = {
    "project": PROJECT,
    "money": {"budget": 5000},
    "answers": {"shifting": "yes", "bounded": "no", "ai_generated": "yes"},
}


def named(workbook, name):
    """The value of a cell by its name."""
    opened = openpyxl.load_workbook(workbook, data_only=True)
    [(sheet, place)] = opened.defined_names[name].destinations
    return opened[sheet][place].value


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A workbook, and a file that says who gets it."""
    made = tmp_path_factory.mktemp("mail")
    (made / "rescue.xlsx").write_bytes(build(scenario(GIVEN), 0, Edition.light))
    (made / "recipients.csv").write_text("to,name,workbook\nada@example.com,Ada,rescue.xlsx\n", encoding="utf-8")
    return made


def test_a_message_states_the_answer_of_its_workbook_calculated_anew(folder, tmp_path):
    ended = run(folder / "recipients.csv", "-o", tmp_path)
    assert (ended.exit_code, ended.stdout) == (0, "1 written\n")
    [message] = messages(tmp_path).values()
    [result] = results([scenario(GIVEN)], flips=False)
    chosen = result["paths"][result["recommendation"]["path"]]
    assert message["Subject"] == f"Checkout rescue: {chosen['label']} (provisional)"
    text = message.get_body(("plain",)).get_content()
    html = message.get_body(("html",)).get_content()
    for said in (
        "Hello Ada,",
        chosen["label"],
        f"To be paid: USD {chosen['paid']:,.0f}",
        f"In all: USD {chosen['total']:,.0f}",
    ):
        assert said in text
    alerts = {alert["id"]: alert["text"] for alert in result["recommendation"]["alerts"]}
    assert {"above_budget", "provisional"} <= set(alerts)
    assert [alert for alert, sentence in alerts.items() if alert != "above_budget" and sentence not in text] == []
    above = alerts["above_budget"].rpartition("The chance")[0]  # by the trials of the workbook, not by a larger run
    assert above in text
    assert above in html
    cheaper = result["paths"][result["recommendation"]["cheapest"]]
    assert (f"Why not {cheaper['label']}: " in text) == (cheaper["why_not"] is not None)
    low, high, _ = re.findall(r"[0-9,]{4,}", named(folder / "rescue.xlsx", "range_sentence"))
    assert f"between USD {low} and {high}" in text
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


@pytest.fixture(scope="module")
def unanswered(tmp_path_factory):
    """A workbook of a scenario that answers nothing, in the light edition."""
    path = tmp_path_factory.mktemp("unanswered") / "unanswered.xlsx"
    path.write_bytes(build(scenario({"project": PROJECT, "money": {"budget": 100}}), 0, Edition.light))
    return path


def test_where_no_path_is_recommended_subject_and_text_say_so(unanswered, tmp_path):
    (tmp_path / "r.csv").write_text(f"to,name,workbook\nada@example.com,Ada,{unanswered}\n", encoding="utf-8")
    assert run(tmp_path / "r.csv", "-o", tmp_path).exit_code == 0
    [message] = messages(tmp_path).values()
    assert message["Subject"] == f"Checkout rescue: {OPEN}"
    text = message.get_body(("plain",)).get_content()
    assert f"The answer: {OPEN}" in text.splitlines()
    assert "\nWhy: " in text
    for never in ("Recommended:", "To be paid:", "In all:", "Range:"):
        assert never not in text
    html = message.get_body(("html",)).get_content()
    assert ">The answer</td>" in html
    assert f"<b>{OPEN}</b>" in html


def test_a_custom_template_has_every_field_when_no_path_is_recommended(unanswered, tmp_path):
    (tmp_path / "r.csv").write_text(f"to,name,workbook\nada@example.com,Ada,{unanswered}\n", encoding="utf-8")
    (tmp_path / "text.txt").write_text(
        "{recommendation}. [{total}{paid}{p10}{p90}{path}{runner_up}] {status}", encoding="utf-8"
    )
    own = ("--subject", "{project}", "--text", tmp_path / "text.txt")
    assert run(tmp_path / "r.csv", "-o", tmp_path, *own).exit_code == 0
    [message] = messages(tmp_path).values()
    assert message.get_body(("plain",)).get_content().strip() == f"{OPEN}. [] open"


def test_faults_of_workbooks_rows_addresses_and_the_sender_are_reported_together(folder, tmp_path):
    (tmp_path / "junk.xlsx").write_bytes(b"PK\3\4junk")
    lines = ("to,name,workbook", "ada@example.org,Ada", "nobody,Bob,junk.xlsx", "cyd@example.com,Cyd,gone.xlsx", "")
    (tmp_path / "r.csv").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "text.txt").write_text("{recommendation}{totl}", encoding="utf-8")
    own = ("--subject", "{project}", "--text", tmp_path / "text.txt", "--from-name", "Finance\u202e")
    ended = run(tmp_path / "r.csv", "-o", tmp_path / "mail", *own)
    assert ended.exit_code == 4
    fields = [line.split("   ")[0].strip() for line in ended.stderr.splitlines()[1:]]
    assert fields == [
        "sender", "row 1 (line 2)", "row 2 (line 3), workbook", "row 2 (line 3), to", "template, text", "row 3 (line 4), workbook",
    ]  # fmt: skip


def test_a_fault_of_a_workbook_names_the_value_then_its_place_and_what_is_allowed(folder, tmp_path):
    changed = openpyxl.load_workbook(folder / "rescue.xlsx")
    [(sheet, place)] = changed.defined_names["in_core_hours"].destinations
    changed[sheet][place] = "4OO"
    changed.save(tmp_path / "changed.xlsx")
    (tmp_path / "r.csv").write_text("to,name,workbook\nada@example.com,Ada,changed.xlsx\n", encoding="utf-8")
    [line] = run(tmp_path / "r.csv", "-o", tmp_path / "mail").stderr.splitlines()[1:]
    field, found, allowed = line.strip().split("   ")
    where = f"{tmp_path / 'changed.xlsx'}, {sheet}!{place.replace('$', '')} (work.core_hours)"
    assert (field, found) == ("row 1 (line 2), workbook", f'found "4OO" (text) in {where}')
    assert allowed.startswith("allowed: a number from 1 to 100,000")


def test_every_fault_is_reported_at_once_and_nothing_is_written(folder, tmp_path):
    rows = f"to,name,workbook\nada@example.org,Ada,{folder / 'rescue.xlsx'}\nnobody,Bob,{tmp_path / 'gone.xlsx'}\n"
    (tmp_path / "recipients.csv").write_text(rows, encoding="utf-8")
    ended = run(tmp_path / "recipients.csv", "-o", tmp_path / "mail", "--domain", "example.com", "--no-answers")
    assert ended.exit_code == 4
    for said in ("row 1 (line 2), to", "an address at example.com", "row 2 (line 3), to", "row 2 (line 3), workbook"):
        assert said in ended.stderr
    assert not (tmp_path / "mail").exists()


def test_a_server_that_cannot_be_reached_ends_with_code_6_and_says_which_messages_did_not_go(folder, tmp_path):
    where = ("--send", "--host", "localhost", "--port", 1, "--attempts", 1)
    ended = run(folder / "recipients.csv", "-o", tmp_path, "--no-answers", *where)
    assert ended.exit_code == 6
    assert "ada@example.com: deferred" in ended.stderr
    assert ended.stdout == "1 deferred\n"


def test_a_file_in_the_place_of_the_folder_is_reported_in_one_line(folder, tmp_path):
    (tmp_path / "file").write_bytes(b"mine")
    ended = run(folder / "recipients.csv", "-o", tmp_path / "file", "--no-answers")
    assert (ended.exit_code, ended.stdout) == (1, "")
    assert ended.stderr == f"{tmp_path / 'file'}: a file stands where a folder is needed; nothing was written or sent\n"
    ended = run(folder / "recipients.csv", "-o", tmp_path / "file", "--no-answers", "--send", "--host", "localhost")
    assert (ended.exit_code, ended.stdout) == (1, "")
    ledger = tmp_path / "file" / "mail.jsonl"
    assert ended.stderr == f"{ledger}: a file stands where a folder is needed; nothing was written or sent\n"


def test_a_full_disk_is_reported_in_one_line_with_the_number_of_files_written(folder, tmp_path, monkeypatch):
    rows = "".join(f"{name}@example.com,{name},{folder / 'rescue.xlsx'}\n" for name in ("ada", "bob", "cyd"))
    (tmp_path / "r.csv").write_text(f"to,name,workbook\n{rows}", encoding="utf-8")
    calls = itertools.count(1)

    def fsync(handle):
        if next(calls) > 1:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("workbook.files.whole.os.fsync", fsync)
    ended = run(tmp_path / "r.csv", "-o", tmp_path / "mail", "--no-answers")
    assert (ended.exit_code, ended.stdout) == (1, "1 written\n")
    [line] = ended.stderr.splitlines()
    assert line.startswith(f"{tmp_path / 'mail'}: No space left on device; 1 written, 2 not tried. Run the same")


def test_nothing_is_sent_without_the_name_of_a_server(folder):
    assert run(folder / "recipients.csv", "--send").exit_code == 2


def test_drafts_are_made_at_microsoft_365_and_sent_later_by_the_settings_of_the_defaults(
    folder, certificate, tmp_path, monkeypatch
):
    graph = GraphMailbox()
    running = served_graph(graph, certificate)
    monkeypatch.setenv("TOKEN", "good-token")
    monkeypatch.delenv("ENGAGEMENT_DEFAULTS", raising=False)
    port = running.server_address[1]
    mail = f'service = "microsoft365"\nhost = "localhost"\nport = {port}\ntoken_command = ["printenv", "TOKEN"]\n'
    (tmp_path / "company.toml").write_text(f"[mail]\n{mail}", encoding="utf-8")
    where = ("-o", tmp_path, "--no-answers", "--authority", certificate[0], "--attempts", 1)
    drafted = run(folder / "recipients.csv", *where, "--drafts", "--defaults", tmp_path / "company.toml")
    assert (drafted.exit_code, drafted.stdout, len(graph.drafts())) == (0, "1 drafted\n", 1), drafted.stderr
    named = ("--microsoft365", "--host", "localhost", "--port", port)
    sent = run(folder / "recipients.csv", *where, "--send", *named, "--token-variable", "TOKEN", "--json")
    running.shutdown()
    running.server_close()
    assert sent.exit_code == 0, sent.stderr
    [message] = json.loads(sent.stdout)["messages"]
    assert (message["state"], message["workbooks"]) == ("sent", ["rescue.xlsx"])
    assert graph.counts() == {"ada@example.com": 1}


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--send", "--microsoft365"), "needs an access token"),
        (("--drafts", "--host", "localhost"), "--drafts needs a mailbox at Microsoft 365"),
        (("--send", "--drafts", "--microsoft365"), "choose one of"),
        (("--send", "--microsoft365", "--tenant", "example.com"), "both --tenant and --client"),
        (("--send", "--host", "localhost", "--token-variable", "A", "--token-command", "b"), "name one source"),
        (("--send", "--host", "localhost", "--token-command", "a 'b"), "--token-command"),
    ],
)
def test_options_that_do_not_go_together_are_usage_errors(options, says, folder):
    ended = run(folder / "recipients.csv", *options)
    assert ended.exit_code == 2
    assert says in " ".join(ended.stderr.replace("│", " ").split())


def test_a_server_that_is_named_gets_no_token_that_the_defaults_have_for_another():
    known = MailServer(host="smtp.example.com", token_variable="TOKEN")
    none = TokenOptions("", "", "", "")
    of_defaults = service(ServerOptions(False, "", None, False, None), none, known, "me@example.com", False, False)
    elsewhere = service(
        ServerOptions(False, "elsewhere.example", None, False, None), none, known, "me@example.com", False, False
    )
    assert (of_defaults.host, of_defaults.token, of_defaults.user) == (
        "smtp.example.com",
        VariableToken("TOKEN"),
        "me@example.com",
    )
    assert (elsewhere.host, elsewhere.token) == ("elsewhere.example", None)


def test_the_outcome_of_every_message_as_json(folder, tmp_path):
    ended = run(folder / "recipients.csv", "-o", tmp_path / "out", "--json")
    found = json.loads(ended.stdout)
    assert (found["schema"], found["complete"], found["stopped"]) == (1, True, None)
    assert [(message["recipient"], message["state"]) for message in found["messages"]] == [
        ("ada@example.com", "written")
    ]


def test_half_a_template_is_a_usage_error(folder):
    assert run(folder / "recipients.csv", "--subject", "Hello").exit_code == 2
