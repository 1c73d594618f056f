"""Sends messages, each workbook at most once, over one connection while it lasts; temporary refusals are tried again."""

from __future__ import annotations

import contextlib
import heapq
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from workbook.mail.attachment import NoWorkbookError
from workbook.mail.bundle import LARGEST_MESSAGE, Bundle, bundled
from workbook.mail.delivery import Connection, Delivery, Service
from workbook.mail.interrupted import StoppedError
from workbook.mail.ledger import Ledger, LedgerError
from workbook.mail.message import Message
from workbook.mail.outcomes import Outcome, State, Summary, in_order, one_of_each
from workbook.mail.pace import Pace
from workbook.mail.picture import Pictured
from workbook.mail.refusal import NeverError, NotNowError

IDLE = 20  # seconds that a connection is kept without use; servers hang up after some minutes
EARLIER = "by an earlier run"
APART = "by an earlier run, in one draft with workbooks that are not in this run"
DRAFTED = "a draft of it was made in the sender's mailbox, and may have been sent from there"


def send(
    messages: Sequence[Message],
    ledger: Path,
    server: Service,
    *,
    pace: Pace | None = None,
    when: datetime | None = None,
    picture: Pictured | None = None,
    largest: float = LARGEST_MESSAGE,
    repeat_unknown: bool = False,
    repeat_refused: bool = False,
) -> Summary:
    """Send every workbook that is not sent according to the ledger, in one message for each recipient.

    Raises Refused if the ledger is damaged or used by another run, and StoppedError when it cannot be written, or can no
    longer: then nothing more is sent.

    largest: bytes of a message; what does not fit goes into a further one; repeat_unknown: send messages again that may
    or may not have gone out; repeat_refused: try refused messages again.
    """
    with (
        Ledger(ledger, messages) as opened,
        contextlib.closing(_Run(opened, server, pace or Pace(), when, picture)) as run,
    ):
        # Of those that are the same, the one that may have got furthest, so that their order does not matter.
        firsts = [max(alike, key=opened.reached) for alike in one_of_each(messages)]
        open_ones, bundles = _open(firsts, opened, run, server, repeat_unknown, repeat_refused), []
        for bundle in bundled(firsts, largest):
            if left := bundle.only(open_ones):
                bundles.append(left)
                run.add(left)
        try:
            run.work()
        except LedgerError as error:
            left_over = [one for one in bundles if not any(each.sameness in run.outcomes for each in one.messages)]
            done = Summary(in_order(messages, run.outcomes))
            raise StoppedError(error.path, error.why, done, len(left_over)) from None
        return Summary(in_order(messages, run.outcomes))


def _open(
    messages: Sequence[Message],
    ledger: Ledger,
    run: _Run,
    server: Service,
    repeat_unknown: bool,
    repeat_refused: bool,
) -> set[str]:
    """The keys of the workbooks that no message has gone out with, as far as the ledger knows. The others get their outcome.

    Those with a draft stay together with what is in the draft, and are added as they are.
    """
    still_open: set[str] = set()
    settled: dict[tuple[tuple[str, ...], State, str], list[Message]] = {}
    in_drafts: dict[tuple[str, ...], list[Message]] = {}
    for message in messages:
        entry = ledger.entry(message)
        if entry is None:
            still_open.add(message.key)
        elif entry.state == "sent" or (entry.state == "drafted" and server.drafts):
            settled.setdefault((entry.keys, "already", ""), []).append(message)
        elif entry.state == "refused" and not repeat_refused:
            settled.setdefault((entry.keys, "refused", EARLIER), []).append(message)
        elif server.remembers and entry.draft:
            in_drafts.setdefault(entry.keys, []).append(message)
        elif entry.state in ("unknown", "drafted") and not repeat_unknown:
            detail = EARLIER if entry.state == "unknown" else DRAFTED
            settled.setdefault((entry.keys, "unknown", detail), []).append(message)
        else:
            still_open.add(message.key)
    for (_, state, detail), alike in settled.items():
        run.done(Bundle(tuple(alike)), state, detail)
    for keys, together in in_drafts.items():
        by_key = {message.key: message for message in together}
        if by_key.keys() == set(keys):
            unknown = ledger.state(together[0]) == "unknown"
            run.add(Bundle(tuple(by_key[key] for key in keys)), unknown and (server.drafts or not repeat_unknown))
        else:
            run.done(Bundle(tuple(together)), "unknown", APART)
    return still_open


class _Waiting(NamedTuple):
    """A message that waits: until when, in which order, for which attempt. ask_first: for what became of it, no more."""

    ready: float
    order: int
    attempt: int
    bundle: Bundle
    ask_first: bool


class _Run:
    """The waiting messages, by the time of their next attempt, and the connection."""

    def __init__(
        self, ledger: Ledger, server: Service, pace: Pace, when: datetime | None, picture: Pictured | None
    ) -> None:
        self._ledger, self._server, self._pace, self._when, self._picture = ledger, server, pace, when, picture
        self._waiting: list[_Waiting] = []
        self._repeated: set[str] = set()
        self._connection: Connection | None = None
        self.outcomes: dict[str, Outcome] = {}

    def add(self, bundle: Bundle, ask_first: bool = False) -> None:
        uncertain = ("unknown",) if self._server.remembers else ("unknown", "drafted")
        self._repeated |= {one.key for one in bundle.messages if self._ledger.state(one) in uncertain}
        heapq.heappush(self._waiting, _Waiting(0.0, len(self._waiting), 1, bundle, ask_first))

    def done(self, bundle: Bundle, state: State, detail: str = "") -> None:
        outcome = Outcome(bundle.recipient.addr_spec, bundle.key, state, detail, bundle.file_names)
        self.outcomes |= dict.fromkeys((message.sameness for message in bundle.messages), outcome)

    def work(self) -> None:
        """Send until every message is sent or refused, or the server accepts nothing more."""
        try:
            while self._waiting:
                self._rest(self._pace.wait(self._waiting[0].ready))
                connection = self._connected()
                ready, order, attempt, bundle, ask_first = heapq.heappop(self._waiting)
                left = bundle if ask_first else self._unchanged(bundle)
                if left is None:
                    continue
                result = self._attempted(connection, left, ask_first)
                if result.state == "deferred" and attempt < self._pace.attempts:
                    ready = self._pace.clock() + max(self._pace.backoff(attempt), result.wait)
                    heapq.heappush(self._waiting, _Waiting(ready, order, attempt + 1, left, ask_first))
        except NeverError as error:
            for waiting in self._waiting:
                self.done(waiting.bundle, self._without_sending(waiting.bundle, error.state), f"not tried: {error}")
        self._hang_up()

    def _rest(self, seconds: float) -> None:
        if seconds > IDLE:
            self._hang_up()
        if seconds > 0:
            self._pace.sleep(seconds)

    def _connected(self) -> Connection:
        attempt = 1
        while self._connection is None:
            try:
                self._connection = self._server.open()
            except NotNowError as error:
                if attempt >= self._pace.attempts:
                    raise NeverError(str(error)) from None
                self._pace.sleep(self._pace.backoff(attempt))
                attempt += 1
        return self._connection

    def _unchanged(self, bundle: Bundle) -> Bundle | None:
        """The message without the workbooks that have changed since it was composed, which are refused."""
        kept = set()
        for message in bundle.messages:
            try:
                message.workbook()
                kept.add(message.key)
            except NoWorkbookError as error:
                alone = Bundle((message,))
                self._settled(alone, self._without_sending(alone, "refused"), str(error))
        return bundle if len(kept) == len(bundle.messages) else bundle.only(kept)

    def _attempted(self, connection: Connection, bundle: Bundle, ask_first: bool) -> Delivery:
        """Try a message once, with a line in the ledger before and after."""
        self._pace.take_turn()
        try:
            if ask_first:
                result = connection.found_out(self._ledger.draft(bundle), bundle)
            else:
                pictures = [self._picture(one.attachment) for one in bundle.messages] if self._picture else []
                result = connection.deliver(bundle, self._when or datetime.now(UTC), pictures, self._ledger)
        except NoWorkbookError as error:
            result = Delivery("refused", str(error), True)
        except NeverError as error:
            self.done(bundle, self._without_sending(bundle, error.state), str(error))
            raise
        except LedgerError as error:  # without a line in the ledger the end of the message is not sent
            self.done(bundle, self._without_sending(bundle, "deferred"), str(error))
            raise
        if not result.usable:
            self._hang_up()
        state: State = result.state
        if state not in ("sent", "drafted"):
            state = self._without_sending(bundle, state)
        self._settled(bundle, state, result.detail)
        return result

    def _settled(self, bundle: Bundle, state: State, detail: str) -> None:
        """Write down what became of a message."""
        try:
            self._ledger.record(bundle, state, detail)
        except LedgerError as error:
            may_have_it = self._ledger.state(bundle.messages[0]) in ("sending", "unknown")
            self.done(
                bundle,
                "unknown" if may_have_it else state,
                f"{detail}, but the ledger has no record of it: {error.why}",
            )
            raise
        self.done(bundle, state, detail)

    def _without_sending(self, bundle: Bundle, state: State) -> State:
        """The state of a message that was not accepted now. A repeated one may still have gone out before: unknown."""
        return "unknown" if self._repeated.intersection(bundle.keys) else state

    def _hang_up(self) -> None:
        connection, self._connection = self._connection, None
        if connection:
            connection.quit()

    def close(self) -> None:
        """Drop the connection without taking leave."""
        connection, self._connection = self._connection, None
        if connection:
            connection.close()
