"""`engagement read`, and other commands that take a workbook."""

import hashlib
import io

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from calc.scenario import from_text, normal_form, scenario
from tests.engines import cells as typing
from tests.receive.hostile import good
from tests.receive.reading.filled_in import (
    RICH,
    _places,
    faulty,
    light_file,
)
from workbook import command
from workbook.files.address import address
from workbook.receive.intake import Book, Cell, Sheet, cells
from workbook.receive.intake.reader import read as read_here
from workbook.receive.reading import gathered, read
from workbook.receive.reading.cell_fault import PlacedFault
from workbook.receive.reading.problems import marked


def run(*arguments):
    return CliRunner(env={"COLUMNS": "120"}).invoke(command.app, [str(a) for a in arguments], prog_name="engagement")


@pytest.fixture
def returned(tmp_path):
    path = tmp_path / "returned.xlsx"
    path.write_bytes(light_file())
    return path


@pytest.fixture
def wrong(returned):
    """A workbook with three faults, as a file."""
    of = {field: (place[0], address(*place[1:])) for field, place in _places().items()}
    typed = {of["work.core_hours"]: "1,234", of["answers.losing"]: "perhaps", of["overrides.freelancer.rate"]: "=cheap"}
    return typing.edited(returned, typed, returned.with_name("wrong.xlsx"))


def test_read_writes_toml_that_says_the_same(returned, tmp_path):
    ended = run("read", returned, "-o", tmp_path / "out.toml")
    assert (ended.exit_code, ended.stdout.strip()) == (0, str(tmp_path / "out.toml"))
    assert normal_form(from_text((tmp_path / "out.toml").read_text(encoding="utf-8"), "x")) == normal_form(
        scenario(RICH)
    )


def test_read_never_writes_to_the_workbook_itself(returned):
    before = returned.read_bytes()
    assert run("read", returned, "-o", returned).exit_code == 2
    assert run("read", returned, "--problems", returned, "--force").exit_code == 2
    assert returned.read_bytes() == before


def test_read_marks_every_fault_in_a_copy_and_leaves_the_workbook_alone(wrong, tmp_path):
    digest = hashlib.sha256(wrong.read_bytes()).hexdigest()
    ended = run("read", wrong, "--problems", tmp_path / "problems.xlsx")
    assert ended.exit_code == 4
    assert "3 problems" in ended.stderr
    assert hashlib.sha256(wrong.read_bytes()).hexdigest() == digest
    copied = load_workbook(tmp_path / "problems.xlsx")
    listed = copied["Problems"]
    assert copied.sheetnames[0] == "Problems"
    rows = [[cell.value for cell in row] for row in listed.iter_rows(min_row=5)]
    assert [row[1] for row in rows] == ["work.core_hours", "answers.losing", "overrides.freelancer.rate"]
    for place, _, found, allowed, example in rows:
        sheet, _, ref = place.partition("!")
        cell = copied[sheet][ref]
        assert cell.fill.fgColor.rgb == "FFFFD9D9"
        assert found in cell.comment.text
        assert allowed in cell.comment.text
        assert example
    assert all(cell.data_type != "f" for row in listed.iter_rows() for cell in row)
    again = gathered(cells(tmp_path / "problems.xlsx"), str(wrong))
    assert again.faults == gathered(cells(wrong), str(wrong)).faults
    assert copied["Summary"]._charts


def test_problems_are_marked_in_a_plain_copy_where_the_file_cannot_be_copied(tmp_path):
    book = faulty()
    found = gathered(book, "x.ods")
    book.format = "ods"
    (tmp_path / "copy.xlsx").write_bytes(marked(book, b"", found.faults))
    again = gathered(cells(tmp_path / "copy.xlsx"), "x.ods")
    assert {fault.field for fault in again.faults} >= {
        fault.field for fault in found.faults if "shows" not in fault.found and "#N/A" not in fault.found
    }


def test_sheets_with_names_that_excel_does_not_take_are_marked_in_the_copy():
    book = Book("ods", {name: Sheet(name, {(1, 1): Cell("x")}) for name in ("Gan*tt[1]", "g" * 40, "g" * 41)})
    faults = [PlacedFault("x", "1", "2", "3", (name, 1, 1)) for name in book.sheets]
    copied = load_workbook(io.BytesIO(marked(book, b"", faults)))
    assert all(sheet["A1"].comment for sheet in copied.worksheets[1:])


def test_a_range_merged_over_the_whole_sheet_does_not_keep_the_copy_busy():
    members = good.xlsx()
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    file = good.packed({name: content.replace(b"</sheetData>", merged) for name, content in members.items()})
    fault = PlacedFault("Inputs!B2 (x)", "1", "2", "2", ("Inputs", 2, 2))
    copied = load_workbook(io.BytesIO(marked(read_here(file), file, [fault])))
    assert copied["Inputs"]["B2"].comment.text == "Found: 1\nAllowed: 2\nExample: 2"


def test_a_problem_in_words_is_marked_with_its_hint_and_without_an_empty_allowed():
    file = good.packed(good.xlsx())
    fault = PlacedFault("Inputs!B2 (x)", "two cells of one input differ", "", "keep the right one", ("Inputs", 2, 2))
    copied = load_workbook(io.BytesIO(marked(read_here(file), file, [fault])))
    assert (
        copied["Inputs"]["B2"].comment.text == "Problem: two cells of one input differ\nWhat to do: keep the right one"
    )
    row = [cell.value for cell in copied["Problems"][5]][1:4]
    assert row == ["x", "two cells of one input differ", "keep the right one"]


def test_a_command_that_takes_a_scenario_takes_a_workbook(returned):
    ended = run("calc", returned)
    assert ended.exit_code == 0
    assert ended.stdout.startswith("=1+1 & <more>")


def test_a_new_workbook_is_read_as_the_defaults(tmp_path):
    assert run("new", tmp_path / "rescue.xlsx").exit_code == 0
    found = read(tmp_path / "rescue.xlsx").scenario
    assert normal_form(found) == normal_form(scenario({"project": {"name": "rescue", "start": found.project.start}}))


def test_a_workbook_that_is_refused_ends_with_code_4_and_every_fault(wrong):
    ended = run("calc", wrong)
    assert ended.exit_code == 4
    assert ended.stdout == ""
    assert "did you mean 1234 or 1.2340?" in ended.stderr
