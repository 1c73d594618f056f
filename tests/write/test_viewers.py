"""What opens our workbooks besides Excel: other spreadsheets calculate the same, readers and previewers find what was saved."""

import functools
import os
import random
from datetime import date

import openpyxl
import pytest
import python_calamine
from openpyxl.utils import get_column_letter

from calc.scenario import scenario
from tests import engines
from tests.definition.scenarios import random_scenario
from tests.engines import cells, gnumeric, javascript
from workbook.receive.checking.inspection import report_of
from workbook.receive.intake.reader import read as read_here
from workbook.receive.reading import gathered
from workbook.receive.reading.cell_fault import PlacedFault
from workbook.receive.reading.problems import marked
from workbook.write.build import build
from workbook.write.edition import Edition

THOROUGH = os.environ.get("ENGAGEMENT_THOROUGH") == "1"
FOLDER = []
CHARTS = 9


@pytest.fixture(scope="module", autouse=True)
def _place(tmp_path_factory):
    FOLDER.append(tmp_path_factory.mktemp("viewers"))


@functools.cache
def sent(edition=Edition.light):
    """A workbook with a path of its own, texts that are no formulas, and everything that is run once."""
    phases = [{"work": "core", "model": "freelancer", "share": 1}, {"work": "run", "model": "full_time"}]
    data = random_scenario(random.Random(8)) | {"paths": {"own": {"label": "=1+1 & <more>", "phases": phases}}}
    data["project"] |= {"name": "“Über” & <more>\u00a0", "start": date(2026, 12, 1)}
    path = FOLDER[-1] / f"{edition.value}.xlsx"
    path.write_bytes(build(scenario(data), edition=edition))
    return path


@functools.cache
def as_saved(edition=Edition.light):
    return cells.read_cached(sent(edition))


def shown(differences):
    return [f"{len(differences)} cells differ, among them:", *map(str, differences[:12])] if differences else []


def place_of(name):
    """Sheet and address of the cell that a defined name leads to."""
    sheet, row, column = book_in(sent()).names[name]
    return sheet, f"{get_column_letter(column)}{row}"


@functools.cache
def book_in(path):
    return read_here(path.read_bytes())


def scenario_in(path):
    return gathered(book_in(path), "x").scenario


# Spreadsheets


def test_every_value_is_what_gnumeric_calculates():
    """In the light edition: Gnumeric has no NORM.S.DIST, which the live trials read."""
    engines.need(gnumeric)
    values, formulas = as_saved()
    assert shown(cells.differences(values, gnumeric.recalculate(sent()), only=formulas)) == []


# Readers


@pytest.mark.parametrize("reader", ["exceljs", "sheetjs"])
def test_a_reader_in_javascript_finds_every_value_and_every_formula(reader):
    engines.need(javascript)
    values, formulas = javascript.read_by(reader, sent())
    assert shown(cells.differences(as_saved()[0], values)) == []
    assert formulas.keys() == as_saved()[1].keys()


@pytest.mark.parametrize("edition", Edition if THOROUGH else [Edition.light])
def test_calamine_finds_every_value(edition):
    book = python_calamine.load_workbook(str(sent(edition)))
    values = {}
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        top, left = sheet.start
        for row, line in enumerate(sheet.to_python(skip_empty_area=True), top + 1):
            for column, value in enumerate(line, left + 1):
                place = name, f"{get_column_letter(column)}{row}"
                values[place] = cells.serial(value) if isinstance(value, date) else value
    assert shown(cells.differences(as_saved(edition)[0], values)) == []


def test_openpyxl_finds_every_chart_with_its_points():
    book = openpyxl.load_workbook(sent())
    charts = [chart for sheet in book for chart in sheet._charts]
    assert len(charts) == CHARTS
    for series in (one for chart in charts for one in chart.series):
        points = (series.val or series.yVal).numRef
        assert len(points.numCache.pt) > 0


# Back from them


def test_a_workbook_that_exceljs_opened_and_saved_comes_back_whole_but_for_its_charts(tmp_path):
    engines.need(javascript)
    back = javascript.saved_by_exceljs(sent(), tmp_path / "back.xlsx")
    values, formulas = cells.read_cached(back)
    assert shown(cells.differences(as_saved()[0], values)) == []
    assert formulas == as_saved()[1]
    assert scenario_in(back) == scenario_in(sent())
    assert {one.kind for one in report_of(book_in(back), "x", back).findings} <= {"chart"}


def test_what_is_typed_into_a_workbook_in_exceljs_is_read(tmp_path):
    engines.need(javascript)
    typed = {"in_core_hours": 512.5, "in_start": date(2027, 2, 1), "answer_shifting": "no"}
    edits = {place_of(name): value for name, value in typed.items()}
    edits |= {place_of(f"in_core_hours_{end}"): None for end in ("low", "high")}
    back = scenario_in(javascript.saved_by_exceljs(sent(), tmp_path / "back.xlsx", edits))
    assert (back.work.core_hours, back.project.start, back.answers["shifting"]) == (512.5, date(2027, 2, 1), "no")


def test_exceljs_opens_a_copy_in_which_a_fault_is_marked_with_a_comment(tmp_path):
    engines.need(javascript)
    sheet, row, column = book_in(sent()).names["in_core_hours"]
    fault = PlacedFault("work.core_hours", "4OO", "a number", "400", (sheet, row, column))
    copy = tmp_path / "problems.xlsx"
    copy.write_bytes(marked(book_in(sent()), sent().read_bytes(), [fault]))
    assert openpyxl.load_workbook(copy)[sheet].cell(row, column).comment.text.startswith("Found: 4OO")
    values, _ = javascript.read_by("exceljs", copy)
    assert values["Problems", "C5"] == "4OO"
