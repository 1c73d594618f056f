"""A message ready to go: checked, filled in, with a key of its own."""

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
    """One message to one recipient. key: hash of recipient and content; without date and picture.

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
        """Identifies this message to this recipient, in the ledger too."""
        return self._hash(self.recipient.addr_spec, self.content)

    @property
    def earlier_key(self) -> str:
        """The key in ledgers of earlier versions, made from the bytes of the workbook."""
        return self._hash(self.recipient.addr_spec, self.digest)

    @cached_property
    def sameness(self) -> str:
        """Equal for messages whose recipients differ only in case, since they are one mailbox in practice."""
        return self._hash(self.recipient.addr_spec.casefold(), self.content)

    def _hash(self, recipient: str, workbook: str) -> str:
        content = [self.sender.addr_spec, recipient, self.subject, self.text, self.html]
        return hashlib.sha256(json.dumps([*content, self.file_name, workbook]).encode()).hexdigest()

    @property
    def file_name(self) -> str:
        return safe_name(self.attachment.name)

    @property
    def identifier(self) -> str:
        """The Message-ID: equal for equal messages, so that a mail server recognizes a repetition."""
        return f"<{self.key[:40]}@{self.sender.domain}>"
