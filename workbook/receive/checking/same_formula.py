"""Whether two formulas say the same, however a program wrote them down, and whatever was moved between."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from workbook.files.address import column_letters, column_number, quoted
from workbook.receive.checking import samenesses
from workbook.receive.checking.alignment import Aligned
from workbook.receive.reading.openformula import excel_form

PIECE = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")
    |(?P<function>[A-Za-z_][\w.]*)\(
    |(?P<reference>(?:(?P<sheet>'(?:[^']|'')+'|[^\W\d][\w.]*)!)?(?P<cells>\$?[A-Z]{1,3}\$?\d{1,7}(?::\$?[A-Z]{1,3}\$?\d{1,7})?))(?![\w.(!])
    |(?P<number>(?:\d+\.?\d*|\.\d+)(?:[Ee][+-]?\d+)?)(?![\w.])
    |(?P<space>\s+)""",
    re.VERBOSE,
)
CORNER = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d{1,7})")
LOST = "#REF!"


def same(
    expected: str, actual: str, sheet: str, lines: Mapping[str, Aligned], apart: Collection[str], ods: bool
) -> bool:
    """Whether the actual formula is the expected one.

    sheet: the expected name of its sheet; lines: where everything is now; apart: the sheets that are not where they were.
    """
    text = excel_form(actual) if ods else actual
    # Most read nothing of what was moved: to look through the text takes a hundredth of the time.
    if text == expected and sheet not in apart and not any(name in text for name in apart):
        return True
    return canonical(expected, sheet, lines if apart else None) == canonical(text, lines[sheet].name, None)


def placed(text: str, sheet: str, lines: Mapping[str, Aligned]) -> str:
    """A formula of the expected sheet as it would stand in the received workbook."""

    def piece(match: re.Match[str]) -> str:
        if not match["reference"]:
            return match[0]
        home = _home(match, sheet)
        if home not in lines:
            return LOST
        name = "" if match["sheet"] is None else quoted(lines[home].name) + "!"
        return name + _cells(home, match["cells"], lines)

    return PIECE.sub(piece, text)


def references(text: str, sheet: str) -> Iterator[tuple[str, int, int, int, int]]:
    """The cells and ranges that a formula on the sheet reads: sheet, top, left, bottom, right."""
    for match in PIECE.finditer(text):
        if match["reference"]:
            corners = [(int(row), column_number(letters)) for _, letters, _, row in CORNER.findall(match["cells"])]
            yield (_home(match, sheet), *corners[0], *corners[-1])


def _home(match: re.Match[str], sheet: str) -> str:
    home = match["sheet"]
    return home.strip("'").replace("''", "'") if home else sheet


def canonical(text: str, sheet: str = "", lines: Mapping[str, Aligned] | None = None) -> str:
    """The formula in one way of writing it; with lines, every reference where it leads now."""

    def piece(match: re.Match[str]) -> str:
        if match["text"]:
            return match["text"]
        if match["function"]:
            return samenesses.function(match["function"]) + "("
        if match["number"]:
            return samenesses.number(match["number"])
        if match["space"]:
            return ""
        return _reference(_home(match, sheet), match["cells"], lines)

    return PIECE.sub(piece, text)


def _reference(home: str, cells: str, lines: Mapping[str, Aligned] | None) -> str:
    if lines is None:
        return f"[{home.casefold()}]{samenesses.cells(cells)}"
    if home not in lines:
        return LOST
    return f"[{lines[home].name.casefold()}]{samenesses.cells(_cells(home, cells, lines))}"


def _cells(home: str, cells: str, lines: Mapping[str, Aligned]) -> str:
    """Cells of a sheet where they are now."""
    corners = []
    for fixed, letters, row_fixed, row in CORNER.findall(cells):
        now = lines[home].place(int(row), column_number(letters))
        if now is None:
            return LOST
        corners.append(f"{fixed}{column_letters(now[1])}{row_fixed}{now[0]}")
    return ":".join(corners)
