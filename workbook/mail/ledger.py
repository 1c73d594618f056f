"""The ledger of sent messages: JSON Lines, written to disk before and after each message is handed over.

A workbook's last line says what became of it: `sending` (from here on the server may have it), then `sent`, `refused` or
`deferred`. A run that dies leaves `sending`; the next one makes it `unknown`, and repeats it only on request. A draft in
the sender's mailbox is `drafting` until it is whole, then `drafted`; `draft` is its id, also in what follows.

    {"at": "...", "key": "...", "with": ["..."], "to": "ada@example.com", "state": "sent", "detail": "...", "draft": "..."}

`with`: the keys of the other workbooks in the same message. One line for all of them is written whole or not at all.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from calc.scenario.faults import Refused, problem
from workbook.files.lock import Lock, LockedError
from workbook.files.whole import synced
from workbook.mail.bundle import Bundle
from workbook.mail.interrupted import StoppedError, reason
from workbook.mail.message import Message
from workbook.mail.outcomes import Summary

START = b'{"at": "'
# By how far the message may have got.
STATES = ("deferred", "refused", "drafting", "drafted", "sending", "unknown", "sent")


class Entry(NamedTuple):
    """A line. keys: of all workbooks in the message; draft: the id of its draft."""

    keys: tuple[str, ...]
    recipient: str
    state: str
    draft: str = ""

    @property
    def reached(self) -> int:
        """How far the message may have got: the place of its state among all."""
        return STATES.index(self.state)


class LedgerError(Exception):
    """A line could not be written. Nothing may be sent from here on."""

    def __init__(self, path: Path, why: str) -> None:
        self.path, self.why = path, why
        super().__init__(f"{path}: {why}")


class Ledger:
    """A ledger, locked for this run while its context is open.

    messages: those of this run; a line of an earlier version, which has another key for the same message, is theirs too.
    To open it raises Refused where it is damaged or in use, and StoppedError where it cannot be written.
    """

    def __init__(self, path: Path, messages: Sequence[Message] = ()) -> None:
        self._path, self._messages = Path(path), messages
        self._entries: dict[str, Entry] = {}

    def __enter__(self) -> Ledger:
        with contextlib.ExitStack() as undone:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._lock = Lock(self._path.with_name(self._path.name + ".lock"))
                undone.callback(self._lock.release)
                self._file = os.open(
                    self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600
                )
                undone.callback(os.close, self._file)
                self._read()
                self._renew()
            except LockedError:
                raise self._refused("", "in use by another run", "wait until it has ended") from None
            except (OSError, LedgerError) as error:
                why = error.why if isinstance(error, LedgerError) else reason(error)
                raise StoppedError(self._path, why, Summary([]), len(self._messages)) from None
            undone.pop_all()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        os.close(self._file)
        self._lock.release()

    def entry(self, message: Message) -> Entry | None:
        """The last line of the message's workbook; None if it has no line."""
        return self._entries.get(message.key)

    def state(self, message: Message) -> str | None:
        """The state in that line."""
        entry = self.entry(message)
        return entry and entry.state

    def reached(self, message: Message) -> int:
        """How far the message may have got according to that line; least where it has none."""
        entry = self.entry(message)
        return entry.reached if entry else -1

    def draft(self, bundle: Bundle) -> str:
        """The id of the draft of exactly these workbooks; empty where there is none."""
        entry = self._entries.get(bundle.keys[0])
        return entry.draft if entry and entry.keys == bundle.keys else ""

    def record(self, bundle: Bundle, state: str, detail: str = "", draft: str = "") -> None:
        """Add a line for the message; it is on the disk when this returns. Raises LedgerError.

        draft: the id of its draft; the one that is known stays.
        """
        known = draft or self.draft(bundle)
        self._append(Entry(bundle.keys, bundle.recipient.addr_spec, state, known), detail)

    def _append(self, entry: Entry, detail: str) -> None:
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        first, *others = entry.keys
        line: dict[str, object] = {"at": now, "key": first}
        if others:
            line["with"] = others
        line |= {"to": entry.recipient, "state": entry.state, "detail": detail}
        if entry.draft:
            line["draft"] = entry.draft
        data = json.dumps(line).encode() + b"\n"
        try:
            if os.write(self._file, data) != len(data):
                raise LedgerError(self._path, "no room left on the disk")
            os.fsync(self._file)
        except OSError as error:
            raise LedgerError(self._path, reason(error)) from None
        self._entries |= dict.fromkeys(entry.keys, entry)

    def _read(self) -> None:
        """Read every line. A torn last line is dropped: its write was never waited for, so nothing depends on it."""
        data = self._path.read_bytes()
        whole, _, torn = data.rpartition(b"\n")
        if not torn.startswith(START[: len(torn)]):
            raise self._foreign("the end")
        for number, line in enumerate(whole.split(b"\n") if whole else (), 1):
            try:
                entry = _entry(json.loads(line))
                self._entries |= dict.fromkeys(entry.keys, entry)
            except (ValueError, KeyError, TypeError, RecursionError):
                raise self._foreign(f"line {number}") from None
        if torn:
            os.truncate(self._file, len(data) - len(torn))
        synced(self._path.parent)  # the file's own name has to last as well
        for entry in dict.fromkeys(self._entries.values()):
            if entry.state == "sending":
                self._append(
                    entry._replace(state="unknown"), "the run ended before the server's answer was written down"
                )

    def _renew(self) -> None:
        """Know by the keys of today what earlier versions wrote down by theirs.

        Of the lines of one workbook that of the latest version counts; of several workbooks that are one case, as made on
        two days, that of which the message may have got furthest. What was sent stays sent, whatever else was written down.
        """
        today = {earlier: message.key for message in self._messages for earlier in message.earlier_keys}
        known: dict[str, list[Entry]] = {}
        for message in self._messages:
            keys = message.key, *message.earlier_keys
            if lines := [self._entries[key] for key in keys if key in self._entries]:
                known.setdefault(message.key, []).append(max(lines, key=lambda line: line.state == "sent"))
        self._entries |= {key: max(lines, key=lambda line: line.reached) for key, lines in known.items()}
        self._entries = {
            key: entry._replace(keys=tuple(dict.fromkeys(today.get(one, one) for one in entry.keys)))
            for key, entry in self._entries.items()
        }

    def _foreign(self, place: str) -> Refused:
        return self._refused(place, "was not written by this program", "restore the ledger, or use another folder")

    def _refused(self, place: str, says: str, hint: str = "") -> Refused:
        return Refused(str(self._path), [problem(place, says, hint)])


def _entry(line: dict[str, Any]) -> Entry:
    keys = (line["key"], *line.get("with", ()))
    texts = *keys, line["to"], line["state"], line.get("draft", "")
    if not all(isinstance(text, str) for text in texts):
        raise TypeError("texts expected")
    return Entry(keys, line["to"], STATES[STATES.index(line["state"])], line.get("draft", ""))
