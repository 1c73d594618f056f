"""A formula taken apart: its tokens, what it refers to, and how it reads relative to its own cell (R1C1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from workbook.rules.address import Area, column_number, written

TOKENS = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")
    |(?P<function>[A-Za-z_][A-Za-z0-9_.]*)\(
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


class Token(NamedTuple):
    """A piece of a formula. kind: the name of its group in TOKENS; area: what a reference refers to."""

    kind: str
    text: str
    area: Area | None = None


class Formula:
    """The text of a formula, without the equals sign, as it stands in a cell."""

    def __init__(self, text: str, sheet: str, row: int, column: int) -> None:
        self.text, self._sheet, self._row, self._column = text, sheet, row, column

    @cached_property
    def tokens(self) -> list[Token]:
        return [token for token, _ in self._parts]

    @cached_property
    def areas(self) -> list[Area]:
        """What the formula refers to by address, in the order in which it names it."""
        return [token.area for token, _ in self._parts if token.area]

    @cached_property
    def names(self) -> list[str]:
        """The defined names that the formula uses."""
        return [token.text for token in self.tokens if token.kind == "name" and token.text.upper() not in ("TRUE", "FALSE")]

    @cached_property
    def relative(self) -> str:
        """The formula in R1C1, the same text wherever the same formula stands."""
        return "".join(text for _, text in self._parts)

    @cached_property
    def absolute(self) -> str:
        """The formula with every address as it is, without dollar signs: equal where the same is calculated."""
        return "".join(str(token.area) if token.area else token.text for token in self.tokens)

    @cached_property
    def shape(self) -> str:
        """The formula with the place of every reference left out."""
        return "".join(("range" if t.area.is_range else "cell") if t.area else t.text for t in self.tokens)

    @cached_property
    def is_link(self) -> bool:
        """Nothing but a reference, alone or with `*1`, or with a text after it or in front (as a unit has)."""
        rest = [token for token in self.tokens if not token.area]
        texts = [token.text for token in rest]
        alone = len(self.tokens) - len(rest) == 1
        return alone and (texts in ([], ["*", "1"]) or ("&" in texts and sorted(t.kind for t in rest) == ["operator", "text"]))

    @cached_property
    def _parts(self) -> list[tuple[Token, str]]:
        """The tokens, each with what it is in R1C1."""
        return list(self._taken_apart())

    def _taken_apart(self) -> Iterator[tuple[Token, str]]:
        for found in TOKENS.finditer(self.text):
            kind = found.lastgroup
            if kind == "reference" or found["reference"]:
                yield self._reference(found)
            elif found["function"]:
                yield Token("function", found["function"]), found["function"] + "("
            elif kind != "space":
                text = found[0]
                yield Token(kind, text), text

    def _reference(self, found: re.Match[str]) -> tuple[Token, str]:
        home = found["sheet"]
        sheet = self._sheet if home is None else home.strip("'").replace("''", "'")
        top, left = int(found["r1"]), column_number(found["c1"])
        bottom = int(found["r2"]) if found["r2"] else top
        right = column_number(found["c2"]) if found["c2"] else left
        where = self._place(top, found["d2"], left, found["d1"])
        if found["r2"]:
            where += ":" + self._place(bottom, found["d4"], right, found["d3"])
        token = Token("reference", found[0], Area(sheet, top, left, bottom, right))
        return token, where if home is None else f"{sheet}!{where}"

    def _place(self, row: int, row_fixed: str, column: int, column_fixed: str) -> str:
        down = f"R{row}" if row_fixed else f"R[{row - self._row}]"
        return down + (f"C{column}" if column_fixed else f"C[{column - self._column}]")


def moved(text: str, rows: int, columns: int) -> str:
    """The formula as it reads so many rows and columns further, as a shared formula is filled down."""

    def place(dollar: str, letters: str, dollar_row: str, row: str) -> str:
        to_row = int(row) if dollar_row else int(row) + rows
        to_column = column_number(letters) if dollar else column_number(letters) + columns
        address = written(to_row, to_column)
        letters = address.rstrip("0123456789")
        return f"{dollar}{letters}{dollar_row}{address[len(letters) :]}"

    def shifted(found: re.Match[str]) -> str:
        if not found["reference"]:
            return found[0]
        sheet = f"{found['sheet']}!" if found["sheet"] else ""
        first = place(found["d1"], found["c1"], found["d2"], found["r1"])
        last = ":" + place(found["d3"], found["c2"], found["d4"], found["r2"]) if found["r2"] else ""
        return sheet + first + last

    return TOKENS.sub(shifted, text)
