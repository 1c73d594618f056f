"""The connection to the mail server: always TLS, certificate checked, login from the environment or by a token."""

from __future__ import annotations

import base64
import os
import smtplib
import socket
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from workbook.mail.access_token import Token
from workbook.mail.delivery import SmtpConnection
from workbook.mail.refusal import LoginRefusedError, NeverError, NotNowError, answer_line, refused_login
from workbook.mail.trust import trusting

USER, PASSWORD = "ENGAGEMENT_SMTP_USER", "ENGAGEMENT_SMTP_PASSWORD"


@dataclass(frozen=True)
class Server:
    """security: `starttls` (usually port 587) or `tls` (usually port 465); nothing else.

    authority: a file of certificates to trust besides the system's; timeout: seconds for each step; patience: seconds
    to wait for the answer after a message, since servers may be slow there; token: gives an access token, with which the
    login is XOAUTH2 instead of a password; user: who logs in with it, if ENGAGEMENT_SMTP_USER does not say.
    """

    host: str
    port: int = 587
    security: Literal["starttls", "tls"] = "starttls"
    authority: Path | None = None
    timeout: float = 60
    patience: float = 600
    token: Token | None = None
    user: str = ""

    drafts = False
    remembers = False

    def open(self) -> SmtpConnection:
        """A connection, encrypted and logged in. Raises NotNowError or NeverError."""
        return SmtpConnection(self.connect(), self.patience)

    def connect(self) -> smtplib.SMTP:
        """The same, of the standard library."""
        try:
            return self._connected()
        except smtplib.SMTPAuthenticationError as error:
            refusal = refused_login(error.smtp_code, error.smtp_error, self.token is not None)
            raise _by_code(error.smtp_code, refusal, LoginRefusedError) from None
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

    def _connected(self) -> smtplib.SMTP:
        context = trusting(self.authority)
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
            if self.token:
                _log_in_by_token(connection, os.environ.get(USER) or self.user, self.token())
            elif user := os.environ.get(USER):
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


def _log_in_by_token(connection: smtplib.SMTP, user: str, token: str) -> None:
    """Log in by XOAUTH2 (Exchange Online, Gmail): the name and the token, with control characters between them."""
    connection.ehlo_or_helo_if_needed()
    if "XOAUTH2" not in connection.esmtp_features.get("auth", "").upper().split():
        raise NeverError("the server takes no access token: it does not offer XOAUTH2")
    secret = base64.b64encode(f"user={user}\x01auth=Bearer {token}\x01\x01".encode()).decode()
    code, text = connection.docmd("AUTH", f"XOAUTH2 {secret}")
    if code == 334:  # the reason, in base64; an empty line asks for the answer itself
        code, text = connection.docmd("")
    if code not in (235, 503):
        raise smtplib.SMTPAuthenticationError(code, text)


def _by_code(code: int, text: str, never: type[NeverError] = NeverError) -> Exception:
    return NotNowError(text) if 400 <= code < 500 or code < 0 else never(text)
