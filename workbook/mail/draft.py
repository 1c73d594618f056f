"""What a message in a file says, on whatever day it and its workbooks were made."""

from __future__ import annotations

import email
from email.message import Message

from workbook.files.archive import contents
from workbook.files.content import content_hashes
from workbook.mail.attachment import TYPES

MADE_ON = "Date"
WORKBOOKS = {"/".join(kind) for kind in TYPES.values()}
# Of the first page of a workbook, which bears the day.
PICTURES = {"image/png", "application/pdf"}


def alike(one: bytes, other: bytes) -> bool:
    """Whether two messages differ at most in the day that they and their workbooks were made on."""
    return one == other or _said(one) == _said(other)


def _said(message: bytes) -> list[object]:
    parts = email.message_from_bytes(message).walk()
    return [([item for item in part.items() if item[0] != MADE_ON], _content(part)) for part in parts]


def _content(part: Message) -> object:
    """What a part holds: of a workbook its hash without the day, of a picture of its first page nothing."""
    content = part.get_payload(decode=True)
    kind = part.get_content_type()
    if kind in WORKBOOKS and isinstance(content, bytes):
        try:
            return content_hashes(contents(content)).undated
        except ValueError:  # packed by another program
            return content
    return None if kind in PICTURES else content
