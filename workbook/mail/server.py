"""The connection to the mail server: always TLS, certificate checked, login from the environment."""

from __future__ import annotations

import base64
import os
import smtplib
import socket
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from calc.text.printable import printable

LONGEST_ANSWER = 300
USER, PASSWORD = "ENGAGEMENT_SMTP_USER", "ENGAGEMENT_SMTP_PASSWORD"


class NotNowError(Exception):
    """The server cannot be reached now; trying again may help."""


class NeverError(Exception):
    """This server accepts nothing from this run: its certificate, the login or the sender is refused."""


@dataclass(frozen=True)
class Server:
    """security: `starttls` (usually port 587) or `tls` (usually port 465); nothing else.

    authority: a file of certificates to trust besides the system's; timeout: seconds for each step; patience: seconds
    to wait for the answer after a message, since servers may be slow there.
    """

    host: str
    port: int = 587
    security: Literal["starttls", "tls"] = "starttls"
    authority: Path | None = None
    timeout: float = 60
    patience: float = 600

    def connect(self) -> smtplib.SMTP:
        """A connection, encrypted and logged in. Raises NotNowError or NeverError."""
        try:
            return self._connected()
        except smtplib.SMTPAuthenticationError as error:
            raise _by_code(
                error.smtp_code, f"the login was refused: {answer_line(error.smtp_code, error.smtp_error)}"
            ) from None
        except smtplib.SMTPResponseException as error:
            raise _by_code(error.smtp_code, answer_line(error.smtp_code, error.smtp_error)) from None
        except smtplib.SMTPServerDisconnected as error:
            raise NotNowError(f"{self.host}:{self.port} closed the connection: {error}") from None
        except smtplib.SMTPException as error:
            raise NeverError(f"{self.host}:{self.port}: {error}") from None
        except ssl.SSLCertVerificationError as error:
            raise NeverError(f"the certificate of {self.host} is not valid: {error.verify_message}") from None
        except socket.gaierror as error:
            raise (NotNowError if error.errno == socket.EAI_AGAIN else NeverError)(
                f"{self.host}: no such host"
            ) from None
        except ssl.SSLEOFError:
            raise NotNowError(f"{self.host}:{self.port} closed the connection during the TLS handshake") from None
        except ssl.SSLError as error:
            raise NeverError(f"no TLS with {self.host}:{self.port}: {error.reason}") from None
        except OSError as error:
            raise NotNowError(f"{self.host}:{self.port}: {error.strerror or error}") from None

    def _context(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self.authority:
            try:
                context.load_verify_locations(self.authority)
            except OSError as error:  # ssl.SSLError is one too
                raise NeverError(f"{self.authority} holds no readable certificates: {error}") from None
        return context

    def _connected(self) -> smtplib.SMTP:
        context = self._context()
        name = socket.gethostname() or "localhost"
        name = name if name.isascii() else "localhost"
        if self.security == "tls":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, name, timeout=self.timeout, context=context
            )
        else:
            connection = smtplib.SMTP(self.host, self.port, name, timeout=self.timeout)
        try:
            if self.security != "tls":
                connection.starttls(context=context)
            if user := os.environ.get(USER):
                _log_in(connection, user, os.environ.get(PASSWORD, ""))
            connection.ehlo_or_helo_if_needed()
        except BaseException:
            connection.close()
            raise
        return connection


def _log_in(connection: smtplib.SMTP, user: str, password: str) -> None:
    """Log in by PLAIN where the server offers it: inside TLS it is safe, and smtplib's other ways send only ASCII."""
    connection.ehlo_or_helo_if_needed()
    if "PLAIN" in connection.esmtp_features.get("auth", "").upper().split():
        secret = base64.b64encode(f"\0{user}\0{password}".encode()).decode()
        code, text = connection.docmd("AUTH", f"PLAIN {secret}")
        if code not in (235, 503):  # 503: logged in already
            raise smtplib.SMTPAuthenticationError(code, text)
        return
    try:
        connection.login(user, password)
    except UnicodeEncodeError:
        raise NeverError("the server accepts only ASCII logins") from None


def _by_code(code: int, text: str) -> Exception:
    return NotNowError(text) if 400 <= code < 500 or code < 0 else NeverError(text)


def answer_line(code: int, text: bytes | str) -> str:
    """A server's answer on one printable line."""
    text = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"{code} {printable(' '.join(text[:LONGEST_ANSWER].split()))}"
