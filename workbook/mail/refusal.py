"""Why a server or a service takes nothing: now, from this run, or from this login, with what helps."""

from __future__ import annotations

import re
from typing import Literal

from calc.text.printable import printable

LONGEST_ANSWER = 300
# What Exchange Online answers where names and passwords, or SMTP logins as such, are switched off: the enhanced codes of
# RFC 3463 that it uses for a login.
SWITCHED_OFF = re.compile(r"\b5\.7\.(?:139|57|30)\b|basic authentication", re.IGNORECASE)
NOT_FOR_SMTP = re.compile(r"SmtpClientAuthentication is disabled", re.IGNORECASE)
EXCHANGE = re.compile(r"\b5\.7\.3\b|\.outlook\.com", re.IGNORECASE)

GRAPH = 'send by Microsoft Graph (service = "microsoft365")'
TOKEN = "log in with an access token (token_command, token_variable, or tenant and client)"
USE_A_TOKEN = f"Microsoft 365 is switching names and passwords off: {TOKEN}, or {GRAPH}"
SWITCH_ON = f"logging in by SMTP is switched off there: {GRAPH}, or have it switched on for the mailbox"
CHECK_TOKEN = (
    "the token must be one for https://outlook.office365.com with the permission SMTP.Send or SMTP.SendAsApp, and the "
    f"login may need to be admitted to the mailbox; or {GRAPH}"
)


class NotNowError(Exception):
    """The server cannot be reached now; trying again may help."""


class NeverError(Exception):
    """This server accepts nothing from this run: its certificate, the login or the sender is refused.

    state: what becomes of every message that was to go.
    """

    state: Literal["deferred", "refused"] = "deferred"


class LoginRefusedError(NeverError):
    """The login, the token or its permissions are refused: nothing goes until somebody changes that."""

    state = "refused"


def refused_login(code: int, text: bytes | str, by_token: bool = False) -> str:
    """What a server said when it refused the login, with the way out where the answer is one of Microsoft 365."""
    answer = answer_line(code, text)
    if NOT_FOR_SMTP.search(answer):
        way_out = SWITCH_ON
    elif by_token:
        way_out = CHECK_TOKEN if EXCHANGE.search(answer) or SWITCHED_OFF.search(answer) else ""
    elif SWITCHED_OFF.search(answer) or EXCHANGE.search(answer):
        way_out = USE_A_TOKEN
    else:
        way_out = ""
    return f"the login was refused: {answer}" + (f". {way_out}" if way_out else "")


def answer_line(code: int, text: bytes | str) -> str:
    """A server's answer on one printable line."""
    text = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"{code} {printable(' '.join(text[:LONGEST_ANSWER].split()))}"
