"""The day that a file bears on its face: the one place that asks the clock for it."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

from workbook.files.saving import WriteError

SET = "SOURCE_DATE_EPOCH"


def today() -> date:
    """The day of SOURCE_DATE_EPOCH (UTC) where it is set, so that the same input gives the same bytes; else this machine's.

    For the edge alone: what is made is given its day, and a run asks once. Raises WriteError where it is no time.
    """
    epoch = os.environ.get(SET)
    if not epoch:
        return date.today()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise WriteError(Path(SET), f"is {epoch!r}, not seconds since 1970 such as 1767225600") from None
