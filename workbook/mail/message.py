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
    """One message to one recipient. key: hash of recipient and content; the date and the picture are no part of it."""

    sender: Address
    recipient: Address
    subject: str
    text: str
    html: str | None
    attachment: Path
    digest: str
    size: int
    where: str

    @cached_property
    def key(self) -> str:
        """Tells whether this very message went to this very recipient before."""
        return self._hash(self.recipient.addr_spec)

    @cached_property
    def sameness(self) -> str:
        """The same for messages that differ in upper and lower case of the recipient alone: one mailbox, in practice."""
        return self._hash(self.recipient.addr_spec.casefold())

    def _hash(self, recipient: str) -> str:
        content = [self.sender.addr_spec, recipient, self.subject, self.text, self.html]
        return hashlib.sha256(json.dumps([*content, self.file_name, self.digest]).encode()).hexdigest()

    @property
    def file_name(self) -> str:
        return safe_name(self.attachment.name)

    @property
    def identifier(self) -> str:
        """The Message-ID: the same whenever the message is the same, so that a mail server sees a repetition."""
        return f"<{self.key[:40]}@{self.sender.domain}>"
