"""What the number format of each cell style makes of a number: a date, a percentage, nothing at all, or a number."""

from __future__ import annotations

import re
from collections.abc import Mapping

from workbook.intake.book import Kind
from workbook.intake.markup import Listener, listen
from workbook.intake.members import Members
from workbook.intake.xlsx import MAIN

# Numbers of built-in formats (ECMA-376 part 1, 18.8.30), the East Asian dates among them.
DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
PERCENTAGES = {9, 10}

# Texts, escaped and padding characters, colours and conditions in brackets; [h] and its like count hours.
NO_LETTERS_OF_THE_FORMAT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
GENERAL = re.compile(r"general|standard", re.IGNORECASE)
# What shows digits of its own, and what shows something of the value.
DIGITS_OF_ITS_OWN = re.compile(r'"[^"]*\d[^"]*"|\\\d', re.ASCII)
SHOWS = re.compile(r"[0#?@ymdhsgeb]|\[[hms]", re.IGNORECASE)


def kind_of_format(code: str) -> Kind:
    """`yyyy-mm-dd` -> "date", `0.0%` -> "percent", `#,##0;[Red]-#,##0` -> "", `"12,345"` -> "masked"."""
    bare = [NO_LETTERS_OF_THE_FORMAT.sub("", part) for part in code.split(";")]
    if DIGITS_OF_ITS_OWN.search(code) or not any(map(SHOWS.search, bare)):
        return "masked"
    letters = GENERAL.sub("", bare[0]).lower()
    if any(letter in letters for letter in "ymdhs"):
        return "date"
    return "percent" if "%" in letters else ""


def masks_text(code: str) -> bool:
    """Whether the format shows something else in the place of a text: `;;;"yes"`."""
    parts = code.split(";")
    return len(parts) > 3 and "@" not in NO_LETTERS_OF_THE_FORMAT.sub("", parts[3])


class _Styles(Listener):
    spaces: Mapping[str, str] = MAIN

    def __init__(self) -> None:
        super().__init__()
        self.codes: dict[str, str] = {}
        self.used: list[str] = []

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt" and self.path[-1:] == ["numFmts"]:
            self.codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "xf" and self.path[-1:] == ["cellXfs"]:
            self.used.append(attributes.get("numFmtId", "0"))


def style_kinds(members: Members, member: str) -> tuple[list[Kind], list[bool]]:
    """The kind of each cell style, by its number; and whether it masks text."""
    heard = _Styles()
    listen(member, members.chunks(member), heard)
    kinds: dict[str, Kind] = dict.fromkeys(map(str, DATES), "date")
    kinds |= dict.fromkeys(map(str, PERCENTAGES), "percent")
    kinds |= {number: kind_of_format(code) for number, code in heard.codes.items()}
    masking = {number for number, code in heard.codes.items() if masks_text(code)}
    return [kinds.get(number, "") for number in heard.used], [number in masking for number in heard.used]
