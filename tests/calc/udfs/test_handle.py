"""A scenario in one cell: complete, never stale, and refused where it was changed."""

import openpyxl
import pytest

from calc import udfs
from tests.calc.udfs.samples import EXAMPLES, listed, scenario_at


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_cell_stands_for_its_range_in_every_function(path):
    cells = listed(scenario_at(path))
    handle = udfs.tco_scenario(cells)
    assert len(handle) <= 32_767
    for name in ("tco_table", "tco_plan", "tco_why", "tco_recommend", "tco_alerts", "tco_months", "tco_break_even"):
        assert getattr(udfs, name)(handle) == getattr(udfs, name)(cells), name
    assert udfs.tco_scenario([[f" {handle} "]]) == handle


def test_rows_may_move_and_go_but_a_changed_input_changes_the_cell():
    cells = [["work.core_hours", 300.0], [None, None], ["shifting", "yes"], ["project.name", "Ünï – 項目"]]
    handle = udfs.tco_scenario(cells)
    assert udfs.tco_scenario([cells[3], cells[2], cells[0]]) == handle
    assert udfs.tco_scenario([["core_hours", 301.0], *cells[1:]]) != handle
    assert udfs.tco_scenario([*cells[:2], ["shifting", "no"], cells[3]]) != handle


def test_the_cell_survives_saving_reopening_copying_and_deleted_rows(tmp_path):
    """With its range above it: the rows of the range that go take nothing of the text along."""
    cells = listed(scenario_at(EXAMPLES[0]))
    total = udfs.tco_total(cells, "freelancer")
    book = openpyxl.Workbook()
    for row in cells:
        book.active.append(row)
    book.active.cell(len(cells) + 2, 3, udfs.tco_scenario(cells))
    book.save(tmp_path / "first.xlsx")
    again = openpyxl.load_workbook(tmp_path / "first.xlsx")
    read = [[cell.value for cell in row] for row in again.active.iter_rows(max_row=len(cells))]
    assert udfs.tco_scenario(read) == again.active.cell(len(cells) + 2, 3).value
    again.active.delete_rows(1, len(cells))
    again.copy_worksheet(again.active).insert_rows(1, 5)
    again.save(tmp_path / "second.xlsx")
    last = openpyxl.load_workbook(tmp_path / "second.xlsx")
    for sheet, row in zip(last.worksheets, (2, 7), strict=True):
        assert udfs.tco_total([[sheet.cell(row, 3).value]], "freelancer") == total


def test_more_fields_may_stand_beside_the_cell():
    cells = [["work.core_hours", 300.0]]
    more = [["shifting", "yes"]]
    assert udfs.tco_total(udfs.tco_scenario(cells), "freelancer", None, more) == udfs.tco_total(
        cells + more, "freelancer"
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[:-9],
        lambda text: text + "A",
        lambda text: text[:9] + ("1" if text[9] == "0" else "0") + text[10:],
    ],
)
def test_a_cut_or_changed_text_is_a_sentence_and_no_figure(change):
    handle = udfs.tco_scenario([["work.core_hours", 300.0], ["project.name", "x"]])
    found = udfs.tco_total(change(handle), "freelancer")
    assert isinstance(found, str)
    assert "cut or changed" in found


def test_what_cannot_be_used_is_told_where_the_scenario_is_read():
    assert "work.core_hours" in udfs.tco_scenario([["work.core_hours", "4OO"]])
    assert "table" in udfs.tco_scenario([["work.core_hours", "shifting"], [300.0, "yes"]])
    long = [["project.name", "".join(chr(0x4E00 + (at * 7919) % 20_000) for at in range(40_000))]]
    assert isinstance(udfs.tco_scenario(long), str)
