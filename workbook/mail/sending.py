"""Sends messages, each at most once, over one connection while it lasts; temporary refusals are tried again."""

from __future__ import annotations

import contextlib
import heapq
import smtplib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from workbook.mail.attachment import NoWorkbookError
from workbook.mail.delivery import Delivery, deliver
from workbook.mail.envelope import message_bytes
from workbook.mail.interrupted import StoppedError
from workbook.mail.ledger import Ledger, LedgerError
from workbook.mail.message import Message
from workbook.mail.outcomes import Outcome, State, Summary
from workbook.mail.pace import Pace
from workbook.mail.picture import Pictured
from workbook.mail.server import NeverError, NotNowError, Server

IDLE = 20  # seconds that a connection is kept without use; servers hang up after some minutes


def send(
    messages: Sequence[Message],
    ledger: Path,
    server: Server,
    *,
    pace: Pace | None = None,
    when: datetime | None = None,
    picture: Pictured | None = None,
    repeat_unknown: bool = False,
    repeat_refused: bool = False,
) -> Summary:
    """Send every message that is not sent according to the ledger.

    Raises Refused if the ledger is damaged or used by another run, and StoppedError when it can no longer be written:
    then nothing more is sent.

    repeat_unknown: send messages again that may or may not have gone out; repeat_refused: try refused messages again.
    """
    with Ledger(ledger) as opened, contextlib.closing(_Run(opened, server, pace or Pace(), when, picture)) as run:
        for alike in _alike(messages):
            # Of those that are the same, the one that the ledger knows best, so that their order does not matter.
            message = max(alike, key=lambda one: (opened.state(one) == "sent", opened.state(one) is not None))
            state = opened.state(message)
            if state == "sent":
                run.done(message, "already")
            elif state == "unknown" and not repeat_unknown:
                run.done(message, "unknown", "by an earlier run")
            elif state == "refused" and not repeat_refused:
                run.done(message, "refused", "by an earlier run")
            else:
                run.add(message)
        try:
            run.work()
        except LedgerError as error:
            done = _in_order([message for message in messages if message.sameness in run.outcomes], run.outcomes)
            raise StoppedError(error.path, error.why, Summary(done), len(messages) - len(done)) from None
        return Summary(_in_order(messages, run.outcomes))


def _alike(messages: Sequence[Message]) -> Iterable[list[Message]]:
    """The messages in groups of equal ones."""
    groups: dict[str, list[Message]] = {}
    for message in messages:
        groups.setdefault(message.sameness, []).append(message)
    return groups.values()


def _in_order(messages: Sequence[Message], outcomes: dict[str, Outcome]) -> list[Outcome]:
    """An outcome for each message; a repetition in the list was sent with the first."""
    seen: set[str] = set()
    ordered = []
    for message in messages:
        outcome = outcomes[message.sameness]
        again = message.sameness in seen and outcome.state == "sent"
        state = "already" if again else outcome.state
        ordered.append(replace(outcome, recipient=message.recipient.addr_spec, key=message.key, state=state))
        seen.add(message.sameness)
    return ordered


class _Run:
    """The waiting messages, by the time of their next attempt, and the connection."""

    def __init__(
        self, ledger: Ledger, server: Server, pace: Pace, when: datetime | None, picture: Pictured | None
    ) -> None:
        self._ledger, self._server, self._pace, self._when, self._picture = ledger, server, pace, when, picture
        self._waiting: list[tuple[float, int, int, Message]] = []  # when, in which order, which attempt
        self._repeated: set[str] = set()
        self._connection: smtplib.SMTP | None = None
        self.outcomes: dict[str, Outcome] = {}

    def add(self, message: Message) -> None:
        if self._ledger.state(message) == "unknown":
            self._repeated.add(message.key)
        heapq.heappush(self._waiting, (0.0, len(self._waiting), 1, message))

    def done(self, message: Message, state: State, detail: str = "") -> None:
        self.outcomes[message.sameness] = Outcome(message.recipient.addr_spec, message.key, state, detail)

    def work(self) -> None:
        """Send until every message is sent or refused, or the server accepts nothing more."""
        try:
            while self._waiting:
                ready, order, attempt, message = self._waiting[0]
                self._rest(self._pace.wait(ready))
                connection = self._connected()
                heapq.heappop(self._waiting)
                result = self._attempted(connection, message)
                if result.state == "deferred" and attempt < self._pace.attempts:
                    ready = self._pace.clock() + self._pace.backoff(attempt)
                    heapq.heappush(self._waiting, (ready, order, attempt + 1, message))
        except NeverError as error:
            for _, _, _, message in self._waiting:
                self.done(message, self._without_sending(message, "deferred"), f"not tried: {error}")
        self._hang_up()

    def _rest(self, seconds: float) -> None:
        if seconds > IDLE:
            self._hang_up()
        if seconds > 0:
            self._pace.sleep(seconds)

    def _connected(self) -> smtplib.SMTP:
        attempt = 1
        while self._connection is None:
            try:
                self._connection = self._server.connect()
            except NotNowError as error:
                if attempt >= self._pace.attempts:
                    raise NeverError(str(error)) from None
                self._pace.sleep(self._pace.backoff(attempt))
                attempt += 1
        return self._connection

    def _attempted(self, connection: smtplib.SMTP, message: Message) -> Delivery:
        """Try a message once, with a line in the ledger before and after."""
        self._pace.take_turn()
        try:
            picture = self._picture and self._picture(message.attachment)
            data = message_bytes(message, self._when or datetime.now(UTC), picture)
            patience = self._server.patience
            result = deliver(connection, message, data, lambda: self._ledger.record(message, "sending"), patience)
        except NoWorkbookError as error:
            result = Delivery("refused", f"{message.attachment}: {error}", True)
        except (NeverError, LedgerError) as error:  # without a line in the ledger the end of the message is not sent
            self.done(message, self._without_sending(message, "deferred"), str(error))
            raise
        if not result.usable:
            self._hang_up()
        state = result.state if result.state == "sent" else self._without_sending(message, result.state)
        try:
            self._ledger.record(message, state, result.detail)
        except LedgerError as error:
            state = "unknown" if self._ledger.state(message) in ("sending", "unknown") else state
            self.done(message, state, f"{result.detail}, but the ledger has no record of it: {error.why}")
            raise
        self.done(message, state, result.detail)
        return result

    def _without_sending(self, message: Message, state: State) -> State:
        """The state of a message that was not accepted now. A repeated one may still have gone out before: unknown."""
        return "unknown" if message.key in self._repeated else state

    def _hang_up(self) -> None:
        if self._connection:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._connection.quit()
            self.close()

    def close(self) -> None:
        """Drop the connection without QUIT, which in the middle of a message would become part of it."""
        connection, self._connection = self._connection, None
        if connection:
            connection.close()
