"""Messages as .eml files, one each, for looking at or for sending by hand."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from workbook.mail.attachment import NoWorkbookError, safe_name
from workbook.mail.envelope import fixed_moment, message_bytes
from workbook.mail.message import Message
from workbook.mail.picture import Pictured
from workbook.mail.summary import Outcome, Summary


def write(
    messages: Sequence[Message], folder: Path, *, when: datetime | None = None, picture: Pictured | None = None
) -> Summary:
    """Each message as `<recipient>-<key>.eml` in the folder; a file is there whole, or not at all."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    outcomes = []
    for message in messages:
        recipient = message.recipient.addr_spec
        path = folder / f"{safe_name(f'{recipient}-{message.key[:12]}.eml')}"
        try:
            data = message_bytes(message, when or fixed_moment(), picture and picture(message.attachment), draft=True)
        except NoWorkbookError as error:
            outcomes.append(Outcome(recipient, message.key, "refused", f"{message.attachment}: {error}"))
            continue
        _write_whole(path, data)
        outcomes.append(Outcome(recipient, message.key, "written", str(path)))
    return Summary(outcomes)


def _write_whole(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
