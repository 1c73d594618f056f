"""A workbook that was built again on another day, alike but for that day, is the same case."""

from dataclasses import replace
from datetime import date

import pytest

from calc.scenario import scenario
from tests.engines.cells import edited
from tests.mail.samples import FIELDS, SENDER, Hurry, states
from workbook.mail import Outgoing, composed, send, write
from workbook.mail.ledger import Ledger
from workbook.mail.picture import Picture
from workbook.write.build import build
from workbook.write.edition import Edition

GIVEN = scenario({"project": {"name": "Shop", "start": "2026-12-01"}, "answers": {"shifting": "yes"}})
DEARER = scenario({"project": {"name": "Shop", "start": "2026-12-01"}, "answers": {"shifting": "no"}})
FIRST, NEXT = date(2026, 12, 1), date(2026, 12, 2)


@pytest.fixture(scope="module")
def built():
    """The workbook of each scenario and day."""
    of = {"first": (GIVEN, FIRST), "next": (GIVEN, NEXT), "another": (DEARER, NEXT)}
    return {name: build(given, 0, Edition.light, day) for name, (given, day) in of.items()}


@pytest.fixture
def message(tmp_path):
    """The message with a workbook of these bytes."""

    def made(workbook):
        (tmp_path / "shop.xlsx").write_bytes(workbook)
        return composed([Outgoing("ada@example.org", "Ada", FIELDS, tmp_path / "shop.xlsx")], SENDER)

    return made


def test_a_workbook_built_again_on_another_day_is_not_sent_again_and_another_case_is(
    built, message, server, mailbox, tmp_path
):
    for name, state in (("first", "sent"), ("next", "already"), ("another", "sent")):
        assert states(send(message(built[name]), tmp_path / "ledger", server, pace=Hurry())) == [state]
    assert mailbox.counts() == {"ada@example.org": 2}


def test_what_an_earlier_version_sent_on_the_same_day_is_not_sent_again(built, message, server, mailbox, tmp_path):
    [today] = message(built["first"])
    by_day = replace(today, content=today.content._replace(undated=today.content.dated))
    assert by_day.key != today.key
    assert states(send([by_day], tmp_path / "ledger", server, pace=Hurry())) == ["sent"]
    assert states(send([today], tmp_path / "ledger", server, pace=Hurry())) == ["already"]
    assert mailbox.counts() == {"ada@example.org": 1}
    with Ledger(tmp_path / "ledger") as ledger:
        assert ledger.state(today) is None


def test_a_changed_figure_beside_the_day_is_another_case(built, message, tmp_path):
    [first] = message(built["first"])
    (tmp_path / "built.xlsx").write_bytes(built["next"])
    typed_in = edited(tmp_path / "built.xlsx", {("Inputs", "C9"): 46360}, tmp_path / "typed.xlsx")
    [typed] = message(typed_in.read_bytes())
    assert typed.key != first.key


def test_a_file_for_a_message_is_replaced_on_another_day_unless_somebody_changed_it(built, message, tmp_path):
    out = tmp_path / "out"
    pictures = {"picture": lambda path: Picture("png", path.read_bytes()[-300:])}
    assert states(write(message(built["first"]), out, **pictures)) == ["written"]
    [path] = out.iterdir()
    before = path.read_bytes()
    assert states(write(message(built["next"]), out, **pictures)) == ["written"]
    assert [*out.iterdir()] == [path]
    assert path.read_bytes() != before
    path.write_bytes(before.replace(b"Hello", b"Dear"))
    assert states(write(message(built["next"]), out, **pictures)) == ["refused"]
