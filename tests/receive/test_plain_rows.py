"""Rows that are taken apart say what they say when each element of them is heard, whatever was done to them."""

import io
import random
import re
import zipfile

import pytest

from tests.receive.hostile import good
from tests.receive.hostile.mutations import of_xml
from workbook.receive.intake import Error, limits
from workbook.receive.intake.reader import read
from workbook.receive.intake.unsafe import Unsafe
from workbook.receive.intake.xlsx import plain_rows, workbook
from workbook.write import build

SHEET = "xl/worksheets/sheet1.xml"
MUTATIONS = 300
# As Excel, LibreOffice and Google write them.
ROWS = (
    '<row r="1" spans="1:3" ht="15.75" x14ac:dyDescent="0.25"><c r="A1" s="1" t="s"><v>0</v></c><c r="C1" t="b"><v>1</v></c></row>'
    '<row r="2" customFormat="false" hidden="true"><c r="A2" s="0"/><c r="B2" s="2"><f aca="false">A1&amp;"&lt;x_x0041_"</f><v>0.5</v></c></row>'
    '<row r="4"><c r="B4"><f t="shared" ref="B4:C5" si="0">B2*$B$2+Inputs!D$3</f><v>1</v></c><c r="C4"><f t="shared" si="0"/><v>2</v></c></row>'
    '<row r="5"><c r="B5" t="str"><f t="shared" si="0"/><v xml:space="preserve"> x </v></c><c><f t="shared" si="0"></f></c></row>'
    '<row><c t="inlineStr"><is><t>_x000D_ a</t></is></c><c t="e"><v>#N/A</v></c><c t="d"><v>2026-01-31</v></c></row><row r="9"/>'
)
SPACE = ' xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'


def with_rows(sheet):
    return good.packed(good.xlsx() | {SHEET: sheet})


def said(data):
    """What reading the file gives: the book, or what is wrong with it."""
    try:
        return read(data)
    except Unsafe as unsafe:
        return unsafe.findings


@pytest.fixture
def heard(monkeypatch):
    """What reading gives where every element is heard."""

    def heard(data):
        with monkeypatch.context() as never:
            never.setattr(workbook, "taken_apart", lambda *_: None)
            return said(data)

    return heard


@pytest.fixture(scope="module")
def sheet():
    return good.sheet(ROWS).replace(b"<worksheet", b"<worksheet" + SPACE.encode(), 1)


def test_rows_as_programs_write_them_are_taken_apart(sheet, heard):
    assert plain_rows.taken_apart(SHEET, sheet)
    book = said(with_rows(sheet))
    assert [cell.value for cell in book.sheets["Inputs"].cells.values()][-3:-1] == ["\r a", Error("#N/A")]
    assert book == heard(with_rows(sheet))


def test_a_workbook_of_ours_is_taken_apart_and_says_the_same(heard):
    from calc.scenario import scenario

    given = scenario({"project": {"name": "Any", "start": "2027-01-01"}, "work": {"core_hours": 100}})
    data = build.build(given, 0, build.Edition.light)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert all(plain_rows.taken_apart(name, archive.read(name)) for name in sheets)
    assert said(data) == heard(data)


def test_damaged_rows_say_the_same(sheet, heard):
    apart = 0
    for seed in range(MUTATIONS):
        damaged = of_xml(sheet, random.Random(seed))
        apart += plain_rows.taken_apart(SHEET, damaged) is not None
        assert said(with_rows(damaged)) == heard(with_rows(damaged)), seed
    # Some of what is damaged still looks as programs write it.
    assert MUTATIONS / 10 < apart < MUTATIONS


@pytest.mark.parametrize(
    "change",
    [
        (b"<v>0.5</v>", b"<v>0.5</v><v>1</v>"),
        (b'<c r="B2"', b'<c xmlns="urn:other" r="B2"'),
        (b"</row>", b"<c/></row><row/></row>"),
        (b"</row>", b"</row>\n  "),
        (b"<v>0.5</v>", b"<!-- --><v>0.5</v>"),
        (b"<v>0.5</v>", b"<v><![CDATA[0.5]]></v>"),
        (b"<v>0.5</v>", b"<v>&#48;.5</v>"),
        (b"<v>0.5</v>", b"<v>" + b"1" * 40_000 + b"</v>"),
        (b"<sheetData>", b"<!-- <sheetData> --><sheetData>"),
        (b"</sheetData>", b"</sheetData><sheetData/>"),
        (b"</sheetData>", b'</sheetData><m:sheetData xmlns:m="' + good.MAIN.encode() + b'"/>'),
        (b"<dimension", b"<x><sheetData></sheetData></x><dimension"),
        (b'<row r="5"', b'<row r="3"'),
        (b'si="0"/>', b'si="7"/>'),
        (b"</worksheet>", b""),
    ],
)
def test_what_programs_do_not_write_says_the_same(change, sheet, heard):
    old, new = change
    assert re.search(re.escape(old), sheet)
    changed = sheet.replace(old, new)
    assert said(with_rows(changed)) == heard(with_rows(changed))


def test_rows_count_among_the_elements_that_a_member_may_have(heard, monkeypatch):
    data = with_rows(good.sheet("<row/>" * 500))
    assert said(data) == heard(data)
    monkeypatch.setattr(limits, "ELEMENTS", 500)
    assert heard(data)[0].problem == "too many XML elements"
    assert said(data) == heard(data)
