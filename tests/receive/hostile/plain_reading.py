"""What the bytes of a workbook say, read a second time and as plainly as can be: the judge of what the intake accepted."""

import io
import posixpath
import re
import zipfile
from datetime import datetime
from xml.etree import ElementTree

from workbook.receive.intake.book import Book, Error

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def of_book(book: Book):
    """The values and own formulas of a book that was read."""
    return {
        (name, *place): (cell.value, cell.formula if book.format == "ods" else None)
        for name, sheet in book.sheets.items()
        for place, cell in sheet.cells.items()
    }


def of_bytes(data: bytes):
    """The same, from the bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "mimetype" in archive.namelist():
            return _ods(ElementTree.fromstring(archive.read("content.xml")))
        return _xlsx(archive)


def _xlsx(archive):
    root = _targets(archive, "", "_rels/.rels")
    book = next(target for kind, target in root.values() if kind == "officeDocument")
    targets = _targets(archive, "xl", "xl/_rels/workbook.xml.rels")
    strings = []
    for kind, target in targets.values():
        if kind == "sharedStrings" and target in archive.namelist():
            items = ElementTree.fromstring(archive.read(target)).iter(f"{MAIN}si")
            strings = [_text(item.findall(f"{MAIN}t") + item.findall(f"{MAIN}r/{MAIN}t")) for item in items]
    found = {}
    for sheet in ElementTree.fromstring(archive.read(book)).findall(f"{MAIN}sheets/{MAIN}sheet"):
        kind, target = targets[sheet.get(RELATION)]
        if kind != "worksheet":
            continue
        number = 0
        for row in ElementTree.fromstring(archive.read(target)).iterfind(f".//{MAIN}sheetData/{MAIN}row"):
            number, at = int(row.get("r", number + 1)), 0
            for cell in row.findall(f"{MAIN}c"):
                letters = re.match("[A-Z]*", cell.get("r", ""))[0]
                at = sum((ord(c) - 64) * 26**n for n, c in enumerate(reversed(letters))) or at + 1
                value = _value(cell, strings)
                if value is not None or cell.find(f"{MAIN}f") is not None:
                    found[sheet.get("name"), number, at] = (value, None)
    return found


def _targets(archive, folder, name):
    relations = ElementTree.fromstring(archive.read(name)) if name in archive.namelist() else ()
    return {
        one.get("Id", ""): (
            one.get("Type", "").split("/")[-1],
            posixpath.normpath(posixpath.join("/", folder, one.get("Target", "")))[1:],
        )
        for one in relations
        if one.tag.endswith("}Relationship") and one.get("TargetMode") != "External"
    }


def _text(parts):
    text = "".join(part.text or "" for part in parts)
    return re.sub(
        "_x([0-9A-Fa-f]{4})_", lambda m: m[0] if m[1][0] in "dD" and m[1][1] > "7" else chr(int(m[1], 16)), text
    )


def _value(cell, strings):
    kind, said = cell.get("t", "n"), cell.find(f"{MAIN}v")
    inline = cell.findall(f"{MAIN}is/{MAIN}t") + cell.findall(f"{MAIN}is/{MAIN}r/{MAIN}t")
    if kind in ("str", "inlineStr"):
        return _text([*inline, *([] if said is None else [said])]) if inline or said is not None else None
    if said is None or not (said.text or "").strip():
        return None
    meanings = {
        "s": lambda t: strings[int(t)],
        "b": lambda t: t.strip() in ("1", "true"),
        "e": Error,
        "n": float,
        "d": _days,
    }
    return meanings[kind](said.text)


def _days(text):
    return (datetime.fromisoformat(text.strip()) - datetime(1899, 12, 30)).total_seconds() / 86_400


def _ods(root):
    found = {}
    for table in root.findall(f"{OFFICE}body/{OFFICE}spreadsheet/{TABLE}table"):
        number = 1
        for row in (row for row in table.iter(f"{TABLE}table-row")):
            times, at = int(row.get(f"{TABLE}number-rows-repeated", 1)), 1
            for cell in row:
                wide = int(cell.get(f"{TABLE}number-columns-repeated", 1))
                value, formula = _ods_value(cell), cell.get(f"{TABLE}formula")
                if formula is not None:
                    formula = formula.partition("=")[2] or formula
                if value is not None or formula is not None:
                    for down in range(times):
                        for right in range(wide):
                            found[table.get(f"{TABLE}name"), number + down, at + right] = (value, formula)
                at += wide
            number += times
    return found


def _ods_value(cell):
    kind = cell.get(f"{OFFICE}value-type", "")
    if kind in ("float", "percentage", "currency"):
        return float(cell.get(f"{OFFICE}value"))
    if kind == "date":
        return _days(cell.get(f"{OFFICE}date-value"))
    if kind == "boolean":
        return cell.get(f"{OFFICE}boolean-value") == "true"
    paragraphs = ["".join(_said(paragraph)) for paragraph in cell.findall(f"{TEXT}p")]
    return cell.get(f"{OFFICE}string-value") or ("\n".join(paragraphs) if paragraphs else None)


def _said(element):
    yield element.text or ""
    for child in element:
        if child.tag == f"{TEXT}s":
            yield " " * int(child.get(f"{TEXT}c", 1))
        yield from _said(child)
        yield child.tail or ""
