"""The buttons of xlwings Lite, with a book that takes what Lite's book takes."""

import datetime

import pytest

from calc import udfs
from calc.udfs.buttons import LONG_RUNS, run_again
from calc.udfs.lite import explain_scenario, insert_model, renew

CELLS = (str, int, float, bool, datetime.date, type(None))


class Range:
    def __init__(self, value=None):
        self.held = value

    @property
    def value(self):
        return self.held

    @value.setter
    def value(self, given):
        if isinstance(given, list):
            assert all(isinstance(row, list) and len(row) == len(given[0]) for row in given)
            assert all(type(cell) in CELLS for row in given for cell in row)
        else:
            assert type(given) in CELLS
        self.held = given


class Sheet(dict):
    def __missing__(self, address):
        return self.setdefault(address, Range())


class Book:
    def __init__(self, selected):
        self.selection, self.sheets, self.made = Range(selected), self, []

    def add(self):
        self.made.append(Sheet())
        return self.made[-1]


def called(script, book, *more):
    getattr(script, "__wrapped__", script)(book, *more)
    return [sheet["A1"].value for sheet in book.made]


def test_what_is_inserted_is_a_scenario():
    book = Book(None)
    [rows] = called(insert_model, book)
    assert isinstance(udfs.tco_table(rows), list)
    assert book.made[0]["D1"].value == f"=TCO_TABLE(A1:B{len(rows)})"


def test_explaining_gives_what_calc_gives(example):
    [rows] = called(explain_scenario, Book(example.range))
    decision = example.result["recommendation"]
    assert [rows[1][0], rows[4][0]] == [decision["path"] or "none", decision["status"]]
    texts = [cell for row in rows for cell in row if isinstance(cell, str)]
    assert all(alert["text"] in texts for alert in decision["alerts"])


@pytest.mark.parametrize("what", ["simulation", "sequences", "break-even"])
def test_renewing_writes_a_table(what):
    assert set(LONG_RUNS) == {"simulation", "sequences", "break-even"}
    selected = [["work.core_hours", 300.0], ["shifting", "yes"]]
    [rows] = called(renew, Book(selected), what)
    assert rows == run_again(selected, what)
    assert len(rows) > 2


@pytest.mark.parametrize("selected", [None, "x", "=1+1", 5.0, [["nonsense", 1.0]], [[None, None]]])
def test_a_useless_selection_gives_a_sentence_and_no_formula(selected):
    for script in (explain_scenario, renew):
        [rows] = called(script, Book(selected))
        assert rows
        assert not [cell for row in rows for cell in row if isinstance(cell, str) and cell.startswith("=")]
