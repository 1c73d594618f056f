"""One workbook for one recipient: checked, filled in, with a key of its own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.headerregistry import Address
from functools import cached_property
from pathlib import Path

from workbook.files.content import ContentHashes
from workbook.mail.attachment import NoWorkbookError, safe_name, workbook_bytes
from workbook.mail.template import Template

# Base64 makes three bytes four, and adds a line end to every 76; quoted-printable makes a byte three at worst.
WORKBOOK_GROWTH, TEXT_GROWTH, HEADERS = 1.37, 3.2, 5_000


@dataclass(frozen=True)
class Message:
    """A workbook for a recipient, and what a message with it alone says. key: hash of recipient and content.

    digest: the SHA-256 of the workbook's bytes; fields, template: what subject and text were made from, template None for
    the default one; needed where several workbooks go in one message.
    """

    sender: Address
    recipient: Address
    subject: str
    text: str
    html: str | None
    attachment: Path
    digest: str
    content: ContentHashes
    size: int
    where: str
    fields: Mapping[str, str] = field(default_factory=dict, compare=False)
    template: Template | None = field(default=None, compare=False)

    @cached_property
    def key(self) -> str:
        """Identifies this workbook with its text to this recipient, on whatever day it was made, in the ledger too."""
        return self._hash(self.recipient.addr_spec, self.content.undated)

    @property
    def earlier_keys(self) -> tuple[str, ...]:
        """The keys in ledgers of earlier versions, the later first: with the day, and made from the bytes of the workbook."""
        return tuple(self._hash(self.recipient.addr_spec, known) for known in (self.content.dated, self.digest))

    @cached_property
    def sameness(self) -> str:
        """Equal for messages whose recipients differ only in case, since they are one mailbox in practice."""
        return self._hash(self.recipient.addr_spec.casefold(), self.content.undated)

    def _hash(self, recipient: str, workbook: str) -> str:
        content = [self.sender.addr_spec, recipient, self.subject, self.text, self.html]
        return hashlib.sha256(json.dumps([*content, self.file_name, workbook]).encode()).hexdigest()

    @property
    def file_name(self) -> str:
        return safe_name(self.attachment.name)

    @property
    def bytes_at_most(self) -> float:
        """The size of a message with this workbook, without a picture."""
        text = (self.text + (self.html or "")).encode()
        return self.size * WORKBOOK_GROWTH + len(text) * TEXT_GROWTH + HEADERS

    def workbook(self) -> bytes:
        """The workbook's bytes; raises NoWorkbookError if it changed since the message was composed."""
        try:
            data = workbook_bytes(self.attachment, self.size)
        except NoWorkbookError as error:
            raise NoWorkbookError(f"{self.attachment}: {error}", error.hint) from None
        if hashlib.sha256(data).hexdigest() != self.digest:
            raise NoWorkbookError(f"{self.attachment}: changed since the message was composed")
        return data
