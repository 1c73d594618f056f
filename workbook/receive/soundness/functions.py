"""Rule 5: formulas that people can follow, and that every spreadsheet calculates alike, in every language.

IF inside IF at most, a limit on length, only the functions that all engines share, none that is volatile, MATCH only
for an exact match, INDEX by row and column, and ranges only where a function takes them: arithmetic with them inside
SUMPRODUCT, which takes operators and comparisons, not functions over ranges. TEXT has codes that are the same in every
language, a text holds no quotation marks of its own, and a formula that cells share names no sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from workbook.files.agreed import SAFE_CODES
from workbook.receive.soundness.breach import Breach
from workbook.receive.soundness.contents import Contents, FormulaCell
from workbook.receive.soundness.tokens import Pattern, Token

LONGEST = 500
DEEPEST = 2  # an IF, and an IF inside it
OF_RANGES = frozenset(
    "SUM COUNT SUMIFS COUNTIFS SUMPRODUCT AVERAGE MIN MAX LARGE SMALL RANK PERCENTILE INDEX MATCH AND OR".split()
)
OF_VALUES = frozenset(
    "IF NOT IFERROR CHOOSE ROUND ROUNDUP ROUNDDOWN INT MOD ABS EXP LN SQRT DATE EDATE YEAR MONTH TEXT FIXED"
    " BETA.INV NORM.S.INV NORM.S.DIST".split()
)
# Functions that are younger than the format carry a prefix in the file; Excel shows #NAME? where it is missing.
PREFIX = "_xlfn."
YOUNGER = frozenset({"BETA.INV", "NORM.S.INV", "NORM.S.DIST"})
VOLATILE = frozenset("OFFSET INDIRECT NOW TODAY RAND RANDBETWEEN RANDARRAY CELL INFO".split())
CODES = [[",", f'"{code}"'] for code in SAFE_CODES]


def breaches(workbook: Contents) -> Iterator[Breach]:
    """Formulas that are too deep, too long, or use what not every engine has."""
    for sheet in workbook.sheets.values():
        for cell in sheet.formulas:
            for message in (*_size(cell), *messages(cell.formula.pattern)):
                yield Breach(5, sheet.name, cell.address, message)
    for name in workbook.names:
        if not name.area and not name.name.startswith("_xlnm."):
            yield Breach(5, name.sheet or "", name.name, f"a name that holds a formula or a constant: {name.text}")


def longest(workbook: Contents) -> int:
    """The length of the longest formula."""
    return max((len(cell.formula.written) for sheet in workbook.sheets.values() for cell in sheet.formulas), default=0)


def _size(cell: FormulaCell) -> Iterator[str]:
    if len(cell.formula.written) > LONGEST:
        yield f"{len(cell.formula.written)} characters long; at most {LONGEST}"
    if cell.array:
        yield "an array formula"
    if cell.shared and any(token.home for token in cell.formula.pattern.references):
        yield f"the cells {cell.shared} share it, but it names a sheet; Excel never writes such a formula"


@cache
def messages(pattern: Pattern) -> list[str]:
    """The faults of a formula, wherever it stands."""
    strange = "".join(token.text for token in pattern.tokens if token.kind == "strange")
    messages = [f"holds {strange}, as in array constants, structured references or whole columns"] if strange else []
    for name in dict.fromkeys(token.text for token in pattern.tokens if token.kind == "function"):
        messages += _function(name)
    if any(token.kind == "text" and '"' in token.text[1:-1] for token in pattern.tokens):
        messages.append("quotation marks within a text are misread by some engines; use typographic ones")
    return messages + list(_nesting(pattern.tokens))


def _function(name: str) -> Iterator[str]:
    bare = name.upper().removeprefix(PREFIX.upper())
    if bare in VOLATILE:
        yield f"{bare} is volatile"
    elif bare not in OF_RANGES | OF_VALUES:
        yield f"{bare} is not among the functions that all engines share"
    elif (bare in YOUNGER) != name.startswith(PREFIX):
        yield f"{name} stands in the file as {PREFIX + bare if bare in YOUNGER else bare}"


def _nesting(tokens: list[Token]) -> Iterator[str]:
    """Goes through the tokens with the functions (or "" for a parenthesis) that are open around each."""
    open_: list[str] = []
    commas: list[int] = []
    deepest = 0
    for at, token in enumerate(tokens):
        if token.kind in ("function", "open"):
            open_.append(token.text.upper() if token.kind == "function" else "")
            commas.append(0)
            deepest = max(deepest, open_.count("IF"))
        elif token.kind == "comma" and open_:
            commas[-1] += 1
        elif token.kind == "close" and open_:
            yield from _ended(open_.pop(), commas.pop(), [token.text for token in tokens[at - 2 : at]])
        elif token.is_range:
            yield from _range(open_, tokens, at)
    if deepest > DEEPEST:
        yield f"IF stands {deepest} deep; at most an IF inside an IF"


def _ended(function: str, commas: int, last: list[str]) -> Iterator[str]:
    """The faults in the arguments of a function that ends. last: the two tokens before its closing parenthesis."""
    if function == "MATCH" and last != [",", "0"]:
        yield "MATCH without 0 as its last argument does not look for an exact match"
    if function == "INDEX" and commas != 2:
        yield "INDEX without both row and column is refused by some engines"
    if function == "TEXT" and last not in CODES:
        yield f"TEXT with a code other than {' and '.join(SAFE_CODES)}, which is read in the reader's language"


def _range(open_: list[str], tokens: list[Token], at: int) -> Iterator[str]:
    functions = [name for name in open_ if name]
    around = tokens[max(at - 1, 0) : at] + tokens[at + 1 : at + 2]
    if "SUMPRODUCT" in functions:
        if functions[-1] != "SUMPRODUCT":
            yield f"{functions[-1]} over the range {tokens[at].text} inside SUMPRODUCT"
    elif not functions or any(token.kind == "operator" for token in around):
        yield f"arithmetic with the range {tokens[at].text} outside SUMPRODUCT"
    elif functions[-1] in OF_VALUES:
        yield f"{functions[-1]} over the range {tokens[at].text} gives one value in some engines and many in others"
