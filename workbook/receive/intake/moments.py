"""Dates and times written out, as serial numbers: days since 1899-12-30."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

DAY = 86_400
FIRST = datetime(1899, 12, 30)
DURATION = re.compile(r"(-?)PT?(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d{1,12})?)S)?", re.ASCII)
# The day that a file counts as 0, in days from 1899-12-30, where the usual count of spreadsheets starts.
DAY_ZERO_1904 = 1_462


def serial(text: str) -> float | None:
    """2026-12-01 or 2026-12-01T12:00:00 -> 46357 or 46357.5; None if it is not a date."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    return (moment - FIRST).total_seconds() / DAY


def day_zero(text: str) -> int:
    """1904-01-01 -> 1462: the day that an .ods file counts as 0; the usual one where it is not a date."""
    try:
        return (date.fromisoformat(text.strip()) - FIRST.date()).days
    except ValueError:
        return 0


def serial_of_time(text: str) -> float | None:
    """PT12H30M00S -> the fraction of a day; None if it is not a time."""
    match = DURATION.fullmatch(text.strip())
    if not match or not any(match.groups()[1:]):
        return None
    hours, minutes, seconds = (float(part or 0) for part in match.groups()[1:])
    return (-1 if match[1] else 1) * (hours * 3600 + minutes * 60 + seconds) / DAY
