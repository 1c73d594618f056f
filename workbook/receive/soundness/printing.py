"""Rule 11: print area, titles repeated, one page wide, header and footer; the summary is one page."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.receive.soundness.breach import Breach
from workbook.receive.soundness.contents import Contents, DefinedName, Sheet

SUMMARY = "Summary"
LONG = 60  # more rows than a printed page has


def breaches(workbook: Contents) -> Iterator[Breach]:
    """Sheets that would come out of the printer in pieces."""
    names = {(name.sheet, name.name): name for name in workbook.names}
    for sheet in workbook.sheets.values():
        yield from _area(sheet, names.get((sheet.name, "_xlnm.Print_Area")))
        yield from _page(sheet)
        rows = max(sheet.rows, default=0)
        if rows > LONG and sheet.name != SUMMARY and (sheet.name, "_xlnm.Print_Titles") not in names:
            yield Breach(11, sheet.name, "", f"{rows} rows, and no row is repeated on every page")


def _area(sheet: Sheet, name: DefinedName | None) -> Iterator[Breach]:
    if name is None or name.area is None or name.area.sheet != sheet.name:
        yield Breach(11, sheet.name, "", "no print area")
        return
    held = [cell for cells in sheet.rows.values() for cell in cells]
    outside = [cell.address for cell in held if not name.area.holds(cell.row, cell.column)]
    if outside:
        yield Breach(11, sheet.name, outside[0], f"outside the print area {name.text}")


def _page(sheet: Sheet) -> Iterator[Breach]:
    fits, setup = sheet.find("sheetPr/pageSetUpPr"), sheet.find("pageSetup")
    if (
        fits is None
        or fits.get("fitToPage") not in ("1", "true")
        or setup is None
        or setup.get("fitToWidth", "1") != "1"
    ):
        yield Breach(11, sheet.name, "", "not one page wide")
    elif sheet.name == SUMMARY and setup.get("fitToHeight", "1") != "1":
        yield Breach(11, sheet.name, "", "the summary is not one page")
    for part in ("oddHeader", "oddFooter"):
        text_element = sheet.find(f"headerFooter/{part}")
        if text_element is None or not (text_element.text or "").strip():
            yield Breach(11, sheet.name, "", f"no {'header' if part == 'oddHeader' else 'footer'}")
