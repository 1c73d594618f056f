"""The members that openpyxl writes, in the form that Excel writes, which some readers take for the only one.

exceljs, and the previewers built on it, know the elements of a drawing by their prefix, find parts by relative targets
and comments by Excel's own names. openpyxl writes default namespaces, absolute targets and names of its own: as valid.
Of a sheet it writes every attribute, which together are a twentieth of a small one; Excel leaves out what goes without saying.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from xml.etree import ElementTree

from openpyxl.workbook import Workbook
from openpyxl.writer.excel import ExcelWriter

from workbook.files.temporary import kept_for_a_while

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
PREFIXES = {
    "xdr": f"{DRAWING}/spreadsheetDrawing",
    "c": f"{DRAWING}/chart",
    "a": f"{DRAWING}/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
CONTENT_TYPES = "[Content_Types].xml"
DRAWN = re.compile(r"xl/(?:drawings/drawing|charts/chart)\d+\.xml")
RELATIONS = re.compile(r"(.*?)_rels/[^/]*\.rels")
TARGET = re.compile(r'(?<= Target=")/([^"]*)')
SHEET = re.compile(r"xl/worksheets/sheet\d+\.xml")
# What an attribute means where it is missing, by the schema of the format (ISO/IEC 29500-1, 18.3.1).
DEFAULTS: dict[bytes, dict[bytes, bytes]] = {
    b"outlinePr": {b"summaryBelow": b"1", b"summaryRight": b"1"},
    b"sheetView": {b"zoomScale": b"100"},
    b"sheetFormatPr": {b"baseColWidth": b"8"},
    b"pageSetup": {b"fitToWidth": b"1", b"fitToHeight": b"1"},
    b"sheetProtection": dict.fromkeys((b"objects", b"scenarios", b"selectLockedCells", b"selectUnlockedCells"), b"0")
    | dict.fromkeys((b"insertRows", b"insertColumns", b"insertHyperlinks", b"deleteRows", b"deleteColumns"), b"1")
    | dict.fromkeys((b"sort", b"autoFilter", b"pivotTables"), b"1"),
    b"dataValidation": {b"operator": b"between", b"errorStyle": b"stop", b"showDropDown": b"0", b"allowBlank": b"0"},
    b"brk": {b"min": b"0"},
}
ELEMENT = re.compile(rb"<(%b) [^<>]*>" % b"|".join(DEFAULTS))
ATTRIBUTE = re.compile(rb' (\w+)="([^"]*)"')
NOTHING = re.compile(rb"<outlinePr ?/>")
# A part of openpyxl's and where Excel has it.
RENAMED = (
    (re.compile(r"xl/comments/comment(\d+)\.xml"), r"xl/comments\1.xml"),
    (re.compile(r"xl/drawings/commentsDrawing(\d+)\.vml"), r"xl/drawings/vmlDrawing\1.vml"),
)

for prefix, namespace in PREFIXES.items():
    ElementTree.register_namespace(prefix, namespace)


def saved(workbook: Workbook) -> dict[str, bytes]:
    """The members of the package, name -> content. Raises TemporaryError where a sheet finds no room in a temporary file."""
    buffer = io.BytesIO()
    # What Workbook.save does, but closed on an error too.
    with kept_for_a_while(), zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        ExcelWriter(workbook, archive).save()
    with zipfile.ZipFile(buffer) as archive:
        return {_renamed(name): _conventional(name, archive.read(name)) for name in archive.namelist()}


def _conventional(name: str, content: bytes) -> bytes:
    """The content with prefixes if it is a drawing or a chart, with relative targets if it says what leads where; of a sheet,
    without what goes without saying."""
    if SHEET.fullmatch(name):
        return NOTHING.sub(b"", ELEMENT.sub(_short, content))
    if DRAWN.fullmatch(name):
        return ElementTree.tostring(ElementTree.fromstring(content), encoding="UTF-8")
    if name == CONTENT_TYPES:
        return _renamed(content.decode()).encode()
    if of := RELATIONS.fullmatch(name):
        text = _renamed(content.decode())
        return TARGET.sub(lambda match: posixpath.relpath(f"/{match[1]}", f"/{of[1]}"), text).encode()
    return content


def _short(element: re.Match[bytes]) -> bytes:
    """The element without attributes that say what they mean where they are missing."""
    usual = DEFAULTS[element[1]]
    return ATTRIBUTE.sub(lambda one: b"" if usual.get(one[1]) == one[2] else one[0], element[0])


def _renamed(text: str) -> str:
    for ours, usual in RENAMED:
        text = ours.sub(usual, text)
    return text
