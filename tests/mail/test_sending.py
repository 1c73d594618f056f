"""Sending to a real SMTP server, with STARTTLS and login: nothing lost, nothing sent twice."""

import zipfile

import pytest

from tests.mail.samples import FIELDS, LARGE, SENDER, WHEN, Hurry, alone, states
from tests.mail.smtp_server import USER, Cutting, free_port, served
from workbook.mail import Outgoing, Pace, Server, composed, send, write
from workbook.mail.envelope import message_bytes
from workbook.mail.ledger import Ledger


def test_messages_are_accepted_once_and_arrive_whole(server, mailbox, messages, tmp_path):
    made = messages("ada", "bob", "ada")
    pace = Hurry(per_minute=30)
    assert states(send(made, tmp_path / "l", server, pace=pace, when=WHEN)) == ["sent", "sent", "already"]
    assert states(send(made, tmp_path / "l", server, pace=pace)) == ["already"] * 3
    assert mailbox.counts() == {"ada@example.org": 1, "bob@example.org": 1}
    assert pace.slept == [2]
    assert mailbox.taken[0][1] == message_bytes(alone(made[0]), WHEN)


def test_an_address_in_upper_and_lower_case_is_one_recipient(server, mailbox, workbook, tmp_path):
    def made(*recipients):
        return composed([Outgoing(recipient, "Ada", FIELDS, workbook) for recipient in recipients], SENDER)

    three = made("ada@example.org", "ADA@example.org", "Ada@Example.org")
    assert states(write(three, tmp_path / "out")) == ["written", "already", "already"]
    assert len(list((tmp_path / "out").iterdir())) == 1
    summary = send(three, tmp_path / "l", server, pace=Hurry())
    assert states(summary) == ["sent", "already", "already"]
    assert [outcome.recipient for outcome in summary.outcomes][1] == "ADA@example.org"
    for again in (three, made("ADA@example.org", "ada@example.org")):
        assert set(states(send(again, tmp_path / "l", server, pace=Hurry()))) == {"already"}
    assert mailbox.counts() == {"ada@example.org": 1}


def test_the_key_of_a_message_depends_on_the_content_of_its_workbook_not_on_the_packing_of_its_zip(messages, workbook):
    first = messages("ada")[0]
    packed = zipfile.ZipFile(workbook)
    members = {name: packed.read(name) for name in packed.namelist()}
    packed.close()
    with zipfile.ZipFile(workbook, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    again = messages("ada")[0]
    assert again.digest != first.digest
    assert again.key == first.key


def test_a_permanent_refusal_is_not_tried_again(server, mailbox, messages, tmp_path):
    made = messages("never-1", "spam-1", "ada")
    assert states(send(made, tmp_path / "l", server, pace=Hurry())) == ["refused", "refused", "sent"]
    assert states(send(made, tmp_path / "l", server, pace=Hurry())) == ["refused", "refused", "already"]
    assert mailbox.tried["never-1@example.org"] == mailbox.tried["spam-1@example.org"] == 1
    assert states(send(made, tmp_path / "l", server, pace=Hurry(), repeat_refused=True)) == [
        "refused",
        "refused",
        "already",
    ]
    assert mailbox.tried["never-1@example.org"] == 2


def test_a_temporary_refusal_is_tried_again_with_growing_waits(server, mailbox, messages, tmp_path):
    pace = Hurry(chance=lambda: 1)
    summary = send(
        messages("later-1", "full-1", "busy-1", "closing-1", "hangup-1", "ada"), tmp_path / "l", server, pace=pace
    )
    assert states(summary) == ["sent", "sent", "deferred", "sent", "sent", "sent"]
    assert not summary.complete
    assert mailbox.tried["busy-1@example.org"] == 4
    assert max(mailbox.counts().values()) == 1
    assert states(send(messages("busy-1"), tmp_path / "l", server, pace=Hurry())) == ["deferred"]


def test_waits_double_up_to_the_longest():
    pace = Pace(first_wait=5, longest_wait=30, chance=lambda: 1)
    assert [pace.backoff(attempt) for attempt in range(1, 6)] == [5, 10, 20, 30, 30]


def test_a_message_cut_off_before_its_answer_is_unknown_and_repeated_only_on_request(
    server, mailbox, messages, tmp_path
):
    made = messages("cutafter-1", "cutbefore-1", "ada")
    # Whether the server dropped the message before its answer or after, the sender cannot tell.
    assert states(send(made, tmp_path / "l", server, pace=Hurry())) == ["unknown", "unknown", "sent"]
    assert states(send(made, tmp_path / "l", server, pace=Hurry())) == ["unknown", "unknown", "already"]
    assert mailbox.counts() == {"cutafter-1@example.org": 1, "ada@example.org": 1}
    assert states(send(made, tmp_path / "l", server, pace=Hurry(), repeat_unknown=True)) == [
        "unknown",
        "sent",
        "already",
    ]
    assert states(send(made, tmp_path / "l", server, pace=Hurry())) == ["unknown", "already", "already"]
    assert mailbox.counts() == {"cutafter-1@example.org": 2, "cutbefore-1@example.org": 1, "ada@example.org": 1}


def test_an_unknown_message_stays_unknown_when_its_repetition_is_refused(server, mailbox, messages, tmp_path):
    made = messages("busy-1")
    with Ledger(tmp_path / "l") as ledger:
        ledger.record(alone(made[0]), "sending")
    assert states(send(made, tmp_path / "l", server, pace=Hurry(), repeat_unknown=True)) == ["unknown"]
    assert states(send(made, tmp_path / "l", server, pace=Hurry())) == ["unknown"]


@pytest.mark.parametrize("cut_at", ["greeting", "hello", "message"])
def test_a_message_cut_off_before_its_end_is_tried_again(
    cut_at, messages, workbook, tmp_path, certificate, login, mailbox
):
    """The first connection is cut on its way; later ones reach the server. The message is too long to be on its way at once."""
    workbook.write_bytes(LARGE)
    running = served(mailbox, certificate)
    running.start()
    with Cutting(running.port, {"greeting": 0, "hello": 10, "message": 100_000}[cut_at]) as relay:
        server = Server("localhost", relay.port, authority=certificate[0], timeout=10, patience=10)
        summary = send(messages("ada", "bob"), tmp_path / "l", server, pace=Hurry())
    running.stop()
    assert states(summary) == ["sent", "sent"]
    assert mailbox.counts() == {"ada@example.org": 1, "bob@example.org": 1}


def test_an_unreachable_server_is_tried_again_and_then_every_message_is_deferred(messages, tmp_path):
    pace = Hurry(chance=lambda: 1)
    summary = send(messages("ada", "bob"), tmp_path / "l", Server("127.0.0.1", free_port()), pace=pace)
    assert states(summary) == ["deferred", "deferred"]
    assert pace.slept == [5, 10, 20]
    assert "not tried" in summary.outcomes[0].detail


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"authority": None}, "certificate of localhost is not valid"),
        ({"host": "127.0.0.2"}, "certificate of 127.0.0.2 is not valid"),
        ({"security": "tls"}, "no TLS"),
        ({"password": "wrong"}, "login was refused: 535"),
        ({"password": None}, "login was refused: 530"),
        ({"sender": "nobody@example.com"}, "no such sender"),
    ],
)
def test_a_server_that_is_not_trusted_or_accepts_nothing_ends_the_run(
    change, says, mailbox, certificate, login, workbook, tmp_path, monkeypatch
):
    running = served(mailbox, certificate)
    running.hostname = change.pop("host", "127.0.0.1")
    running.start()
    if "password" in change:
        password = change.pop("password")
        monkeypatch.setenv("ENGAGEMENT_SMTP_PASSWORD", password or "")
        monkeypatch.setenv("ENGAGEMENT_SMTP_USER", USER if password else "")
    host = "localhost" if running.hostname == "127.0.0.1" else running.hostname
    made = composed(
        [Outgoing(f"{n}@example.org", n, FIELDS, workbook) for n in ("a", "b")], change.pop("sender", SENDER)
    )
    server = Server(host, running.port, **{"authority": certificate[0], "timeout": 10, **change})
    summary = send(made, tmp_path / "l", server, pace=Hurry())
    running.stop()
    assert states(summary) == ["refused" if "login" in says else "deferred"] * 2
    assert says in summary.outcomes[0].detail
    assert not mailbox.taken
    assert states(send(made[:0], tmp_path / "l", server)) == []


def test_a_server_without_starttls_gets_nothing(mailbox, messages, tmp_path):
    controller = pytest.importorskip("aiosmtpd.controller")
    running = controller.Controller(mailbox, hostname="127.0.0.1", port=free_port())
    running.start()
    summary = send(messages("ada"), tmp_path / "l", Server("127.0.0.1", running.port, timeout=10), pace=Hurry())
    running.stop()
    assert "STARTTLS" in summary.outcomes[0].detail
    assert not mailbox.taken


def test_a_message_larger_than_the_server_accepts_is_not_offered(mailbox, certificate, login, messages, tmp_path):
    running = served(mailbox, certificate, data_size_limit=3_000)
    running.start()
    server = Server("localhost", running.port, authority=certificate[0], timeout=10)
    summary = send(messages("ada"), tmp_path / "l", server, pace=Hurry())
    running.stop()
    assert states(summary) == ["refused"]
    assert "at most 3,000" in summary.outcomes[0].detail
