"""`engagement mail`: workbooks as messages, written as .eml files, or sent when told to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from workbook.mail import StoppedError, Summary, Template

FAILED, NOT_SENT = 1, 6
MEGABYTE, LARGEST_TEMPLATE = 1_000_000, 400_000
GO_ON = ". The same command goes on from there, and what was sent does not go out again"


def mail(
    recipients: Annotated[
        Path,
        typer.Argument(
            metavar="RECIPIENTS",
            help="A CSV file with the columns to, name and workbook (found from the file's folder), any others being "
            "fields for the templates; or the folder of a batch.",
        ),
    ],
    sender: Annotated[str, typer.Option("--from", metavar="ADDRESS", help="The address that the messages come from.")],
    sender_name: Annotated[str, typer.Option("--from-name", metavar="NAME", help="The sender's name.")] = "",
    to: Annotated[
        str, typer.Option("--to", metavar="COLUMN", help="Of a batch: the manifest's column with the addresses.")
    ] = "owner",
    name: Annotated[str, typer.Option("--name", metavar="COLUMN", help="Of a batch: the column with the names.")] = "",
    folder: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="DIR", help="Where the .eml files go, or the ledger of what was sent."),
    ] = Path("mail"),
    subject: Annotated[
        str, typer.Option(metavar="TEXT", help="The subject; {project} stands for the field of that name.")
    ] = "",
    text: Annotated[Path | None, typer.Option(metavar="FILE", help="The message as text, with {fields}.")] = None,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="The same as HTML.")] = None,
    answers: Annotated[
        bool, typer.Option(help="Read each workbook for the answer, where the CSV file has no column recommendation.")
    ] = True,
    picture: Annotated[bool, typer.Option(help="The summary as a picture, where LibreOffice is installed.")] = True,
    domain: Annotated[
        list[str] | None, typer.Option(metavar="DOMAIN", help="Mail may go there only; may be repeated.")
    ] = None,
    largest: Annotated[float, typer.Option(metavar="MB", min=0.1, max=100, help="Largest message.")] = 20,
    send: Annotated[
        bool, typer.Option("--send", help="Send the messages; without it, nothing leaves this machine.")
    ] = False,
    host: Annotated[str, typer.Option(metavar="HOST", help="The mail server.")] = "",
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Its port; default: 587, with --tls 465.")] = None,
    tls: Annotated[bool, typer.Option("--tls", help="TLS from the first byte; default: STARTTLS.")] = False,
    authority: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Certificates to trust besides the system's.")
    ] = None,
    per_minute: Annotated[float, typer.Option(min=0.1, max=10_000, help="At most so many messages a minute.")] = 60,
    attempts: Annotated[int, typer.Option(min=1, max=20, help="Attempts where the server says: not now.")] = 4,
    repeat_unknown: Annotated[
        bool, typer.Option("--repeat-unknown", help="Send again what may or may not have gone out.")
    ] = False,
    repeat_refused: Annotated[
        bool, typer.Option("--repeat-refused", help="Try again what was refused for good.")
    ] = False,
) -> None:
    """Send workbooks by mail, one recipient a message.

    Writes .eml files unless told --send. Then nothing is sent twice: the ledger in DIR remembers what went out. The
    login comes from ENGAGEMENT_SMTP_USER and ENGAGEMENT_SMTP_PASSWORD. Exit code 6 when some messages were not sent.
    """
    from workbook.command.mail_rows import rows
    from workbook.mail import Pace, Server, StoppedError, first_page, post

    if send and not host:
        raise typer.BadParameter("--send needs --host, the mail server")
    template = _template(subject, text, html)
    sending = {}
    if send:
        sending["server"] = Server(host, port or (465 if tls else 587), "tls" if tls else "starttls", authority)
        sending |= {
            "pace": Pace(per_minute, attempts),
            "repeat_unknown": repeat_unknown,
            "repeat_refused": repeat_refused,
        }
    try:
        done = post(
            rows(recipients, to, name, answers),
            sender,
            folder,
            template=template,
            sender_name=sender_name,
            domains=domain,
            largest=int(largest * MEGABYTE),
            picture=first_page if picture else None,
            send=send,
            **sending,
        )
    except StoppedError as stopped:
        show_stopped(stopped)
        raise typer.Exit(FAILED) from None
    show(done)
    if not done.complete:
        raise typer.Exit(NOT_SENT)


def show(done: Summary) -> None:
    """Print every message that is not done with the reason, then how many there are of each kind."""
    from workbook.command.terminal import printable
    from workbook.mail import DONE

    for outcome in done.outcomes:
        if outcome.state not in DONE:
            typer.echo(printable(f"{outcome.recipient}: {outcome.state}, {outcome.detail}"), err=True)
    typer.echo(str(done))


def show_stopped(stopped: StoppedError) -> None:
    """Print what was done, if anything, then in one line what keeps the run from going on."""
    from workbook.command.terminal import printable

    if stopped.done.outcomes:
        show(stopped.done)
    typer.echo(printable(f"{stopped}{GO_ON if stopped.done.outcomes else ''}"), err=True)


def _template(subject: str, text: Path | None, html: Path | None) -> Template | None:
    from workbook.mail import Template

    if not (subject or text or html):
        return None
    if not (subject and text):
        raise typer.BadParameter("a template of your own needs --subject and --text; --html may come on top")
    return Template(subject, _text(text), _text(html) if html else None)


def _text(path: Path) -> str:
    from calc.scenario.faults import Fault, Refused

    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_TEMPLATE + 1)
        if len(content) > LARGEST_TEMPLATE:
            allowed = f"a text of up to {LARGEST_TEMPLATE:,} bytes"
            raise Refused(str(path), [Fault("the template", f"more than {LARGEST_TEMPLATE:,} bytes", allowed)])
        return content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "no UTF-8"
        raise Refused(str(path), [Fault("the template", f"not readable: {why}", "a text saved as UTF-8")]) from None
