"""`engagement mail`: workbooks as messages, written as .eml files, or sent with --send."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbook.command.defaults_option import DefaultsName, read_defaults

if TYPE_CHECKING:
    from workbook.mail import StoppedError, Summary, Template

FAILED, NOT_SENT = 1, 6
MEGABYTE, LARGEST_TEMPLATE = 1_000_000, 400_000
RESUME = ". Run the same command again to resume; messages already sent do not go out again"


def mail(
    recipients: Annotated[
        Path,
        typer.Argument(
            metavar="RECIPIENTS",
            help="A CSV file with the columns to, name and workbook (relative to the file), and any further columns as fields "
            "for the templates; or the folder of a batch.",
        ),
    ],
    sender: Annotated[
        str,
        typer.Option("--from", metavar="ADDRESS", help="The sender's address; needed unless --defaults names it."),
    ] = "",
    sender_name: Annotated[str, typer.Option("--from-name", metavar="NAME", help="The sender's name.")] = "",
    to: Annotated[
        str,
        typer.Option("--to", metavar="COLUMN", help="For a batch folder: the manifest column holding the addresses."),
    ] = "owner",
    name: Annotated[
        str, typer.Option("--name", metavar="COLUMN", help="For a batch folder: the column holding the names.")
    ] = "",
    folder: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="DIR", help="The folder for the .eml files, or for the ledger of sent messages."
        ),
    ] = Path("mail"),
    subject: Annotated[
        str, typer.Option(metavar="TEXT", help="The subject; {project} is replaced by the field of that name.")
    ] = "",
    text: Annotated[Path | None, typer.Option(metavar="FILE", help="The message as plain text, with {fields}.")] = None,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="The message as HTML.")] = None,
    answers: Annotated[
        bool, typer.Option(help="Read the answer from each workbook if the CSV file has no column recommendation.")
    ] = True,
    picture: Annotated[bool, typer.Option(help="Include the summary as a picture if LibreOffice is installed.")] = True,
    domain: Annotated[
        list[str] | None, typer.Option(metavar="DOMAIN", help="Allow mail to this domain only; may be repeated.")
    ] = None,
    largest: Annotated[float, typer.Option(metavar="MB", min=0.1, max=100, help="The largest message allowed.")] = 20,
    send: Annotated[
        bool, typer.Option("--send", help="Send the messages; without it and --drafts, nothing leaves this machine.")
    ] = False,
    host: Annotated[str, typer.Option(metavar="HOST", help="The mail server.")] = "",
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="The server's port; default: 587, or 465 with --tls.")
    ] = None,
    tls: Annotated[bool, typer.Option("--tls", help="Use TLS from the first byte; default: STARTTLS.")] = False,
    authority: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Certificates to trust in addition to the system's.")
    ] = None,
    microsoft365: Annotated[
        bool,
        typer.Option(
            "--microsoft365", help="Use the sender's mailbox at Microsoft 365, by Microsoft Graph instead of SMTP."
        ),
    ] = False,
    drafts: Annotated[
        bool,
        typer.Option("--drafts", help="With --microsoft365: leave the messages as drafts in that mailbox, unsent."),
    ] = False,
    token_command: Annotated[
        str,
        typer.Option(
            metavar="COMMAND",
            help="Log in with the access token that this program prints, by XOAUTH2 over SMTP. Its arguments may be quoted; "
            "no shell runs.",
        ),
    ] = "",
    token_variable: Annotated[
        str, typer.Option(metavar="NAME", help="Log in with the access token in this environment variable.")
    ] = "",
    tenant: Annotated[
        str, typer.Option(metavar="TENANT", help="Get the token from Microsoft Entra ID; needs the extra microsoft365.")
    ] = "",
    client: Annotated[
        str,
        typer.Option(
            metavar="ID",
            help="The application that it is for: ENGAGEMENT_CLIENT_SECRET holds its secret, or you log in with a code.",
        ),
    ] = "",
    per_minute: Annotated[float, typer.Option(min=0.1, max=10_000, help="The most messages to send per minute.")] = 60,
    attempts: Annotated[
        int, typer.Option(min=1, max=20, help="How often to try when the server asks to try later.")
    ] = 4,
    repeat_unknown: Annotated[
        bool, typer.Option("--repeat-unknown", help="Send again messages that may or may not have gone out.")
    ] = False,
    repeat_refused: Annotated[
        bool, typer.Option("--repeat-refused", help="Try again messages that the server refused for good.")
    ] = False,
    json: Annotated[
        bool, typer.Option("--json", help="Print the outcome of every message, with its workbooks, as JSON.")
    ] = False,
    defaults: DefaultsName = None,
    force: Annotated[bool, typer.Option("--force", help="Replace .eml files that somebody has changed.")] = False,
) -> None:
    """Send workbooks by mail, one message per recipient.

    Writes .eml files unless --send or --drafts is given. Nothing is sent twice: the ledger in DIR records what went out.
    The login comes from ENGAGEMENT_SMTP_USER and ENGAGEMENT_SMTP_PASSWORD, or is an access token. Exit code 6 when some
    messages were not sent.

    \b
    To send what the example below writes, add one of these lines to it:
      --send --host smtp.example.com
      --send --host smtp.office365.com --token-command "print-token smtp"
      --send --microsoft365 --tenant example.com --client ID
      --drafts --microsoft365 --token-variable GRAPH_TOKEN
    """
    from workbook.command.mail_rows import rows
    from workbook.command.mail_service import ServerOptions, TokenOptions, service
    from workbook.mail import Pace, StoppedError, first_page, post

    known = read_defaults(defaults).mail
    sender, sender_name = sender or known.sender, sender_name or known.sender_name
    domain = domain or known.domains or None
    if not sender:
        raise typer.BadParameter("name who the mail comes from: --from ADDRESS", param_hint="--from")
    if send and drafts:
        raise typer.BadParameter("--drafts leaves the messages unsent; choose one of --drafts and --send")
    template = _template(subject, text, html)
    sending: dict[str, Any] = {}
    if send or drafts:
        login = TokenOptions(token_command, token_variable, tenant, client)
        where = ServerOptions(microsoft365, host, port, tls, authority)
        sending["server"] = service(where, login, known, sender, drafts, repeat_unknown)
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
            force=force,
            send=send or drafts,
            **sending,
        )
    except StoppedError as stopped:
        show_stopped(stopped, json)
        raise typer.Exit(FAILED) from None
    show(done, json)
    if not done.complete:
        raise typer.Exit(NOT_SENT)


def show(done: Summary, json: bool = False, stopped: str | None = None) -> None:
    """Print every message that is not done with the reason, then the number of each kind.

    json: of every message, as JSON; stopped: what stopped the run.
    """
    from workbook.command.terminal import printable, write_json
    from workbook.mail import DONE

    for outcome in done.outcomes:
        if outcome.state not in DONE:
            typer.echo(printable(f"{outcome.recipient}: {outcome.state}, {outcome.detail}"), err=True)
    if json:
        messages = [
            {"recipient": one.recipient, "state": one.state, "detail": one.detail, "workbooks": list(one.workbooks)}
            for one in done.outcomes
        ]
        write_json(
            {"schema": 1, "complete": done.complete and stopped is None, "messages": messages, "stopped": stopped}
        )
    else:
        typer.echo(str(done))


def show_stopped(stopped: StoppedError, json: bool = False) -> None:
    """Print what was done, if anything, then in one line what stopped the run."""
    from workbook.command.terminal import printable

    if stopped.done.outcomes or json:
        show(stopped.done, json, str(stopped))
    typer.echo(printable(f"{stopped}{RESUME if stopped.done.outcomes else ''}"), err=True)


def _template(subject: str, text: Path | None, html: Path | None) -> Template | None:
    from workbook.mail import Template

    if not (subject or text or html):
        return None
    if not (subject and text):
        raise typer.BadParameter("a custom template needs --subject and --text; --html is optional")
    return Template(subject, _text(text), _text(html) if html else None)


def _text(path: Path) -> str:
    from calc.scenario.faults import Refused, problem

    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_TEMPLATE + 1)
        if len(content) > LARGEST_TEMPLATE:
            raise Refused(str(path), [problem("", f"more than {LARGEST_TEMPLATE:,} bytes, too large for a template")])
        return content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = f"cannot be read ({error.strerror})" if isinstance(error, OSError) else "not UTF-8"
        raise Refused(str(path), [problem("", why, "a template is text saved as UTF-8")]) from None
