"""A message as bytes: text, HTML with the picture, and the workbook; equal messages give equal bytes."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from workbook.mail.attachment import TYPES, NoWorkbookError, workbook_bytes
from workbook.mail.message import Message
from workbook.mail.picture import Picture

FIXED = 1767225600  # the default date of workbooks, too


def fixed_moment() -> datetime:
    """The date of an unsent message: SOURCE_DATE_EPOCH or a fixed one, for equal bytes on every run."""
    return datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", FIXED)), UTC)


def message_bytes(message: Message, when: datetime, picture: Picture | None = None, draft: bool = False) -> bytes:
    """The message, with CRLF line ends. draft: mail programs open it for sending, not as a received one."""
    made = EmailMessage(policy=SMTP)
    made["From"], made["To"], made["Subject"] = message.sender, message.recipient, message.subject
    made["Date"] = format_datetime(when)
    made["Message-ID"] = message.identifier
    if draft:
        made["X-Unsent"] = "1"
    made.set_content(message.text, cte="quoted-printable")
    if message.html is not None:
        _add_html(made, message, picture)
    main, sub = TYPES[message.attachment.suffix.lower()]
    made.add_attachment(_unchanged(message), main, sub, filename=message.file_name)
    if picture and (picture.kind == "pdf" or message.html is None):
        kind = ("application", "pdf") if picture.kind == "pdf" else ("image", picture.kind)
        made.add_attachment(picture.data, *kind, filename=f"summary.{picture.kind}")
    for number, part in enumerate(part for part in made.walk() if part.is_multipart()):
        part.set_boundary(f"=_{message.key[:32]}_{number}")  # "=_" stands in no encoded part
    return made.as_bytes()


def _add_html(made: EmailMessage, message: Message, picture: Picture | None) -> None:
    html = message.html or ""
    if picture is None or picture.kind == "pdf":
        made.add_alternative(html, subtype="html", cte="quoted-printable")
        return
    name = f"summary.{message.key[:16]}@engagement"
    image = f'<p><img src="cid:{name}" alt="The summary sheet of the workbook" style="max-width:100%"></p>\n'
    before, end, after = html.rpartition("</body>")
    made.add_alternative(
        f"{before}{image}{end}{after}" if end else html + image, subtype="html", cte="quoted-printable"
    )
    _, html_part = made.iter_parts()
    html_part.add_related(picture.data, "image", picture.kind, cid=f"<{name}>")


def _unchanged(message: Message) -> bytes:
    """The workbook's bytes; raises NoWorkbookError if it changed since the message was composed."""
    data = workbook_bytes(message.attachment, message.size)
    if hashlib.sha256(data).hexdigest() != message.digest:
        raise NoWorkbookError("changed since the message was composed")
    return data
