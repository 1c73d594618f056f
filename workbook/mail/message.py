"""A message that is ready: checked, filled in, with a key that tells it from every other."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from email.headerregistry import Address
from functools import cached_property
from pathlib import Path

from workbook.mail.attachment import safe_name


@dataclass(frozen=True)
class Message:
    """One message to one recipient. key: hash of recipient and content; the date and the picture are no part of it.

    digest: the SHA-256 of the workbook's bytes; content: its `content_hash`.
    """

    sender: Address
    recipient: Address
    subject: str
    text: str
    html: str | None
    attachment: Path
    digest: str
    content: str
    size: int
    where: str

    @cached_property
    def key(self) -> str:
        """Tells whether this very message went to this very recipient before."""
        return self._hash(self.recipient.addr_spec, self.content)

    @property
    def earlier_key(self) -> str:
        """The key in ledgers of earlier versions, which went by the bytes of the workbook."""
        return self._hash(self.recipient.addr_spec, self.digest)

    @cached_property
    def sameness(self) -> str:
        """The same for messages that differ in upper and lower case of the recipient alone: one mailbox, in practice."""
        return self._hash(self.recipient.addr_spec.casefold(), self.content)

    def _hash(self, recipient: str, workbook: str) -> str:
        content = [self.sender.addr_spec, recipient, self.subject, self.text, self.html]
        return hashlib.sha256(json.dumps([*content, self.file_name, workbook]).encode()).hexdigest()

    @property
    def file_name(self) -> str:
        return safe_name(self.attachment.name)

    @property
    def identifier(self) -> str:
        """The Message-ID: the same whenever the message is the same, so that a mail server sees a repetition."""
        return f"<{self.key[:40]}@{self.sender.domain}>"
