"""Mail addresses: checked strictly, with the domain in the form that mail servers accept."""

from __future__ import annotations

import re
from email.headerregistry import Address
from email.utils import parseaddr

from workbook.mail.header_text import one_line

LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*", re.ASCII)
# With these, the part before the @ may name another place: some servers send user%other.com@ours.com, other.com!user@ours.com
# or /S=user/P=other/@ours.com on to there, and hand what follows a | to a program.
ROUTING = "%!/|"
LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
# The two standards of international domain names map these to different domains, so the writer has to decide.
AMBIGUOUS = "ßς\u200c\u200d"


class NoAddressError(ValueError):
    """The text is not an address that mail may go to."""


def address(text: str, name: str = "") -> Address:
    """Parse an address, its domain in lower-case ASCII. Raises NoAddressError with the reason.

    >>> address("Ada.L@Bücher.example").addr_spec
    'Ada.L@xn--bcher-kva.example'
    """
    if not one_line(text) or not one_line(name):
        raise NoAddressError("it has line breaks, control characters or characters that change the direction of text")
    user, at, domain = text.rpartition("@")
    if not at or parseaddr(text) != ("", text):
        raise NoAddressError("not one address of the form name@domain")
    if not LOCAL.fullmatch(user) or len(user) > 64:
        raise NoAddressError("the part before the @ is not a plain mailbox name")
    if route := next((mark for mark in ROUTING if mark in user), ""):
        raise NoAddressError(f"{route} before the @ may route it to another domain")
    return Address(display_name=name, username=user, domain=domain_of(domain))


def domain_of(text: str) -> str:
    """The domain in the ASCII form: bücher.example -> xn--bcher-kva.example. Raises NoAddressError."""
    if any(character in text for character in AMBIGUOUS):
        raise NoAddressError("the domain has ß, ς or joiners; write it in its xn-- form")
    try:
        domain = text.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise NoAddressError("the domain after the @ is invalid") from None
    labels = domain.split(".")
    if len(labels) < 2 or len(domain) > 253 or not all(map(LABEL.fullmatch, labels)) or labels[-1].isdigit():
        raise NoAddressError("the domain after the @ is invalid")
    return domain
