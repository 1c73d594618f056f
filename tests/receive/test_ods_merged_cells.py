"""Cells that are merged in an .ods: the same as in the .xlsx that it was made from."""

import openpyxl

from tests import engines
from tests.engines import libreoffice
from tests.receive.hostile import good
from workbook.receive.intake import limits
from workbook.receive.intake.reader import read


def test_cells_that_are_merged_in_an_xlsx_are_in_the_ods_that_libreoffice_makes_of_it(tmp_path):
    engines.need(libreoffice)
    book = openpyxl.Workbook()
    for merged in ("B2:C4", "E2:F2", "A6:A7"):
        book.active.merge_cells(merged)
    book.active["B2"] = 12
    book.save(tmp_path / "merged.xlsx")
    [ods] = libreoffice.recalculate([tmp_path / "merged.xlsx"], outdir=tmp_path, format="ods")
    files = (tmp_path / "merged.xlsx", ods)
    xlsx, ods = (sorted(read(file.read_bytes()).sheets["Sheet"].merged) for file in files)
    assert ods == xlsx == ["A6:A7", "B2:C4", "E2:F2"]


def test_merged_cells_in_repeated_rows_are_merged_in_each_of_them_up_to_a_limit():
    cells = '<table:table-cell/><table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="1"/>'
    for rows, last in ((3, "B3:C3"), (1_000_000, f"B{limits.MERGED}:C{limits.MERGED}")):
        row = (
            f'<table:table-row table:number-rows-repeated="{rows}">{cells}<table:covered-table-cell/></table:table-row>'
        )
        table = f'<table:table table:name="Inputs">{row}</table:table>'
        merged = read(good.packed(good.ods(**{"content.xml": good.content(table)}))).sheets["Inputs"].merged
        assert (merged[0], merged[-1], len(merged)) == ("B1:C1", last, min(rows, limits.MERGED))
