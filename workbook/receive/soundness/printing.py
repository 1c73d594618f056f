"""Rule 11: print area, titles repeated, one page wide, header and footer; the summary is one page.

Workings have no print area, so that they are left out of the printed whole, and a sheet to look things up in, such as the
checks, need not have one, nor one that says nothing until something has happened. The other sheets have it, from their first
cell on; what stands at its side or below is for formulas or to look up.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbook.receive.soundness.breach import Breach
from workbook.receive.soundness.contents import Contents, DefinedName, Sheet

SUMMARY = "Summary"
TO_LOOK_UP, AFTER_THE_FACT = ("Checks", "Parameters"), ("Actuals", "Forecast")
LONG = 60  # more rows than a printed page has


def breaches(workbook: Contents) -> Iterator[Breach]:
    """Sheets that would come out of the printer in pieces."""
    names = {(name.sheet, name.name): name for name in workbook.names}
    for sheet in workbook.sheets.values():
        yield from _area(sheet, names.get((sheet.name, "_xlnm.Print_Area")))
        yield from _page(sheet)
        rows = max(sheet.rows, default=0)
        if rows > LONG and not _is_one_page(sheet) and (sheet.name, "_xlnm.Print_Titles") not in names:
            yield Breach(11, sheet.name, "", f"{rows} rows, and no row is repeated on every page")


def _area(sheet: Sheet, name: DefinedName | None) -> Iterator[Breach]:
    if sheet.kind == "working":
        if name is not None:
            yield Breach(11, sheet.name, "", "workings with a print area, which come out of the printer with the rest")
    elif name is None:
        if sheet.kind != "text" and sheet.name not in TO_LOOK_UP + AFTER_THE_FACT:
            yield Breach(11, sheet.name, "", "no print area")
    elif name.area is None or name.area.sheet != sheet.name:
        yield Breach(11, sheet.name, "", f"the print area {name.text}, which is not on the sheet")
    elif not name.area.holds(1, 1):
        yield Breach(11, sheet.name, "A1", f"the title is outside the print area {name.text}")


def _is_one_page(sheet: Sheet) -> bool:
    setup = sheet.find("pageSetup")
    return setup is not None and setup.get("fitToHeight", "1") == "1"


def _page(sheet: Sheet) -> Iterator[Breach]:
    fits, setup = sheet.find("sheetPr/pageSetUpPr"), sheet.find("pageSetup")
    if (
        fits is None
        or fits.get("fitToPage") not in ("1", "true")
        or setup is None
        or setup.get("fitToWidth", "1") != "1"
    ):
        yield Breach(11, sheet.name, "", "not one page wide")
    elif sheet.name == SUMMARY and not _is_one_page(sheet):
        yield Breach(11, sheet.name, "", "the summary is not one page")
    for part in ("oddHeader", "oddFooter"):
        text_element = sheet.find(f"headerFooter/{part}")
        if text_element is None or not (text_element.text or "").strip():
            yield Breach(11, sheet.name, "", f"no {'header' if part == 'oddHeader' else 'footer'}")
