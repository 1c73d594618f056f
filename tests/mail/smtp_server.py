"""A real SMTP server with STARTTLS and a login, and a line to it that is cut."""

import contextlib
import socket
import ssl
import threading
from collections import Counter

import pytest

USER, PASSWORD = "ada", "p ss:wörd"


class Mailbox:
    """The server's side: what it took, and how it treats a recipient by the first word of the address."""

    def __init__(self):
        self.taken = []
        self.tried = Counter()

    def counts(self):
        return Counter(recipient for recipient, _ in self.taken)

    async def handle_MAIL(self, server, session, envelope, sender, options):  # noqa: N802
        if sender.startswith("nobody"):
            return "550 no such sender"
        envelope.mail_from = sender
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, recipient, options):  # noqa: N802
        self.tried[recipient] += 1
        word, first = recipient.partition("-")[0], self.tried[recipient] == 1
        if word == "never":
            return "550 no such mailbox"
        if (word == "later" and first) or word == "busy":
            return "451 try again later"
        if word == "hangup" and first:
            server.transport.abort()
            return "250 OK"
        if word == "closing" and first:
            return "421 closing"
        envelope.rcpt_tos.append(recipient)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        (recipient,) = envelope.rcpt_tos
        word, first = recipient.partition("-")[0], self.tried[recipient] == 1
        if word == "full" and first:
            return "452 no room at the moment"
        if word == "spam":
            return "554 we do not want this"
        if word == "cutbefore" and first:  # the data is here, and is dropped
            server.transport.abort()
            return "250 OK"
        self.taken.append((recipient, bytes(envelope.original_content)))
        if word == "cutafter":
            server.transport.abort()
        return "250 OK"


def served(mailbox, certificate, **more):
    """An SMTP server for the mailbox, with STARTTLS and a login."""
    smtp, controller = pytest.importorskip("aiosmtpd.smtp"), pytest.importorskip("aiosmtpd.controller")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)

    def authenticated(server, session, envelope, mechanism, data):
        right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return smtp.AuthResult(success=right, handled=False)

    options = {
        "require_starttls": True,
        "tls_context": context,
        "authenticator": authenticated,
        "auth_required": True,
        **more,
    }
    return controller.Controller(mailbox, hostname="127.0.0.1", port=free_port(), **options)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Cutting:
    """Passes bytes on to a server; the first connection is cut after so many bytes from the client."""

    def __init__(self, port, after):
        self._to, self._left = port, after
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]

    def __enter__(self):
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._listening.close()

    def _accept(self):
        cut = self._left
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            upstream = socket.create_connection(("127.0.0.1", self._to))
            threading.Thread(target=self._pass, args=(upstream, client, None), daemon=True).start()
            threading.Thread(target=self._pass, args=(client, upstream, cut), daemon=True).start()
            cut = None

    def _pass(self, source, target, left):
        try:
            while left is None or left > 0:
                data = source.recv(4096)
                if not data:
                    break
                target.sendall(data if left is None else data[:left])
                left = None if left is None else left - len(data)
        except OSError:
            pass
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
