"""Formulas taken apart: their tokens, their references, and their pattern regardless of position (R1C1).

Thousands of cells have few patterns, so a formula is taken apart once for all cells of a column that have it filled
down.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import NamedTuple

from workbook.files.address import column_letters, column_number
from workbook.receive.soundness.address import Area

TOKENS = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")
    |(?P<function>[A-Za-z_][A-Za-z0-9_.]*\()
    |(?P<reference>
        (?:(?:'(?:[^']|'')+'|[A-Za-z_\u0080-\uffff][\w.]*)!)?
        \$?[A-Z]{1,3}\$?[1-9][0-9]{0,6}(?::\$?[A-Z]{1,3}\$?[1-9][0-9]{0,6})?
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
TEXTS = re.compile('"[^"]*"')
OTHER_ROW = re.compile("[A-Z][0-9]")
OWN_ROW = "\0"


class Corner(NamedTuple):
    """One corner of a reference as seen from its cell; fixed by a dollar sign, else so many rows or columns away."""

    row: int
    row_fixed: bool
    column: int
    column_fixed: bool

    def at(self, row: int, column: int) -> tuple[int, int]:
        """Where it is for the cell in that row and column."""
        return (
            self.row if self.row_fixed else self.row + row,
            self.column if self.column_fixed else self.column + column,
        )

    def __str__(self) -> str:
        down = f"R{self.row}" if self.row_fixed else f"R[{self.row}]"
        return down + (f"C{self.column}" if self.column_fixed else f"C[{self.column}]")


class Token(NamedTuple):
    """A piece of a formula. kind: its group in TOKENS; a reference has its sheet, as it is written, and its corners."""

    kind: str
    text: str
    sheet: str = ""
    home: str = ""
    corners: tuple[Corner, ...] = ()

    @property
    def is_range(self) -> bool:
        return len(self.corners) == 2 and self.corners[0] != self.corners[1]

    def area(self, row: int, column: int) -> Area:
        """The target of a reference, seen from the cell in that row and column."""
        top, left = first = self.corners[0].at(row, column)
        bottom, right = self.corners[1].at(row, column) if len(self.corners) == 2 else first
        return Area(self.sheet, top, left, bottom, right)


class Pattern:
    """A formula as it is wherever it stands. The texts of its references are those of the first cell that has it."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.references = [token for token in tokens if token.corners]

    @cached_property
    def names(self) -> list[str]:
        """The defined names that it uses."""
        names = [token.text for token in self.tokens if token.kind == "name"]
        return [name for name in names if name.upper() not in ("TRUE", "FALSE")]

    @cached_property
    def shape(self) -> str:
        """The formula with the place of every reference left out."""
        return "".join(("range" if t.is_range else "cell") if t.corners else t.text for t in self.tokens)

    @cached_property
    def is_link(self) -> bool:
        """Nothing but a reference, alone or with `*1`, or joined with a text after it or in front, as a unit is."""
        if len(self.tokens) not in (1, 3) or len(self.references) != 1:
            return False
        rest = [token.text for token in self.tokens if not token.corners]
        joined = any(token.kind == "text" for token in self.tokens) and self.tokens[1].text == "&"
        return rest in ([], ["*", "1"]) or joined


class Formula:
    """A formula in its cell. written: as the file has it, without equals sign; a shared one, as in its first cell."""

    def __init__(self, written: str, pattern: Pattern, row: int, column: int, away: tuple[int, int] = (0, 0)) -> None:
        self.written, self.pattern, self._row, self._column, self._away = written, pattern, row, column, away

    @property
    def text(self) -> str:
        """As it reads in its own cell."""
        return moved(self.written, *self._away) if any(self._away) else self.written

    def filled(self, row: int, column: int) -> Formula:
        """The same formula in another cell."""
        return Formula(self.written, self.pattern, row, column, (row - self._row, column - self._column))

    @cached_property
    def areas(self) -> list[Area]:
        """The references of the formula by address, in their order."""
        return [token.area(self._row, self._column) for token in self.pattern.references]


class Patterns:
    """The patterns of a workbook, each met once."""

    def __init__(self) -> None:
        self._filled_down: dict[tuple[str, int, str], Pattern] = {}
        self._known: dict[tuple[str, str], Pattern] = {}

    def formula(self, text: str, sheet: str, row: int = 1, column: int = 1) -> Formula:
        """The formula of a cell."""
        template = _row_of(row).sub(OWN_ROW, text)
        # Where only its own row is named without a dollar sign, a formula that is filled down differs in that alone.
        plain = not OTHER_ROW.search(template) and not any(OWN_ROW in quoted for quoted in TEXTS.findall(template))
        key = sheet, column, template
        if not plain or key not in self._filled_down:
            pattern = self._pattern(text, sheet, row, column)
            if not plain:
                return Formula(text, pattern, row, column)
            self._filled_down[key] = pattern
        return Formula(text, self._filled_down[key], row, column)

    def _pattern(self, text: str, sheet: str, row: int, column: int) -> Pattern:
        pieces = [(f.lastgroup or "", f[0]) for f in TOKENS.finditer(text)]
        tokens = [_token(kind, piece, sheet, row, column) for kind, piece in pieces if kind != "space"]
        relative = "".join(t.home + ":".join(map(str, t.corners)) if t.corners else t.text for t in tokens)
        return self._known.setdefault((sheet, relative), Pattern(tokens))


@lru_cache(maxsize=4)
def _row_of(row: int) -> re.Pattern[str]:
    return re.compile(f"(?<=[A-Z]){row}(?![0-9])")


def _token(kind: str, text: str, sheet: str, row: int, column: int) -> Token:
    if kind != "reference":
        return Token(kind, text.rstrip("(") if kind == "function" else text)
    home, mark, place = text.rpartition("!")
    corners = tuple(_corner(part, row, column) for part in place.split(":"))
    return Token(kind, text, home.strip("'").replace("''", "'") if mark else sheet, home + mark, corners)


def _corner(text: str, row: int, column: int) -> Corner:
    letters = text.strip("$0123456789")
    digits = text.lstrip("$").removeprefix(letters)
    to_row, to_column = int(digits.lstrip("$")), column_number(letters)
    row_fixed, column_fixed = digits.startswith("$"), text.startswith("$")
    return Corner(
        to_row if row_fixed else to_row - row,
        row_fixed,
        to_column if column_fixed else to_column - column,
        column_fixed,
    )


def moved(text: str, rows: int, columns: int) -> str:
    """The formula as it reads so many rows and columns further, as a shared formula is filled down."""

    def written(corner: Corner) -> str:
        row, column = corner.at(rows, columns)
        return f"{'$' * corner.column_fixed}{column_letters(column)}{'$' * corner.row_fixed}{row}"

    def shifted(match: re.Match[str]) -> str:
        if not match["reference"]:
            return match[0]
        token = _token("reference", match[0], "", 0, 0)
        return token.home + ":".join(written(corner) for corner in token.corners)

    return TOKENS.sub(shifted, text)
