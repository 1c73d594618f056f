"""A message that is ready: checked, filled in, with a key that tells it from every other."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from functools import cached_property
from pathlib import Path

from calc.scenario.faults import Fault, Refused, shown
from workbook.mail.address import NoAddressError, address, domain_of
from workbook.mail.attachment import NoWorkbookError, safe_name, workbook_bytes
from workbook.mail.default_template import default_template
from workbook.mail.line import one_line
from workbook.mail.outgoing import Outgoing
from workbook.mail.template import Template, filled, filled_html

LARGEST_MESSAGE = 20_000_000
LONGEST_TEXT = 100_000
# Base64 makes three bytes four, and adds a line end to every 76; quoted-printable makes a byte three at worst.
WORKBOOK_GROWTH, TEXT_GROWTH, HEADERS = 1.37, 3.2, 5_000


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
        content = [self.sender.addr_spec, self.recipient.addr_spec, self.subject, self.text, self.html]
        return hashlib.sha256(json.dumps([*content, self.file_name, self.digest]).encode()).hexdigest()

    @property
    def file_name(self) -> str:
        return safe_name(self.attachment.name)

    @property
    def identifier(self) -> str:
        """The Message-ID: the same whenever the message is the same, so that a mail server sees a repetition."""
        return f"<{self.key[:40]}@{self.sender.domain}>"


def composed(
    outgoing: Sequence[Outgoing],
    sender: str,
    template: Template | None = None,
    *,
    sender_name: str = "",
    domains: Collection[str] | None = None,
    largest: int = LARGEST_MESSAGE,
) -> list[Message]:
    """Every message, or Refused with every fault of all of them.

    sender: the address that the messages come from; template: None for the default one, which states the answer;
    domains: where mail may go, None for anywhere; largest: of a message, in bytes.
    """
    faults: list[Fault] = []
    allowed = None if domains is None else _allowed(domains, faults)
    messages = [_message(one, template, sender, sender_name, allowed, largest, faults) for one in outgoing]
    if faults:
        raise Refused("mail", list(dict.fromkeys(faults)))
    return [message for message in messages if message]


def _message(
    one: Outgoing,
    template: Template | None,
    sender: str,
    sender_name: str,
    domains: Collection[str] | None,
    largest: int,
    faults: list[Fault],
) -> Message | None:
    where = one.where or one.recipient
    fields = {**one.fields, "name": one.name, "to": one.recipient}
    template = template or default_template([name for name, text in fields.items() if text.strip()])
    begin = len(faults)
    faults += template.faults(fields)
    faults += [
        Fault(f"{where}, {name}", shown(text), "a text without control characters")
        for name, text in fields.items()
        if not one_line(text.replace("\n", "").replace("\t", ""))
    ]
    from_whom = _address(sender, sender_name, "sender", faults)
    to_whom = _address(one.recipient, one.name, f"{where}, to", faults)
    if to_whom and domains is not None and to_whom.domain not in domains:
        faults.append(Fault(f"{where}, to", shown(one.recipient), f"an address at {' or '.join(sorted(domains))}"))
    digest, size = "", 0
    try:
        data = workbook_bytes(one.attachment, int(largest / WORKBOOK_GROWTH))
        digest, size = hashlib.sha256(data).hexdigest(), len(data)
    except NoWorkbookError as error:
        faults.append(Fault(f"{where}, workbook", f"{one.attachment}: {error}", "an .xlsx or .ods workbook"))
    if len(faults) > begin:
        return None
    subject = filled(template.subject, fields).strip()
    if not one_line(subject):
        faults.append(Fault(f"{where}, subject", shown(subject), "a text of one line"))
    html = None if template.html is None else filled_html(template.html, fields)
    text = filled(template.text, fields)
    if len(text) + len(html or "") > LONGEST_TEXT:
        faults.append(Fault(f"{where}, text", f"{len(text):,} characters", f"at most {LONGEST_TEXT:,} with the HTML"))
    if size * WORKBOOK_GROWTH + len((text + (html or "")).encode()) * TEXT_GROWTH + HEADERS > largest:
        faults.append(Fault(f"{where}, workbook", f"{size:,} bytes", f"a message of at most {largest:,} bytes"))
    return Message(from_whom, to_whom, subject, text, html, one.attachment, digest, size, where)


def _allowed(domains: Collection[str], faults: list[Fault]) -> set[str]:
    allowed = set()
    for domain in domains:
        try:
            allowed.add(domain_of(domain))
        except NoAddressError as error:
            faults.append(Fault("allowed domains", f"{shown(domain)}: {error}", "domains", "example.com"))
    return allowed


def _address(text: str, name: str, field: str, faults: list[Fault]) -> Address | None:
    try:
        return address(text, name)
    except NoAddressError as error:
        faults.append(
            Fault(field, f"{shown(f'{name} <{text}>' if name else text)}: {error}", "one address", "ada@example.com")
        )
        return None
