"""Delivers one message over one connection: the server's answer, and whether it may have the message."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Callable
from typing import Literal, NamedTuple

from workbook.mail.message import Message
from workbook.mail.server import NeverError, answer_line

FIRST_DOT = re.compile(rb"^\.", re.MULTILINE)
SERVICE_ENDS = 421


class Delivery(NamedTuple):
    """state: what became of the message; detail: the server's words; usable: whether the connection still is."""

    state: Literal["sent", "refused", "deferred", "unknown"]
    detail: str
    usable: bool


def deliver(
    connection: smtplib.SMTP, message: Message, data: bytes, before_the_end: Callable[[], None], patience: float
) -> Delivery:
    """Hand a message over. Raises NeverError if the server refuses the sender.

    before_the_end: called when all but the final dot is sent. Until then the server must drop the message if the
    connection ends; afterwards it may have it, and only its answer says so.
    """
    try:
        if refusal := _introduced(connection, message, data):
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


def _introduced(connection: smtplib.SMTP, message: Message, data: bytes) -> Delivery | None:
    """Announce the message; returns a Delivery if the server declines it."""
    options = []
    if connection.has_extn("size"):
        most = connection.esmtp_features["size"].strip()
        if most.isdigit() and 0 < int(most) < len(data):
            return Delivery("refused", f"{len(data):,} bytes, and the server accepts at most {int(most):,}", True)
        options.append(f"size={len(data)}")
    code, text = connection.mail(message.sender.addr_spec, options)
    if code != 250:
        if code >= 500 and code != 552:
            raise NeverError(f"the sender {message.sender.addr_spec} was refused: {answer_line(code, text)}")
        return _reset(connection, code, text)
    code, text = connection.rcpt(message.recipient.addr_spec)
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
