"""A workbook that was built again on another day, alike but for that day, is the same case."""

from base64 import b64encode
from dataclasses import replace
from datetime import date
from itertools import count

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


@pytest.mark.parametrize("kind", ["png", "pdf"])
def test_a_file_for_a_message_is_replaced_on_another_day_unless_somebody_changed_it(kind, built, message, tmp_path):
    out = tmp_path / "out"
    # Two pictures of one page need not be the same: a PDF says when it was made.
    numbers = count()
    pictures = {"picture": lambda _: Picture(kind, b"page %06d" % next(numbers))}
    assert states(write(message(built["first"]), out, **pictures)) == ["written"]
    [path] = out.iterdir()
    before = path.read_bytes()
    for day in ("first", "next"):
        assert states(write(message(built[day]), out, **pictures)) == ["written"]
        assert [*out.iterdir()] == [path]
    assert path.read_bytes() != before
    workbook, picture = (b64encode(data)[:60] for data in (built["first"], b"page 000000"))
    for was, changed in ((b"Hello", b"Dear"), (picture, b64encode(b"page xxxxxx")), (workbook, workbook.swapcase())):
        assert before.count(was) >= 1
        theirs = before.replace(was, changed)
        path.write_bytes(theirs)
        for day in ("first", "next"):
            assert states(write(message(built[day]), out, **pictures)) == ["refused"]
        assert path.read_bytes() == theirs
    assert states(write(message(built["next"]), out, force=True, **pictures)) == ["written"]
