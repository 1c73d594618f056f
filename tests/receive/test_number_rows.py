"""The numbers that end rows may be left out of what is read; what is dangerous or damaged in them is refused all the same."""

import random
from functools import partial

import pytest

from tests.receive.hostile import good, makers
from workbook.files.address import column_letters
from workbook.receive.intake import cells
from workbook.receive.intake.reader import read
from workbook.receive.intake.unsafe import Unsafe
from workbook.receive.intake.xlsx import number_rows
from workbook.receive.intake.xlsx import workbook as reading
from workbook.receive.intake.xlsx.number_rows import NumberRows, without_number_rows
from workbook.receive.intake.xlsx.sheet import Surroundings
from workbook.receive.reading.typed_formula import calculated

FORMULA = "IF(AND(A4&gt;$A$2,B4&lt;&gt;1),_xlfn.BETA.INV(A4,$A$1,2)*-1,'Cash flow'!$B$3)"
HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>Trial</t></is></c></row><row r="2"><c r="A2"><v>2</v></c></row>'
FOOT = '<row r="9"><c r="A9" t="b"><v>1</v></c></row>'
ROWS = "".join(
    f'<row r="{row}" ht="15.5" customHeight="1"><c r="A{row}" s="3"><v>{row}</v></c><c r="B{row}" s="4"/><c r="C{row}">'
    + (f'<f t="shared" ref="C4:C6" si="0">{FORMULA}</f>' if row == 4 else '<f t="shared" si="0"/>')
    + f'<v>-1.5E-3</v></c><c r="D{row}"><v>7</v></c><c r="F{row}"><f>A{row}/3</f><v>0.25</v></c></row>'
    for row in (4, 5, 6)
)


@pytest.fixture(autouse=True)
def few_are_enough(monkeypatch):
    """Three numbers in a row are as good as hundreds."""
    monkeypatch.setattr(number_rows, "FEWEST", 3)


def sheet(rows=ROWS, head=HEAD, foot=FOOT):
    return good.sheet(head + rows + foot)


def workbook(part, names=""):
    """The good workbook with this sheet, and no name that leads to it."""
    return makers.xlsx(**{makers.SHEET1: part, "xl/workbook.xml": good.workbook(names)})()


def verdict(part, without_numbers):
    """The cells of the sheet, or the findings for which it is refused."""
    try:
        book = read(workbook(part), without_numbers)
    except Unsafe as unsafe:
        return unsafe.findings
    return book.sheets["Inputs"].cells


def test_the_numbers_that_end_rows_are_left_out_and_all_others_read():
    with_them, without = verdict(sheet(), False), verdict(sheet(), True)
    assert {row for row, _ in with_them} == {1, 2, 4, 5, 6, 9}
    assert without == {place: cell for place, cell in with_them.items() if place[1] < 3}
    assert {(4, 1), (5, 1), (6, 1)} < without.keys()
    length = len(with_them[4, 3].formula)
    assert without_number_rows(sheet())[1] == NumberRows(9, 3 * length + 3 * len("A4/3"))


REFUSED_OR_KEPT = {
    "a formula that starts a program": ("A5/3", "cmd|'/c calc'!A5"),
    "a formula that asks the network": ("A5/3", "WEBSERVICE(A5)"),
    "a formula of another file": ("A5/3", "'file:///tmp/[a.xlsx]S'!A5"),
    "a text": ('<c r="F5"><f>A5/3</f><v>0.25</v>', '<c r="F5" t="str"><f>A5/3</f><v>x</v>'),
    "an escape": ("A5/3", "A5/3&amp;\"_x0041_\""),
    "a number that is none": ("<v>0.25</v></c></row><row r=\"6\"", "<v>1e999</v></c></row><row r=\"6\""),
    "a cell of another row": ('<c r="F5">', '<c r="F6">'),
    "a cell before the last one": ('<c r="F5">', '<c r="A5">'),
    "a cell that stays after them": ('<c r="B5" s="4"/>', '<c r="D5" s="4"/>'),
    "a column beyond the last": ('<c r="F5">', '<c r="XFE5">'),
    "a row twice": ('<row r="6"', '<row r="5"'),
    "a row before the first": ('<row r="9">', '<row r="5">'),
    "a row beyond the last": ('<row r="9">', '<row r="6">'),
    "a shared formula that is nowhere": ('<f t="shared" si="0"/><v>-1.5E-3</v></c><c r="D6">', '<f t="shared" si="7"/><v>1</v></c><c r="D6">'),
    "a formula that is shared from outside": ('<c r="A9" t="b"><v>1</v>', '<c r="A9"><f t="shared" si="0"/><v>1</v>'),
    "a comment around them": ('<row r="5"', '<!-- <row r="5"'),
    "data that is no markup": ("<t>Trial</t>", "<t><![CDATA[Trial]]></t>"),
    "an instruction": ("<t>Trial</t>", "<t>Trial</t><?run me?>"),
    "another namespace": ('<row r="5"', '<row xmlns="urn:other" r="5"'),
    "a hidden row": ('<row r="5"', '<row r="5" hidden="1"'),
    "rows in a row": (FOOT, ""),
    "two values": ("<v>0.25</v>", "<v>0.25</v><v>0.5</v>"),
    "a broken end": ("</sheetData>", ""),
    "an entity": ("<v>0.25</v>", "<v>&nothing;</v>"),
    "a formula without an end": ("<f>A5/3</f>", "<f>A5/3"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED_OR_KEPT)
def test_what_is_not_as_expected_gets_the_same_verdict(name):
    old, new = REFUSED_OR_KEPT[name]
    part = sheet().replace(old.encode(), new.encode())
    assert part != sheet()
    whole, lean = verdict(part, False), verdict(part, True)
    if isinstance(whole, dict):
        assert isinstance(lean, dict)
        assert {place: whole[place] for place in lean} == lean
        assert {cell for place, cell in whole.items() if isinstance(cell.value, str)} <= set(lean.values())
    else:
        assert lean == whole


def test_any_damage_gets_the_same_verdict():
    generator = random.Random(5)
    letters = [bytes([code]) for code in range(32, 127)] + [b"\x00", b"\xff", b"&#13;", b"<v>", b"</row>"]
    refused = 0
    for _ in range(1500):
        part, at = sheet(), generator.randrange(100, len(sheet()))
        part = part[:at] + generator.choice([b"", *letters]) + part[at + generator.choice([0, 1, 1, 9]) :]
        whole, lean = verdict(part, False), verdict(part, True)
        if isinstance(whole, dict):
            assert isinstance(lean, dict), part
            assert {place: whole[place] for place in lean} == lean, part
        else:
            refused += 1
            assert lean == whole, part
    assert 300 < refused < 1300


def test_what_is_left_out_counts_towards_the_limits(monkeypatch):
    def cells_of_all_sheets(without_numbers):
        book = read(workbook(sheet()), without_numbers)
        return sum(len(each.cells) for each in book.sheets.values())

    count, true = cells_of_all_sheets(False), Surroundings
    assert cells_of_all_sheets(True) == count - 9
    for allowed in (count, count - 1):
        monkeypatch.setattr(reading, "Surroundings", partial(true, cells_left=allowed))
        for without_numbers in (False, True):
            found = verdict(sheet(), without_numbers)
            assert isinstance(found, dict) if allowed == count else "too many cells" in str(found[0])


def test_a_sheet_on_which_a_name_leads_to_a_cell_is_read_whole():
    names = good.NAMES.replace("Inputs!$B$2", "Inputs!$A$5")
    assert (5, 1) in read(workbook(sheet(), names), True).sheets["Inputs"].cells


def test_a_formula_that_leads_to_numbers_left_out_reads_them(tmp_path, monkeypatch):
    monkeypatch.undo()  # the child that reads the file has its own limits
    file = tmp_path / "own_numbers.xlsx"
    numbers = "".join(
        f'<c r="{column_letters(column)}1"><v>{column}</v></c>' for column in range(1, number_rows.FEWEST + 1)
    )
    file.write_bytes(workbook(good.sheet(f'<row r="1">{numbers}</row>')))
    lean = cells(file, without_numbers=True)
    assert not lean.sheets["Inputs"].cells
    assert calculated(lean, "It's 2", "Inputs!C1*2") == 6
    assert calculated(lean, "It's 2", "Inputs!C2") == calculated(cells(file), "It's 2", "Inputs!C2") == 0
