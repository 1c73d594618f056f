"""Ledgers of earlier versions, which have other keys for the same message: what they say of it counts."""

import json
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from tests.mail.samples import SENDER, Hurry, states
from workbook.files.content import ContentHashes
from workbook.mail import Bundle, Message, send
from workbook.mail.address import address
from workbook.mail.ledger import Ledger

# The keys of one message in ledgers of earlier versions: by the content of its workbook with the day, and by its bytes.
EARLIER = [
    "b20d2160b184604ec2ed325aa719ccbf812f3bd0ad41164b1c727ad2411d4fdf",
    "a4d704990cff7f9daac5c4a7284b82d886917e4ea3fab04e2bf5c655c6f2f746",
]


def known_earlier(name):
    """A message of which earlier versions had other keys than today's."""
    to, path = address("ADA@example.org"), Path(name)
    hashes = ContentHashes(undated="2" * 64, dated="1" * 64)
    return Message(address(SENDER), to, "subject", "text", None, path, "0" * 64, hashes, 1, "row 2")


def test_ledgers_of_earlier_versions_are_still_understood(tmp_path):
    message = known_earlier("a.xlsx")
    assert [*message.earlier_keys] == EARLIER
    for number, key in enumerate(EARLIER):
        line = {"at": "2026-01-01T00:00:00", "key": key, "to": "ADA@example.org", "state": "sent", "detail": ""}
        (tmp_path / f"{number}").write_text(json.dumps(line) + "\n")
        with Ledger(tmp_path / f"{number}", [message]) as ledger:
            assert ledger.state(message) == "sent"


def test_a_draft_that_an_earlier_version_made_is_known_with_all_its_workbooks_and_what_became_of_each(tmp_path):
    made = [known_earlier("a.xlsx"), known_earlier("b.xlsx")]
    one, other = (message.earlier_keys[0] for message in made)
    line = {"at": "2026-01-01T00:00:00", "key": one, "with": [other], "to": "ADA@example.org", "state": "drafted"}
    (tmp_path / "l").write_text(json.dumps({**line, "detail": "", "draft": "AAMk"}) + "\n")
    with Ledger(tmp_path / "l", made) as ledger:
        assert ledger.draft(Bundle(tuple(made))) == "AAMk"
    alone = {"at": "2026-01-02T00:00:00", "key": other, "to": "ADA@example.org", "state": "sent", "detail": ""}
    with (tmp_path / "l").open("a") as file:
        file.write(json.dumps(alone) + "\n")
    with Ledger(tmp_path / "l", made) as ledger:
        assert [ledger.state(message) for message in made] == ["drafted", "sent"]


def written(path, *lines):
    """A ledger with lines of these keys and states."""
    told = (
        {"at": f"2026-01-{day:02}", "key": key, "to": "ADA@example.org", "state": state, "detail": ""}
        for day, (key, state) in enumerate(lines, 1)
    )
    path.write_text("".join(json.dumps(line) + "\n" for line in told))
    return path


def state_of(path, message, *others):
    with Ledger(path, [message, *others]) as ledger:
        return ledger.state(message)


def test_the_line_of_the_later_version_counts_wherever_it_stands(tmp_path):
    message = known_earlier("a.xlsx")
    dated, by_bytes = message.earlier_keys
    for lines in permutations([(dated, "deferred"), (by_bytes, "refused")]):
        assert state_of(written(tmp_path / "l", *lines), message) == "deferred"
    for lines in permutations([(message.key, "refused"), (dated, "drafted"), (by_bytes, "deferred")]):
        assert state_of(written(tmp_path / "l", *lines), message) == "refused"
    again = written(tmp_path / "l", (dated, "deferred"), (by_bytes, "refused"), (dated, "sent"))
    assert state_of(again, message) == "sent"


def test_what_any_version_sent_stays_sent(tmp_path):
    message = known_earlier("a.xlsx")
    for states_in_order in permutations(["sent", "deferred", "refused"]):
        lines = zip([message.key, *message.earlier_keys], states_in_order, strict=True)
        assert state_of(written(tmp_path / "l", *lines), message) == "sent"


@pytest.mark.parametrize(("surer", "other"), [("sent", "deferred"), ("sent", "unknown"), ("unknown", "deferred")])
def test_of_one_case_made_on_two_days_the_line_counts_that_may_have_got_further(surer, other, tmp_path):
    one = known_earlier("a.xlsx")
    next_day = replace(one, content=one.content._replace(dated="3" * 64), digest="4" * 64)
    assert next_day.key == one.key
    for states_of_both in permutations([surer, other]):
        lines = zip((one.earlier_keys[0], next_day.earlier_keys[0]), states_of_both, strict=True)
        path = written(tmp_path / "l", *lines)
        assert state_of(path, one, next_day) == state_of(path, next_day, one) == surer


def test_a_case_that_was_sent_does_not_go_out_again_beside_its_workbook_of_another_day(
    messages, server, mailbox, tmp_path
):
    [given] = messages("ada")
    one, next_day = (
        replace(given, content=given.content._replace(dated=day * 64), digest=day * 64) for day in ("1", "3")
    )
    path = written(tmp_path / "l", (one.earlier_keys[0], "sent"), (next_day.earlier_keys[0], "deferred"))
    assert states(send([one, next_day], path, server, pace=Hurry())) == ["already", "already"]
    assert not mailbox.taken


def test_of_two_spellings_of_an_address_the_line_counts_that_may_have_got_further(messages, server, mailbox, tmp_path):
    [one] = messages("ada")
    other = replace(one, recipient=address("ADA@example.org"))
    path = written(tmp_path / "l", (one.key, "deferred"), (other.key, "unknown"))
    for both in permutations([one, other]):
        assert states(send(both, path, server, pace=Hurry())) == ["unknown", "unknown"]
    assert not mailbox.taken
