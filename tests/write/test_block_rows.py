"""The rows of a block as they stand in the file: one formula, one cell after the other, whatever it reads."""

import re

import numpy as np
import pytest

from workbook.files.address import column_letters, column_number
from workbook.receive.soundness.tokens import moved
from workbook.write.formula.expression import BELOW, Home, Reference, call, literal, operation, reference
from workbook.write.pack.rows import Rows, SharedStrings
from workbook.write.sheet import Block, Cell, Line, Sheet

SHEET, ELSEWHERE, FIRST, COUNT = "Trials", "Cash flow", 4, 5
OWN = reference(Reference(Home(SHEET, 1, FIRST, along="trial"), SHEET))
LEFT = reference(Reference(Home(SHEET, 1, 2), SHEET))
OTHER = reference(Reference(Home(ELSEWHERE, 7, 11), SHEET))
MOVING = reference(Reference(Home(ELSEWHERE, 9, 3, along="trial"), SHEET))


def rows_of(*formulas):
    """The XML of a block with a constant row and one row for each formula, each after a label."""
    values = np.arange(float(COUNT))[np.newaxis]
    lines = [Line(1, values, None)]
    lines += [Line(at, values * at, formula) for at, formula in enumerate(formulas, 2)]
    labels = {(line.row, 1): Cell(f"row {line.row}") for line in lines}
    sheet = Sheet(SHEET, "working", "", "", cells=labels, block=Block(FIRST, COUNT, lines))
    return Rows(sheet, lambda style, format, is_quoted: 0, SharedStrings()).xml(0).decode()


def read(xml):
    """Address -> the formula as the cell has it, shared ones moved to it; and the texts of those that are shared."""
    formulas_by_cell, shared = {}, {}
    for letters, row, attributes, text in re.findall(r'<c r="([A-Z]+)(\d+)"><f([^>]*?)(?:/>|>([^<]*)</f>)', xml):
        number = re.search(r'si="(\d+)"', attributes)
        if number and text:
            shared[number[1]] = text, int(row), column_number(letters)
        written, top, left = shared[number[1]] if number else (text, int(row), column_number(letters))
        formulas_by_cell[letters + row] = moved(written, int(row) - top, column_number(letters) - left)
    return formulas_by_cell, [text for text, *_ in shared.values()]


@pytest.mark.parametrize("foreign", [OTHER, MOVING, operation("*", OWN, OTHER)])
def test_a_formula_that_names_another_sheet_is_written_in_every_column_and_never_shared(foreign):
    own = operation("*", OWN, LEFT)
    formulas = (own, foreign, operation("+", own, OWN))
    formulas_by_cell, shared = read(rows_of(*formulas))
    assert shared == ["D$1*$B$1", "D$1*$B$1+D$1"]
    for row, formula in enumerate(formulas, 2):
        for at in range(COUNT):
            assert formulas_by_cell[f"{column_letters(FIRST + at)}{row}"] == formula.printed({"trial": at})


def test_the_values_stand_beside_formulas_that_are_shared_and_that_are_not():
    xml = rows_of(operation("*", OWN, LEFT), OTHER)
    values = re.findall(r'<c r="([A-Z][23])"><f.*?(?:/>|</f>)<v>([^<]*)</v>', xml)
    wanted = {f"{column_letters(FIRST + at)}{row}": float(row * at) for at in range(COUNT) for row in (2, 3)}
    assert {address: float(value) for address, value in values} == wanted


def test_the_cells_of_a_block_follow_those_at_their_left():
    for row, cells in enumerate(re.findall(r'<row r="\d+">(.*?)</row>', rows_of(OWN, OTHER)), 1):
        assert re.findall(r'<c r="([A-Z]+\d+)"', cells) == [f"{letters}{row}" for letters in "ADEFGH"]


def test_a_percent_sign_in_a_formula_stays_what_it_is():
    shown = call("TEXT", OWN, literal("0%"))
    named = call("TEXT", OTHER, literal("0%"))
    formulas_by_cell, _ = read(rows_of(shown, named))
    assert formulas_by_cell["E2"] == 'TEXT(E$1,"0%")'
    assert formulas_by_cell["E3"] == named.printed({"trial": 1})


def test_formulas_that_stand_below_each_other_and_are_the_same_for_where_they_stand_are_one():
    above = reference(Reference(Home(SHEET, 1, FIRST, along="trial"), SHEET))
    left = [reference(Reference(Home(SHEET, row, 2), SHEET)) for row in (2, 3, 4, 5)]
    near = reference(Reference(Home(SHEET, 4, FIRST, along="trial"), SHEET))
    formulas = [operation("*", left[at], literal(1 + (at == 2))).below(at + 2) for at in range(3)]
    formulas.append(operation("*", near, above).below(5))
    xml = rows_of(*formulas)
    assert re.findall(r'ref="([^"]*)" si="(\d)">([^<]*)<', xml) == [
        ("D2:H3", "0", "$B2"),
        ("D4:H4", "1", "$B4*2"),
        ("D5:H5", "2", "D4*D1"),
    ]
    assert xml.count('<f t="shared" si="0"/>') == 2 * COUNT - 1


def test_a_scenario_has_its_own_values_whatever_it_shares_with_the_others():
    same, changed_once, own = (operation("*", OWN, literal(number)) for number in (0, 1, 2))
    values = {
        same: np.full((3, COUNT), 0.25),
        changed_once: np.array([[1.5], [1.5], [2.0]]) + np.arange(COUNT),
        own: np.array([[10.0], [20.0], [30.0]]) + np.arange(COUNT) / 8,
    }
    lines = [Line(row, numbers, formula) for row, (formula, numbers) in enumerate(values.items(), 2)]
    sheet = Sheet(SHEET, "working", "", "", block=Block(FIRST, COUNT, lines))
    sheet.cells = {(row, 1): Cell(f"100% of row {row}") for row in (1, 2, 3, 4)}
    rows = Rows(sheet, lambda style, format, is_quoted: 0, SharedStrings())
    for scenario in (2, 0, 1):
        shown = re.findall(r"</?f[^<]*>(?:[^<]*</f>)?<v>([^<]*)</v>", rows.xml(scenario).decode())
        assert [float(value) for value in shown] == [
            value for numbers in values.values() for value in numbers[scenario]
        ]


def test_a_formula_that_no_other_row_shares_has_no_dollar_before_the_row_of_a_cell():
    formula, place = operation("*", OWN, LEFT), {"trial": 1, BELOW: 4}
    assert formula.below(4).printed(place) == "E1*$B$1"
    assert formula.below(4, alone=True).printed(place) == "E1*$B1"
