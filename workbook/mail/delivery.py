"""Delivers one message over one connection: the server's answer, and whether it may have the message."""

from __future__ import annotations

import contextlib
import re
import smtplib
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Literal, NamedTuple, Protocol

from workbook.mail.bundle import Bundle
from workbook.mail.envelope import message_bytes
from workbook.mail.ledger import Ledger
from workbook.mail.picture import Picture
from workbook.mail.refusal import LoginRefusedError, NeverError, answer_line, refused_login

FIRST_DOT = re.compile(rb"^\.", re.MULTILINE)
SERVICE_ENDS, LOGIN_NEEDED = 421, 530


class Delivery(NamedTuple):
    """state: what became of the message; detail: the server's words; usable: whether the connection still is; wait: seconds
    for which the server asks before the next attempt."""

    state: Literal["sent", "drafted", "refused", "deferred", "unknown"]
    detail: str
    usable: bool
    wait: float = 0


class Connection(Protocol):
    """A connection that takes messages."""

    def deliver(self, bundle: Bundle, when: datetime, pictures: Sequence[Picture | None], ledger: Ledger) -> Delivery:
        """Hand a message over; the ledger says `sending` before the server may have it. Raises NeverError, LedgerError."""

    def found_out(self, draft: str, bundle: Bundle) -> Delivery:
        """What became of a message that may have gone out. draft: its id, if it had a draft."""

    def quit(self) -> None:
        """Take leave."""

    def close(self) -> None:
        """Drop the connection, in the middle of a message too."""


class Service(Protocol):
    """What messages are sent by. drafts: it makes drafts and sends nothing; remembers: it keeps drafts by their id."""

    @property
    def drafts(self) -> bool: ...

    @property
    def remembers(self) -> bool: ...

    def open(self) -> Connection:
        """A connection, logged in. Raises NotNowError or NeverError."""


class SmtpConnection:
    """A connection to a mail server. patience: seconds to wait for the answer after a message."""

    def __init__(self, smtp: smtplib.SMTP, patience: float) -> None:
        self._smtp, self._patience = smtp, patience

    def deliver(self, bundle: Bundle, when: datetime, pictures: Sequence[Picture | None], ledger: Ledger) -> Delivery:
        data = message_bytes(bundle, when, pictures)
        return deliver(self._smtp, bundle, data, lambda: ledger.record(bundle, "sending"), self._patience)

    def found_out(self, draft: str, bundle: Bundle) -> Delivery:
        return Delivery("unknown", "by an earlier run", True)

    def quit(self) -> None:
        with contextlib.suppress(smtplib.SMTPException, OSError):
            self._smtp.quit()
        self.close()

    def close(self) -> None:
        """Without QUIT, which in the middle of a message would become part of it."""
        self._smtp.close()


def deliver(
    connection: smtplib.SMTP, bundle: Bundle, data: bytes, before_the_end: Callable[[], None], patience: float
) -> Delivery:
    """Hand a message over. Raises NeverError if the server refuses the sender.

    before_the_end: called when all but the final dot is sent. Until then the server must drop the message if the
    connection ends; afterwards it may have it, and only its answer says so.
    """
    try:
        if refusal := _introduced(connection, bundle, data):
            return refusal
        connection.send(FIRST_DOT.sub(b"..", data if data.endswith(b"\r\n") else data + b"\r\n"))
    except (smtplib.SMTPException, OSError) as error:
        return Delivery("deferred", f"cut before the message was complete: {error}", False)
    before_the_end()
    try:
        if connection.sock:
            connection.sock.settimeout(patience)
        connection.send(b".\r\n")
        code, text = connection.getreply()
        if connection.sock:
            connection.sock.settimeout(connection.timeout)
    except (smtplib.SMTPException, OSError) as error:
        return Delivery("unknown", f"cut after the message, before the answer: {error}", False)
    if 200 <= code < 300:
        return Delivery("sent", answer_line(code, text), True)
    if 400 <= code < 600:
        return _declined(code, text, code != SERVICE_ENDS)
    return Delivery("unknown", f"invalid answer: {answer_line(code, text)}", False)


def _introduced(connection: smtplib.SMTP, bundle: Bundle, data: bytes) -> Delivery | None:
    """Announce the message; returns a Delivery if the server declines it."""
    options = []
    if connection.has_extn("size"):
        most = connection.esmtp_features["size"].strip()
        if most.isdigit() and 0 < int(most) < len(data):
            return Delivery("refused", f"{len(data):,} bytes, and the server accepts at most {int(most):,}", True)
        options.append(f"size={len(data)}")
    code, text = connection.mail(bundle.sender.addr_spec, options)
    if code == LOGIN_NEEDED:
        raise LoginRefusedError(refused_login(code, text))
    if code != 250:
        if code >= 500 and code != 552:
            raise NeverError(f"the sender {bundle.sender.addr_spec} was refused: {answer_line(code, text)}")
        return _reset(connection, code, text)
    code, text = connection.rcpt(bundle.recipient.addr_spec)
    if code not in (250, 251):
        return _reset(connection, code, text)
    code, text = connection.docmd("DATA")
    return None if code == 354 else _reset(connection, code, text)


def _reset(connection: smtplib.SMTP, code: int, text: bytes) -> Delivery:
    if code == SERVICE_ENDS or code < 400:
        return Delivery("deferred", answer_line(code, text), False)
    connection.rset()
    return _declined(code, text, True)


def _declined(code: int, text: bytes, usable: bool) -> Delivery:
    return Delivery("refused" if code >= 500 else "deferred", answer_line(code, text), usable)
