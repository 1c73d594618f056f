"""A text that looks like a formula, an escape or a number is a text in the workbook, whoever opens it."""

import io
import json
from functools import cache, partial

import openpyxl
from openpyxl.utils.escape import unescape

from calc.scenario import from_text
from tests import engines, made_once
from tests.engines import cells, libreoffice
from tests.write.built_workbooks import (
    CLOSE,
    THOROUGH,
    calculated,
    first_of,
    inside,
    places,
    values_in,
    values_of,
)
from workbook.receive.soundness import typed_text
from workbook.write.build import build
from workbook.write.edition import Edition

# The first sixteen are tried on every run.
HOSTILE = [
    "=1+1", '=HYPERLINK("http://example.org","x")', "+1", "@SUM(A1)", "123", "_x000D_", "😀" * 80, " leading and trailing ",
    "-1", '<b title="x">&amp;</b> & \'more\'', "#N/A", "\u202eevil\u202c", "שלום עולם", "_x0041_bc", "'quoted'", "1e5",
    "=cmd|' /C calc'!A0", 'She said "yes"', "]]>", "it's", "two  spaces", "\u00a0hard", "0012", "1,5", "50%", "2026-01-01",
    "TRUE", "#REF!", "_X000d_", "x_x", "مرحبا", "日本語", "é", "e\u0301", "👩‍👩‍👧‍👦" * 8, "\u200bzero", "x" * 80, "--", "{=A1}", "R1C1",
    "Inputs!A1", "*", "~", "?",
]  # fmt: skip


def hostile_scenarios():
    """Workbooks with these texts as the name, the owner, and the labels of paths; a label has 60 characters at most."""
    phases = [{"work": "core", "model": "freelancer", "share": 1}, {"work": "run", "model": "freelancer"}]
    for start in range(0, len(HOSTILE) if THOROUGH else 12, 6):
        name, owner, *labels = sorted(HOSTILE[start : start + 6], key=len, reverse=True)
        paths = {f"path_{at}": {"label": label, "phases": phases} for at, label in enumerate(labels)}
        yield name, owner, labels, {"project": {"name": name, "owner": owner, "start": "2026-12-01"}, "paths": paths}


@cache
def hostile_books():
    books = []
    for number, (name, owner, labels, data) in enumerate(hostile_scenarios()):
        given = from_text(json.dumps(data), "hostile")
        path = made_once.file_of(f"hostile{number}.xlsx", partial(build, given, 0, Edition.light))
        books.append((path, name, owner, labels))
    return books


def holds(values, named, name, owner, labels):
    """The texts where they belong: the inputs, the title of the summary, and the paths wherever their labels stand."""
    held = [value for value in values.values() if isinstance(value, str)]
    wrong = [text for text in labels if text not in held]
    wrong += [text for key, text in (("in_name", name), ("in_owner", owner)) if values.get(named[key]) != text]
    return wrong + [name] * (held.count(name) < 2)


def test_a_hostile_text_stands_in_the_file_as_text():
    for path, name, owner, labels in hostile_books():
        assert holds(values_of(inside(path)), places(path), name, owner, labels) == []
        formulas = {cell.formula.written for sheet in inside(path).sheets.values() for cell in sheet.formulas}
        assert not {text.lstrip("=") for text in (name, owner, *labels)} & formulas


def test_openpyxl_reads_a_hostile_text_as_text():
    """openpyxl undoes the escapes of the file format in shared strings, and leaves those in a cell's own text to its caller."""
    for path, name, owner, labels in hostile_books() if THOROUGH else hostile_books()[:1]:
        book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
        texts = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "s"}
        assert set(labels) <= texts
        named = {key: places(path)[key] for key in ("in_name", "in_owner")}
        typed = [book[sheet][address] for sheet, address in named.values()]
        assert [unescape(cell.value) if "_x" in cell.value else cell.value for cell in typed] == [name, owner]
        assert {cell.data_type for cell in typed} == {"s"}


def test_libreoffice_keeps_a_hostile_text_as_text_and_calculates_it_into_others(tmp_path):
    engines.need(libreoffice)
    books = hostile_books() if THOROUGH else hostile_books()[:1]
    judged = libreoffice.recalculate([path for path, *_ in books], outdir=tmp_path)
    for (path, *texts), anew in zip(books, judged, strict=True):
        recalculated = values_in(anew)
        assert holds(recalculated, places(path), *texts) == []
        assert first_of(cells.differences(values_of(inside(path)), recalculated, **CLOSE, only=calculated(path))) == []


def test_wherever_a_text_of_the_user_begins_like_a_formula_it_has_a_quote_prefix():
    for path, *_ in hostile_books():
        assert [str(breach) for breach in typed_text.breaches(inside(path))] == []
