"""Workbooks that other programs saved: an untouched one differs in nothing, a changed one in what was changed.

What each program writes was looked at in files that it saved, and stands here in small; LibreOffice, Gnumeric and openpyxl
save some of them themselves.
"""

import contextlib
import dataclasses
import functools
import io
import re
import zipfile

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from calc import catalogue
from calc.scenario import normal_form, scenario
from tests import engines
from tests.engines import gnumeric
from workbook import command
from workbook.files.address import address
from workbook.receive.checking import inspection
from workbook.receive.checking.inspection import report_of
from workbook.receive.checking.same_formula import canonical
from workbook.receive.intake import Cell, Sheet
from workbook.receive.intake.reader import read as read_here
from workbook.receive.reading import gathered
from workbook.receive.reading.openformula import excel_form
from workbook.write.build import build
from workbook.write.edition import Edition

ANSWERED = ("shifting", "bounded", "losing")
SENT = {
    "project": {"name": "Checkout rescue", "start": "2026-12-01"},
    "work": {"core_hours": [300, 412.5, 700]},
    "answers": dict.fromkeys(ANSWERED, "yes"),
}
START, DAYS_TO_1904 = 46357.0, 1462


@functools.cache
def file():
    return build(scenario(SENT), 0, Edition.light)


@functools.cache
def _book():
    return read_here(file())


def book():
    """The workbook as it was sent, to be saved by others."""
    sheets = {
        name: dataclasses.replace(sheet, cells=dict(sheet.cells), hidden_lines=[], links={})
        for name, sheet in _book().sheets.items()
    }
    return dataclasses.replace(_book(), sheets=sheets, names=dict(_book().names), charts=list(_book().charts))


EXPECTED = inspection.expected
KNOWN = {}


@pytest.fixture(autouse=True)
def built_once(monkeypatch):
    """The expected workbook of the same inputs is built once for all tests."""

    def remembered(now, then, runs, shown, edition, made_on):
        key = (now.model_dump_json(), then.model_dump_json(), runs, tuple(shown.items()), edition, made_on)
        if key not in KNOWN:
            KNOWN[key] = EXPECTED(now, then, runs, shown, edition, made_on)
        return KNOWN[key]

    monkeypatch.setattr(inspection, "expected", remembered)


def found_in(saved):
    """The findings by kind, and the notes."""
    report = report_of(saved, "x.xlsx")
    return report.counts, report.notes


def cell_of(saved, name):
    return saved.names[name]


def put(saved, place, cell):
    saved.sheets[place[0]].cells[place[1:]] = cell


# ------------------------------------------------------------------------------------------------------ samenesses


def rewritten(saved, change):
    for sheet in saved.sheets.values():
        for place, cell in sheet.cells.items():
            if cell.formula is not None:
                sheet.cells[place] = cell._replace(formula=change(cell.formula))
    return saved


YOUNGER = {"PERCENTILE(": "_xlfn.PERCENTILE.INC(", "RANK(": "_xlfn.RANK.EQ("}


def as_gnumeric(saved):
    """Functions under their younger names, a name for the titles in print without Excel's prefix."""
    saved.other_names |= {
        "Print_Titles": "Checks!$1:$5",
        "Sheet_Title": "About",
        "_FilterDatabase": "Answers!$A$5:$F$40",
    }
    return rewritten(
        saved, lambda text: functools.reduce(lambda t, name: t.replace(name, YOUNGER[name]), YOUNGER, text)
    )


def as_libreoffice_after_a_sheet_was_copied(saved):
    """Single cells in charts as ranges, every sheet quoted, titles of axes as texts."""
    single = re.compile(r"!(\$[A-Z]+\$\d+)$")
    saved.charts = [single.sub(r"!\1:\1", re.sub(r"^'?([^'!]+)'?!", r"'\1'!", text)) for text in saved.charts]
    saved.chart_titles = []
    return saved


BETWEEN = re.compile(r',(?=(?:[^"]*"[^"]*")*[^"]*$)')  # commas that are not in a text


def as_excel_of_today(saved):
    saved.names["_xlnm.Print_Area"] = ("Summary", 1, 1)
    saved.other_names |= {
        "_xlchart.v1.0": "Summary!$A$1:$A$9",
        "_xlfn.IFERROR": "#NAME?",
        "_xlnm.Print_Titles": "Checks!$1:$5",
    }
    return rewritten(saved, lambda text: BETWEEN.sub(", ", text))


def as_a_program_that_names_the_own_sheet(saved):
    for name, sheet in saved.sheets.items():
        for place, cell in sheet.cells.items():
            if cell.formula and re.fullmatch(r"[A-Z]+\d+[-+*/][A-Z]+\d+", cell.formula):
                text = re.sub(r"([A-Z]+\d+)", rf"'{name}'!\1", cell.formula)
                sheet.cells[place] = cell._replace(formula=text)
    return saved


@pytest.mark.parametrize(
    "program",
    [as_gnumeric, as_libreoffice_after_a_sheet_was_copied, as_excel_of_today, as_a_program_that_names_the_own_sheet],
)
def test_what_a_program_writes_in_another_way_is_no_difference(program):
    assert found_in(program(book())) == ({}, [])


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("PERCENTILE(A1:A9,0.5)", "_xlfn.PERCENTILE.INC($A$1:$A$9,0.5)"),
        ("PERCENTILE(A1:A9,0.5)", "PERCENTILE.EXC(A1:A9,0.5)"),
        ("RANK(A1,A1:A9)", "RANK.AVG(A1,A1:A9)"),
        ("STDEV(A1:A9)", "STDEV.P(A1:A9)"),
        ("SUM($A$10)", "SUM($A$10:$A$11)"),
        ("SUM($A$10)", "SUM($A$10:A10)"),
        ('IF(A1,"PERCENTILE(")', 'IF(A1,"PERCENTILE.INC(")'),
    ],
)
def test_what_only_looks_the_same_is_a_difference(ours, theirs):
    assert canonical(ours) != canonical(theirs)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("PERCENTILE(A1:A9,0.5)", "_xlfn.PERCENTILE.INC(A1:A9,.5)"),
        ("RANK(A1,A1:A9)", "_xlfn.RANK.EQ(A1, A1:A9)"),
        ("STDEV(A1:A9)+VAR(A1:A9)", "_xlfn.STDEV.S(A1:A9)+_xlfn.VAR.S(A1:A9)"),
        ("_xlfn.NORM.S.INV(0.5)", "NORMSINV(5E-1)"),
        ("SUM('Two paths'!$A$10)", "sum('two paths'!$A$10:$A$10)"),
        ("SUMPRODUCT(Phases!$D$9:$D$25)", excel_form("ORG.GNUMERIC.SUMPRODUCT([$'Phases'.$D$9:.$D$25])")),
        ("_xlfn.BETA.INV(A1,2,3)", excel_form("$$_xlfn.BETA.INV([.A1];2;3)")),
        ("_xlfn.BETA.INV(A1,2,3)", excel_form("COM.MICROSOFT.BETA.INV([.A1];2;3)")),
    ],
)
def test_a_formula_in_the_words_of_another_program_is_the_same(ours, theirs):
    assert canonical(ours) == canonical(theirs)


def test_a_range_over_several_sheets_is_not_one_on_a_single_sheet():
    assert canonical(excel_form("SUM([$A.B1:$B.B2])")) != canonical("SUM(A!B1:B2)")
    assert canonical(excel_form("SUM([$A.B1:$A.B2])")) == canonical("SUM(A!B1:B2)")


def test_a_chart_that_reads_another_cell_is_found_among_those_written_otherwise():
    saved = as_libreoffice_after_a_sheet_was_copied(book())
    saved.charts[0] = "Summary!$A$99:$A$99"
    assert found_in(saved) == ({"chart": 1}, [])


# ------------------------------------------------------------------------------------------- what programs do not keep


def without_values(saved):
    for sheet in saved.sheets.values():
        sheet.cells = {
            place: cell._replace(value=None) if cell.formula is not None else cell
            for place, cell in sheet.cells.items()
        }
    return saved


def test_a_file_of_a_program_that_does_not_calculate_is_reported_in_one_sentence_with_what_to_do():
    counts, [note] = found_in(without_values(book()))
    assert counts == {}
    assert re.fullmatch(
        r"[\d,]+ of [\d,]+ formulas came back without their values, since .*; open it in Excel or .*", note
    )


def test_a_file_of_a_program_that_keeps_no_formulas_is_one_finding_and_each_other_value_another():
    saved = book()
    for sheet in saved.sheets.values():
        sheet.cells = {place: cell._replace(formula=None) for place, cell in sheet.cells.items()}
    total = cell_of(saved, "total_freelancer")
    put(saved, total, Cell(1.0))
    whole, edited = (one for one in report_of(saved, "x.xlsx").findings if one.kind == "formula")
    assert "values alone, since the program that saved the workbook keeps no formulas" in whole.found
    assert (edited.sheet, edited.cell, edited.found) == (total[0], address(*total[1:]), 1.0)


def test_a_few_formulas_without_their_values_are_found_one_by_one():
    saved = book()
    name, *place = cell_of(saved, "total_freelancer")
    put(saved, (name, *place), saved.sheets[name].cells[tuple(place)]._replace(value=None))
    assert found_in(saved) == ({"no value": 1}, [])


def test_charts_that_a_program_does_not_keep_are_reported_in_one_sentence():
    saved = book()
    saved.charts = []
    counts, [note] = found_in(saved)
    assert counts == {}
    assert note.startswith("the workbook came back without its charts")


def test_openpyxl_changes_nothing_but_the_input_that_was_typed(tmp_path):
    with contextlib.closing(load_workbook(io.BytesIO(file()))) as opened:
        sheet, row, column = cell_of(_book(), "answer_shifting")
        opened[sheet].cell(row, column).value = "no"
        opened.save(tmp_path / "saved.xlsx")
    saved = read_here((tmp_path / "saved.xlsx").read_bytes())
    report = report_of(saved, "x")
    assert [(one.kind, one.field, one.expected, one.found) for one in report.findings] == [
        ("input", "answers.shifting", "yes", "no")
    ]
    assert len(report.notes) == 1


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_gnumeric_changes_nothing(ending, tmp_path):
    engines.need(gnumeric)
    # Gnumeric has no NORM.S.DIST, which the trials of a full workbook read; it saves such formulas to ods as it likes.
    (tmp_path / "sent.xlsx").write_bytes(build(scenario(SENT), 0, Edition.light))
    saved = read_here(gnumeric.saved(tmp_path / "sent.xlsx", tmp_path / f"saved.{ending}").read_bytes())
    assert found_in(saved) == ({}, [])
    assert normal_form(gathered(saved, "x").scenario) == normal_form(scenario(SENT))


# --------------------------------------------------------------------------------------------------- the date system


def from_1904(saved):
    """As a program saves it that counts days from 1904: every date shows the same day, its number is smaller."""
    for sheet in saved.sheets.values():
        for place, cell in sheet.cells.items():
            if cell.kind == "date" and isinstance(cell.value, float):
                sheet.cells[place] = cell._replace(value=cell.value - DAYS_TO_1904)
    saved.day_zero = DAYS_TO_1904
    return saved


@pytest.mark.parametrize(
    "typed",
    [
        Cell(START - DAYS_TO_1904, None, 0, "date"),
        Cell(START - DAYS_TO_1904),
        Cell(1.0, f"{START - DAYS_TO_1904:.0f}+0"),
        Cell("2026-12-01"),
        Cell("1 Dec 2026"),
    ],
)
def test_a_date_counts_from_1904_where_the_workbook_does_whatever_its_format(typed):
    saved = from_1904(book())
    put(saved, cell_of(saved, "in_start"), typed)
    found = gathered(saved, "x")
    assert str(found.scenario.project.start) == "2026-12-01"
    assert len(found.notes) == 1
    assert "was read as 2026-12-01" in found.notes[0]


def test_a_workbook_that_counts_from_1904_and_shows_the_same_dates_differs_in_nothing():
    assert found_in(from_1904(book())) == ({}, [])


def test_a_workbook_that_was_switched_to_1904_is_read_as_it_shows_its_start_and_that_is_a_changed_input():
    saved = book()
    saved.day_zero = DAYS_TO_1904
    found = gathered(saved, "x")
    assert str(found.scenario.project.start) == "2030-12-02"
    assert "46357, counted from 1904-01-01 as this workbook does, was read as 2030-12-02" in found.notes[0]
    changed = [one for one in report_of(saved, "x").findings if one.kind == "input"]
    assert [(one.field, one.expected, one.found) for one in changed] == [("project.start", "2026-12-01", "2030-12-02")]


# ------------------------------------------------------------------------------------------------- nothing is missing


def members():
    with zipfile.ZipFile(io.BytesIO(file())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(path, changed):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in changed.items():
            archive.writestr(name, data)
    return path


ANSWERS = "xl/worksheets/sheet4.xml"


def test_a_changed_letter_in_the_namespace_of_the_answers_is_damage_and_not_35_unknown_answers(tmp_path):
    changed = members()
    changed[ANSWERS] = changed[ANSWERS].replace(b"spreadsheetml/2006/main", b"spreadsheetml/2006/mein", 1)
    ended = run("read", packed(tmp_path / "x.xlsx", changed))
    assert (ended.exit_code, ended.stdout) == (4, "")
    assert "damaged" in ended.stderr
    assert ANSWERS in ended.stderr


def test_a_sheet_without_its_cells_is_damage(tmp_path):
    changed = members()
    changed[ANSWERS] = re.sub(rb"<sheetData>.*</sheetData>", b"", changed[ANSWERS], flags=re.DOTALL)
    with pytest.raises(ValueError, match=r"Answers.*without its cells"):
        read_here(packed(tmp_path / "x.xlsx", changed).read_bytes())


@pytest.mark.parametrize("kind", ["Inputs", "Answers", "Parameters"])
def test_a_sheet_that_came_empty_is_one_fault_and_no_defaults(kind):
    saved = book()
    saved.sheets[kind] = Sheet(kind)
    found = gathered(saved, "x")
    assert found.scenario is None
    assert [fault.field for fault in found.faults if fault.field == kind] == [kind]
    assert len(found.faults) <= 2


def test_answers_that_are_all_gone_are_a_problem():
    saved = book()
    for question in catalogue.questions():
        put(saved, cell_of(saved, f"answer_{question}"), Cell(None))
    [fault] = gathered(saved, "x").faults
    assert "3 of the 3 answers that it was made with are gone   if that is meant, type unknown" in str(fault)


def test_an_answer_that_is_gone_counts_as_unknown_and_is_reported():
    saved = book()
    put(saved, cell_of(saved, "answer_losing"), Cell(None))
    found = gathered(saved, "x")
    assert found.scenario.answers.get("losing", "unknown") == "unknown"
    assert found.notes == ["1 of the 3 answers that it was made with are empty now and count as unknown: losing"]


# ----------------------------------------------------------------------------------------------------- picks for display


def run(*arguments):
    return CliRunner(env={"COLUMNS": "120"}).invoke(command.app, [str(a) for a in arguments], prog_name="engagement")


def test_picks_for_display_are_not_part_of_the_scenario_and_read_says_so():
    saved = book()
    for name, said in (
        ("case", "worst"),
        ("plan_path", "freelancer"),
        ("compare_with", "Next best"),
        ("compare_path", ""),
    ):
        put(saved, cell_of(saved, name), Cell(said))
    found = gathered(saved, "x")
    assert normal_form(found.scenario) == normal_form(scenario(SENT))
    case, plan = (f"Inputs!{address(*cell_of(saved, name)[1:])}" for name in ("case", "plan_path"))
    assert found.notes == [
        f"{case} (view.case) says worst; picks for display are not part of the scenario, so results are those of the "
        "likely case",
        f"{plan} (view.plan_path) says freelancer; picks for display are not part of the scenario, so a workbook built "
        "from it shows recommended there",
    ]
