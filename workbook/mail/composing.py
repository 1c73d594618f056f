"""Turns recipients and their workbooks into messages; all are checked, and every fault is reported at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from email.headerregistry import Address
from typing import NamedTuple

from calc.scenario.faults import Fault, Refused, problem, shown
from workbook.mail.address import NoAddressError, address, domain_of
from workbook.mail.attachment import NoWorkbookError, Workbook, Workbooks
from workbook.mail.bundle import LARGEST_MESSAGE
from workbook.mail.default_template import default_template
from workbook.mail.header_text import FORBIDDEN, one_line
from workbook.mail.message import WORKBOOK_GROWTH, Message
from workbook.mail.outgoing import Outgoing
from workbook.mail.template import Template, filled, filled_html

LONGEST_TEXT = 100_000


class _Terms(NamedTuple):
    """Terms common to all messages. sender: None if its address is invalid, which is reported already."""

    sender: Address | None
    template: Template | None
    domains: Collection[str] | None
    largest: int
    workbooks: Workbooks


def composed(
    outgoing: Sequence[Outgoing],
    sender: str,
    template: Template | None = None,
    *,
    sender_name: str = "",
    domains: Collection[str] | None = None,
    largest: int = LARGEST_MESSAGE,
) -> list[Message]:
    """Compose the message of every workbook, or raise Refused with the faults of all of them.

    sender: the address that the messages come from; template: None for the default one, which gives the answer;
    domains: allowed domains of recipients, None for any; largest: limit of a message in bytes.
    """
    faults: list[Fault] = []
    allowed = None if domains is None else _allowed(domains, faults)
    if faults:
        # Addresses are judged by the domains once these are sound.
        allowed = None
    from_whom = _address(sender, sender_name, "sender", faults)
    terms = _Terms(from_whom, template, allowed, largest, Workbooks(int(largest / WORKBOOK_GROWTH)))
    messages = [_message(one, terms, faults) for one in outgoing]
    if faults:
        raise Refused("mail", list(dict.fromkeys(faults)))
    return [message for message in messages if message]


def _message(one: Outgoing, terms: _Terms, faults: list[Fault]) -> Message | None:
    """Compose one message, or return None and add its faults. A field with a known fault is not reported twice."""
    where = one.where or one.recipient
    reported = {fault.field for fault in one.faults}
    faults += one.faults
    if where in reported:  # the cells of the row are not in their columns
        return None
    new: list[Fault] = []
    fields = {**one.fields, "name": one.name, "to": one.recipient}
    recipient = _recipient(one, f"{where}, to", terms.domains, new)
    workbook = _workbook(one, f"{where}, workbook", terms.workbooks, new)
    message = _filled(one, fields, where, terms, new)
    faults += [fault for fault in new if fault.field not in reported]
    if new or reported or not (terms.sender and recipient and workbook and message):
        return None
    subject, text, html = message
    what = workbook.sha256, workbook.content, workbook.size
    made = Message(terms.sender, recipient, subject, text, html, one.attachment, *what, where, fields, terms.template)
    if made.bytes_at_most > terms.largest:
        allowed = f"a message of at most {terms.largest:,} bytes"
        faults.append(Fault(f"{where}, workbook", f"{workbook.size:,} bytes", allowed))
    return made


def _recipient(one: Outgoing, field: str, domains: Collection[str] | None, faults: list[Fault]) -> Address | None:
    recipient = _address(one.recipient, one.name, field, faults)
    if recipient and domains is not None and recipient.domain not in domains:
        faults.append(Fault(field, shown(one.recipient), f"an address at {' or '.join(sorted(domains))}"))
    return recipient


def _workbook(one: Outgoing, field: str, workbooks: Workbooks, faults: list[Fault]) -> Workbook | None:
    try:
        return workbooks.checked(one.attachment, one.sha256, one.content)
    except NoWorkbookError as error:
        faults.append(problem(field, f"{one.attachment}: {error}", error.hint))
        return None


def _filled(
    one: Outgoing, fields: Mapping[str, str], where: str, terms: _Terms, faults: list[Fault]
) -> tuple[str, str, str | None] | None:
    """Subject, text and HTML with the fields filled in; None if the template has faults."""
    template = terms.template or default_template([name for name, text in fields.items() if text.strip()])
    wrong = template.faults(fields)
    bad = {name for name, text in fields.items() if not one_line(text.replace("\n", "").replace("\t", ""))}
    faults += wrong
    faults += [Fault(f"{where}, {name}", shown(fields[name]), f"a text without {FORBIDDEN}") for name in sorted(bad)]
    if wrong:
        return None
    subject, text = filled(template.subject, fields).strip(), filled(template.text, fields)
    html = None if template.html is None else filled_html(template.html, fields)
    if not bad and not one_line(subject):
        faults.append(Fault(f"{where}, subject", shown(subject), "one line of text"))
    if len(text) + len(html or "") > LONGEST_TEXT:
        faults.append(Fault(f"{where}, text", f"{len(text):,} characters", f"at most {LONGEST_TEXT:,} with the HTML"))
    return subject, text, html


def _allowed(domains: Collection[str], faults: list[Fault]) -> set[str]:
    allowed = set()
    for domain in domains:
        try:
            allowed.add(domain_of(domain))
        except NoAddressError as error:
            faults.append(problem("allowed domains", f"{shown(domain)}: {error}", "for example example.com"))
    return allowed


def _address(text: str, name: str, field: str, faults: list[Fault]) -> Address | None:
    try:
        return address(text, name)
    except NoAddressError as error:
        given = shown(f"{name} <{text}>" if name else text)
        faults.append(problem(field, f"{given}: {error}", "for example ada@example.com"))
        return None
