"""Messages as .eml files, to look at or to send by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

from workbook.files.as_written import is_as_written, sealed
from workbook.files.whole import replaced, writing
from workbook.mail.attachment import NoWorkbookError, safe_name
from workbook.mail.bundle import LARGEST_MESSAGE, Bundle, bundled
from workbook.mail.envelope import fixed_moment, message_bytes
from workbook.mail.interrupted import StoppedError, reason
from workbook.mail.message import Message
from workbook.mail.outcomes import Outcome, Summary, in_order, one_of_each
from workbook.mail.picture import Pictured

ENDING = ".eml"
# What the seal of a file names.
COMMAND = "mail"
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
    largest: float = LARGEST_MESSAGE,
) -> Summary:
    """Write the message of each recipient as `<recipient>-<key>.eml` into the folder; a file is written whole or not at all.

    A repetition, even with the address in other case, counts as written already. A file that is there and that somebody
    changed since it was written, in whatever part, is replaced only by force. Raises StoppedError when nothing more can be
    written. largest: bytes of a message; what does not fit goes into a further one.
    """
    folder = Path(folder)
    outcomes: dict[str, Outcome] = {}
    bundles = bundled([alike[0] for alike in one_of_each(messages)], largest)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with writing(folder, f"*{ENDING}"):
            for bundle in bundles:
                outcome = _written(bundle, folder, when, picture, force)
                outcomes |= dict.fromkeys((message.sameness for message in bundle.messages), outcome)
    except OSError as error:
        left = [bundle for bundle in bundles if bundle.messages[0].sameness not in outcomes]
        raise StoppedError(folder, reason(error), Summary(in_order(messages, outcomes)), len(left)) from None
    return Summary(in_order(messages, outcomes))


def _written(bundle: Bundle, folder: Path, when: datetime | None, picture: Pictured | None, force: bool) -> Outcome:
    recipient = bundle.recipient.addr_spec
    path = folder / safe_name(f"{recipient[:LONGEST_START]}-{bundle.key[:12]}{ENDING}")

    def outcome(state: Literal["written", "refused"], detail: str) -> Outcome:
        return Outcome(recipient, bundle.key, state, detail, bundle.file_names)

    try:
        pictures = [picture(message.attachment) for message in bundle.messages] if picture else []
        data = message_bytes(bundle, when or fixed_moment(), pictures, draft=True)
    except NoWorkbookError as error:
        return outcome("refused", str(error))
    if path.exists() and not force and not is_as_written(path, COMMAND, data):
        return outcome("refused", f"{path}: {CHANGED}")
    replaced(path, sealed(data, path, COMMAND), mode=PRIVATE)
    return outcome("written", str(path))
