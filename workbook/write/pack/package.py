"""From a book to the bytes of an .xlsx: `around` makes everything around the cells, `rows` the cells themselves.

The same book gives the same bytes on every run: members are sorted, dates fixed, and nothing carries the clock.
"""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from datetime import date
from typing import Any

from workbook.files.address import quoted
from workbook.files.archive import Member, Packing, archive, deflated, within
from workbook.write.book import Book
from workbook.write.pack.chart_caches import ChartPart
from workbook.write.pack.repeated import MOST_BLANKS, Repeated
from workbook.write.pack.rows import Rows, escaped

# The last cell of a sheet, where nothing ever stands.
NO_CELL = "$XFD$1048576"
# The member that bears the date of the document.
CORE = "docProps/core.xml"
# The day in the properties of a file that bears none, so that the same input gives the same bytes.
UNDATED = date(2026, 1, 1)


class Package:
    """A book ready to be written for each of its scenarios."""

    def __init__(self, book: Book) -> None:
        book.finish()
        # A layout that is ready needs no openpyxl.
        from workbook.write.pack.around import around

        self._rows, self._listings, members = around(book)
        self._members = members | {CORE: _dated(members[CORE], book.made_on)}
        self._charts = {
            name: ChartPart(xml, book) for name, xml in self._members.items() if name.startswith("xl/charts/chart")
        }
        sheets = book.sheets.values()
        self._settle(
            book.packing,
            {at: sheet.name for at, sheet in enumerate(sheets) if not sheet.is_printed},
            [sheet.name for sheet in sheets if sheet.is_alike],
        )

    def plain(self) -> dict[str, Any]:
        """The layout without any values, as plain data: `of_plain` makes a package of it whose `again` gives it values."""
        return {
            "members": {name: xml.decode() for name, xml in self._members.items() if name not in self._filled},
            "rows": {name: rows.plain() for name, rows in self._rows.items()},
            "charts": {name: chart.plain() for name, chart in self._charts.items()},
            "left_out": list(self._left_out.items()),
            "alike": self._alike,
        }

    @classmethod
    def of_plain(cls, data: Mapping[str, Any], packing: Packing) -> Package:
        """The layout from its plain data. packing: as of the book."""
        made = cls.__new__(cls)
        made._rows = {name: Rows.of_plain(rows) for name, rows in data["rows"].items()}
        made._charts = {name: ChartPart.of_plain(chart) for name, chart in data["charts"].items()}
        made._members = {name: text.encode() for name, text in data["members"].items()}
        made._listings = {}
        made._settle(packing, dict(data["left_out"]), data["alike"])
        return made

    def _settle(self, packing: Packing, left_out: dict[int, str], alike: list[str]) -> None:
        self._sheet_of = {f"xl/worksheets/sheet{number}.xml": name for number, name in enumerate(self._rows, 1)}
        self._known: dict[tuple[str, int], Repeated] = {}
        self._packing, self._left_out, self._alike = packing, left_out, alike
        self._filled = {*self._sheet_of, *self._charts}

    def again(self, book: Book, is_kept: bool = True) -> Package:
        """The package of a book with the same layout, paths and trials as the first one, and other scenarios.

        is_kept: whether the book is read afterwards. If not, the cells of each sheet go once they are taken: both together
        are the most that a chunk of a batch ever has in memory.
        """
        book.finish()
        renewed = copy(self)
        renewed._members = self._members | {CORE: _dated(self._members[CORE], book.made_on)}
        renewed._charts = {name: chart.again(book) for name, chart in self._charts.items()}
        renewed._rows = {}
        for name, rows in self._rows.items():
            renewed._rows[name] = rows.again(book.sheets[name])
            if not is_kept:
                book.sheets[name].cells.clear()
        return renewed

    def forget(self) -> None:
        """Drop the values of all scenarios and keep the layout, from which `again` makes further packages."""
        for rows in self._rows.values():
            rows.forget()
        for chart in self._charts.values():
            chart.forget()

    def listed(self, sheet: str) -> Iterable[builtins.bytes]:
        """The rows of a sheet's listing, which are in no member: they belong before the end of its `sheetData`."""
        return self._listings[sheet]

    def members(self, scenario: int = 0) -> dict[str, builtins.bytes]:
        """Every member of the package for one scenario, by name."""
        return dict(self._contents(scenario))

    def _contents(self, scenario: int) -> Iterator[tuple[str, builtins.bytes]]:
        """The name and content of each member, one at a time."""
        yield from ((name, content) for name, content in self._members.items() if name not in self._filled)
        yield from ((member, self._rows[name].xml(scenario)) for member, name in self._sheet_of.items())
        yield from ((name, chart.xml(scenario)) for name, chart in self._charts.items())

    def bytes(self, scenario: int = 0) -> bytes:
        """The .xlsx file for one scenario."""
        return archive(within(self._packing, self._contents(scenario), self._deflated))

    def paper(self) -> builtins.bytes:
        """The file to make a PDF from: what is left out of the whole workbook on paper has an empty print area there.

        LibreOffice prints a sheet without a print area whole, and leaves out one whose print area holds nothing.
        """
        members = self.members()
        members["xl/workbook.xml"] = _without_workings(members["xl/workbook.xml"], self._left_out)
        return archive(deflated(name, content) for name, content in members.items())

    def _deflated(self, name: str, content: builtins.bytes, level: int) -> Member:
        """The member deflated; one that is the same as in a scenario before is not deflated again."""
        sheet = self._sheet_of.get(name, "")
        part = self._charts.get(name) or self._rows.get(sheet)
        if part is None or sheet in self._alike:
            # All workbooks of a layout have it alike.
            level = max(level, self._packing.once)
        elif part.blanks > MOST_BLANKS:
            return deflated(name, content, level)
        known = self._known.setdefault((name, level), Repeated())
        return known.member(content, lambda: deflated(name, content, level))


def zipped(members: Mapping[str, bytes]) -> bytes:
    """The members, name -> content, as a zip file: sorted by name, with a fixed date, deflated."""
    return archive(deflated(name, content) for name, content in members.items())


def _dated(core: bytes, made_on: date | None) -> bytes:
    """The properties of the document with the day on which it was made; saving stamps the clock into them."""
    stamp = f"{made_on or UNDATED}T00:00:00Z".encode()
    return re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>" + stamp, core)


def _without_workings(workbook: bytes, left_out: Mapping[int, str]) -> bytes:
    """The part with the names, with a print area of one empty cell for each of these sheets, position -> name."""
    areas = "".join(
        f'<definedName name="_xlnm.Print_Area" localSheetId="{at}">{escaped(quoted(name))}!{NO_CELL}</definedName>'
        for at, name in left_out.items()
    )
    return workbook.replace(b"</definedNames>", areas.encode() + b"</definedNames>", 1)
