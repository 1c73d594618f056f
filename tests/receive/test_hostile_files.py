"""Received files are hostile: each ends in a clear refusal or the right answer, in time, within memory, without a traceback."""

import os
import random
import re
import subprocess
import sys
import time

import pytest

from calc.scenario.faults import Refused
from tests.receive.hostile import corpus, good, makers, plain_reading
from tests.receive.hostile.mutations import mutated
from workbook.files import confined
from workbook.receive.intake import Cell, Error, cells, child, limits, opened
from workbook.receive.intake.format_code import Format
from workbook.receive.intake.reader import read
from workbook.receive.intake.shared_formula import SharedFormula
from workbook.receive.intake.unsafe import Unsafe

THOROUGH = os.environ.get("ENGAGEMENT_THOROUGH") == "1"
MUTATIONS = 2_000 if THOROUGH else 200

GOOD = {
    (1, 1): Cell("Hourly rate", None, 0),
    (1, 2): Cell(" =1+1 & more ", None, 0),
    (2, 1): Cell("rich text\r", None, 0),
    (2, 2): Cell(0.15, None, 2, "percent"),
    (2, 3): Cell(46357.0, None, 1, "date"),
    (3, 1): Cell(True, None, 0),
    (3, 2): Cell(Error("#N/A"), None, 0),
    (3, 4): Cell(-0.0015, None, 0),
    (5, 1): Cell(0.5, "B5*$B$2+Inputs!D$3", 0),
    (5, 2): Cell(10.0, None, 0),
    (6, 1): Cell(1.5, "B6*$B$2+Inputs!D$3", 0),
    (6, 2): Cell(20.0, None, 0),
    (7, 1): Cell(2.5, "B7*$B$2+Inputs!D$3", 0),
    (7, 2): Cell(30.0, None, 0),
}
GOOD_ODS = {
    (1, 1): Cell("Hourly  rate"),
    (1, 2): Cell(0.15, None, None, "percent"),
    (1, 3): Cell(0.15, None, None, "percent"),
    (2, 1): Cell("Hourly  rate"),
    (2, 2): Cell(0.15, None, None, "percent"),
    (2, 3): Cell(0.15, None, None, "percent"),
    (3, 1): Cell(0.3, "[.B1]*2"),
    (3, 2): Cell(46357.0, None, None, "date"),
}


@pytest.fixture
def received(tmp_path):
    """Writes the bytes of a received file, and gives its path."""

    def write(data, name="received.xlsx"):
        (tmp_path / name).write_bytes(data)
        return tmp_path / name

    return write


def refusal(path):
    """What the refusal of a file says; that it took too long is no reason that a test accepts."""
    with pytest.raises(Refused) as caught:
        cells(path)
    return str(caught.value)


@pytest.mark.parametrize("name", corpus.REFUSED)
def test_a_hostile_file_is_refused_by_name(name, received):
    make, says = corpus.REFUSED[name]
    said = refusal(received(make()))
    assert re.search(says, said), said
    assert "Traceback" not in said
    assert "ended without an answer" not in said


@pytest.mark.parametrize("name", corpus.RIGHT)
def test_what_only_looks_hostile_is_read_right(name, received):
    book = cells(received(corpus.RIGHT[name]()))
    assert book.sheets["Inputs"].cells == (GOOD_ODS if book.format == "ods" else GOOD)
    assert book.names["in_rate"] == ("Inputs", *{"ods": (1, 2), "xlsx": (2, 2)}[book.format])


def test_every_kind_of_cell_and_name_is_read(received):
    book = cells(received(good.packed(good.xlsx())))
    assert book.sheets["It's 2"].cells == {
        (1, 1): Cell("high|low", 'IF(Inputs!B2>0.1,"high|low","x")', 0),
        (1, 2): Cell(None, "SUM(Inputs!A5:A7)", 0),
        (1, 3): Cell(12345.678, None, 0),
    }
    assert book.names == {"in_rate": ("Inputs", 2, 2), "total_hire": ("It's 2", 1, 3)}


def test_a_cell_in_the_last_corner_is_just_a_cell(received):
    rows = '<row r="1048576"><c r="XFD1048576"><v>7</v></c></row>'
    book = cells(received(makers.rows(rows)()))
    assert book.sheets["Inputs"].cells == {(1048576, 16384): Cell(7.0, None, 0)}


def test_numbers_of_dates_count_from_the_day_that_the_file_calls_nought(received):
    part = good.workbook(good.NAMES).replace(b"<sheets>", b'<workbookPr date1904="1"/><sheets>')
    rows = (
        '<row r="1"><c r="A1" s="1"><v>44895</v></c><c r="B1" t="d"><v>2026-12-01</v></c><c r="C1"><v>10</v></c></row>'
    )
    book = cells(received(makers.xlsx(**{corpus.BOOK: part, makers.SHEET1: good.sheet(rows)})()))
    assert [book.sheets["Inputs"].cells[1, column].value for column in (1, 2, 3)] == [44895, 44895, 10]
    assert book.day_zero == 1462
    settings = (
        '<table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>'
    )
    book = cells(received(makers.ods(**{"content.xml": good.content(settings + good.TABLE)})()))
    assert (book.sheets["Inputs"].cells[3, 2].value, book.day_zero) == (44895, 1462)


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml"]
)
def test_a_part_in_another_namespace_is_damaged_and_not_empty(part, received):
    wrong = good.xlsx()[part].replace(good.MAIN.encode(), good.MAIN.replace("2006/main", "2006/mian").encode())
    said = refusal(received(makers.xlsx(**{part: wrong})()))
    assert "damaged" in said
    assert part in said or "Inputs" in said


@pytest.mark.parametrize("inside", ["<is><x:t>yes</x:t></is>", "<is><r><x:t>yes</x:t></r></is>"])
def test_a_text_in_another_namespace_is_damaged_and_not_empty(inside, received):
    text = f'<row r="1"><c r="A1" t="inlineStr" xmlns:x="urn:x">{inside}</c></row>'
    assert "where there can be none" in refusal(received(makers.rows(text)()))
    strings = good.STRINGS.replace(b"<si><t>Hourly rate</t></si>", b'<si xmlns:x="urn:x"><x:t>Hourly rate</x:t></si>')
    assert "where there can be none" in refusal(received(makers.xlsx(**{"xl/sharedStrings.xml": strings})()))
    cell = '<table:table-cell office:value-type="string"><x:p xmlns:x="urn:x">yes</x:p></table:table-cell>'
    assert "other than text" in refusal(received(makers.table(f"<table:table-row>{cell}</table:table-row>")()))


@pytest.mark.parametrize(
    ("ending", "of_what"),
    [
        ("bin", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
        ("BIN", "application/vnd.ms-excel.sheet.binary.macroEnabled.main"),
        ("bin", "application/vnd.openxmlformats-officedocument.oleObject"),
    ],
)
def test_a_type_that_is_declared_and_that_no_member_bears_is_no_danger(ending, of_what, received):
    """SheetJS and ONLYOFFICE declare these in every workbook that they save."""
    default = f'<Default Extension="{ending}" ContentType="{of_what}"/>'.encode()
    types = good.content_types().replace(b"<Override", default + b"<Override", 1)
    assert cells(received(makers.xlsx(**{"[Content_Types].xml": types})())).sheets["Inputs"].cells == GOOD
    said = refusal(received(makers.xlsx(**{"[Content_Types].xml": types, "xl/harmless.bin": b"x"})()))
    assert "macro-enabled" in said or "OLE objects" in said
    overridden = good.content_types(("/xl/harmless.bin", "application/octet-stream"))
    overridden = overridden.replace(b"<Override", default + b"<Override", 1)
    harmless = makers.xlsx(**{"[Content_Types].xml": overridden, "xl/harmless.bin": b"x"})
    assert cells(received(harmless())).sheets["Inputs"].cells == GOOD


def test_every_danger_of_a_file_is_named_at_once(received):
    said = refusal(
        received(
            makers.xlsx(**{"xl/vbaProject.bin": b"", "xl/activeX/a.bin": b"", "xl/externalLinks/e.xml": b"<x/>"})()
        )
    )
    for each in ("macros", "ActiveX", "links to other files"):
        assert each in said


def test_opened_gives_the_members_and_refuses_as_cells_does(received):
    members = opened(good.packed(good.xlsx()))
    assert dict(members) == good.xlsx()
    assert members[makers.SHEET1] == good.xlsx()[makers.SHEET1]
    with pytest.raises(Refused, match="duplicated member"):
        opened(corpus.REFUSED["a member twice"][0]())
    with pytest.raises(Refused, match="no such file"):
        opened("absent.xlsx")


def test_what_is_no_file_is_refused(tmp_path):
    absent = tmp_path / "absent.xlsx"
    assert refusal(absent) == f"{absent}: no such file"
    assert refusal(tmp_path) == f"{tmp_path}: a folder, not a file"
    assert "no such file" in refusal("nul\0byte.xlsx")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_that_never_says_anything_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe.xlsx")
    assert "not a regular file" in refusal(tmp_path / "pipe.xlsx")


CONFINED = "from workbook.files.confined import confine; confine(1, 1 << 30); "


@pytest.mark.parametrize(
    ("program", "says"),
    [
        (CONFINED + "\nwhile True: pass", "1 seconds of processor time"),
        ("import time; time.sleep(60)", "this machine is busy"),
        ("import os; os.abort()", "without an answer"),
        ("import os; os.kill(os.getpid(), 9)", "without an answer"),
        ("print('{\"book\":')", "without an answer"),
        ("raise ImportError('no reader')", "no reader"),
    ],
)
def test_whatever_becomes_of_the_child_there_is_an_answer(program, says, monkeypatch, received):
    monkeypatch.setattr(child, "COMMAND", ("-c", program))
    monkeypatch.setattr(limits, "SECONDS", 1)
    monkeypatch.setattr(confined, "PATIENCE", 20 if "confine" in program else 2)
    said = refusal(received(b""))
    assert says in said
    assert ("this machine is busy" in said) == ("sleep" in program)


def test_waiting_for_a_busy_machine_counts_for_nothing(monkeypatch, received):
    """Ten workbooks at once on two cores: each takes long by the clock, and no more processor time than ever."""
    answer = 'import time; time.sleep(2.5); print(\'{"findings": [["a", "read at last", "b"]]}\')'
    monkeypatch.setattr(child, "COMMAND", ("-c", CONFINED + answer))
    monkeypatch.setattr(limits, "SECONDS", 1)
    assert "read at last" in refusal(received(b""))


def test_where_the_system_has_no_limits_the_child_watches_its_own_processor_time():
    program = "import sys; sys.modules['resource'] = None; " + CONFINED + "\nwhile True: pass"
    with pytest.raises(confined.TooLongError):
        confined.answer(("-c", program), 1)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited by the system on Linux")
def test_the_child_gets_no_more_memory_than_a_gigabyte():
    program = (
        "from workbook.files.confined import confine; from workbook.receive.intake.limits import MEMORY, SECONDS; confine(SECONDS, MEMORY); "
        "print(len(bytearray(900 << 20))); bytearray(1024 << 20)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=confined.ROOT)
    assert done.stdout.strip() == str(900 << 20)
    assert "MemoryError" in done.stderr


def test_the_child_loads_neither_numpy_nor_pydantic_nor_openpyxl():
    program = (
        "import sys, workbook.receive.intake.reader; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", program], capture_output=True, text=True, cwd=confined.ROOT, check=True
    )
    assert not {"numpy", "pydantic", "openpyxl", "orjson", "calc"} & set(done.stdout.split())


def test_nothing_is_imported_from_the_folder_of_the_received_file(tmp_path, monkeypatch, received):
    for name in ("json.py", "zipfile.py", "workbook.py"):
        (tmp_path / name).write_text("raise SystemExit('imported from the folder of the file')")
    monkeypatch.chdir(tmp_path)
    assert cells(received(good.packed(good.xlsx())).name).sheets["Inputs"].cells == GOOD


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
@pytest.mark.parametrize("part", range(10))
def test_mutations_are_refused_or_read_as_the_bytes_say(kind, part):
    members = getattr(good, kind)()
    for seed in range(part * MUTATIONS // 20, (part + 1) * MUTATIONS // 20):
        data = mutated(members, random.Random(f"{kind} {seed}"))
        begun = time.process_time()
        try:
            book = read(data)
        except Unsafe as unsafe:
            found = unsafe.findings
        else:
            assert plain_reading.of_book(book) == plain_reading.of_bytes(data), seed
            continue
        assert found, seed
        assert time.process_time() - begun < 5, seed


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("A1+$A1+A$1+$A$1", "C4+$A4+C$1+$A$1"),
        ("SUM(A:B,1:2,$A:B)", "SUM(C:D,4:5,$A:D)"),
        ("'A1'!A1&\"A1\"&Q1!A1", "'A1'!C4&\"A1\"&Q1!C4"),
        ("LOG10(A1)*in_rate2*XYZ1", "LOG10(C4)*in_rate2*XYZ1"),
        ("T[[#This Row],[A1]]+XFD1", "T[[#This Row],[A1]]+#REF!"),
        ("1E5+A1.5", "1E5+A1.5"),
    ],
)
def test_a_shared_formula_moves_as_excel_moves_it(formula, expected):
    assert SharedFormula(formula).moved(3, 2) == expected


FORMATS = {
    "": [
        "General", "@", "#,##0;[Red]-#,##0", '0 "days"', '0" %"', '0 "km"', '0 "kg"', '0" m"', '0,"k"', '0.0,,\\ "Mio. €"', '[$k€]* 0,', '"Make" 0',  "[>1]0", "#,##0.00\\ [$USD]", '#,##0 "EUR"',
        "0.00;[Red]-0.00;0.00", "0;0;0;@", '0;-0;0;"no"', '#,##0.0 "m²"', "# ??/16", "[<1]0.00;[<1000]0;#,##0,\\k", "0.00E+00",
        # Excel's own for accounting and currencies, in several countries.
        '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)', '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)',
        '_-* #,##0.00 "€"_-;\\-* #,##0.00 "€"_-;_-* "-"?? "€"_-;_-@_-', '"£"#,##0;[Red]-"£"#,##0', '0 "h";-0 "h"',
        '#,##0.00 "zł";[Red]-#,##0.00 "zł"', '_-[$CHF-807] * #,##0.00_-;-[$CHF-807] * #,##0.00_-', "[$€-2] #,##0.00",
        '"R$"\\ #,##0.00;\\-"R$"\\ #,##0.00', '#,##0.00\\ [$₹-4009];[Red]\\-#,##0.00\\ [$₹-4009]', "[Color10]#,##0;[Color3]-#,##0;0",
    ],
    "percent": ["0.0%", '0%;[Red]-0%;"-"%'],
    "date": ["yyyy-mm-dd", "[$-409]d\\-mmm\\-yy;@", "[h]:mm", "[$-409]d mmm;@", "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", 'd. mmmm yyyy'],
    "multiple": ['0"k"', "0\\k", '#,##0.0 "M€"', '0 "Tsd. €"', '0" million"', '#,##0,"M"', "0[$kEUR]", '"k$"0', '0,,"bn"', '0,, "lakh"'],
    "masked": ["0,", "#,##0.0,,", '"12,345"', '"1"0', "\\1\\2", "10", "*10", "[$1]0", '"€";"€"', "[Red]", "", "_0_0", '"0"'],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "code"), [(kind, code) for kind, codes in FORMATS.items() for code in codes])
def test_a_number_format_tells_dates_percentages_and_what_shows_nothing_of_the_value(kind, code):
    assert Format(code).kind(46357.25) == kind
    if kind != "date":
        assert Format(code).kind(-46357.25) == kind


@pytest.mark.parametrize(
    ("code", "value", "kind"),
    [
        ('#,##0;"0"', 5, ""), ('#,##0;"0"', -5, "masked"), ("0;;", -5, "masked"), ("0;;", 5, ""), ("0;;", 0, ""),
        (';;"-"', 5, "masked"), ('0;-0;"-"', 0, ""), ('0;-0;"7"', 0, "masked"), (";;;", 0, "masked"),
        ('[>=1000]"many";0', 999, ""), ('[>=1000]"many";0', 1000, "masked"), ('[=1]"yes";[=0]"-";0', 0, ""),
        ('[=1]"yes";[=0]"-";0', 1, "masked"), ("[<0]-0%;0", -1, "percent"), ("[<0]-0%;0", 1, ""),
    ],
)  # fmt: skip
def test_each_section_of_a_number_format_is_for_its_own_numbers(code, value, kind):
    assert Format(code).kind(value) == kind


@pytest.mark.parametrize(
    ("code", "masks"),
    [(";;;", True), ('0;-0;0;"no"', True), ('0;-0;0;"9"@', True), ("0;0;0;@", False), ("[$-409]d mmm;@", False),
     ("@", False), ("0.00", False), ('"12"', False), ('_("$"* #,##0_);_("$"* \\(#,##0\\);_("$"* "-"_);_(@_)', False)],
)  # fmt: skip
def test_a_number_format_tells_whether_it_shows_a_text(code, masks):
    assert Format(code).masks_text == masks
