"""Logging in to a mail server by XOAUTH2, and what is said where a login is refused."""

import base64

import pytest

from tests.mail.samples import Hurry, states
from tests.mail.smtp_server import Mailbox, served
from workbook.mail import CommandToken, Server, VariableToken, send

TOKEN = "eyJ0eXAiOiJKV1Qi.of~this-login_"


class TokenMailbox(Mailbox):
    """Takes logins by XOAUTH2 as Exchange Online and Gmail describe them, and refuses with the answer it was made with."""

    def __init__(self, refusal="535 5.7.3 Authentication unsuccessful [AM0PR01.eurprd01.prod.outlook.com]", asks=False):
        super().__init__()
        self.refusal, self.asks, self.seen = refusal, asks, []

    async def auth_XOAUTH2(self, server, args):  # noqa: N802
        smtp = pytest.importorskip("aiosmtpd.smtp")
        self.seen.append(base64.b64decode(args[1]).decode())
        if self.seen[-1] == f"user=sender@example.com\x01auth=Bearer {TOKEN}\x01\x01":
            return smtp.AuthResult(success=True, auth_data="sender")
        if self.asks:  # the reason first, as Gmail does
            await server.push("334 " + base64.b64encode(b'{"status":"400"}').decode())
            assert await server._reader.readline() == b"\r\n"
        await server.push(self.refusal)
        return smtp.AuthResult(success=False, handled=True)


def reached(mailbox, certificate, **more):
    running = served(mailbox, certificate, **more)
    running.start()
    return running, {"host": "localhost", "port": running.port, "authority": certificate[0], "timeout": 10}


@pytest.mark.parametrize(
    "token", [VariableToken("TOKEN"), CommandToken(("sh", "-c", f"echo '{TOKEN}'"))], ids=["variable", "command"]
)
def test_a_token_of_a_variable_or_a_command_logs_in(token, certificate, messages, tmp_path, monkeypatch):
    monkeypatch.setenv("TOKEN", TOKEN)
    monkeypatch.delenv("ENGAGEMENT_SMTP_USER", raising=False)
    mailbox = TokenMailbox()
    running, where = reached(mailbox, certificate)
    server = Server(**where, token=token, user="sender@example.com")
    assert states(send(messages("ada"), tmp_path / "l", server, pace=Hurry())) == ["sent"]
    running.stop()
    assert len(mailbox.seen) == 1


@pytest.mark.parametrize("asks", [False, True])
def test_a_refused_token_is_refused_and_a_later_run_sends_with_a_better_one(asks, certificate, messages, tmp_path):
    mailbox = TokenMailbox(asks=asks)
    running, where = reached(mailbox, certificate)
    summary = send(
        messages("ada", "bob"), tmp_path / "l", Server(**where, token=lambda: "old", user="sender@example.com")
    )
    assert states(summary) == ["refused", "refused"]
    assert "login was refused: 535 5.7.3 Authentication unsuccessful" in summary.outcomes[0].detail
    assert "SMTP.Send" in summary.outcomes[0].detail
    server = Server(**where, token=lambda: TOKEN, user="sender@example.com")
    assert states(send(messages("ada", "bob"), tmp_path / "l", server, pace=Hurry())) == ["sent", "sent"]
    running.stop()


def test_a_server_without_xoauth2_is_given_no_token(certificate, mailbox, messages, tmp_path):
    running, where = reached(mailbox, certificate)
    summary = send(messages("ada"), tmp_path / "l", Server(**where, token=lambda: TOKEN), pace=Hurry())
    running.stop()
    assert states(summary) == ["deferred"]
    assert "does not offer XOAUTH2" in summary.outcomes[0].detail


# What Exchange Online answers to a name and a password, and the way out that is named.
REFUSALS = [
    (
        "535 5.7.139 Authentication unsuccessful, basic authentication is disabled. [X.PROD.OUTLOOK.COM]",
        "switching names and",
    ),
    (
        "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.",
        "switched off there",
    ),
    ("535 5.7.3 Authentication unsuccessful [X.prod.outlook.com]", "switching names and passwords off"),
    ("550 5.7.30 Basic authentication is not supported for Client Submission.", "service = "),
]


@pytest.mark.parametrize(("answer", "way_out"), REFUSALS)
def test_a_login_that_microsoft_365_refuses_names_the_way_out(
    answer, way_out, certificate, mailbox, messages, login, tmp_path
):
    smtp = pytest.importorskip("aiosmtpd.smtp")

    class Refusing:
        def __call__(self, server, session, envelope, mechanism, data):
            return smtp.AuthResult(success=False, handled=False, message=answer)

    running, where = reached(mailbox, certificate, authenticator=Refusing())
    summary = send(messages("ada", "bob"), tmp_path / "l", Server(**where), pace=Hurry())
    running.stop()
    assert states(summary) == ["refused", "refused"]
    assert answer[:40] in summary.outcomes[1].detail
    assert way_out in summary.outcomes[1].detail
    assert "Microsoft Graph" in summary.outcomes[1].detail


def test_a_sender_that_is_not_logged_in_is_refused_with_the_way_out(certificate, messages, login, tmp_path):
    class Anonymous(Mailbox):
        async def handle_MAIL(self, server, session, envelope, sender, options):  # noqa: N802
            return "530 5.7.57 Client not authenticated to send mail. [X.prod.outlook.com]"

    running, where = reached(Anonymous(), certificate)
    summary = send(messages("ada", "bob"), tmp_path / "l", Server(**where), pace=Hurry())
    running.stop()
    assert states(summary) == ["refused", "refused"]
    assert "access token" in summary.outcomes[1].detail


def test_another_server_that_refuses_a_password_is_not_taken_for_microsoft_365(server, messages, tmp_path, monkeypatch):
    monkeypatch.setenv("ENGAGEMENT_SMTP_PASSWORD", "wrong")
    summary = send(messages("ada"), tmp_path / "l", server, pace=Hurry())
    assert states(summary) == ["refused"]
    assert "Microsoft" not in summary.outcomes[0].detail
