"""The number format of each cell style."""

from __future__ import annotations

from collections.abc import Mapping

from workbook.receive.intake.format_code import Format
from workbook.receive.intake.markup import Listener, listen
from workbook.receive.intake.members import Members
from workbook.receive.intake.xlsx import MAIN

# Numbers of built-in formats (ECMA-376 part 1, 18.8.30), the East Asian dates among them.
DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
PERCENTAGES = {9, 10}


class _Styles(Listener):
    spaces: Mapping[str, str] = MAIN
    root = "styleSheet"

    def __init__(self) -> None:
        super().__init__()
        self.codes: dict[str, str] = {}
        self.used: list[str] = []

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt" and self.path[-1:] == ["numFmts"]:
            self.codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "xf" and self.path[-1:] == ["cellXfs"]:
            self.used.append(attributes.get("numFmtId", "0"))


def style_formats(members: Members, member: str) -> list[Format]:
    """The format of each cell style, by its number."""
    heard = _Styles()
    listen(member, members.chunks(member), heard)
    formats = dict.fromkeys(map(str, DATES), Format("yyyy-mm-dd"))
    formats |= dict.fromkeys(map(str, PERCENTAGES), Format("0%"))
    formats |= {number: Format(code) for number, code in heard.codes.items()}
    general = Format()
    return [formats.get(number, general) for number in heard.used]
