"""A formula taken apart: its tokens, what it refers to, and how it reads relative to its own cell (R1C1)."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import NamedTuple

from workbook.formula.expression import column_letters
from workbook.rules.address import Area, column_number

TOKENS = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")
    |(?P<function>[A-Za-z_][A-Za-z0-9_.]*\()
    |(?P<reference>
        (?:(?P<sheet>'(?:[^']|'')+'|[A-Za-z_\u0080-\uffff][\w.]*)!)?
        (?P<d1>\$?)(?P<c1>[A-Z]{1,3})(?P<d2>\$?)(?P<r1>[1-9][0-9]{0,6})
        (?: : (?P<d3>\$?)(?P<c2>[A-Z]{1,3})(?P<d4>\$?)(?P<r2>[1-9][0-9]{0,6}) )?
      )(?![\w.(!])
    |(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?)(?![\w.])
    |(?P<error>\#(?:REF!|N/A|NAME\?|DIV/0!|VALUE!|NUM!|NULL!))
    |(?P<name>[A-Za-z_\\][\w.]*)(?![\w.(!])
    |(?P<operator><=|>=|<>|[-+*/^&=<>%])
    |(?P<open>\()|(?P<close>\))|(?P<comma>,)
    |(?P<space>\s+)
    |(?P<strange>.)""",
    re.VERBOSE | re.DOTALL,
)


class Corner(NamedTuple):
    """One corner of a reference; fixed: held in place by a dollar sign."""

    row: int
    row_fixed: bool
    column: int
    column_fixed: bool

    def relative(self, row: int, column: int) -> str:
        """As it reads from the cell in that row and column."""
        down = f"R{self.row}" if self.row_fixed else f"R[{self.row - row}]"
        return down + (f"C{self.column}" if self.column_fixed else f"C[{self.column - column}]")

    def moved(self, rows: int, columns: int) -> str:
        """As it is written so many rows and columns further."""
        column = column_letters(self.column if self.column_fixed else self.column + columns)
        return f"{'$' * self.column_fixed}{column}{'$' * self.row_fixed}{self.row if self.row_fixed else self.row + rows}"


class Token(NamedTuple):
    """A piece of a formula. kind: the name of its group in TOKENS; the rest is for references, home as it is written."""

    kind: str
    text: str
    area: Area | None = None
    home: str = ""
    corners: tuple[Corner, ...] = ()


class Formula:
    """The text of a formula, without the equals sign, as it stands in a cell."""

    def __init__(self, text: str, sheet: str, row: int, column: int) -> None:
        self.text, self._sheet, self._row, self._column = text, sheet, row, column

    @cached_property
    def tokens(self) -> list[Token]:
        return [token(f.lastgroup, f[0], self._sheet) for f in TOKENS.finditer(self.text) if f.lastgroup != "space"]

    @cached_property
    def areas(self) -> list[Area]:
        """What the formula refers to by address, in the order in which it names it."""
        return [token.area for token in self.tokens if token.area]

    @cached_property
    def names(self) -> list[str]:
        """The defined names that the formula uses."""
        return [token.text for token in self.tokens if token.kind == "name" and token.text.upper() not in ("TRUE", "FALSE")]

    @cached_property
    def relative(self) -> str:
        """The formula in R1C1, the same text wherever the same formula stands."""
        row, column = self._row, self._column
        return "".join(
            t.home + ":".join([corner.relative(row, column) for corner in t.corners]) if t.area else t.text for t in self.tokens
        )

    @cached_property
    def absolute(self) -> str:
        """The formula without dollar signs: equal where the same is calculated."""
        return "".join([t.text.replace("$", "") if t.area else t.text for t in self.tokens])

    @cached_property
    def shape(self) -> str:
        """The formula with the place of every reference left out."""
        return "".join([("range" if t.area.is_range else "cell") if t.area else t.text for t in self.tokens])

    @cached_property
    def is_link(self) -> bool:
        """Nothing but a reference, alone or with `*1`, or joined with a text after it or in front, as a unit is."""
        tokens = self.tokens
        if len(tokens) not in (1, 3) or sum(token.area is not None for token in tokens) != 1:
            return False
        rest = [token.text for token in tokens if not token.area]
        return rest in ([], ["*", "1"]) or (tokens[1].text == "&" and any(token.kind == "text" for token in tokens))


@lru_cache(maxsize=100_000)
def token(kind: str, text: str, sheet: str) -> Token:
    """The token of a piece of a formula on the sheet; kept, since the same pieces come again and again."""
    if kind != "reference":
        return Token(kind, text.rstrip("(") if kind == "function" else text)
    home, mark, place = text.rpartition("!")
    corners = tuple(_corner(part) for part in place.split(":"))
    first, last = corners[0], corners[-1]
    named = home.strip("'").replace("''", "'") if mark else sheet
    return Token(kind, text, Area(named, first.row, first.column, last.row, last.column), home + mark, corners)


def _corner(text: str) -> Corner:
    letters, _, digits = text.lstrip("$").partition("$")
    row_fixed = bool(digits)
    if not row_fixed:
        digits = letters.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        letters = letters[: len(letters) - len(digits)]
    return Corner(int(digits), row_fixed, column_number(letters), text.startswith("$"))


def moved(text: str, rows: int, columns: int) -> str:
    """The formula as it reads so many rows and columns further, as a shared formula is filled down."""

    def shifted(found: re.Match[str]) -> str:
        if not found["reference"]:
            return found[0]
        piece = token("reference", found[0], "")
        return piece.home + ":".join(corner.moved(rows, columns) for corner in piece.corners)

    return TOKENS.sub(shifted, text)
