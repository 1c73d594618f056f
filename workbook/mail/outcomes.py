"""The outcome of each message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from workbook.mail.message import Message

# written: an .eml file; drafted: a draft in the sender's mailbox; already: done by an earlier run, or the same as another
# workbook of this one; refused: for good, or the login was; deferred: not sent, a rerun may; unknown: it may have gone out.
State = Literal["written", "drafted", "sent", "already", "refused", "deferred", "unknown"]
DONE = ("written", "drafted", "sent", "already")


@dataclass(frozen=True)
class Outcome:
    """The outcome of one message. detail: the file, or the server's answer; workbooks: the names of those in it."""

    recipient: str
    key: str
    state: State
    detail: str = ""
    workbooks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Summary:
    """The outcomes of all messages, in their order."""

    outcomes: Sequence[Outcome]

    @property
    def counts(self) -> dict[str, int]:
        return dict(Counter(outcome.state for outcome in self.outcomes))

    @property
    def complete(self) -> bool:
        """Whether every message is written, drafted or sent."""
        return all(outcome.state in DONE for outcome in self.outcomes)

    def __str__(self) -> str:
        return ", ".join(f"{count} {state}" for state, count in self.counts.items()) or "no messages"


def in_order(messages: Sequence[Message], outcomes: Mapping[str, Outcome]) -> list[Outcome]:
    """An outcome for each message, at the place of its first workbook, and for each workbook that is there again.

    outcomes: by the sameness of each workbook, one object for all of a message; those without one are left out.
    """
    ordered: list[Outcome] = []
    seen: set[str] = set()
    listed: set[int] = set()
    for message in messages:
        outcome = outcomes.get(message.sameness)
        if outcome is None:
            continue
        if message.sameness in seen:
            state = "already" if outcome.state in DONE else outcome.state
            again = replace(outcome, recipient=message.recipient.addr_spec, key=message.key, state=state)
            ordered.append(replace(again, workbooks=(message.file_name,)))
        elif id(outcome) not in listed:
            ordered.append(outcome)
        seen.add(message.sameness)
        listed.add(id(outcome))
    return ordered


def one_of_each(messages: Sequence[Message]) -> list[list[Message]]:
    """The messages in groups of equal ones."""
    groups: dict[str, list[Message]] = {}
    for message in messages:
        groups.setdefault(message.sameness, []).append(message)
    return list(groups.values())
