"""Requests to Microsoft Graph: TLS, an access token, and what an answer says."""

from __future__ import annotations

import contextlib
import http.client
import json
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from calc.text.printable import printable
from workbook.mail.access_token import Token
from workbook.mail.refusal import LONGEST_ANSWER, NeverError, NotNowError
from workbook.mail.trust import trusting

UNAUTHORIZED = 401
PROXY_PORT = 8080
LARGEST_ANSWER = 5_000_000
# Ids that stay the same when a draft moves to the sent items.
LASTING_IDS = 'IdType="ImmutableId"'


class CutError(Exception):
    """The connection ended after the request went out: the service may have done it."""


class Answer(NamedTuple):
    """status: of HTTP; content: the object in the answer, empty without one; wait: seconds of Retry-After, 0 without."""

    status: int
    content: Mapping[str, Any]
    wait: float = 0

    @property
    def says(self) -> str:
        """The status with the error's code and text, on one line."""
        error = self.content.get("error")
        parts = [str(error.get(name) or "") for name in ("code", "message")] if isinstance(error, dict) else []
        return printable(" ".join(" ".join([str(self.status), *parts]).split())[:LONGEST_ANSWER])


@dataclass
class Requests:
    """One service of Microsoft Graph, through the proxy of the system if it has one.

    Raises NotNowError where it cannot be reached, NeverError where it is not trusted.
    """

    token: Token
    host: str
    port: int
    authority: Path | None
    timeout: float
    _bearer: str = field(default="", init=False, repr=False)
    _kept: http.client.HTTPSConnection | None = field(default=None, init=False, repr=False)

    def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Answer:
        """The answer to a request that does nothing twice, or nothing that anybody gets."""
        answer = self._asked(method, path, body)
        if answer.status == UNAUTHORIZED and self._renewed():
            answer = self._asked(method, path, body)
        return answer

    def order(self, path: str, before: Callable[[], None], patience: float) -> Answer:
        """The answer to a request that must not be done twice. before: called when the connection stands.

        Raises CutError once the request may have arrived.
        """
        self.close()  # a connection that was kept may be closed on the other side already, and the request lost in it
        connection = self._connected()
        before()
        answer = self._ordered(connection, path, patience)
        if answer.status == UNAUTHORIZED:  # the request was not done
            with contextlib.suppress(NotNowError, NeverError):
                if self._renewed():
                    self.close()
                    return self._ordered(self._connected(), path, patience)
        return answer

    def put(self, address: str, data: bytes, content_range: str) -> Answer:
        """Send a part of a file to an address that is valid without a token. Raises NotNowError."""
        parts = urlsplit(address)
        if parts.scheme != "https" or not parts.hostname:
            raise NotNowError("the service named no https address to upload to")
        connection = self._connection(parts.hostname, parts.port or 443)
        try:
            headers = {"Content-Type": "application/octet-stream", "Content-Range": content_range}
            target = f"{parts.path}?{parts.query}" if parts.query else parts.path
            connection.request("PUT", target, data, headers)
            return _answer(connection.getresponse())
        except (OSError, http.client.HTTPException) as error:
            raise self._unreachable(error) from None
        finally:
            connection.close()

    def start(self) -> None:
        """Get a token, and reach the service with it."""
        self._bearer = self.token()
        self._connected()

    def close(self) -> None:
        connection, self._kept = self._kept, None
        if connection:
            connection.close()

    def _asked(self, method: str, path: str, body: Mapping[str, Any] | None) -> Answer:
        connection = self._connected()
        try:
            connection.request(
                method, path, None if body is None else json.dumps(body), self._headers(body is not None)
            )
            return _answer(connection.getresponse())
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise self._unreachable(error) from None

    def _ordered(self, connection: http.client.HTTPSConnection, path: str, patience: float) -> Answer:
        try:
            if connection.sock:
                connection.sock.settimeout(patience)
            connection.request("POST", path, b"", self._headers(False))
            answer = _answer(connection.getresponse())
            if connection.sock:
                connection.sock.settimeout(self.timeout)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise CutError(_why(error)) from None
        return answer

    def _headers(self, has_body: bool) -> dict[str, str]:
        headers = {"Authorization": f"Bearer {self._bearer}", "Accept": "application/json", "Prefer": LASTING_IDS}
        return headers | ({"Content-Type": "application/json"} if has_body else {})

    def _renewed(self) -> bool:
        """Whether there is another token than the one that was refused: it may have expired."""
        refused, self._bearer = self._bearer, self.token()
        return self._bearer != refused

    def _connected(self) -> http.client.HTTPSConnection:
        if self._kept is None:
            connection = self._connection(self.host, self.port)
            try:
                connection.connect()
            except (OSError, http.client.HTTPException) as error:
                raise self._unreachable(error) from None
            self._kept = connection
        return self._kept

    def _connection(self, host: str, port: int) -> http.client.HTTPSConnection:
        proxy = urlsplit("" if proxy_bypass(host) else getproxies().get("https", ""))
        if not proxy.hostname:
            return http.client.HTTPSConnection(host, port, timeout=self.timeout, context=self._context)
        connection = http.client.HTTPSConnection(
            proxy.hostname, proxy.port or PROXY_PORT, timeout=self.timeout, context=self._context
        )
        connection.set_tunnel(host, port)
        return connection

    @cached_property
    def _context(self) -> ssl.SSLContext:
        return trusting(self.authority)

    def _unreachable(self, error: Exception) -> Exception:
        if isinstance(error, ssl.SSLCertVerificationError):
            return NeverError(f"the certificate of {self.host} is not valid: {error.verify_message}")
        return NotNowError(f"{self.host}:{self.port}: {_why(error)}")


def _why(error: Exception) -> str:
    return printable(str(getattr(error, "strerror", None) or error or type(error).__name__))


def _answer(response: http.client.HTTPResponse) -> Answer:
    data = response.read(LARGEST_ANSWER)
    content: Any = {}
    with contextlib.suppress(ValueError, RecursionError):
        content = json.loads(data)
    wait = response.headers.get("Retry-After", "")
    seconds = min(float(wait), 3600.0) if wait.isdigit() else 0.0
    return Answer(response.status, content if isinstance(content, dict) else {}, seconds)
