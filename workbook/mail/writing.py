"""Messages as .eml files, to look at or to send by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from workbook.files.whole import replaced
from workbook.mail.attachment import NoWorkbookError, safe_name
from workbook.mail.envelope import fixed_moment, message_bytes
from workbook.mail.interrupted import StoppedError, reason
from workbook.mail.message import Message
from workbook.mail.outcomes import Outcome, Summary
from workbook.mail.picture import Pictured

# A message is for its recipient only.
PRIVATE = 0o600
CHANGED = "exists already and is not the same: what was changed in it would be lost; --force replaces it"
LONGEST_START = 80  # of an address in a file's name, so that the key after it is never cut off


def write(
    messages: Sequence[Message],
    folder: Path,
    *,
    when: datetime | None = None,
    picture: Pictured | None = None,
    force: bool = False,
) -> Summary:
    """Write each message as `<recipient>-<key>.eml` into the folder; a file is written whole or not at all.

    A repetition, even with the address in other case, counts as written already. A file that is there and differs, since
    somebody changed the draft, is replaced only by force. Raises StoppedError when nothing more
    can be written.
    """
    folder = Path(folder)
    outcomes: list[Outcome] = []
    known: dict[str, Outcome] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for message in messages:
            if same := known.get(message.sameness):
                again = "already" if same.state == "written" else same.state
                outcomes.append(Outcome(message.recipient.addr_spec, message.key, again, same.detail))
                continue
            known[message.sameness] = _written(message, folder, when, picture, force)
            outcomes.append(known[message.sameness])
    except OSError as error:
        raise StoppedError(folder, reason(error), Summary(outcomes), len(messages) - len(outcomes)) from None
    return Summary(outcomes)


def _written(message: Message, folder: Path, when: datetime | None, picture: Pictured | None, force: bool) -> Outcome:
    recipient = message.recipient.addr_spec
    path = folder / safe_name(f"{recipient[:LONGEST_START]}-{message.key[:12]}.eml")
    try:
        data = message_bytes(message, when or fixed_moment(), picture and picture(message.attachment), draft=True)
    except NoWorkbookError as error:
        return Outcome(recipient, message.key, "refused", f"{message.attachment}: {error}")
    if path.exists() and not force and path.read_bytes() != data:
        return Outcome(recipient, message.key, "refused", f"{path}: {CHANGED}")
    replaced(path, data, mode=PRIVATE)
    return Outcome(recipient, message.key, "written", str(path))
