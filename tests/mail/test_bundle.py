"""Several workbooks of one recipient: one message, or more where it would be too large, and each workbook once."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from calc.scenario.faults import Refused
from tests.mail.graph_server import GraphMailbox, served_graph
from tests.mail.samples import FIELDS, LARGE, SENDER, WHEN, WORKBOOK, Hurry, parsed, states
from workbook.mail import Bundle, Outgoing, StoppedError, Template, bundled, composed, send, write
from workbook.mail.envelope import message_bytes
from workbook.mail.ledger import Ledger
from workbook.mail.picture import Picture

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def made(tmp_path):
    """Messages, by lines of recipient and project; each project has a workbook of its own."""

    def of(*lines, template=None, content=WORKBOOK):
        outgoing = []
        for recipient, project in lines:
            path = tmp_path / f"{project}.xlsx"
            path.write_bytes(content)
            fields = {**FIELDS, "project": project}
            outgoing.append(Outgoing(f"{recipient}@example.org", recipient.title(), fields, path))
        return composed(outgoing, SENDER, template)

    return of


def attached(data):
    return [part.get_filename() for part in parsed(data).iter_attachments()]


def test_several_workbooks_of_one_recipient_go_in_one_message_with_a_section_for_each(made, server, mailbox, tmp_path):
    messages = made(("ada", "Shop"), ("bob", "Till"), ("ADA", "Cellar & <attic>"))
    summary = send(messages, tmp_path / "l", server, pace=Hurry())
    assert [(one.recipient, one.workbooks) for one in summary.outcomes] == [
        ("ada@example.org", ("Shop.xlsx", "Cellar _ _attic_.xlsx")),
        ("bob@example.org", ("Till.xlsx",)),
    ]
    [(_, first), (_, second)] = mailbox.taken
    message = parsed(first)
    assert message["Subject"] == "2 comparisons: Shop, Cellar & <attic>"
    assert (attached(first), attached(second)) == (["Shop.xlsx", "Cellar _ _attic_.xlsx"], ["Till.xlsx"])
    text = message.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert text.count("Hello") == text.count("what would change the answer") == 1
    assert text.count(FIELDS["budget"]) == 2
    assert text.index("\nShop\n") < text.index("\nCellar & <attic>\n")
    html = message.get_body(("html",)).get_content()
    assert "<h3>Cellar &amp; &lt;attic&gt;</h3>" in html
    assert states(send(messages, tmp_path / "l", server, pace=Hurry())) == ["already", "already"]


def test_a_workbook_that_is_added_goes_alone_and_those_sent_before_do_not_go_again(made, server, mailbox, tmp_path):
    send(made(("ada", "Shop"), ("ada", "Till")), tmp_path / "l", server, pace=Hurry())
    summary = send(made(("ada", "Shop"), ("ada", "Cellar"), ("ada", "Till")), tmp_path / "l", server, pace=Hurry())
    assert [(one.state, one.workbooks) for one in summary.outcomes] == [
        ("already", ("Shop.xlsx", "Till.xlsx")),
        ("sent", ("Cellar.xlsx",)),
    ]
    assert [attached(data) for _, data in mailbox.taken] == [["Shop.xlsx", "Till.xlsx"], ["Cellar.xlsx"]]


def test_a_message_with_one_workbook_has_the_key_of_earlier_versions(made):
    [message] = made(("ada", "Shop"))
    assert Bundle((message,)).key == message.key


def test_what_is_too_large_for_one_message_goes_in_parts_that_say_so(made, tmp_path):
    messages = made(("ada", "A"), ("ada", "B"), ("ada", "C"), content=LARGE)
    limit = 2.5 * messages[0].bytes_at_most
    summary = write(messages, tmp_path / "out", largest=limit)
    assert [one.workbooks for one in summary.outcomes] == [("A.xlsx", "B.xlsx"), ("C.xlsx",)]
    both = [Path(one.detail).read_bytes() for one in summary.outcomes]
    assert max(map(len, both)) <= limit
    assert [parsed(data)["Subject"] for data in both] == [
        "2 comparisons: A, B (1 of 2)",
        "C: Freelancer, then hire (2 of 2)",
    ]
    for number, data in enumerate(both, 1):
        for kind in ("plain", "html"):
            assert f"This is message {number} of 2" in parsed(data).get_body((kind,)).get_content()


def test_ones_own_template_is_filled_in_for_each_workbook(made):
    template = Template("Costs of {project}", "{name}: {project}\n", "<html><body><p>{project}</p></body></html>")
    [bundle] = bundled(made(("ada", "Shop"), ("ada", "Till"), template=template))
    assert bundle.words.subject == "Costs of Shop and 1 more"
    assert bundle.words.text == "Ada: Shop\n\n----\n\nAda: Till\n"
    assert bundle.words.html == "<html><body><p>Shop</p><hr>\n<p>Till</p></body></html>"
    [bundle] = bundled(made(("ada", "Shop"), ("ada", "Till"), template=Template("Costs", "{project}")))
    assert (bundle.words.subject, bundle.words.html) == ("Costs", None)


def test_files_of_one_name_from_two_folders_and_pictures_have_names_of_their_own(tmp_path):
    outgoing = []
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "Plan.xlsx").write_bytes(WORKBOOK)
        outgoing.append(Outgoing("ada@example.org", "Ada", {"project": folder}, tmp_path / folder / "Plan.xlsx"))
    [bundle] = bundled(composed(outgoing, SENDER))
    pictures = [Picture("png", b"\x89PNG one"), Picture("png", b"\x89PNG two")]
    message = parsed(message_bytes(bundle, WHEN, pictures))
    assert [part.get_filename() for part in message.iter_attachments()] == ["Plan.xlsx", "Plan (2).xlsx"]
    html = message.get_body(("html",)).get_content()
    shown = [part["Content-ID"][1:-1] for part in message.walk() if part.get_content_type() == "image/png"]
    assert len(set(shown)) == 2
    assert all(f'src="cid:{name}"' in html for name in shown)
    as_pdf = message_bytes(bundle, WHEN, [Picture("pdf", b"%PDF one"), Picture("pdf", b"%PDF two")])
    assert attached(as_pdf)[2:] == ["summary.pdf", "summary (2).pdf"]


def test_a_workbook_that_changed_is_refused_and_the_others_go(made, server, mailbox, tmp_path):
    messages = made(("ada", "Shop"), ("ada", "Till"))
    shutil.copy(tmp_path / "Shop.xlsx", tmp_path / "kept")
    (tmp_path / "Shop.xlsx").write_bytes(WORKBOOK + b"x")
    summary = send(messages, tmp_path / "l", server, pace=Hurry())
    assert [(one.state, one.workbooks) for one in summary.outcomes] == [
        ("refused", ("Shop.xlsx",)),
        ("sent", ("Till.xlsx",)),
    ]
    assert [attached(data) for _, data in mailbox.taken] == [["Till.xlsx"]]


def test_one_line_of_the_ledger_holds_all_workbooks_of_a_message(made, tmp_path):
    [bundle] = bundled(made(("ada", "Shop"), ("ada", "Till")))
    with Ledger(tmp_path / "l") as ledger:
        ledger.record(bundle, "sending")
    assert len((tmp_path / "l").read_text().splitlines()) == 1
    with Ledger(tmp_path / "l") as ledger:
        assert {ledger.state(message) for message in bundle.messages} == {"unknown"}
    (tmp_path / "l").write_text('{"at": "x", "key": "a", "with": [1], "to": "b", "state": "sent", "detail": ""}\n')
    with pytest.raises(Refused, match="not written by this program"), Ledger(tmp_path / "l"):
        pass


def test_a_folder_that_fills_up_says_how_many_messages_are_left(made, tmp_path, monkeypatch):
    monkeypatch.setattr("workbook.mail.writing.replaced", lambda *_, **__: (_ for _ in ()).throw(OSError(28, "full")))
    with pytest.raises(StoppedError, match="full; nothing was written or sent") as caught:
        write(made(("ada", "Shop"), ("ada", "Till"), ("bob", "Cellar")), tmp_path / "out")
    assert caught.value.left == 2


# Kills: 20 and more show what is asked for, fewer take less time.
ROUNDS = int(os.environ.get("ENGAGEMENT_KILLS", "3"))
OWNERS, WORKBOOKS = 40, 2
RUN = """
import os, sys
from pathlib import Path
from workbook.mail import Graph, Outgoing, Pace, Server, VariableToken, composed, send
folder, kind, port, certificate = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), Path(sys.argv[4])
made = [
    Outgoing(f"p{owner}@example.org", "P", {"project": f"{owner} {number}"}, folder / "any.xlsx")
    for number in range(int(sys.argv[6])) for owner in range(int(sys.argv[5]))
]
where = {"host": "localhost", "port": port, "authority": certificate, "timeout": 10, "patience": 10}
service = Graph(VariableToken("TOKEN"), **where) if kind == "graph" else Server(**where)
print(send(composed(made, "sender@example.com"), folder / "ledger.jsonl", service, pace=Pace(per_minute=1e6)))
"""


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is of POSIX")
@pytest.mark.parametrize("kind", ["smtp", "graph"])
def test_every_workbook_goes_out_exactly_once_however_often_the_run_is_killed(
    kind, server, mailbox, certificate, tmp_path
):
    (tmp_path / "any.xlsx").write_bytes(WORKBOOK)
    graph = GraphMailbox()
    running = served_graph(graph, certificate)
    taken, port = (graph.taken, running.server_address[1]) if kind == "graph" else (mailbox.taken, server.port)
    command = [sys.executable, "-c", RUN, tmp_path, kind, str(port), certificate[0], str(OWNERS), str(WORKBOOKS)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TOKEN": "good-token"}
    chance, kills = random.Random(11), 0
    for _ in range(ROUNDS):
        child = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        aim, deadline = len(taken) + chance.randint(1, max(1, OWNERS // (ROUNDS + 1))), time.monotonic() + 30
        while len(taken) < aim and child.poll() is None and time.monotonic() < deadline:
            time.sleep(0.0005)
        time.sleep(chance.random() / 100)
        child.send_signal(signal.SIGKILL)
        kills += child.wait() == -signal.SIGKILL
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    running.shutdown()
    running.server_close()
    assert done.returncode == 0, done.stderr
    assert kills == ROUNDS
    last = {}
    for line in (tmp_path / "ledger.jsonl").read_text().splitlines():
        entry = json.loads(line)
        last |= dict.fromkeys((entry["key"], *entry["with"]), (entry["to"], entry["state"]))
    counts = (graph if kind == "graph" else mailbox).counts()
    assert max(counts.values()) == 1, "sent twice"
    assert len(last) == OWNERS * WORKBOOKS, "lost"
    unknown = {to for to, state in last.values() if state == "unknown"}
    assert {state for _, state in last.values()} <= {"sent", "unknown"}
    assert {to for to, state in last.values() if state == "sent"} <= set(counts)
    if kind == "graph":
        # What the run could not write down, the mailbox shows: only what is a draft still stays unknown.
        assert unknown == {item["toRecipients"][0]["emailAddress"]["address"] for item in graph.drafts()}
        assert all(len(item["attachments"]) == WORKBOOKS for item in graph.items.values())
    else:
        assert len(unknown) <= kills
