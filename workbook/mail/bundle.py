"""The workbooks of one recipient as one message, or as several where they are too large for one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from email.headerregistry import Address
from functools import cached_property
from pathlib import PurePath

from workbook.mail.message import Message
from workbook.mail.together import Words, together

LARGEST_MESSAGE = 20_000_000


@dataclass(frozen=True)
class Bundle:
    """What goes to one recipient in one message. part, parts: which of how many messages it is to that recipient."""

    messages: tuple[Message, ...]
    part: int = 1
    parts: int = 1

    @property
    def sender(self) -> Address:
        return self.messages[0].sender

    @property
    def recipient(self) -> Address:
        return self.messages[0].recipient

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of its workbooks, in their order."""
        return tuple(message.key for message in self.messages)

    @cached_property
    def key(self) -> str:
        """Identifies the message; that of a single workbook has the workbook's key."""
        if len(self.messages) == self.parts == 1:
            return self.messages[0].key
        return hashlib.sha256(json.dumps([self.part, self.parts, *self.keys]).encode()).hexdigest()

    @property
    def identifier(self) -> str:
        """The Message-ID: equal for equal messages, so that a mail server recognizes a repetition."""
        return f"<{self.key[:40]}@{self.sender.domain}>"

    @cached_property
    def words(self) -> Words:
        """Its subject, text and HTML."""
        return together(self.messages, self.part, self.parts)

    @cached_property
    def file_names(self) -> tuple[str, ...]:
        """A file name for each workbook, all different whatever the case."""
        names: list[str] = []
        taken: set[str] = set()
        for message in self.messages:
            path = PurePath(message.file_name)
            name, number = path.name, 1
            while name.casefold() in taken:
                number += 1
                name = f"{path.stem} ({number}){path.suffix}"
            taken.add(name.casefold())
            names.append(name)
        return tuple(names)

    def only(self, keys: Collection[str]) -> Bundle | None:
        """The same message with those workbooks alone; None without any."""
        kept = tuple(message for message in self.messages if message.key in keys)
        return replace(self, messages=kept) if kept else None


def bundled(messages: Sequence[Message], largest: float = LARGEST_MESSAGE) -> list[Bundle]:
    """A message for each recipient, in the order in which they appear; more where one would be larger than `largest` bytes."""
    of_recipient: dict[str, list[Message]] = {}
    for message in messages:
        of_recipient.setdefault(message.recipient.addr_spec.casefold(), []).append(message)
    return [
        Bundle(tuple(part), number, len(parts))
        for parts in (_parts(own, largest) for own in of_recipient.values())
        for number, part in enumerate(parts, 1)
    ]


def _parts(messages: Sequence[Message], largest: float) -> list[list[Message]]:
    parts: list[list[Message]] = []
    size = 0.0
    for message in messages:
        size += message.bytes_at_most
        if not parts or size > largest:
            parts.append([])
            size = message.bytes_at_most
        parts[-1].append(message)
    return parts
