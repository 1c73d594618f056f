"""The printed pages: what is printed, and that it fits."""

import io
import re
import zipfile

import pytest

from calc import catalogue
from calc.scenario import scenario
from tests.write.page_cases import BLANK, CASES, RUNS, SYSTEMIC, finished
from tests.write.printed_pages import (
    PAGE,
    POINTS_PER_WIDTH,
    SMALLEST_SCALE,
    clipped,
    pages,
    printed_sheets,
    reach,
    scale,
)
from tests.write.seen_cells import nothing_below
from workbook.write.build import book, package
from workbook.write.sheets import actuals


@pytest.mark.parametrize("case", CASES)
def test_every_printed_sheet_comes_out_at_seventy_percent_or_more(case):
    scales = {sheet.name: scale(sheet) for sheet in printed_sheets(finished(case))}
    assert {name: at for name, at in scales.items() if at < SMALLEST_SCALE} == {}


@pytest.mark.parametrize("case", CASES)
def test_no_printed_cell_is_clipped(case):
    assert [cell for sheet in printed_sheets(finished(case)) for cell in clipped(sheet)] == []


def test_workings_what_is_there_to_look_things_up_and_empty_actuals_are_left_out_on_paper():
    left_out = {sheet.name for sheet in finished("systemic").sheets.values() if not sheet.is_printed}
    workings = {sheet.name for sheet in finished("systemic").sheets.values() if sheet.kind == "working"}
    assert left_out == workings | {
        "Start",
        "Parameters",
        "Criteria",
        "Worked examples",
        "Sources",
        "Evidence",
        "Checks",
        "About",
        "Actuals",
        "Forecast",
    }


def test_actuals_and_their_forecast_are_printed_once_a_month_is_entered():
    tracked = book([scenario(SYSTEMIC | {"actuals": {"path": "freelancer", "labour": [9000]}})], 0)
    tracked.finish()
    printed = {sheet.name: sheet for sheet in printed_sheets(tracked)}
    assert (pages(printed["Actuals"]), pages(printed["Forecast"])) == (1, 2)
    for name in ("Actuals", "Forecast"):
        assert scale(printed[name]) >= SMALLEST_SCALE
        assert clipped(printed[name]) == []
        assert nothing_below(printed[name]) == []


@pytest.mark.parametrize(("horizon", "entered", "last"), [(12, 1, [14]), (24, 1, [14, 28]), (36, 50, [14, 28, 42, 56]),
                                                          (60, 1, [14, 28, 42, 56, 60])])  # fmt: skip
def test_actuals_are_printed_up_to_the_horizon_and_to_what_is_entered_a_page_wide_each(horizon, entered, last):
    given = {"project": SYSTEMIC["project"] | {"horizon_months": horizon}}
    lists = {"actuals": {"path": "freelancer", "labour": [9000] * entered}}
    sheet = book([scenario(SYSTEMIC | given | lists)], 0).sheets[actuals.NAME]
    ends = [*(first - 1 for first in sheet.column_breaks), sheet.print_to[1]]
    assert [sheet.cells[actuals.HEAD, column].value for column in ends] == [f"Month {month}" for month in last]
    labels = sum(sheet.widths[column] for column in range(1, actuals.FIRST_MONTH))
    for first, end in zip([actuals.FIRST_MONTH, *sheet.column_breaks], ends, strict=True):
        wide = labels + sum(sheet.widths[column] for column in range(first, end + 1))
        assert PAGE[True][0] >= SMALLEST_SCALE * wide * POINTS_PER_WIDTH


def test_actuals_that_take_several_pages_repeat_their_names():
    given = {"project": SYSTEMIC["project"] | {"horizon_months": 24}, "actuals": {"path": "freelancer", "labour": [1]}}
    content = package([scenario(SYSTEMIC | given)], 0).bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.read("xl/workbook.xml").decode()
    assert "'Actuals'!$A$1:$Q$21,'Actuals'!$R$1:$AE$21<" in names
    assert "'Actuals'!$A:$C<" in names


def test_the_file_for_a_pdf_has_an_empty_print_area_where_the_mailed_one_has_none():
    made = package([scenario(BLANK)], RUNS)
    mailed, paper = (_print_areas(content) for content in (made.bytes(), made.paper()))
    left_out = {at for at, sheet in enumerate(finished("blank").sheets.values()) if not sheet.is_printed}
    assert set(paper) - set(mailed) == left_out
    assert all(area.endswith("!$XFD$1048576") for at, area in paper.items() if at in left_out)


def _print_areas(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.read("xl/workbook.xml").decode()
    found = re.findall(r'<definedName name="_xlnm.Print_Area" localSheetId="(\d+)"[^>]*>([^<]*)<', names)
    return {int(at): area for at, area in found}


@pytest.mark.parametrize("case", CASES)
def test_no_printed_row_is_ruled_or_headed_where_nothing_stands(case):
    assert [row for sheet in printed_sheets(finished(case)) for row in nothing_below(sheet)] == []


def test_start_names_the_sheets_to_select_for_printing_in_excel():
    cells = finished("systemic").sheets["Start"].cells.values()
    (said,) = [cell.value for cell in cells if "hold Ctrl" in str(cell.value)]
    assert "Summary, Inputs, Answers" in said
    assert "Trials" not in said


@pytest.mark.parametrize("case", ["systemic", "blank", "over budget"])
def test_the_whole_is_fourteen_pages_at_most(case):
    """One for each of twelve sheets, a second for the reasons on Decision, and one for the lists that give orientation."""
    by_sheet = {sheet.name: pages(sheet) for sheet in printed_sheets(finished(case))}
    assert sum(by_sheet.values()) <= 14, by_sheet


def test_four_own_paths_take_no_further_page_on_the_sheets_of_all_paths():
    phases = [{"work": "core", "model": "freelancer", "share": 1}, {"work": "run", "model": "freelancer_team"}]
    four = {f"own{number}": {"label": f"Own path {number}", "phases": phases} for number in range(4)}
    made = book([scenario(SYSTEMIC | {"paths": four})], 0)
    made.finish()
    by_sheet = {sheet.name: pages(sheet) for sheet in printed_sheets(made)}
    assert max(by_sheet[name] for name in ("Comparison", "Cash flow", "Simulation")) == 1, by_sheet


def test_every_checklist_is_printed_and_the_second_page_begins_with_one():
    sheet = finished("systemic").sheets["Checklists"]
    last_row, _ = reach(sheet)
    titles = {cell.value: row for (row, column), cell in sheet.cells.items() if column == 1}
    rows = [titles[listed.title] for listed in catalogue.checklists().values()]
    assert max(rows) < last_row
    assert pages(sheet) == 2
    assert set(sheet.breaks) <= set(rows)
