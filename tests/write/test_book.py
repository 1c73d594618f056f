"""Cells that read other sheets wait for them, and a book leaves nothing behind."""

import gc
import weakref

import numpy as np

from calc.model import model_for, user_paths
from calc.reductions import summed
from calc.scenario import scenario
from workbook.write import build
from workbook.write.book import Book
from workbook.write.build import book
from workbook.write.sheet import Sheet

GIVEN = {"project": {"name": "Shop", "start": "2026-12-01"}}


def empty_book():
    model = model_for(())
    return Book(model, {}, {}, {}, None, 1)


def test_reading_a_cell_that_waits_writes_it_first_whatever_the_order_of_the_sheets():
    made = empty_book()
    for name in ("First", "Second", "Third"):
        made.sheet(Sheet(name, "result", name, ""))
    made.later("First", lambda: made.fetch("First", 1, 1, made.at("Second", 1, 1)))
    made.later("Second", lambda: made.fetch("Second", 1, 1, made.at("Third", 1, 1)))
    made.later("Third", lambda: made.sheets["Third"].put(1, 1, 7.0))
    made.finish()
    assert [sheet.cells[1, 1].value for sheet in made.sheets.values()] == [7.0, 7.0, 7.0]
    assert made.sheets["First"].cells[1, 1].formula == "Second!$A$1"


def test_only_what_stands_before_a_cell_on_its_sheet_is_written_for_its_reader():
    made, written = empty_book(), []
    made.sheet(Sheet("Sheet", "result", "Sheet", ""))
    made.later("Sheet", lambda: made.sheets["Sheet"].put(1, 1, 1.0))
    made.later("Sheet", lambda: written.append("after"))
    made.at("Sheet", 1, 1)
    assert written == []
    made.write_all()
    assert written == ["after"]


def share_of(part, whole, parts):
    return np.where(whole > 0, part * whole, summed(parts))


def a_table():
    """Three rows with two scenarios below a cell that all of them read."""
    made = empty_book()
    sheet = made.sheet(Sheet("Sheet", "working", "Sheet", ""))
    sheet.put(1, 1, np.array([10.0, 0.0]))
    for row in (2, 3, 4):
        sheet.put(row, 1, np.array([row, 2.0 * row]))
    made.write_all()
    return made


def test_cells_that_are_filled_hold_what_each_would_hold_alone_and_share_its_formula():
    alone, filled = a_table(), a_table()
    for row in (2, 3, 4):
        reads = {"part": alone.at("Sheet", row, 1), "whole": alone.at("Sheet", 1, 1)}
        alone.derive("Sheet", row, 2, share_of, **reads, parts=alone.at("Sheet", 2, 1, down=3))
    reads = {"part": filled.at("Sheet", 2, 1, down=3).each(), "whole": filled.at("Sheet", 1, 1)}
    filled.fill("Sheet", 2, 2, share_of, **reads, parts=filled.at("Sheet", 2, 1, down=3))
    for row in (2, 3, 4):
        one, other = (made.sheets["Sheet"].cells[row, 2] for made in (alone, filled))
        assert (one.value.tolist(), one.formula) == (other.value.tolist(), other.formula)
        assert other.filled == (2, 2, 4, 2)


def test_a_formula_that_names_another_sheet_is_filled_but_not_shared():
    made = a_table()
    made.sheet(Sheet("Other", "working", "Other", ""))
    parts = made.at("Sheet", 2, 1, down=3)
    made.fill("Other", 1, 1, share_of, part=parts.each(), whole=made.at("Sheet", 1, 1), parts=parts)
    cells = [made.sheets["Other"].cells[row, 1] for row in (1, 2, 3)]
    assert [cell.filled for cell in cells] == [None] * 3
    assert cells[2].formula == "IF(Sheet!$A$1>0,Sheet!$A4*Sheet!$A$1,SUM(Sheet!$A$2:$A$4))"


def test_a_book_goes_at_once_when_nobody_holds_it():
    """In a batch, nobody looks for circles of objects."""
    given = scenario(GIVEN)
    assert user_paths(given) == ()
    build._formulas.cache_clear()  # what all books share comes from the first one, and must not hold it
    gc.collect()
    gc.disable()
    try:
        made = book([given], 0)
        made.finish()
        gone = weakref.ref(made)
        del made
        assert gone() is None
    finally:
        gc.enable()


def test_a_workbook_that_came_back_records_the_inputs_that_it_was_made_for():
    then, now = scenario(GIVEN), scenario({**GIVEN, "work": {"core_hours": 777}})
    made = book([now], 0, originals=[then])
    made.finish()
    sheet, row, column = made.names["in_core_hours"]
    (recorded,) = [cells for cells, cell in made.sheets["Record"].cells.items() if cell.value == "work.core_hours"]
    record = made.sheets["Record"].cells
    assert np.ravel(made.sheets[sheet].cells[row, column].value) == [777]
    assert np.ravel(record[recorded[0], 3].value) == [then.work.core_hours]
    assert np.ravel(record[recorded[0], 4].value) == [1]


def test_sheets_that_all_workbooks_have_alike_hold_no_value_of_a_scenario():
    one = {**GIVEN, "work": {"core_hours": 777}, "answers": {"bounded": "yes"}}
    made = book([scenario(GIVEN), scenario(one)], 0)
    made.finish()
    alike = [sheet for sheet in made.sheets.values() if sheet.is_alike]
    differ = {
        (sheet.name, place)
        for sheet in alike
        for place, cell in sheet.cells.items()
        if len(set(np.ravel(np.asarray(cell.value, dtype=object)).tolist())) > 1
    }
    assert len(alike) == 4
    assert not differ
