"""A message as bytes: text, HTML with the pictures, and the workbooks; equal messages give equal bytes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP
from email.utils import format_datetime

from workbook.mail.attachment import TYPES
from workbook.mail.bundle import Bundle
from workbook.mail.disposition import disposition
from workbook.mail.html_body import appended
from workbook.mail.picture import Picture

FIXED = 1767225600  # the default date of workbooks, too


def fixed_moment() -> datetime:
    """The date of an unsent message: SOURCE_DATE_EPOCH or a fixed one, for equal bytes on every run."""
    return datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", FIXED)), UTC)


def message_bytes(
    bundle: Bundle, when: datetime, pictures: Sequence[Picture | None] = (), draft: bool = False
) -> bytes:
    """The message, with CRLF line ends. draft: mail programs open it for sending, not as a received one.

    pictures: of its workbooks, in their order. Raises NoWorkbookError if a workbook has changed.
    """
    made = EmailMessage(policy=SMTP)
    words = bundle.words
    made["From"], made["To"], made["Subject"] = bundle.sender, bundle.recipient, words.subject
    made["Date"] = format_datetime(when)
    made["Message-ID"] = bundle.identifier
    if draft:
        made["X-Unsent"] = "1"
    made.set_content(words.text, cte="quoted-printable")
    inline = list(shown_pictures(bundle, pictures))
    if words.html is not None:
        made.add_alternative(html_with(bundle, inline), subtype="html", cte="quoted-printable")
        _, html_part = made.iter_parts()
        for name, picture in inline:
            html_part.add_related(picture.data, "image", picture.kind, cid=f"<{name}>")
    for message, file_name in zip(bundle.messages, bundle.file_names, strict=True):
        _attach(made, message.workbook(), TYPES[message.attachment.suffix.lower()], file_name)
    for file_name, picture in attached_pictures(bundle, pictures):
        _attach(made, picture.data, picture.type, file_name)
    for number, part in enumerate(part for part in made.walk() if part.is_multipart()):
        part.set_boundary(f"=_{bundle.key[:32]}_{number}")  # "=_" stands in no encoded part
    return made.as_bytes()


def shown_pictures(bundle: Bundle, pictures: Sequence[Picture | None]) -> Iterator[tuple[str, Picture]]:
    """Each picture that the HTML shows, with its Content-ID."""
    for number, picture in enumerate(pictures, 1):
        if picture and picture.kind != "pdf" and bundle.words.html is not None:
            yield f"summary.{bundle.key[:16]}{'' if number == 1 else f'.{number}'}@engagement", picture


def attached_pictures(bundle: Bundle, pictures: Sequence[Picture | None]) -> Iterator[tuple[str, Picture]]:
    """Each picture that the HTML does not show, with its file name."""
    for number, picture in enumerate(pictures, 1):
        if picture and (picture.kind == "pdf" or bundle.words.html is None):
            yield f"summary{'' if number == 1 else f' ({number})'}.{picture.kind}", picture


def html_with(bundle: Bundle, inline: Sequence[tuple[str, Picture]]) -> str:
    """The HTML of the message, with its pictures at the end."""
    html = bundle.words.html or ""
    for name, _ in inline:
        image = f'<p><img src="cid:{name}" alt="The summary sheet of the workbook" style="max-width:100%"></p>\n'
        html = appended(html, image)
    return html


def _attach(made: EmailMessage, data: bytes, kind: tuple[str, str], file_name: str) -> None:
    made.add_attachment(data, *kind)
    *_, part = made.iter_attachments()
    if isinstance(part, MIMEPart):
        del part["Content-Disposition"]
        part.set_raw("Content-Disposition", disposition(file_name))
