"""An access token from Microsoft Entra ID, by msal: for an application with a secret, or for a person with a device code."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Literal

from calc.text.printable import printable
from workbook.mail.refusal import LoginRefusedError, NeverError, NotNowError

SECRET = "ENGAGEMENT_CLIENT_SECRET"
LOGIN = "login.microsoftonline.com"
EXTRA = 'logging in to Microsoft 365 needs msal: pip install ".[microsoft365]"'
LONGEST_REASON = 300
TIMEOUT = 60
# What a token is for, and what a person consents to; an application has its permissions from the administrator.
RESOURCES = {"graph": "https://graph.microsoft.com", "smtp": "https://outlook.office365.com"}
PERMISSIONS = {"graph": ("Mail.ReadWrite", "Mail.Send"), "smtp": ("SMTP.Send",)}


@dataclass
class EntraToken:
    """A token for an application of a tenant, as the application itself if ENGAGEMENT_CLIENT_SECRET holds its secret.

    Otherwise a person logs in: `say` shows where, and with which code. purpose: Microsoft Graph or SMTP;
    login: the host that gives tokens, another one in national clouds; authority: certificates to trust besides the usual.
    """

    tenant: str
    client: str
    purpose: Literal["graph", "smtp"] = "graph"
    login: str = LOGIN
    authority: Path | None = None
    say: Callable[[str], None] = print
    _application: Any = field(default=None, init=False, repr=False)

    def __call__(self) -> str:
        """A token that is valid now. Raises LoginRefusedError, NeverError or NotNowError."""
        try:
            import msal
            from requests import RequestException, Session
        except ImportError:
            raise NeverError(EXTRA) from None
        secret = os.environ.get(SECRET)
        try:
            terms = self._terms(Session())
            answer = self._as_application(msal, secret, terms) if secret else self._as_person(msal, terms)
        except RequestException as error:
            raise NotNowError(f"{self.login} cannot be reached: {type(error).__name__}") from None
        except ValueError as error:  # of msal, where the tenant or the login is none
            raise LoginRefusedError(f"{self.login} does not know the tenant {self.tenant}: {_line(error)}") from None
        if "access_token" not in answer:
            reason = _line(answer.get("error_description") or answer.get("error") or "no reason given")
            raise LoginRefusedError(f"{self.login} refused the login: {reason}")
        return str(answer["access_token"])

    def _as_application(self, msal: Any, secret: str, terms: dict[str, Any]) -> dict[str, Any]:
        if self._application is None:
            self._application = msal.ConfidentialClientApplication(self.client, client_credential=secret, **terms)
        answer: dict[str, Any] = self._application.acquire_token_for_client([f"{RESOURCES[self.purpose]}/.default"])
        return answer

    def _as_person(self, msal: Any, terms: dict[str, Any]) -> dict[str, Any]:
        scopes = [f"{RESOURCES[self.purpose]}/{permission}" for permission in PERMISSIONS[self.purpose]]
        if self._application is None:
            self._application = msal.PublicClientApplication(self.client, **terms)
        for account in self._application.get_accounts():
            if answer := self._application.acquire_token_silent(scopes, account):
                return dict(answer)
        flow = self._application.initiate_device_flow(scopes)
        if "user_code" not in flow:
            return dict(flow)
        self.say(printable(flow["message"]))
        return dict(self._application.acquire_token_by_device_flow(flow))

    def _terms(self, session: Any) -> dict[str, Any]:
        """How msal reaches the login: never without a limit of time, and with the certificates that are named."""
        # Said with each request: a variable of the environment would win over what the session says.
        trusted = {"verify": str(self.authority)} if self.authority else {}
        session.request = partial(session.request, timeout=TIMEOUT, **trusted)
        # The host of the login comes from the company's own settings: nobody else is asked whether it is one.
        authority = f"https://{self.login}/{self.tenant}"
        return {"authority": authority, "http_client": session, "instance_discovery": False}


def _line(text: object) -> str:
    return printable(" ".join(str(text).split())[:LONGEST_REASON])
