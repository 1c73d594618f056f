"""From a book to the bytes of an .xlsx: openpyxl makes everything around the cells, `rows` the cells themselves.

The same book gives the same bytes on every run: members are sorted, dates fixed, and nothing carries the clock.
"""

from __future__ import annotations

import builtins
import datetime
import os
import re
from collections.abc import Iterable, Mapping
from copy import copy
from xml.sax.saxutils import escape, quoteattr

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from workbook.files.address import column_letters, quoted
from workbook.files.agreed import CREATOR, TAB_COLOURS
from workbook.files.archive import LEVEL, Member, archive, deflated, within
from workbook.files.conventions import saved
from workbook.write.book import PLAIN_ROW, POINTS_PER_CM, Book, Sheet
from workbook.write.pack.chart_caches import ChartPart
from workbook.write.pack.heights import DEFAULT_WIDTH, fit
from workbook.write.pack.listing_rows import ListingRows
from workbook.write.pack.named_styles import linked
from workbook.write.pack.paper import MARGIN_END, MARGIN_SIDE, POINTS_PER_WIDTH, breaks, pages_tall
from workbook.write.pack.rows import Rows, SharedStrings
from workbook.write.pack.style import StyleSheet
from workbook.write.pack.theme import cell_colour, theme_xml
from workbook.write.palette import HIGHLIGHTS

# openpyxl writes a font's parts in an order that the Open XML schema, a sequence, does not allow.
Font.__elements__ = (
    "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color", "name", "family",
    "charset", "scheme",
)  # fmt: skip

# The last cell of a sheet, where nothing ever stands.
NO_CELL = "$XFD$1048576"
# Members of more bytes than these are not kept from one scenario to the next.
MOST_KEPT = 2 * 2**20


class Package:
    """A book ready to be written for each of its scenarios."""

    def __init__(self, book: Book) -> None:
        book.finish()
        workbook = Workbook()
        workbook.loaded_theme = theme_xml()
        style, strings = StyleSheet(workbook), SharedStrings()
        for sheet in book.sheets.values():
            fit(sheet)
        self._rows = {sheet.name: Rows(sheet, style.number, strings) for sheet in book.sheets.values()}
        self._listings = {
            sheet.name: ListingRows(sheet.listing, sheet.widths, style.number)
            for sheet in book.sheets.values()
            if sheet.listing
        }
        _reset(workbook.active)
        for sheet in book.sheets.values():
            _dress(
                workbook.create_sheet(sheet.name) if workbook.active.title != "Sheet" else _first(workbook, sheet),
                sheet,
            )
        _name_everything(workbook, book)
        workbook.security = None  # an empty element otherwise, which some readers stumble over
        workbook.calculation = CalcProperties(fullCalcOnLoad=True, calcId=191029)
        properties = workbook.properties
        properties.creator = properties.lastModifiedBy = CREATOR
        properties.title = "How to source engineering work, and what it really costs"
        properties.subject, properties.keywords = "Engagement comparison", "TCO, freelancer, engineering partner, hire"
        properties.created = properties.modified = _moment()
        self._members = _saved(workbook)
        _share(self._members, strings)
        self._sheet_members = {name: f"xl/worksheets/sheet{number}.xml" for number, name in enumerate(self._rows, 1)}
        for name, member in self._sheet_members.items():
            head, tail = re.split(rb"<sheetData ?/>|<sheetData></sheetData>", self._members[member])
            head = re.sub(rb'<dimension ref="[^"]*" ?/>', _dimension(book.sheets[name]), head)
            tail = tail.replace(b"<pageMargins", _hyperlinks(book.sheets[name]) + b"<pageMargins", 1)
            self._rows[name].enclose(head, tail)
        self._known: dict[tuple[str, int], tuple[bytes, Member]] = {}
        self._size = book.largest
        self._left_out = {at: sheet.name for at, sheet in enumerate(book.sheets.values()) if not sheet.is_printed}
        self._charts = {
            name: ChartPart(xml, book) for name, xml in self._members.items() if name.startswith("xl/charts/chart")
        }
        drawn = [sheet for sheet in book.sheets.values() if sheet.charts]
        for number, sheet in enumerate(drawn, 1):
            name = f"xl/drawings/drawing{number}.xml"
            self._members[name] = _described(self._members[name], sheet)

    def again(self, book: Book) -> Package:
        """The package of a book with the same layout, paths and trials as the first one, and other scenarios."""
        book.finish()
        renewed = copy(self)
        renewed._rows = {name: rows.again(book.sheets[name]) for name, rows in self._rows.items()}
        renewed._charts = {name: chart.again(book) for name, chart in self._charts.items()}
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
        members = dict(self._members)
        for name, member in self._sheet_members.items():
            members[member] = b"".join(self._rows[name].parts(scenario))
        for name, chart in self._charts.items():
            members[name] = chart.xml(scenario)
        return members

    def bytes(self, scenario: int = 0) -> bytes:
        """The .xlsx file for one scenario."""
        members = self.members(scenario)
        usual = (self._deflated(*member) for member in members.items())
        return archive(within(self._size, usual, lambda name, level: self._deflated(name, members[name], level)))

    def paper(self, scenario: int = 0) -> builtins.bytes:
        """The file to make a PDF from: what is left out of the whole workbook on paper has an empty print area there.

        LibreOffice prints a sheet without a print area whole, and leaves out one whose print area holds nothing.
        """
        members = self.members(scenario)
        members["xl/workbook.xml"] = _without_workings(members["xl/workbook.xml"], self._left_out)
        return archive(deflated(name, content) for name, content in members.items())

    def _deflated(self, name: str, content: builtins.bytes, level: int = LEVEL) -> Member:
        """The member deflated; one that is the same as in the scenario before is not deflated again.

        The trials, most of a workbook and hardly ever the same, are not kept for that.
        """
        if len(content) > MOST_KEPT:
            return deflated(name, content, level)
        known = self._known.get((name, level))
        if known is None or known[0] != content:
            known = self._known[name, level] = content, deflated(name, content, level)
        return known[1]


def zipped(members: Mapping[str, bytes]) -> bytes:
    """The members, name -> content, as a zip file: sorted by name, with a fixed date, deflated."""
    return archive(deflated(name, content) for name, content in members.items())


def _moment() -> datetime.datetime:
    """The date that the document bears: SOURCE_DATE_EPOCH, or a fixed one, so that the same input gives the same bytes."""
    epoch = int(os.environ.get("SOURCE_DATE_EPOCH", "1767225600"))
    return datetime.datetime.fromtimestamp(epoch, datetime.UTC).replace(tzinfo=None)


def _reset(worksheet: Worksheet) -> None:
    """Forget the cell that styles were registered on."""
    worksheet._cells.clear()


def _first(workbook: Workbook, sheet: Sheet) -> Worksheet:
    workbook.active.title = sheet.name
    return workbook.active


def _saved(workbook: Workbook) -> dict[str, bytes]:
    modified = workbook.properties.modified
    members = saved(workbook)
    # Saving stamps the clock into the properties; put the fixed moment back.
    core = members["docProps/core.xml"].decode()
    stamp = modified.strftime("%Y-%m-%dT%H:%M:%SZ")
    members["xl/styles.xml"] = linked(members["xl/styles.xml"])
    members["docProps/core.xml"] = re.sub(r"(<dcterms:modified[^>]*>)[^<]*", rf"\g<1>{stamp}", core).encode()
    return members


def _share(members: dict[str, bytes], strings: SharedStrings) -> None:
    """Add the constant texts; openpyxl, which sees no cells, leaves the whole part out."""
    members["xl/sharedStrings.xml"] = strings.xml()
    content = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    relation = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    for name, end, element in (
        (
            "[Content_Types].xml",
            b"</Types>",
            b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/>' % content,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            b"</Relationships>",
            b'<Relationship Id="rIdShared" Type="%s" Target="sharedStrings.xml"/>' % relation,
        ),
    ):
        if b"sharedStrings" not in members[name]:
            members[name] = members[name].replace(end, element + end)


def _without_workings(workbook: bytes, left_out: Mapping[int, str]) -> bytes:
    """The part with the names, with a print area of one empty cell for each of these sheets, position -> name."""
    areas = "".join(
        f'<definedName name="_xlnm.Print_Area" localSheetId="{at}">{escape(quoted(name))}!{NO_CELL}</definedName>'
        for at, name in left_out.items()
    )
    return workbook.replace(b"</definedNames>", areas.encode() + b"</definedNames>", 1)


def _described(drawing: bytes, sheet: Sheet) -> bytes:
    """A drawing whose charts have names and alternative texts, which openpyxl leaves out."""
    pictures = iter(sheet.charts)

    def named(match: re.Match) -> bytes:
        picture = next(pictures)
        number = match.group(1).decode()
        return f'<xdr:cNvPr id="{number}" name={quoteattr(f"Chart {number}")} descr={quoteattr(picture.alt)}'.encode()

    return re.sub(rb'<xdr:cNvPr id="(\d+)" name="[^"]*"', named, drawing)


def _dimension(sheet: Sheet) -> bytes:
    last_row, last_column = _extent(sheet)
    return f'<dimension ref="A1:{column_letters(last_column)}{last_row}"/>'.encode()


def _extent(sheet: Sheet) -> tuple[int, int]:
    """The last row and column that hold anything."""
    row, column = max(r for r, _ in sheet.cells), max(c for _, c in sheet.cells)
    if sheet.block:
        row = max(row, sheet.block.row + sheet.block.rows - 1)
        column = max(column, sheet.block.columns[-1].column)
    if sheet.listing:
        row = max(row, sheet.listing.row + sheet.listing.rows - 1)
        column = max(column, sheet.listing.columns)
    return row, column


def _hyperlinks(sheet: Sheet) -> bytes:
    """The links to other sheets; openpyxl takes them from its own cells only, and here it has none."""
    links = "".join(
        f'<hyperlink ref="{column_letters(column)}{row}" location={quoteattr(f"{quoted(target)}!{cell}")}'
        f" tooltip={quoteattr(f'Go to {target}')}/>"
        for (row, column), (target, cell) in sorted(sheet.links.items())
    )
    return f"<hyperlinks>{links}</hyperlinks>".encode() if links else b""


def _dress(worksheet: Worksheet, sheet: Sheet) -> None:
    """Everything of a sheet but its cells."""
    last_row, last_column = _extent(sheet)
    for column, width in sheet.widths.items():
        worksheet.column_dimensions[column_letters(column)].width = width
    worksheet.freeze_panes = f"{column_letters(sheet.freeze[1])}{sheet.freeze[0]}"
    worksheet.sheet_format.defaultRowHeight, worksheet.sheet_format.customHeight = PLAIN_ROW, True
    worksheet.sheet_view.showGridLines = False
    worksheet.sheet_view.zoomScale = 100
    worksheet.sheet_properties.tabColor = TAB_COLOURS[sheet.kind]
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for picture in sheet.charts:
        last_row = max(last_row, _reach(picture.row, picture.chart.height * POINTS_PER_CM, sheet.heights, PLAIN_ROW))
        width = picture.chart.width * POINTS_PER_CM / POINTS_PER_WIDTH
        last_column = max(last_column, _reach(picture.column, width, sheet.widths, DEFAULT_WIDTH))
    if sheet.is_printed:
        row, column = sheet.print_to or (0, 0)
        row, column = row or last_row, column or last_column
        worksheet.print_area = f"A1:{column_letters(column)}{row}"
    tall = pages_tall(sheet, row, column) if sheet.is_printed else sheet.pages_tall
    if sheet.header_rows[1] and tall != 1:
        worksheet.print_title_rows = f"{sheet.header_rows[0]}:{sheet.header_rows[1]}"
    worksheet.page_setup.orientation = "landscape" if sheet.landscape else "portrait"
    worksheet.page_setup.paperSize = 9
    worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight = 1, tall
    for first in breaks(sheet, row, column) if sheet.is_printed else ():
        worksheet.row_breaks.append(Break(id=first - 1))
    margins = worksheet.page_margins
    margins.left = margins.right = MARGIN_SIDE
    margins.top = margins.bottom = MARGIN_END
    margins.header = margins.footer = 0.3
    worksheet.oddHeader.left.text, worksheet.oddHeader.right.text = "&F", "&A"
    worksheet.oddFooter.center.text = "Printed on &D"
    worksheet.oddFooter.left.text, worksheet.oddFooter.right.text = "Engagement Calculator", "Page &P of &N"
    for unused in ("evenHeader", "evenFooter", "firstHeader", "firstFooter"):
        setattr(worksheet.HeaderFooter, unused, None)
    worksheet.protection.sheet = True
    worksheet.protection.formatColumns = worksheet.protection.formatRows = worksheet.protection.formatCells = False
    for place, rule in sheet.validations:
        _validate(worksheet, _cells(*place), rule)
    for cells, formula, look in sheet.highlights:
        worksheet.conditional_formatting.add(cells, _rule(formula, look))
    for picture in sheet.charts:
        worksheet.add_chart(picture.chart, picture.anchor)


def _reach(first: int, length: float, sizes: Mapping[int, float], usual: float) -> int:
    """The last row or column that something of this length covers."""
    at = first
    while (length := length - sizes.get(at, usual)) > 0:
        at += 1
    return at


def _cells(row: int, column: int, last_row: int = 0, last_column: int = 0) -> str:
    """The address of a cell, or of a rectangle of them."""
    first = f"{column_letters(column)}{row}"
    return f"{first}:{column_letters(last_column)}{last_row}" if last_row else first


def _validate(worksheet: Worksheet, address: str, rule: Mapping[str, object]) -> None:
    """A data validation with its prompt; equal rules share one."""
    for known in worksheet.data_validations.dataValidation:
        if all(getattr(known, name) == value for name, value in rule.items()):
            known.add(address)
            return
    made = DataValidation(**rule, showErrorMessage=True, showInputMessage=True, errorStyle="stop")
    made.add(address)
    worksheet.add_data_validation(made)


def _rule(formula: str, look: str) -> FormulaRule:
    ink, fill, bold = HIGHLIGHTS[look]
    font = Font(color=cell_colour(ink) if ink else None, bold=bold or None)
    rule = FormulaRule(formula=[formula])
    rule.dxf = DifferentialStyle(font=font, fill=PatternFill(bgColor=cell_colour(fill)) if fill else None)
    return rule


def _name_everything(workbook: Workbook, book: Book) -> None:
    for name, (sheet, row, column) in sorted(book.names.items()):
        target = f"{quoted(sheet)}!${column_letters(column)}${row}"
        workbook.defined_names[name] = DefinedName(name, attr_text=target)
