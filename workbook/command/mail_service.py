"""What mail goes out by: a mail server or Microsoft Graph, from the options or else from a company's defaults."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import typer

if TYPE_CHECKING:
    from calc.scenario.defaults import MailServer
    from workbook.mail import CommandToken, EntraToken, Graph, Server, VariableToken


class ServerOptions(NamedTuple):
    """Which server is named on the command line."""

    microsoft365: bool
    host: str
    port: int | None
    tls: bool
    authority: Path | None


class TokenOptions(NamedTuple):
    """Where the access token comes from, as named on the command line."""

    command: str
    variable: str
    tenant: str
    client: str


def service(
    server: ServerOptions, login: TokenOptions, known: MailServer, sender: str, drafts: bool, renew: bool
) -> Server | Graph:
    """What messages are sent by, or left as drafts. known: of the defaults; renew: make drafts anew that are gone.

    A server that is named on the command line gets no token from the defaults: it may be another one's.
    Raises typer.BadParameter where something is missing.
    """
    from calc.scenario.defaults import MailServer
    from workbook.mail import Graph, Server

    by_graph = server.microsoft365 or (not server.host and known.service == "microsoft365")
    if drafts and not by_graph:
        raise typer.BadParameter("--drafts needs a mailbox at Microsoft 365: --microsoft365")
    token = _token(login, MailServer() if server.host else known, by_graph, server.authority)
    if by_graph:
        if token is None:
            raise typer.BadParameter(
                "--microsoft365 needs an access token: --token-command, --token-variable, or --tenant and --client"
            )
        of_defaults = known.service == "microsoft365"
        host = server.host or (known.host if of_defaults else "")
        named = server.port or (known.port if of_defaults and not server.host else None)
        graph = Graph(token, authority=server.authority, drafts=drafts, renew=renew)
        return replace(graph, host=host or graph.host, port=named or graph.port)
    host, port, tls = server.host, server.port, server.tls
    if not host:  # port and TLS are those of the server that is named
        host, port, tls = known.host, port or known.port, tls or known.tls
    if not host:
        raise typer.BadParameter("--send needs the mail server: --host HOST, or --microsoft365")
    number = port or (465 if tls else 587)
    return Server(host, number, "tls" if tls else "starttls", server.authority, token=token, user=sender)


def _token(
    login: TokenOptions, known: MailServer, by_graph: bool, authority: Path | None
) -> CommandToken | VariableToken | EntraToken | None:
    from workbook.mail import CommandToken, EntraToken, VariableToken

    if not any(login):  # what is named on the command line replaces all of it
        command, variable, tenant, client = tuple(known.token_command), known.token_variable, known.tenant, known.client
    else:
        command, variable, tenant, client = _arguments(login.command), login.variable, login.tenant, login.client
    if bool(tenant) != bool(client):
        raise typer.BadParameter("an access token from Microsoft Entra ID needs both --tenant and --client")
    if (bool(command) + bool(variable) + bool(tenant)) > 1:
        raise typer.BadParameter("name one source of the access token: a command, a variable, or tenant and client")
    if command:
        return CommandToken(command)
    if variable:
        return VariableToken(variable)
    if tenant:
        purpose: Literal["graph", "smtp"] = "graph" if by_graph else "smtp"
        return EntraToken(tenant, client, purpose, known.login, authority, say=lambda text: typer.echo(text, err=True))
    return None


def _arguments(command: str) -> tuple[str, ...]:
    """The program and its arguments, split at spaces outside quotes."""
    try:
        return tuple(shlex.split(command))
    except ValueError as error:
        raise typer.BadParameter(f"--token-command: {error}") from None
