"""The sheets of workings may be left out of what is read; what is dangerous or no XML in them is refused all the same."""

import io
import random
import zipfile

import pytest

from calc.scenario import scenario
from workbook.files.address import address
from workbook.receive.intake import cells
from workbook.receive.intake.reader import read
from workbook.receive.intake.unsafe import Unsafe
from workbook.receive.intake.xlsx import unread
from workbook.receive.reading.typed_formula import calculated
from workbook.receive.reading.workings import WORKINGS
from workbook.write import build
from workbook.write.edition import Edition

PROJECT = {"project": {"name": "Any", "start": "2027-01-01"}, "work": {"core_hours": 100}}


@pytest.fixture(scope="module", params=Edition, ids=str)
def built(request):
    return build.build(scenario(PROJECT), 0, request.param)


def changed(data, change, *members):
    """The workbook with the content of these members changed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name in members else old.read(name))
    return packed.getvalue()


def member_of(data, sheet):
    return f"xl/worksheets/sheet{list(read(data, only=()).sheets).index(sheet) + 1}.xml"


def test_the_workings_and_they_alone_are_left_out(built):
    whole, lean = read(built), read(built, WORKINGS)
    left_out = {name for name, sheet in lean.sheets.items() if sheet.is_unread}
    edition = Edition.full if "Trials" in whole.sheets else Edition.light
    laid_out = build.book([scenario(PROJECT)], 0, edition=edition)
    assert left_out == {name for name, sheet in laid_out.sheets.items() if sheet.kind == "working"} - {"Record"}
    for name, sheet in whole.sheets.items():
        assert lean.sheets[name].cells == ({} if name in left_out else sheet.cells)


def test_sheets_of_a_workbook_that_is_not_ours_are_read_whatever_their_names(built):
    other = changed(built, lambda content: content.replace(b'name="Rules"', b'name="Mine"'), "xl/workbook.xml")
    assert not any(sheet.is_unread for sheet in read(other, WORKINGS).sheets.values())


FORMULA = b'<c r="XFD1048576"><f>%s</f><v>1</v></c>'
DANGEROUS = {
    "starts a program": b"cmd|'/c calc'!A5",
    "asks the network": b"webservice(A5)",
    "calls a library": b'CALL ("kernel32","A","B")',
    "reads another file": b"'file:///tmp/[a.xlsx]S'!A5",
    "is spelled by numbers of characters": b"cmd&#124;'/c calc'!A5",
    "is spelled in data": b"<![CDATA[cmd|'/c calc'!A5]]>",
}


@pytest.mark.parametrize("what", DANGEROUS)
def test_a_formula_among_the_workings_is_refused_that(what, built):
    def with_formula(xml):
        return xml.replace(b"</sheetData>", b'<row r="1048576">' + FORMULA % DANGEROUS[what] + b"</row></sheetData>")

    data = changed(built, with_formula, member_of(built, "Months"))
    with pytest.raises(Unsafe) as whole:
        read(data)
    with pytest.raises(Unsafe) as lean:
        read(data, WORKINGS)
    assert lean.value.findings == whole.value.findings


def test_what_is_left_out_of_the_look_for_dangers_is_in_no_mark_of_one():
    assert not set(unread.INNOCENT) & set(b"".join((*unread.DOUBTFUL, *unread.FUNCTIONS)))


def test_workings_that_are_no_xml_are_refused(built):
    generator = random.Random(5)
    target = member_of(built, "Values")
    with zipfile.ZipFile(io.BytesIO(built)) as archive:
        length = len(archive.read(target))
    for _ in range(8):
        at = generator.randrange(200, length - 200)
        data = changed(built, lambda xml, at=at: xml[:at] + b"<" + xml[at:], target)
        for without in ((), WORKINGS):
            with pytest.raises(Unsafe):
                read(data, without)


def test_a_formula_that_leads_to_a_sheet_left_out_reads_it(built, tmp_path):
    file = tmp_path / "book.xlsx"
    file.write_bytes(built)
    lean, whole = cells(file, without=WORKINGS), cells(file)
    place, number = next(
        (place, cell.value)
        for place, cell in whole.sheets["Months"].cells.items()
        if isinstance(cell.value, float) and cell.value and cell.formula is None
    )
    assert not lean.sheets["Months"].cells
    assert calculated(lean, "Inputs", f"Months!{address(*place)}*2") == 2 * number
