"""Why a received file is refused, as plain data: the child that reads it need not load the calculator."""

from __future__ import annotations

from typing import NamedTuple

# The place of a finding about the whole file.
WHOLE = ""
SAVE_AGAIN = "save it again as .xlsx in Excel, LibreOffice or Google Sheets"


class Finding(NamedTuple):
    """One reason. place: a member, or sheet and cell, empty for the whole file; problem: in words; remedy: what to do."""

    place: str
    problem: str
    remedy: str


class Unsafe(ValueError):
    """A file that is refused, with every reason for it."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(*findings)
        self.findings = findings


def damaged(place: str, what: str) -> Unsafe:
    """The refusal of something that no spreadsheet program writes: broken in transit, or on purpose."""
    return Unsafe(Finding(place, f"damaged: {what}", SAVE_AGAIN))


def strange(place: str, element: str) -> Unsafe:
    """The refusal of an element of XML that the format does not allow there."""
    return damaged(place, f"an element {element.strip()[-20:]} where there can be none")


def too_large(place: str, what: str, most: str) -> Unsafe:
    """The refusal of more of something than a workbook may hold."""
    return Unsafe(Finding(place, what, f"at most {most}"))
