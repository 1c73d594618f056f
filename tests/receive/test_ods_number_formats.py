"""What the number formats of an .ods show of the numbers in it: the same as those of the .xlsx that LibreOffice made it from."""

import openpyxl

from tests import engines
from tests.engines import libreoffice
from tests.receive.hostile import good
from workbook.receive.intake.reader import read

CODES = [
    "General", "0", "#,##0.00", '0" kg"', '#,##0;[Red]-#,##0;"-"', "0.00E+00", "# ?/?", "[$€-407] #,##0", "0.0%", "yyyy-mm-dd",
    '0"k"', '0"k";-0"k"', '#,##0.0 "M€"', '0" million"', '#,##0,"M"', '#,##0.000,"k"', '0.0,,"M"', '[>=1000000]0.0,,"M";0',
    '[<1000]0;0"k"', "0,", "#,##0.0,,", '"0.85"', ";;;", '0;-0;"7"', "@", '0;-0;0;"no"',
]  # fmt: skip
VALUES = (46357.25, -12.5, 0, 2_000_000, "text")
COLUMN_SHOWN_AS = '0"k"'


def sheet_of_formats():
    book = openpyxl.Workbook()
    sheet = book.active
    for row, code in enumerate(CODES, 1):
        for column, value in enumerate(VALUES, 1):
            sheet.cell(row, column, value).number_format = code
        sheet.cell(row, len(VALUES) + 2, 500).number_format = COLUMN_SHOWN_AS
    return book


def test_a_number_format_shows_the_same_in_an_ods_as_in_an_xlsx(tmp_path):
    engines.need(libreoffice)
    sheet_of_formats().save(tmp_path / "formats.xlsx")
    [ods] = libreoffice.recalculate([tmp_path / "formats.xlsx"], outdir=tmp_path, format="ods")
    kinds = [
        {place: (cell.value, cell.kind) for place, cell in read(file.read_bytes()).sheets["Sheet"].cells.items()}
        for file in (tmp_path / "formats.xlsx", ods)
    ]
    assert kinds[1] == kinds[0]


# As LibreOffice writes them: the style of a column is that of its cells that name none.
STYLES = (
    '<office:automatic-styles><number:number-style style:name="N1"><number:number number:min-integer-digits="1"/>'
    '<number:text>k</number:text></number:number-style><style:style style:name="ce1" style:family="table-cell"'
    ' style:parent-style-name="Default" style:data-style-name="N1"/></office:automatic-styles>'
)


def test_a_cell_without_a_style_is_shown_in_that_of_its_row_or_else_of_its_column():
    number = '<table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="12"/>'
    columns = '<table:table-column/><table:table-column table:default-cell-style-name="ce1"/>'
    rows = f'<table:table-row>{number}</table:table-row><table:table-row table:default-cell-style-name="ce1">{number}</table:table-row>'
    table = f'<table:table table:name="Inputs">{columns}{rows}</table:table>'
    cells = read(good.packed(good.ods(**{"content.xml": good.content(table, STYLES)}))).sheets["Inputs"].cells
    assert {place: cell.kind for place, cell in cells.items()} == {
        (1, 1): "", (1, 2): "multiple", (2, 1): "multiple", (2, 2): "multiple",
    }  # fmt: skip
