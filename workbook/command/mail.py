"""`engagement mail`: workbooks as messages, written as .eml files, or sent when told to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from calc.scenario import Scenario
    from workbook.mail import Outgoing, Summary, Template

NOT_SENT = 6
MEGABYTE = 1_000_000
ANSWER = "recommendation"


def mail(
    recipients: Annotated[
        Path,
        typer.Argument(
            metavar="RECIPIENTS.csv",
            help="Columns to, name, workbook (found from the file's folder); any others are fields for the templates.",
        ),
    ],
    sender: Annotated[str, typer.Option("--from", metavar="ADDRESS", help="The address that the messages come from.")],
    sender_name: Annotated[str, typer.Option("--from-name", metavar="NAME", help="The sender's name.")] = "",
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
        bool,
        typer.Option(help="Read each workbook for the fields of the answer, where RECIPIENTS.csv has none of them."),
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

    Writes .eml files unless told --send. Then nothing is sent twice: the ledger in DIR remembers what went out. The login
    comes from ENGAGEMENT_SMTP_USER and ENGAGEMENT_SMTP_PASSWORD. Exit code 6 when some messages were not sent.
    """
    from workbook.mail import Pace, Server, post
    from workbook.mail.picture import first_page
    from workbook.mail.recipients import recipients as rows

    if send and not host:
        raise typer.BadParameter("--send needs --host, the mail server")
    outgoing = rows(recipients)
    if answers:
        outgoing = _with_answers(outgoing)
    server = Server(host, port or (465 if tls else 587), "tls" if tls else "starttls", authority) if send else None
    sending = {"pace": Pace(per_minute, attempts), "repeat_unknown": repeat_unknown, "repeat_refused": repeat_refused}
    done = post(
        outgoing,
        sender,
        folder,
        template=_template(subject, text, html),
        sender_name=sender_name,
        domains=domain,
        largest=int(largest * MEGABYTE),
        picture=first_page if picture else None,
        send=send,
        server=server,
        **(sending if send else {}),
    )
    show(done)
    if not done.complete:
        raise typer.Exit(NOT_SENT)


def show(done: Summary) -> None:
    """Print every message that is not done with the reason, then how many there are of each kind."""
    from workbook.command.terminal import printable
    from workbook.mail.summary import DONE

    for outcome in done.outcomes:
        if outcome.state not in DONE:
            typer.echo(printable(f"{outcome.recipient}: {outcome.state}, {outcome.detail}"), err=True)
    typer.echo(str(done))


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
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "no UTF-8"
        raise Refused(str(path), [Fault("the template", f"not readable: {why}", "a text saved as UTF-8")]) from None


def _with_answers(outgoing: Sequence[Outgoing]) -> list[Outgoing]:
    """Each with the answer of its workbook in its fields, calculated anew, unless it has one already. Raises Refused."""
    from dataclasses import replace

    from calc.scenario.faults import Fault, Refused
    from workbook.reading import read

    known: dict[Path, dict[str, str]] = {}
    faults: list[Fault] = []
    for one in outgoing:
        if ANSWER in one.fields or one.attachment in known or not one.attachment.is_file():
            continue
        try:
            known[one.attachment] = fields_of(read(one.attachment).scenario)
        except Refused as refused:
            known[one.attachment] = {}
            faults += [
                Fault(f"{one.where}, {refused.where}, {f.field}", f.found, f.allowed, f.example) for f in refused.faults
            ]
    if faults:
        raise Refused("mail", faults)
    return [replace(one, fields=known.get(one.attachment, {}) | dict(one.fields)) for one in outgoing]


def fields_of(scenario: Scenario) -> dict[str, str]:
    """What a message may say of a scenario: the answer and its figures as text."""
    from calc.results import results

    [found] = results([scenario], flips=False)
    choice, paths = found["recommendation"], found["paths"]
    fields = {"project": scenario.project.name, "currency": scenario.project.currency}
    if choice["path"]:
        chosen = paths[choice["path"]]
        fields |= {ANSWER: chosen["label"], "total": f"{chosen['total']:,.0f}"}
        fields |= {name: f"{chosen[name]:,.0f}" for name in ("p10", "p90")}
        fields["why"] = next(iter(choice["reasons"][1:]), "")
    if choice["runner_up"]:
        second = paths[choice["runner_up"]]
        fields |= {"runner_up": second["label"], "runner_up_total": f"{second['total']:,.0f}"}
    return fields
