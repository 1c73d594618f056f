"""Why a received file is not taken, as plain data: the child that finds it need not load the calculator."""

from __future__ import annotations

from typing import NamedTuple

WHOLE = "the whole file"
SAVE_AGAIN = "a workbook saved anew as .xlsx by Excel, LibreOffice or Google Sheets"


class Finding(NamedTuple):
    """One reason. place: the file, a member, or sheet and cell; found; allowed: what to do about it."""

    place: str
    found: str
    allowed: str


class Unsafe(ValueError):
    """A file that is not taken, with every reason that was found."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(*findings)
        self.findings = findings


def damaged(place: str, what: str) -> Unsafe:
    """What no spreadsheet program writes: broken by the way, or on purpose."""
    return Unsafe(Finding(place, f"damaged: {what}", SAVE_AGAIN))


def too_large(place: str, what: str, most: str) -> Unsafe:
    """More of something than a workbook may hold."""
    return Unsafe(Finding(place, what, f"at most {most}"))
