"""Reading an .xlsx file from the package itself: a zip of XML."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from workbook.files.agreed import TAB_COLOURS
from workbook.files.collecting import uncollected
from workbook.receive.soundness.address import Area, area, corner
from workbook.receive.soundness.contents import MAIN, Cell, Contents, DefinedName, Error, FormulaCell, Relation, Sheet
from workbook.receive.soundness.looks import Look, looks
from workbook.receive.soundness.tokens import Formula, Patterns

RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
KINDS = {colour: kind for kind, colour in TAB_COLOURS.items()}


class UnreadableError(ValueError):
    """The file is not a zip, or holds no workbook."""


def read(data: bytes) -> Contents:
    """The contents of the file. Raises UnreadableError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            parts = {entry.filename: archive.read(entry) for entry in entries}
        with uncollected():
            return _contents(data, entries, parts)
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, ValueError, IndexError) as error:
        raise UnreadableError(str(error)) from error


def _contents(data: bytes, entries: list[zipfile.ZipInfo], parts: dict[str, bytes]) -> Contents:
    root = ElementTree.fromstring(parts["xl/workbook.xml"])
    relations = {name: _relations(name, parts[name]) for name in parts if name.endswith(".rels")}
    targets = relations["xl/_rels/workbook.xml.rels"]
    strings = _strings(parts.get("xl/sharedStrings.xml"))
    styles = looks(ElementTree.fromstring(parts["xl/styles.xml"]))
    sheets, patterns = {}, Patterns()
    for tab in root.iter(f"{MAIN}sheet"):
        part, name = targets[tab.get(RELATION, "")].target, tab.get("name", "")
        worksheet = ElementTree.fromstring(parts[part])
        colour = worksheet.find(f"{MAIN}sheetPr/{MAIN}tabColor")
        kind = KINDS.get(colour.get("rgb", "")[-6:], "") if colour is not None else ""
        cells = _cells(worksheet, name, strings, styles, patterns)
        own = relations.get(rels(part), {})
        sheets[name] = Sheet(name, part, kind, tab.get("state", "visible"), worksheet, cells, own)
    return Contents(data, entries, parts, root, sheets, list(_names(root, list(sheets))), relations)


def rels(part: str) -> str:
    """The part that holds the relations of a part."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _relations(name: str, content: bytes) -> dict[str, Relation]:
    folder = posixpath.dirname(posixpath.dirname(name))
    relations = {}
    for relation in ElementTree.fromstring(content):
        external = relation.get("TargetMode") == "External"
        target = relation.get("Target", "")
        inside = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        relations[relation.get("Id", "")] = Relation(relation.get("Type", ""), target if external else inside, external)
    return relations


def _names(root: Element, sheets: list[str]) -> Iterator[DefinedName]:
    for element in root.iter(f"{MAIN}definedName"):
        own = element.get("localSheetId")
        text = element.text or ""
        tokens = Patterns().formula(text, "").pattern.tokens
        are_areas = bool(tokens) and all(token.corners or token.text == "," for token in tokens)
        target = tokens[0].area(1, 1) if are_areas and tokens[0].corners else None
        yield DefinedName(element.get("name", ""), text, None if own is None else sheets[int(own)], target)


def _strings(content: bytes | None) -> list[str]:
    return [_text(item) for item in ElementTree.fromstring(content).iter(f"{MAIN}si")] if content else []


def _text(item: Element) -> str:
    """A text, plain or in runs, without phonetic hints; `_x000D_` and its like stand for what XML cannot hold."""
    runs = "".join(run.text or "" for run in (*item.iterfind(f"{MAIN}t"), *item.iterfind(f"{MAIN}r/{MAIN}t")))
    return decoded(runs)


def decoded(text: str) -> str:
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda code: chr(int(code[1], 16)), text) if "_x" in text else text


def _cells(
    root: Element, sheet: str, strings: list[str], styles: list[Look], patterns: Patterns
) -> dict[tuple[int, int], Cell]:
    """The cells of a sheet, row by row; formulas that share one are written out."""
    cells: dict[tuple[int, int], Cell] = {}
    shared: dict[str, Formula] = {}
    data = root.find(f"{MAIN}sheetData")
    for element in data.iter(f"{MAIN}c") if data is not None else ():
        row, column = corner(element.get("r", ""))
        kind = element.get("t", "n")
        cell = Cell(row, column, None, kind, styles[int(element.get("s", "0"))])
        for child in element:
            if child.tag == f"{MAIN}f":
                formula = _formula(child, sheet, row, column, shared, patterns)
                is_array = child.get("t") in ("array", "dataTable")
                sharing = child.get("ref", "") if child.get("t") == "shared" and child.text else ""
                cell = FormulaCell(row, column, cell.value, kind, cell.look, formula, is_array, sharing)
            elif child.tag == f"{MAIN}v":
                cell.value = _value(kind, child.text, strings)
            elif child.tag == f"{MAIN}is":
                cell.value = _text(child)
        cells[row, column] = cell
    return cells


def _formula(
    element: Element, sheet: str, row: int, column: int, shared: dict[str, Formula], patterns: Patterns
) -> Formula:
    index = element.get("si") if element.get("t") == "shared" else None
    if index is not None and not element.text:
        return shared[index].filled(row, column)
    made = patterns.formula(element.text or "", sheet, row, column)
    if index is not None:
        shared[index] = made
    return made


def _value(kind: str, text: str | None, strings: list[str]) -> float | str | bool | None:
    if kind == "str":
        return decoded(text or "")
    if text is None:
        return None
    if kind == "s":
        return strings[int(text)]
    if kind == "b":
        return text == "1"
    return Error(text) if kind == "e" else float(text)


def target(sheet: str, text: str) -> Area:
    """The area that a text such as 'Cash flow'!A1, or A1 on the sheet itself, leads to."""
    home, mark, place = text.rpartition("!")
    return area(home.strip("'").replace("''", "'") if mark else sheet, place)
