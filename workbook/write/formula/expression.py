"""Excel expressions as small trees, and how they print.

An expression prints once into pieces of text and references; a reference becomes an address when the coordinates of its
cell are known. So one expression serves every row and column of a block.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple, SupportsFloat

from workbook.files.address import column_letters, quoted
from workbook.files.agreed import DECLARED_NUMBERS

# How tightly an operator binds in Excel. A minus sign in front binds tighter than ^, unlike in Python.
BINDING = {"=": 1, "<>": 1, "<": 1, "<=": 1, ">": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5}
ATOM = 9
# The dimension of references that move down with the row of the cell that reads them.
BELOW = "row"
# The dimension of cells of which each stands below the one before.
STACKED = "stacked"


class Untraceable(TypeError):
    """Something in a formula has no native Excel form here; it is refused rather than written as a constant."""


class Home(NamedTuple):
    """Where an array lives: its first cell, and the dimensions that run down its rows and along its columns."""

    sheet: str
    row: int
    column: int
    down: str | None = None
    along: str | None = None

    def cell(self, coordinates: Mapping[str, int]) -> tuple[int, int]:
        """Row and column of the element with these coordinates (0-based by dimension)."""
        row = self.row + (coordinates[self.down] if self.down else 0)
        return row, self.column + (coordinates[self.along] if self.along else 0)


@dataclass(frozen=True)
class Reference:
    """A cell, or a range along one dimension, of a home; parts that do not move with the formula are absolute."""

    home: Home
    sheet: str
    length: int = 0
    collapsed: str | None = None
    fixed: tuple[tuple[str, int], ...] = ()

    def address(self, coordinates: Mapping[str, int]) -> str:
        """The address of the cell or range, from the cell whose coordinates these are."""
        down, along = self._moving
        if not down and not along:
            return self._still
        row, column = self._first
        return self._text(row + (coordinates[down] if down else 0), column + (coordinates[along] if along else 0))

    def below(self, row: int, alone: bool) -> Reference:
        """The same from a cell in that row, moving down with it: where it moves along, or stands in the same row, or anyway."""
        at, column = self._first
        along = self._moving[1]
        if self.collapsed or self.home.sheet != self.sheet or not (alone or along or at == row):
            return self
        return Reference(Home(self.home.sheet, at - row, column, BELOW, along), self.sheet)

    def follows(self, home: Home) -> bool:
        """Whether it moves exactly as far as a formula that is filled down and along from the first cell of the home."""
        down, along = self._moving
        return self.home.sheet == home.sheet and down in (None, home.down) and along in (None, home.along)

    @cached_property
    def _moving(self) -> tuple[str | None, str | None]:
        """The dimensions along which the reference moves with the formula: down its rows, along its columns."""
        still = {self.collapsed, *dict(self.fixed)}
        home = self.home
        return (None if home.down in still else home.down), (None if home.along in still else home.along)

    @cached_property
    def _first(self) -> tuple[int, int]:
        """Row and column where everything that moves is at its first element."""
        places = dict(self.fixed)
        dimensions = [dimension for dimension in (self.home.down, self.home.along) if dimension is not None]
        return self.home.cell({dimension: places.get(dimension, 0) for dimension in dimensions})

    @cached_property
    def _still(self) -> str:
        return self._text(*self._first)

    def _text(self, row: int, column: int) -> str:
        moving_down, moving_along = self._moving
        down, along = "" if moving_down else "$", "" if moving_along else "$"
        text = f"{along}{column_letters(column)}{down}{row}"
        if self.collapsed:
            last_row = row + self.length - 1 if self.home.down == self.collapsed else row
            last_column = column + self.length - 1 if self.home.along == self.collapsed else column
            text += f":{along}{column_letters(last_column)}{down}{last_row}"
        return text if self.home.sheet == self.sheet else f"{quoted(self.home.sheet)}!{text}"


@dataclass(frozen=True)
class Expression:
    """Pieces of text and references, how tightly the whole binds, and whether it is a range or array of values."""

    pieces: tuple[str | Reference, ...]
    binding: int = ATOM
    kind: str = "value"  # value | range | array
    comparison: bool = False
    less_one: Expression | None = None  # the expression x, where this one is x - 1
    compared: tuple[Expression, Expression] | None = None  # both sides, where this one is an equality

    @property
    def is_array(self) -> bool:
        return self.kind != "value"

    @property
    def is_literal(self) -> bool:
        """A number written out, which needs no formula."""
        is_text = all(isinstance(piece, str) for piece in self.pieces)
        return is_text and self.printed({}).lstrip("-").isdigit()

    @property
    def names_other_sheets(self) -> bool:
        """It reads a cell of another sheet than its own, and so may not be a shared formula."""
        return any(isinstance(piece, Reference) and piece.home.sheet != piece.sheet for piece in self.pieces)

    def fills(self, home: Home) -> bool:
        """Whether the cells of the home may share it, as one that is written in the first and filled down and along."""
        return all(isinstance(piece, str) or piece.follows(home) for piece in self.pieces)

    def below(self, row: int, alone: bool = False) -> Expression:
        """The same for a cell in that row; equal for two rows where they may share it. Printed with BELOW known.

        alone: whether no other row shares it: then no row of a single cell needs a dollar, and the formula is shorter.
        """
        return replace(self, pieces=tuple(p if isinstance(p, str) else p.below(row, alone) for p in self.pieces))

    def within(self, binding: int) -> tuple[str | Reference, ...]:
        """The pieces, in parentheses where they bind less tightly than their surroundings need."""
        return self.pieces if self.binding >= binding else ("(", *self.pieces, ")")

    def printed(self, coordinates: Mapping[str, int]) -> str:
        """The formula text, without the equals sign, at the coordinates."""
        return "".join(p if isinstance(p, str) else p.address(coordinates) for p in self.pieces)


def reference(ref: Reference) -> Expression:
    return Expression((ref,), kind="range" if ref.collapsed else "value")


def literal(value: str | SupportsFloat) -> Expression:
    """A number of the declared list, a text, or NaN, which is an empty text in a cell. Raises Untraceable for others."""
    if isinstance(value, str):
        if '"' in value:
            raise Untraceable(f"quotation marks within the text {value}: some engines misread them; use “ and ”")
        return Expression((f'"{value}"',))
    number = float(value)
    if number != number:
        return Expression(('""',))
    if abs(number) not in DECLARED_NUMBERS:
        raise Untraceable(f"the number {number:g} may not stand in a formula; give it a cell")
    text = f"{abs(number):.0f}"
    return Expression((text,)) if number >= 0 else Expression(("-", text), binding=BINDING["^"])


def call(name: str, *arguments: Expression) -> Expression:
    """A function of single values (or of whole ranges, where the caller knows that the function takes them)."""
    pieces: list[str | Reference] = [name + "("]
    for position, argument in enumerate(arguments):
        pieces += [","] if position else []
        pieces += argument.pieces
    return Expression((*pieces, ")"))


def indexed(values: Expression, at: Expression) -> Expression:
    """The value at a position of a range, from 1; by row and column, since some engines take no single index along a row."""
    (area,) = values.pieces
    down = isinstance(area, Reference) and area.home.down == area.collapsed
    return call("INDEX", values, *((at, literal(1)) if down else (literal(1), at)))


def stacked(expressions: Sequence[Expression]) -> list[Expression]:
    """The same, cells of which each stands right below the one before as one range."""
    runs: list[list[Expression]] = []
    for one in expressions:
        if runs and _is_below(one, runs[-1][-1]):
            runs[-1].append(one)
        else:
            runs.append([one])
    return [_column(run) if len(run) > 1 else run[0] for run in runs]


def _is_below(lower: Expression, upper: Expression) -> bool:
    if len(lower.pieces) != 1 or len(upper.pieces) != 1:
        return False
    at, above = lower.pieces[0], upper.pieces[0]
    if not (isinstance(at, Reference) and isinstance(above, Reference)) or at.collapsed or at.fixed or at.home.down:
        return False
    return at == replace(above, home=above.home._replace(row=above.home.row + 1))


def _column(cells: Sequence[Expression]) -> Expression:
    (first,) = cells[0].pieces
    assert isinstance(first, Reference)
    home = first.home._replace(down=STACKED)
    return reference(replace(first, home=home, length=len(cells), collapsed=STACKED))


ZERO, ONE = ("0",), ("1",)


def _folded(operator: str, left: Expression, right: Expression) -> Expression | None:
    """The shorter form of an operation with a written 0 or 1: adding nothing, multiplying by one or by nothing."""
    plain = [side.kind == "value" and not side.comparison for side in (left, right)]
    known = [side.pieces in (ZERO, ONE) for side in (left, right)]
    if operator == "=" and all(known):
        return literal(1 if left.pieces == right.pieces else 0)
    if operator in "+-" and right.pieces == ZERO and plain[0]:
        return left
    if operator == "+" and left.pieces == ZERO and plain[1]:
        return right
    if operator == "-" and all(known):
        return literal((left.pieces == ONE) - (right.pieces == ONE))
    if operator == "*" and all(plain):
        for factor, rest in ((left, right), (right, left)):
            if factor.pieces == ZERO or rest.pieces == ONE:
                return factor
    if operator == "/" and left.pieces == ZERO:
        return left
    return None


def operation(operator: str, left: Expression, right: Expression) -> Expression:
    """Two expressions joined by an operator."""
    folded = _folded(operator, left, right)
    if folded is not None:
        return folded
    if operator == "+":
        for term, rest in ((left, right), (right, left)):
            if term.pieces == ONE and rest.less_one is not None:
                return rest.less_one
    binding = BINDING[operator]
    # The right side of - and / (and of ^ and comparisons) must bind tighter; parentheses elsewhere only where needed.
    tighter = binding if operator in "+*&" else binding + 1
    left_binding = binding + 1 if operator == "^" else binding
    pieces = (*left.within(left_binding), operator, *right.within(tighter))
    return Expression(
        pieces,
        binding,
        kind="array" if left.is_array or right.is_array else "value",
        comparison=binding == BINDING["="],
        less_one=left if operator == "-" and right.pieces == ONE else None,
        compared=(left, right) if operator == "=" else None,
    )


def negative(operand: Expression) -> Expression:
    """The operand with a minus sign in front, in parentheses unless it is a single term.

    A product is multiplied by -1 instead: IronCalc drops the parentheses of -(a^b*c), where the minus then belongs to a.
    """
    if operand.binding == BINDING["*"]:
        return operation("*", literal(-1), operand)
    kind = "array" if operand.is_array else "value"
    return Expression(("-", *operand.within(ATOM)), binding=BINDING["^"], kind=kind)
