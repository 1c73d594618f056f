"""The outcome of each message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

# written: an .eml file; already: sent by an earlier run, or the same as another message of this one; refused: for good;
# deferred: not sent, a rerun may; unknown: it may or may not have gone out.
State = Literal["written", "sent", "already", "refused", "deferred", "unknown"]
DONE = ("written", "sent", "already")


@dataclass(frozen=True)
class Outcome:
    """The outcome of one message. detail: the file, or the server's answer."""

    recipient: str
    key: str
    state: State
    detail: str = ""


@dataclass(frozen=True)
class Summary:
    """The outcomes of all messages, in their order."""

    outcomes: Sequence[Outcome]

    @property
    def counts(self) -> dict[str, int]:
        return dict(Counter(outcome.state for outcome in self.outcomes))

    @property
    def complete(self) -> bool:
        """Whether every message is written or sent."""
        return all(outcome.state in DONE for outcome in self.outcomes)

    def __str__(self) -> str:
        return ", ".join(f"{count} {state}" for state, count in self.counts.items()) or "no messages"
