"""What stands in the cells of a workbook, read from the file itself, and how two sets of values differ.

Nothing is interpreted: a date is its serial number, as in every engine. openpyxl and calamine would turn it into a datetime and could
not tell an error from a text that looks like one.
"""

import math
import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from openpyxl.formula.translate import Translator

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# What stands between thousands. French programs of different age have different spaces there.
SEPARATORS = {"en-US": ",", "de-DE": ".", "fr-FR": "\u00a0\u202f", "pt-BR": ".", "hi-IN": ","}
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Error(str):
    """An error value such as #N/A; never equal to the text that reads the same."""

    def __eq__(self, other):
        return isinstance(other, Error) and str.__eq__(self, other)

    def __ne__(self, other):
        return not self == other

    __hash__ = str.__hash__

    def __repr__(self):
        return f"Error({str(self)!r})"


Key = tuple[str, str]
Value = float | str | bool | None | Error
Values = dict[Key, Value]
Formulas = Mapping[Key, str]
Edits = dict[Key, float | str | bool | date | None]


class Difference(NamedTuple):
    sheet: str
    ref: str
    left: Value
    right: Value

    def __str__(self):
        return f"{self.sheet}!{self.ref}: {self.left!r} against {self.right!r}"


class _WrittenOut(Mapping):
    """Formulas by cell, a shared one written out when it is asked for: that takes longer than reading all the rest."""

    def __init__(self, found: dict[Key, str | tuple[Translator, str]]):
        self._found = found

    def __getitem__(self, key: Key) -> str:
        found = self._found[key]
        return found if isinstance(found, str) else found[0].translate_formula(found[1])

    def __iter__(self) -> Iterator[Key]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __contains__(self, key: object) -> bool:
        return key in self._found


def read_cached(path) -> tuple[Values, Formulas]:
    """The values as saved, of every cell that holds one, and the formulas with their `=`, shared ones written out.

    A formula that was saved without a value has the value None; one that was saved as empty text has "".
    """
    values: Values = {}
    formulas: dict[Key, str | tuple[Translator, str]] = {}
    with zipfile.ZipFile(path) as book:
        strings = _shared_strings(book)
        for sheet, part in _sheets(book).items():
            shared: dict[str, Translator] = {}
            with book.open(part) as xml:
                for _, cell in ElementTree.iterparse(xml):
                    if cell.tag != f"{MAIN}c":
                        continue
                    key = (sheet, cell.get("r"))
                    formula = cell.find(f"{MAIN}f")
                    value = _value(cell, strings, formula is not None)
                    if formula is not None:
                        formulas[key] = _formula(formula, cell.get("r"), shared)
                    if formula is not None or value is not None:
                        values[key] = value
                    cell.clear()
    return values, _WrittenOut(formulas)


def differences(
    left: Values, right: Values, rel=1e-9, abs=1e-9, only: Iterable[Key] | None = None, language="en-US"
) -> list[Difference]:
    """The cells whose values differ; empty text, an empty cell and no cell are the same.

    only: the cells to compare, or every cell that either side has. language: the one that the right side groups the
    thousands of amounts in texts in, as FIXED does, which is no difference; the left side has commas.
    """
    keys = dict.fromkeys([*left, *right] if only is None else only)
    pairs = ((key, left.get(key), right.get(key)) for key in keys)
    apart = ((key, one, other) for key, one, other in pairs if not _same(one, other, rel, abs))
    return [Difference(*key, one, other) for key, one, other in apart if not _same_amounts(one, other, language)]


def edited(path, edits: Edits, out) -> Path:
    """A copy of the workbook with these cells typed over and everything else, stale values too, as it was.

    The cells have to stand in the file, as input cells do: they have a style.
    """
    by_sheet: dict[str, dict[str, object]] = {}
    for (sheet, ref), value in edits.items():
        by_sheet.setdefault(sheet, {})[ref] = value
    with zipfile.ZipFile(path) as book, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        parts = _sheets(book)
        if unknown := by_sheet.keys() - parts.keys():
            raise KeyError(f"{path} has no sheet {', '.join(sorted(unknown))}; it has {', '.join(parts)}")
        changed = {parts[sheet]: typed for sheet, typed in by_sheet.items()}
        for entry in book.infolist():
            content = book.read(entry)
            if entry.filename in changed:
                content = _typed_over(content.decode(), changed[entry.filename], entry.filename).encode()
            copy.writestr(entry, content)
    return Path(out)


def _sheets(book):
    """The name of each worksheet and its part, in the order of the tabs."""
    relations = ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels"))
    worksheets = {
        relation.get("Id"): posixpath.normpath(posixpath.join("/xl", relation.get("Target"))).lstrip("/")
        for relation in relations
        if relation.get("Type").endswith("/worksheet")
    }
    tabs = ElementTree.fromstring(book.read("xl/workbook.xml")).iter(f"{MAIN}sheet")
    return {tab.get("name"): worksheets[tab.get(RELATION)] for tab in tabs if tab.get(RELATION) in worksheets}


def _shared_strings(book):
    if "xl/sharedStrings.xml" not in book.namelist():
        return []
    return [_text(item) for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml")).iter(f"{MAIN}si")]


def _text(item):
    """The text of a shared or inline string, plain or in runs, without phonetic hints."""
    runs = item.iterfind(f"{MAIN}r/{MAIN}t")
    return _decoded("".join(run.text or "" for run in [*item.iterfind(f"{MAIN}t"), *runs]))


def _decoded(text):
    """A file writes what XML cannot hold as _xHHHH_, and _x005F_ for the underscore of a text that looks like that."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda code: chr(int(code[1], 16)), text)


def _value(cell, strings, calculated):
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _text(cell.find(f"{MAIN}is"))
    saved = cell.find(f"{MAIN}v")
    if saved is None or saved.text is None:
        return "" if kind == "str" and calculated and saved is not None else None
    match kind:
        case "s":
            return strings[int(saved.text)]
        case "str":
            return _decoded(saved.text)
        case "b":
            return saved.text == "1"
        case "e":
            return Error(saved.text)
        case "n":
            return float(saved.text)
    raise ValueError(f"cell {cell.get('r')} has the type {kind}, which this reader does not know")


def _formula(formula, ref, shared):
    index = formula.get("si")
    if formula.get("t") != "shared":
        return f"={formula.text or ''}"
    if formula.text:
        shared[index] = Translator(f"={formula.text}", ref)
        return f"={formula.text}"
    return shared[index], ref


def _same(one, other, rel, abs):
    one, other = (None if value == "" else value for value in (one, other))
    numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in (one, other))
    if numbers:
        return math.isclose(one, other, rel_tol=rel, abs_tol=abs)
    return isinstance(one, bool) == isinstance(other, bool) and one == other


def _same_amounts(one, other, language):
    texts = isinstance(one, str) and isinstance(other, str) and not isinstance(other, Error)
    return texts and _ungrouped(one, SEPARATORS["en-US"]) == _ungrouped(other, SEPARATORS[language])


def _ungrouped(text, separators):
    """The text without what groups the thousands of its numbers: the lowest group has three digits, others two in India."""
    amount = rf"(?<![\d{separators}])\d{{1,3}}(?:[{separators}]\d{{2,3}})*[{separators}]\d{{3}}(?!\d)"
    return re.sub(amount, lambda found: re.sub(f"[{separators}]", "", found[0]), text)


def _typed_over(xml, typed, part):
    for ref, value in typed.items():
        found = re.search(rf'<c\b(?=[^>]*\br="{ref}")([^>]*?)(?:/>|>(.*?)</c>)', xml, re.DOTALL)
        if not found:
            raise KeyError(f"{part} has no cell {ref} to type over")
        attributes, content = found.groups()
        if 't="shared"' in (content or "") and "ref=" in content:
            raise ValueError(f"{part} {ref} holds a formula that other cells share")
        attributes = re.sub(r'\s+t="[^"]*"', "", attributes)
        xml = f"{xml[: found.start()]}<c{attributes}{_typed(value)}{xml[found.end() :]}"
    return xml


def _typed(value):
    if value is None:
        return "/>"
    if isinstance(value, date):
        value = serial(value)
    if isinstance(value, bool):
        return f' t="b"><v>{int(value)}</v></c>'
    if isinstance(value, str):
        written = escape(re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", value))
        return f' t="inlineStr"><is><t xml:space="preserve">{written}</t></is></c>'
    return f"><v>{float(value)!r}</v></c>"


def serial(day):
    """The number that a date, or a date with a time, is in a cell: days since the end of 1899."""
    moment = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)
    return (moment - datetime(1899, 12, 30)) / timedelta(days=1)
