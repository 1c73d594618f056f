"""Parts of a package in the form that Excel writes, which some readers take for the only one.

exceljs, and the previewers built on it, know the elements of a drawing by their prefix and find parts by relative
targets alone; openpyxl writes default namespaces and absolute targets, which are as valid.
"""

from __future__ import annotations

import posixpath
import re
from xml.etree import ElementTree

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
PREFIXES = {
    "xdr": f"{DRAWING}/spreadsheetDrawing",
    "c": f"{DRAWING}/chart",
    "a": f"{DRAWING}/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
DRAWN = re.compile(r"xl/(?:drawings/drawing|charts/chart)\d+\.xml")
RELATIONS = re.compile(r"(.*?)_rels/[^/]*\.rels")
TARGET = re.compile(r'(?<= Target=")/([^"]*)')

for prefix, namespace in PREFIXES.items():
    ElementTree.register_namespace(prefix, namespace)


def conventional(name: str, content: bytes) -> bytes:
    """The member of that name as Excel would write it: a drawing or chart with prefixes, relations with relative targets."""
    if DRAWN.fullmatch(name):
        return ElementTree.tostring(ElementTree.fromstring(content), encoding="UTF-8")
    if of := RELATIONS.fullmatch(name):
        return TARGET.sub(lambda found: relative(found[1], of[1]), content.decode()).encode()
    return content


def relative(member: str, folder: str) -> str:
    """Where a member stands as seen from a folder of the package, each without a slash before it."""
    return posixpath.relpath(f"/{member}", f"/{folder}")
