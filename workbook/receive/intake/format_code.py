"""A number format, taken apart: its sections, and what each makes of the numbers that it is for."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from workbook.receive.intake.book import MULTIPLE, Kind

# Read from left to right, so that quotes pair and whatever stands in them says nothing more.
TOKEN = re.compile(
    r"""(?P<literal>"[^"]*"?|\\.|\*.)      # texts and escaped characters are shown, so is what fills the column
    |_.                                    # room as wide as a character
    |\[(?P<bracket>[^\]]*)\]
    |/\s*\d+                               # the denominator of fractions
    |(?P<general>general|standard)
    |(?P<end>;)
    |(?P<code>.)""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?(?:E[+-]?\d+)?)", re.IGNORECASE)
COMPARED: dict[str, Callable[[float, float], bool]] = {
    "<=": operator.le, ">=": operator.ge, "<>": operator.ne, "<": operator.lt, ">": operator.gt, "=": operator.eq,
}  # fmt: skip
Condition = tuple[str, float]
# Which numbers a section is for, by its place among one, two or three of them; the last is for all the others.
USUAL: dict[int, tuple[Condition, ...]] = {1: (), 2: ((">=", 0),), 3: ((">", 0), ("<", 0))}
# Commas after the last digit: each leaves out three more digits of the value.
LEFT_OUT = re.compile(r"[0#?](,+)(?![0#?,])")
# What stands beside a number of thousands, millions, milliards, lakhs or crores, with a currency or without.
OF_MANY = re.compile(
    r"(?<![^\W\d_])(?:(?P<k>[kK]|(?i:thousands?|tsd|tausend))|(?P<m>MM?|(?i:mn|mio|mill|millions?|millionen))"
    r"|(?P<b>(?i:bn|mrd|billions?|milliarden))|(?i:lacs?|lakhs?|crores?))(?:[A-Z]{3})?(?![^\W\d_])"
)
OF_POWER = ("", "k", "m", "b")  # by how many of these commas
# What shows something of the value, and which of it are parts of a date or time.
SHOWS, OF_A_DATE = frozenset("0#?@ymdhsgeb"), frozenset("ymdhs")


class Section(NamedTuple):
    """code: its letters and placeholders in small letters; kind: what it makes of a number; shows: anything of the value;
    adds: digits of its own."""

    code: str
    kind: Kind
    shows: bool
    adds: bool
    condition: Condition | None


def _kind(code: str, shows: bool, adds: bool, beside: str) -> Kind:
    """beside: the texts that are shown beside the value."""
    if adds or not shows:
        return "masked"
    if OF_A_DATE & set(code):
        return "date"
    left_out, multiple = LEFT_OUT.search(code), OF_MANY.search(beside)
    power = len(left_out[1]) if left_out else 0
    if multiple:
        return "" if multiple.lastgroup in OF_POWER[power : power + 1] else MULTIPLE
    return "masked" if power else "percent" if "%" in code else ""


class Format:
    """The effect of a format on a number, and on a text."""

    def __init__(self, code: str = "General") -> None:
        sections = _sections(code)
        text = len(sections) > 3 or (len(sections) > 1 and "@" in sections[-1].code)
        self.masks_text = text and (
            sections[min(3, len(sections) - 1)].kind == "masked" or "@" not in sections[-1].code
        )
        self._numbers = sections[: min(3, len(sections) - text)]
        self._is_blank = not any(section.shows for section in self._numbers)
        self._is_plain = not any(section.kind for section in self._numbers)
        usual = USUAL[len(self._numbers)]
        self._conditions = [
            section.condition or (usual[at] if at < len(usual) else None) for at, section in enumerate(self._numbers)
        ]

    def kind(self, value: float) -> Kind:
        """`yyyy-mm-dd` -> "date", `0.0%` -> "percent", `"12,345"` -> "masked", `0"k"` -> "multiple", "" for any other."""
        if self._is_plain:
            return ""
        section = self._section(value)
        # A dash, or nothing, in the place of a nought says what it stands for.
        if value == 0 and not section.adds and not section.shows and not self._is_blank:
            return ""
        # Nought thousands are nought.
        return "" if value == 0 and section.kind == MULTIPLE else section.kind

    def _section(self, value: float) -> Section:
        for section, condition in zip(self._numbers, self._conditions, strict=True):
            if condition is None or COMPARED[condition[0]](value, condition[1]):
                return section
        return self._numbers[-1]


def _sections(code: str) -> Sequence[Section]:
    sections: list[Section] = []
    letters, beside, shows, adds, condition = "", "", False, False, None
    for match in TOKEN.finditer(code + ";"):
        if match["end"]:
            kind = _kind(letters, shows, adds, beside)
            sections.append(Section(letters, kind, shows, adds, condition))
            letters, beside, shows, adds, condition = "", "", False, False, None
        elif match["general"]:
            shows = True
        elif match["literal"]:
            adds |= _has_digit(match["literal"])
            beside += "" if match["literal"].startswith("*") else match["literal"].strip('"').removeprefix("\\")
        elif (bracket := match["bracket"]) is not None:
            if ELAPSED.fullmatch(bracket):
                letters, shows = letters + bracket.lower(), True
            elif bracket.startswith("$"):  # a currency, and after the dash the language
                currency = bracket.rpartition("-")[0] if "-" in bracket else bracket
                adds |= _has_digit(currency)
                beside += currency.removeprefix("$")
            elif compared := CONDITION.fullmatch(bracket):
                condition = compared[1], float(compared[2])
        elif match["code"]:
            letter = match["code"].lower()
            letters, shows, adds = letters + letter, shows or letter in SHOWS, adds or letter in "123456789"
            # What stands before the number and after it are two texts.
            beside += " " * (letter in SHOWS)
    return sections


def _has_digit(text: str) -> bool:
    return any(character.isdecimal() for character in text)
