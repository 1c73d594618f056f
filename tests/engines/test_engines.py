"""The judges are judged: each can find the fault that it is there to find."""

import zipfile
from datetime import date

import pytest

from tests import engines
from tests.engines import (
    aspose_engine,
    cells,
    formualizer_engine,
    gnumeric,
    ironcalc_engine,
    javascript,
    libreoffice,
    validator,
)

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"

# A1 is an input; every value that is saved beside a formula is wrong.
STALE = """<sheetData>
<row r="1"><c r="A1"><v>3</v></c><c r="B1"><f t="shared" ref="B1:B2" si="0">A1*2</f><v>99</v></c><c r="C1" t="str"><f>IF(A1=3,"","more")</f><v>x</v></c></row>
<row r="2"><c r="A2"><v>5</v></c><c r="B2"><f t="shared" si="0"/><v>99</v></c><c r="C2" t="str"><f>TEXT(B1*1000,"#,##0")&amp;" USD"</f><v>x</v></c></row>
<row r="3"><c r="A3" t="inlineStr"><is><t>three</t></is></c><c r="B3" t="b"><f>B2=10</f><v>0</v></c><c r="C3"><f>1/(A1-3)</f><v>1</v></c></row>
</sheetData>"""

RIGHT = {
    ("Costs & more", "A1"): 3.0,
    ("Costs & more", "A2"): 5.0,
    ("Costs & more", "A3"): "three",
    ("Costs & more", "B1"): 6.0,
    ("Costs & more", "B2"): 10.0,
    ("Costs & more", "B3"): True,
    ("Costs & more", "C1"): "",
    ("Costs & more", "C2"): "6,000 USD",
    ("Costs & more", "C3"): cells.Error("#DIV/0!"),
}

JUDGES = [
    pytest.param(libreoffice, libreoffice.values, id="libreoffice"),
    pytest.param(ironcalc_engine, ironcalc_engine.recalculate, id="ironcalc"),
    pytest.param(formualizer_engine, formualizer_engine.recalculate, id="formualizer"),
    pytest.param(gnumeric, gnumeric.recalculate, id="gnumeric"),
    pytest.param(aspose_engine, aspose_engine.recalculate, id="aspose"),
]


STYLES = """<fonts><font><sz val="11"/><name val="Calibri"/></font></fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders>
<cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf xfId="0"/></cellXfs><cellStyles><cellStyle name="Normal" xfId="0"/></cellStyles>"""


def workbook(path, sheet):
    """The smallest workbook that all the judges open, around these parts of a sheet."""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{CONTENT}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{CONTENT}.styles+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{CONTENT}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{DOCUMENT}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{DOCUMENT}"><sheets>'
        '<sheet name="Costs &amp; more" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" '
        f'Type="{DOCUMENT}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" '
        f'Type="{DOCUMENT}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f"<styleSheet {MAIN}>{STYLES}</styleSheet>",
        "xl/worksheets/sheet1.xml": f"<worksheet {MAIN}>{sheet}</worksheet>",
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as book:
        for name, xml in parts.items():
            book.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{xml}')
    return path


@pytest.fixture
def stale(tmp_path):
    return workbook(tmp_path / "stale.xlsx", STALE)


@pytest.mark.parametrize(("engine", "values"), JUDGES)
def test_a_judge_calculates_anew_instead_of_repeating_what_was_saved(engine, values, stale):
    engines.need(engine)
    saved, formulas = cells.read_cached(stale)
    found = values(stale)
    assert cells.differences(found, RIGHT) == []
    assert {(one.sheet, one.ref) for one in cells.differences(saved, found)} == set(formulas)


@pytest.mark.parametrize(("engine", "values"), JUDGES)
def test_a_judge_follows_what_is_typed_into_an_input(engine, values, stale):
    engines.need(engine)
    typed = {("Costs & more", "A1"): 4, ("Costs & more", "A2"): date(2026, 1, 31), ("Costs & more", "A3"): "=<5> "}
    found = values(stale, typed)
    assert found["Costs & more", "A3"] == "=<5> "
    assert found["Costs & more", "B1"] == 8
    assert found["Costs & more", "B2"] == 2 * 46053
    assert found["Costs & more", "C1"] == "more"
    assert found["Costs & more", "C3"] == 1


# What a format code says depends on the language that it is read in; what FIXED gives, only in how it groups thousands.
IN_WORDS = """<sheetData><row r="1"><c r="A1"><v>1234567.5</v></c><c r="B1" t="str"><f>TEXT(A1,"0.00")</f><v>1234567.50</v></c>
<c r="C1" t="str"><f>FIXED(ROUND(A1,0),0)&amp;" of 0.15"</f><v>1,234,568 of 0.15</v></c></row></sheetData>"""


def in_libreoffice(path, language, folder):
    return cells.read_cached(libreoffice.recalculate([path], outdir=folder, language=language)[0])[0]


def in_aspose(path, language, _):
    return aspose_engine.recalculate(path, language=language)


@pytest.mark.parametrize("language", ["de-DE", "fr-FR", "pt-BR"])
@pytest.mark.parametrize(
    ("engine", "values"),
    [
        pytest.param(libreoffice, in_libreoffice, id="libreoffice"),
        pytest.param(aspose_engine, in_aspose, id="aspose"),
    ],
)
def test_a_judge_of_another_language_finds_a_code_that_is_read_otherwise_and_looks_past_separators(
    engine, values, language, tmp_path
):
    engines.need(engine)
    path = workbook(tmp_path / "words.xlsx", IN_WORDS)
    saved, found = cells.read_cached(path)[0], values(path, language, tmp_path / "out")
    assert [one.ref for one in cells.differences(saved, found, language=language)] == ["B1"]
    assert [one.ref for one in cells.differences(saved, found)] == ["B1", "C1"]


@pytest.mark.parametrize("reader", ["exceljs", "sheetjs"])
def test_a_reader_finds_what_was_saved_and_the_formulas(reader, stale):
    engines.need(javascript)
    assert cells.differences(javascript.read_by(reader, stale)[0], cells.read_cached(stale)[0]) == []
    assert javascript.read_by(reader, stale)[1] == cells.read_cached(stale)[1]


@pytest.mark.parametrize("reader", ["exceljs", "sheetjs"])
def test_a_reader_that_cannot_open_a_file_says_so(reader, tmp_path):
    engines.need(javascript)
    (tmp_path / "no.xlsx").write_bytes(b"PK\3\4 but no workbook")
    with pytest.raises(RuntimeError, match=f"{reader} could not read"):
        javascript.read_by(reader, tmp_path / "no.xlsx")


def test_exceljs_saves_what_is_typed_into_it(stale, tmp_path):
    engines.need(javascript)
    place = "Costs & more", "A2"
    found = cells.read_cached(javascript.saved_by_exceljs(stale, tmp_path / "again.xlsx", {place: date(2026, 1, 31)}))[
        0
    ]
    assert [(one.ref, one.right) for one in cells.differences(cells.read_cached(stale)[0], found)] == [("A2", 46053)]


def test_one_libreoffice_recalculates_many_workbooks_even_of_one_name(tmp_path):
    engines.need(libreoffice)
    books = [workbook(tmp_path / folder / "same.xlsx", STALE) for folder in ("one", "two")]
    first, second = libreoffice.recalculate(books, [None, {("Costs & more", "A1"): 7}], tmp_path / "out")
    assert cells.read_cached(first)[0]["Costs & more", "B1"] == 6
    assert cells.read_cached(second)[0]["Costs & more", "B1"] == 14


def test_a_workbook_becomes_a_picture_for_each_page(stale, tmp_path):
    engines.need(libreoffice)
    (picture,) = libreoffice.to_png(stale, tmp_path / "pictures")
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_the_validator_accepts_a_valid_file(stale):
    engines.need(validator)
    assert validator.problems(stale) == []


def test_the_validator_names_what_is_wrong_in_a_broken_file(tmp_path):
    engines.need(validator)
    (problem,) = validator.problems(workbook(tmp_path / "broken.xlsx", '<sheetData/><dimension ref="A1"/>'))
    assert "/xl/worksheets/sheet1.xml" in problem
    assert "dimension" in problem


def test_the_validator_does_not_pass_over_a_file_that_is_no_workbook(tmp_path):
    engines.need(validator)
    (tmp_path / "no.xlsx").write_text("no workbook")
    assert validator.problems(tmp_path / "no.xlsx")


def test_cells_are_read_as_they_stand_in_the_file(stale):
    values, formulas = cells.read_cached(stale)
    assert values["Costs & more", "B1"] == 99
    assert values["Costs & more", "B3"] is False
    assert formulas["Costs & more", "B1"] == "=A1*2"
    assert formulas["Costs & more", "B2"] == "=A2*2"
    assert ("Costs & more", "A1") not in formulas


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (1.0, 1.0 + 1e-12, True),
        (1.0, 1.0 + 1e-6, False),
        (0.0, 1e-12, True),
        ("", None, True),
        (0.0, None, False),
        ("", 0.0, False),
        (True, 1.0, False),
        ("1", 1.0, False),
        ("yes", "Yes", False),
        ("#N/A", cells.Error("#N/A"), False),
        (cells.Error("#N/A"), cells.Error("#N/A"), True),
        (cells.Error("#N/A"), cells.Error("#REF!"), False),
        (float("nan"), float("nan"), False),
    ],
)
def test_values_differ_where_a_reader_would_see_a_difference(left, right, same):
    key = ("Sheet", "A1")
    assert (cells.differences({key: left}, {key: right}) == []) is same


@pytest.mark.parametrize(
    ("left", "right", "language", "same"),
    [
        ("USD 1,234,567.", "USD 1.234.567.", "de-DE", True),
        ("USD 1,234,567.", "USD 1\u202f234\u202f567.", "fr-FR", True),
        ("USD 1,234,567.", "USD 12,34,567.", "hi-IN", True),
        ("USD 1,234,567.", "USD 1.234.567.", "en-US", False),
        ("USD 1,234,567.", "USD 1.234.568.", "de-DE", False),
        ("0.15 of 1.2", "0,15 of 1,2", "de-DE", False),
        ("within 0.150", "within 0,150", "de-DE", False),
    ],
)
def test_amounts_in_texts_differ_in_their_digits_and_not_in_how_a_language_groups_them(left, right, language, same):
    key = ("Sheet", "A1")
    assert (cells.differences({key: left}, {key: right}, language=language) == []) is same


def test_a_cell_that_one_side_lacks_is_a_difference():
    (found,) = cells.differences({("Sheet", "A1"): 1.0}, {})
    assert str(found) == "Sheet!A1: 1.0 against None"


def test_only_the_cells_that_are_typed_over_change(stale, tmp_path):
    copy = cells.edited(stale, {("Costs & more", "A2"): None, ("Costs & more", "A1"): True}, tmp_path / "copy.xlsx")
    found = cells.differences(cells.read_cached(stale)[0], cells.read_cached(copy)[0])
    assert [(one.ref, one.right) for one in found] == [("A1", True), ("A2", None)]


@pytest.mark.parametrize("text", ["a & b", " kept ", "_x0041_", "line\nbreak", "'quoted'"])
def test_a_text_that_is_typed_reads_back_as_it_was(text, stale, tmp_path):
    copy = cells.edited(stale, {("Costs & more", "A3"): text}, tmp_path / "copy.xlsx")
    assert cells.read_cached(copy)[0]["Costs & more", "A3"] == text


@pytest.mark.parametrize("key", [("Costs & more", "Z9"), ("No such sheet", "A1")])
def test_typing_into_a_cell_that_is_not_there_is_refused(key, stale, tmp_path):
    with pytest.raises(KeyError):
        cells.edited(stale, {key: 1}, tmp_path / "copy.xlsx")


def test_a_missing_judge_is_a_skip_on_a_desk_and_a_failure_where_nothing_may_be_skipped(monkeypatch):
    monkeypatch.setattr(validator, "available", lambda: False)
    monkeypatch.setenv("ENGAGEMENT_NO_SKIPS", "0")
    with pytest.raises(pytest.skip.Exception, match="validator is missing: run: npm ci"):
        engines.need(validator)
    monkeypatch.setenv("ENGAGEMENT_NO_SKIPS", "1")
    with pytest.raises(pytest.fail.Exception, match="validator is missing"):
        engines.need(validator)


def test_a_judge_that_nobody_has_to_have_is_a_skip_everywhere(monkeypatch):
    monkeypatch.setattr(aspose_engine, "available", lambda: False)
    monkeypatch.setenv("ENGAGEMENT_NO_SKIPS", "1")
    with pytest.raises(pytest.skip.Exception):
        engines.need(aspose_engine)
