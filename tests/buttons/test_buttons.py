"""The four buttons, with a book that takes and gives what Lite's does."""

import random
from types import SimpleNamespace
from typing import get_args

import pytest

from calc import udfs
from calc.results import results
from calc.scenario import as_given, scenario
from calc.udfs.buttons import EVERYTHING, LONG_RUNS
from tests.buttons.lite_book import Book
from tests.buttons.workbooks import laid_out, opened, place_of
from tests.calc.udfs.samples import EXAMPLES, SMALL, listed, scenario_at
from workbook.buttons import scripts
from workbook.buttons.checking import IN_ORDER
from workbook.buttons.scripts import check_workbook, explain_cell, insert_model, renew

OWN = [["Field", "Value"], *SMALL]


@pytest.fixture(scope="module")
def example():
    return scenario_at(EXAMPLES[0])


@pytest.fixture(scope="module")
def workbook(example):
    return opened(laid_out(example))


def whole(sheet, rows):
    return sheet, (1, 1), (len(rows), len(rows[0]))


def said(script, book, *more):
    """The cells of the sheet that a button has added."""
    before = len(book.sheets.all)
    script(book, *more)
    assert len(book.sheets.all) == before + 1
    return book.sheets.all[-1].rows


def test_the_model_is_inserted_into_free_cells_of_the_users_own_sheet():
    book = Book({"Mine": [["a note"]]}, ("Mine", (3, 2), (3, 2)))
    insert_model(book, "the selected cell")
    [mine] = book.sheets.all
    fields = [row[1:3] for row in mine.rows[2:]]
    assert isinstance(udfs.tco_table(fields), list)
    assert mine.formulas == {(3, 5): f"=TCO_TABLE(B3:C{2 + len(fields)})"}
    assert mine.rows[0][0] == "a note"
    again = said(insert_model, book, "the selected cell")
    assert "free cells" in again[0][0]


def test_the_model_is_inserted_into_a_new_sheet_too():
    book = Book({})
    rows = said(insert_model, book)
    assert isinstance(udfs.tco_table([row[:2] for row in rows]), list)
    assert list(book.sheets.all[-1].formulas) == [(1, 4)]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_explaining_a_scenario_gives_what_calc_gives(path):
    rows = listed(scenario_at(path))
    found = said(explain_cell, Book({"Mine": rows}, whole("Mine", rows)))
    decision = results([scenario_at(path)], flips=False)[0]["recommendation"]
    assert [found[1][0], found[4][0]] == [decision["path"] or "none", decision["status"]]
    texts = [cell for row in found for cell in row]
    assert all(alert["text"] in texts for alert in decision["alerts"])


def test_renewing_of_a_selected_scenario_gives_every_study():
    found = said(renew, Book({"Mine": OWN}, whole("Mine", OWN)), EVERYTHING)
    heads = [row[0] for row in found]
    assert [head for head in heads if str(head).lower() in LONG_RUNS] == [name.capitalize() for name in LONG_RUNS]
    assert not [cell for row in found for cell in row if isinstance(cell, str) and "internal error" in cell]


def test_what_can_be_renewed_is_offered():
    assert get_args(scripts.What) == (EVERYTHING, *LONG_RUNS)


def test_a_workbook_in_order_is_found_in_order_and_has_nothing_to_renew(workbook):
    assert said(check_workbook, Book(workbook))[1][0] == IN_ORDER
    assert "Nothing to renew" in said(renew, Book(workbook))[0][0]


def test_a_value_that_was_typed_over_is_named_with_what_belongs_there(workbook):
    book = Book(workbook)
    row, column = place_of(workbook["Costs"], "total")
    book.sheets["Costs"].cells[row + 1, column] = 1.0
    [found] = [cells for cells in said(check_workbook, book) if cells[0] == "Costs"]
    assert found[2:4] == [1.0, pytest.approx(workbook["Costs"][row][column - 1])]


def test_what_was_run_once_is_renewed_to_the_workbook_of_the_inputs_of_now(example, workbook):
    """All of it, and the record: what then differs from a new workbook are the cells whose formulas Excel calculates."""
    book = Book(workbook)
    inputs = book.sheets["Inputs"]
    place = place_of(workbook["Inputs"], "work.core_hours", 1)
    changed = as_given(example)
    changed["work"]["core_hours"] = [value * 2 for value in changed["work"]["core_hours"]]
    for across, value in zip((0, 1, 2), (changed["work"]["core_hours"][at] for at in (1, 0, 2)), strict=True):
        inputs.cells[place[0], place[1] + across] = value
    found = said(check_workbook, Book({sheet.name: sheet.rows for sheet in book.sheets}))
    assert "cells show something else" in found[1][0]
    assert "inputs have changed" in found[2][0]
    assert "cells renewed" in said(renew, book)[0][0]
    made = laid_out(scenario(changed))
    new = opened(made)
    for name in ("Simulation", "Sensitivity", "Sequences", "Searches", "Record"):
        shown = book.sheets[name].rows
        differing = [
            (row, column)
            for row, cells in enumerate(new[name], 1)
            for column, cell in enumerate(cells, 1)
            if cell != pytest.approx(shown[row - 1][column - 1])
        ]
        calculated = {place for place, cell in made.sheets[name].cells.items() if cell.formula}
        assert not set(differing) - calculated


def test_a_cell_is_explained_by_its_figure_its_rule_and_their_sources(workbook):
    row, column = place_of(workbook["Parameters"], "freelancer.rate", 5)
    told = dict(row[:2] for row in said(explain_cell, Book(workbook, ("Parameters", (row, column), (row, column))))[1:])
    assert told["Published figure"].startswith("freelancer.rate:")
    assert told["Source"] == udfs.tco_fact("freelancer.rate", "source")[0][0]
    row, column = place_of(workbook["Costs"], "total")
    told = dict(
        row[:2] for row in said(explain_cell, Book(workbook, ("Costs", (row + 1, column), (row + 1, column))))[1:]
    )
    assert told["Figure"].startswith("total:")
    assert any(name.startswith("Reads Costs!") for name in told)


@pytest.mark.parametrize("selected", ["x", "=1+1", 5.0, None])
def test_a_useless_selection_gives_a_sentence_and_no_formula(selected):
    for script in scripts.SCRIPTS[1:]:
        book = Book({"Mine": [[selected]]}, ("Mine", (1, 1), (1, 1)))
        assert said(script, book)
        assert not book.sheets.all[-1].formulas
    for script in scripts.SCRIPTS[1:]:
        assert said(script, Book({"Mine": [["a chart is selected"]]}))


def test_no_button_raises_whatever_the_sheets_hold(workbook):
    for name, rows in (("Inputs", [["#REF!", 5.0], [None, "=1"]]), ("Record", [["paths", None, "no JSON"]])):
        for script in scripts.SCRIPTS[1:]:
            assert said(script, Book({**workbook, name: rows}, ("Summary", (1, 1), (1, 1))))


def test_no_button_raises_nor_fails_inside_whatever_junk_stands_in_the_cells(workbook):
    junk = [
        "x",
        "=1",
        5.0,
        -1.0,
        True,
        None,
        "#REF!",
        "400,5",
        "yes",
        1e308,
        "{",
        "[]",
        "null",
        "é" * 300,
        "freelancer",
    ]
    mine = {"Mine": [list(row) for row in listed(scenario_at(EXAMPLES[1]))]}
    chance = random.Random(19)
    for at in range(16):
        sheets = {name: [list(row) for row in rows] for name, rows in (workbook if at % 3 else mine).items()}
        for _ in range(3):
            rows = sheets[
                chance.choice(
                    [name for name in ("Inputs", "Answers", "Parameters", "Record", "Mine") if name in sheets]
                )
            ]
            cells = chance.choice(rows)
            cells[chance.randrange(len(cells))] = chance.choice(junk)
            if chance.random() < 0.3:
                del rows[chance.randrange(len(rows))]
        name = chance.choice(list(sheets))
        place = chance.randrange(1, 40), chance.randrange(1, 8)
        selected = chance.choice([None, (name, place, place), (name, (1, 1), place)])
        found = said(chance.choice(scripts.SCRIPTS[1:]), Book(sheets, selected))
        assert found
        assert "internal error" not in str(found)


def test_no_button_raises_where_no_sheet_can_be_added_or_no_workbook_is_open(capsys):
    class Locked(list):
        def add(self):
            raise OSError("the structure of the workbook is protected")

    for book in (SimpleNamespace(sheets=Locked(), selection=None), None):
        for script in scripts.SCRIPTS:
            script(book)
            assert len(capsys.readouterr().out.splitlines()) == 1
