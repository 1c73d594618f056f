"""A mail server with its certificate and login, a workbook, and messages."""

import shutil
import subprocess

import pytest

from tests.mail.samples import FIELDS, SENDER, WORKBOOK
from tests.mail.smtp_server import PASSWORD, USER, Mailbox, served
from workbook.mail import Outgoing, Server, composed


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """A certificate for localhost, made for these tests, as (certificate, key)."""
    if not shutil.which("openssl"):
        pytest.skip("no openssl command to make a certificate with")
    folder = tmp_path_factory.mktemp("certificate")
    made = folder / "certificate.pem", folder / "key.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", made[1]]
    subprocess.run(
        ["openssl", "req", "-x509", "-days", "2", *key, *subject, "-out", made[0]], check=True, capture_output=True
    )
    return made


@pytest.fixture
def mailbox():
    return Mailbox()


@pytest.fixture
def login(monkeypatch):
    monkeypatch.setenv("ENGAGEMENT_SMTP_USER", USER)
    monkeypatch.setenv("ENGAGEMENT_SMTP_PASSWORD", PASSWORD)


@pytest.fixture
def server(mailbox, certificate, login):
    running = served(mailbox, certificate)
    running.start()
    yield Server("localhost", running.port, authority=certificate[0], timeout=10, patience=10)
    running.stop()


@pytest.fixture
def workbook(tmp_path):
    path = tmp_path / "checkout rescue.xlsx"
    path.write_bytes(WORKBOOK)
    return path


@pytest.fixture
def messages(workbook):
    """Messages to these recipients."""

    def made(*names, **fields):
        return composed(
            [Outgoing(f"{name}@example.org", name, {**FIELDS, **fields}, workbook) for name in names], SENDER
        )

    return made
