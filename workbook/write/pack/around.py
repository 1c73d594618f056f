"""Everything of a workbook around the values of its cells, by openpyxl: members, looks, charts, and rows with their slots."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from workbook.files.address import column_letters, quoted
from workbook.files.agreed import CREATOR, TAB_COLOURS
from workbook.files.conventions import saved
from workbook.write.book import Book
from workbook.write.pack.heights import DEFAULT_WIDTH, fit
from workbook.write.pack.listing_rows import ListingRows
from workbook.write.pack.named_styles import linked
from workbook.write.pack.number_formats import FORMATS
from workbook.write.pack.paper import MARGIN_END, MARGIN_SIDE, POINTS_PER_WIDTH, breaks, pages_tall
from workbook.write.pack.rows import Rows, SharedStrings
from workbook.write.pack.style import StyleSheet
from workbook.write.pack.theme import cell_colour, theme_xml
from workbook.write.palette import HIGHLIGHTS
from workbook.write.sheet import PLAIN_ROW, POINTS_PER_CM, Sheet

# openpyxl writes a font's parts in an order that the Open XML schema, a sequence, does not allow.
Font.__elements__ = (
    "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color", "name", "family",
    "charset", "scheme",
)  # fmt: skip

# The numbers of the number formats of highlights begin past those that cells have.
FIRST_OF_HIGHLIGHTS = 900


class Around(NamedTuple):
    """The rows and the listings of the sheets, by name, and all other members of the package."""

    rows: dict[str, Rows]
    listings: dict[str, ListingRows]
    members: dict[str, bytes]


def around(book: Book) -> Around:
    """What belongs around the values of a finished book."""
    workbook = Workbook()
    workbook.loaded_theme = theme_xml()
    style, strings = StyleSheet(workbook), SharedStrings()
    for sheet in book.sheets.values():
        fit(sheet)
    rows = {sheet.name: Rows(sheet, style.number, strings) for sheet in book.sheets.values()}
    listings = {
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
    members = _saved(workbook)
    _share(members, strings)
    for number, name in enumerate(rows, 1):
        head, tail = re.split(rb"<sheetData ?/>|<sheetData></sheetData>", members[f"xl/worksheets/sheet{number}.xml"])
        head = re.sub(rb'<dimension ref="[^"]*" ?/>', _dimension(book.sheets[name]), head)
        tail = tail.replace(b"<pageMargins", _hyperlinks(book.sheets[name]) + b"<pageMargins", 1)
        rows[name].enclose(head, tail)
    drawn = [sheet for sheet in book.sheets.values() if sheet.charts]
    for number, sheet in enumerate(drawn, 1):
        name = f"xl/drawings/drawing{number}.xml"
        members[name] = _described(members[name], sheet)
    return Around(rows, listings, members)


def _reset(worksheet: Worksheet) -> None:
    """Forget the cell that styles were registered on."""
    worksheet._cells.clear()


def _first(workbook: Workbook, sheet: Sheet) -> Worksheet:
    workbook.active.title = sheet.name
    return workbook.active


def _saved(workbook: Workbook) -> dict[str, bytes]:
    members = saved(workbook)
    members["xl/styles.xml"] = linked(members["xl/styles.xml"])
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
        row = max(row, sheet.block.lines[-1].row)
        column = max(column, sheet.block.column + sheet.block.columns - 1)
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


def _runs(widths: Mapping[int, float]) -> Iterator[tuple[int, int, float]]:
    """First and last column and width of neighbouring columns that are equally wide, said once."""
    for _, run in groupby(enumerate(sorted(widths.items())), lambda one: (one[1][0] - one[0], one[1][1])):
        columns = [column for _, (column, _) in run]
        yield columns[0], columns[-1], widths[columns[0]]


def _dress(worksheet: Worksheet, sheet: Sheet) -> None:
    """Everything of a sheet but its cells."""
    for first, last, width in _runs(sheet.widths):
        letters = column_letters(first)
        worksheet.column_dimensions[letters] = ColumnDimension(worksheet, letters, width, min=first, max=last)
    worksheet.freeze_panes = f"{column_letters(sheet.freeze[1])}{sheet.freeze[0]}"
    worksheet.sheet_format.defaultRowHeight, worksheet.sheet_format.customHeight = PLAIN_ROW, True
    worksheet.sheet_view.showGridLines = False
    worksheet.sheet_view.zoomScale = 100
    worksheet.sheet_properties.tabColor = TAB_COLOURS[sheet.kind]
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if sheet.is_printed:
        row, column = printed_to(sheet)
        # A page wide each: as many as there are areas.
        firsts = [1, *sheet.column_breaks]
        lasts = [*(first - 1 for first in sheet.column_breaks), column]
        areas = (_cells(1, first, row, last) for first, last in zip(firsts, lasts, strict=True))
        worksheet.print_area = ",".join(areas)
        column = lasts[0]
    tall = pages_tall(sheet, row, column) if sheet.is_printed else sheet.pages_tall
    if sheet.column_breaks:
        worksheet.print_title_cols = f"A:{column_letters(sheet.freeze[1] - 1)}"
    elif sheet.header_rows[1] and tall != 1:
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


def printed_to(sheet: Sheet) -> tuple[int, int]:
    """The last row and column that are printed of a sheet in the print of the whole; with its charts, where it says no other."""
    last_row, last_column = _extent(sheet)
    for picture in sheet.charts:
        last_row = max(last_row, _reach(picture.row, picture.chart.height * POINTS_PER_CM, sheet.heights, PLAIN_ROW))
        width = picture.chart.width * POINTS_PER_CM / POINTS_PER_WIDTH
        last_column = max(last_column, _reach(picture.column, width, sheet.widths, DEFAULT_WIDTH))
    row, column = sheet.print_to or (0, 0)
    return row or last_row, column or last_column


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
    ink, fill, bold, line, shown = HIGHLIGHTS[look]
    rule = FormulaRule(formula=[formula])
    rule.dxf = DifferentialStyle(
        font=Font(color=cell_colour(ink) if ink else None, bold=bold or None),
        numFmt=NumberFormat(FIRST_OF_HIGHLIGHTS + list(FORMATS).index(shown), FORMATS[shown]) if shown else None,
        fill=PatternFill(bgColor=cell_colour(fill)) if fill else None,
        border=Border(bottom=Side(line[0], cell_colour(line[1]))) if line else None,
    )
    return rule


def _name_everything(workbook: Workbook, book: Book) -> None:
    for name, (sheet, row, column) in sorted(book.names.items()):
        target = f"{quoted(sheet)}!${column_letters(column)}${row}"
        workbook.defined_names[name] = DefinedName(name, attr_text=target)
