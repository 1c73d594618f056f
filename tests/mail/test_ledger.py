"""The ledger: torn, foreign, full."""

import itertools
import json
import os

import pytest

from calc.scenario.faults import Refused
from tests.mail.samples import Hurry, alone, states
from workbook.mail import StoppedError, send
from workbook.mail.ledger import Ledger


def test_two_runs_cannot_send_at_once(messages, server, tmp_path):
    with Ledger(tmp_path / "l"), pytest.raises(Refused, match="in use by another run"):
        send(messages("ada"), tmp_path / "l", server)


def test_a_torn_last_line_is_dropped_and_the_rest_is_kept(messages, tmp_path):
    made = messages("ada", "bob")
    with Ledger(tmp_path / "l") as ledger:
        ledger.record(alone(made[0]), "sent")
        ledger.record(alone(made[1]), "sending")
    whole = (tmp_path / "l").read_bytes()
    start = whole.index(b"\n") + 1
    for end in range(start, len(whole) + 1):
        (tmp_path / "l").write_bytes(whole[:end])
        with Ledger(tmp_path / "l") as ledger:
            assert ledger.state(made[0]) == "sent"
            assert ledger.state(made[1]) == ("unknown" if end == len(whole) else None)
            ledger.record(alone(made[1]), "sent")
        for line in (tmp_path / "l").read_text().splitlines():
            json.loads(line)


def test_a_ledger_that_cannot_be_written_stops_the_run_before_anything_is_sent(messages, server, mailbox, tmp_path):
    (tmp_path / "l").mkdir()
    with pytest.raises(StoppedError, match="l: Is a directory; nothing was written or sent"):
        send(messages("ada"), tmp_path / "l", server)
    assert not mailbox.taken


def ledger_full_at(number, monkeypatch):
    """The disk is full from the line of that number on; of this line, some bytes still get there."""
    lines, real = itertools.count(1), os.write

    def write(handle, data):
        if data.startswith(b'{"at": "') and next(lines) >= number:
            return real(handle, data[: len(data) // 2])
        return real(handle, data)

    monkeypatch.setattr("workbook.mail.ledger.os.write", write)


def test_nothing_is_sent_when_the_ledger_cannot_grow(server, mailbox, messages, tmp_path):
    with pytest.MonkeyPatch.context() as patched:
        ledger_full_at(1, patched)
        with pytest.raises(StoppedError, match="l: no room left on the disk; 1 deferred, 1 not tried"):
            send(messages("ada", "bob"), tmp_path / "l", server, pace=Hurry())
    assert not mailbox.taken
    assert states(send(messages("ada", "bob"), tmp_path / "l", server, pace=Hurry())) == ["sent", "sent"]
    assert mailbox.counts() == {"ada@example.org": 1, "bob@example.org": 1}


def test_a_message_whose_answer_cannot_be_recorded_ends_the_run_and_is_unknown(server, mailbox, messages, tmp_path):
    made = messages("ada", "bob", "cyd")
    with pytest.MonkeyPatch.context() as patched:
        ledger_full_at(4, patched)
        with pytest.raises(StoppedError, match="1 sent, 1 unknown, 1 not tried") as caught:
            send(made, tmp_path / "l", server, pace=Hurry())
        assert "the ledger has no record of it: no room" in caught.value.done.outcomes[1].detail
        with pytest.raises(StoppedError, match="l: no room left on the disk; nothing was written or sent"):
            send(made, tmp_path / "l", server, pace=Hurry())
    assert states(send(made, tmp_path / "l", server, pace=Hurry())) == ["already", "unknown", "sent"]
    assert mailbox.counts() == {f"{name}@example.org": 1 for name in ("ada", "bob", "cyd")}


@pytest.mark.parametrize(
    "content",
    [b"PK\3\4 a workbook", b"a\n", b'{"at": "x"}\n', b'{"at":1,"key":"a","to":"b","state":"lost"}\n', b"[]\n{"],
)
def test_a_file_that_is_not_a_ledger_is_refused_and_left_unchanged(content, tmp_path):
    (tmp_path / "l").write_bytes(content)
    with pytest.raises(Refused, match="not written by this program"), Ledger(tmp_path / "l"):
        pass
    assert (tmp_path / "l").read_bytes() == content
