"""The whole way in one call: from recipients to .eml files, or to messages sent."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from calc.scenario.faults import Refused, problem
from workbook.mail.bundle import LARGEST_MESSAGE
from workbook.mail.composing import composed
from workbook.mail.delivery import Service
from workbook.mail.outcomes import Summary
from workbook.mail.outgoing import Outgoing
from workbook.mail.picture import Pictured
from workbook.mail.recipients import recipients
from workbook.mail.sending import send as send_all
from workbook.mail.template import Template
from workbook.mail.writing import write


def post(
    outgoing: Sequence[Outgoing] | str | os.PathLike[str],
    sender: str,
    folder: Path,
    *,
    template: Template | None = None,
    sender_name: str = "",
    domains: Collection[str] | None = None,
    largest: int = LARGEST_MESSAGE,
    when: datetime | None = None,
    picture: Pictured | None = None,
    force: bool = False,
    send: bool = False,
    server: Service | None = None,
    **sending: Any,
) -> Summary:
    """Write the message of each recipient into the folder, or send it; then the folder holds the ledger, `mail.jsonl`.

    outgoing: recipients with their workbooks, or the path of a recipients file; force: replace .eml files that somebody
    changed; largest: bytes of a message; send: by the server, which may also make drafts; sending: further arguments
    of `workbook.mail.send`.
    Raises Refused, before anything is written or sent, with every fault of every message.
    """
    if not isinstance(outgoing, Sequence) or isinstance(outgoing, str):
        outgoing = recipients(outgoing)
    messages = composed(outgoing, sender, template, sender_name=sender_name, domains=domains, largest=largest)
    if not send:
        return write(messages, folder, when=when, picture=picture, force=force, largest=largest)
    if server is None:
        raise Refused("mail", [problem("", "no mail server", "name its host, for example smtp.example.com")])
    ledger = Path(folder) / "mail.jsonl"
    return send_all(messages, ledger, server, when=when, picture=picture, largest=largest, **sending)
