"""The rows of a block as they stand in the file: one formula, one cell after the other, whatever it reads."""

import re

import numpy as np
import pytest

from workbook.receive.soundness.tokens import moved
from workbook.write.book import Block, Column, Sheet
from workbook.write.formula.expression import Home, Reference, call, literal, operation, reference
from workbook.write.pack.rows import Rows, SharedStrings

SHEET, ELSEWHERE, FIRST, COUNT = "Trials", "Cash flow", 4, 5
OWN = reference(Reference(Home(SHEET, FIRST, 1, down="trial"), SHEET))
ABOVE = reference(Reference(Home(SHEET, 2, 1), SHEET))
OTHER = reference(Reference(Home(ELSEWHERE, 7, 11), SHEET))
MOVING = reference(Reference(Home(ELSEWHERE, 9, 3, down="trial"), SHEET))


def rows_of(*formulas):
    """The XML of a block with a constant column and one column for each formula."""
    values = np.arange(float(COUNT))[np.newaxis]
    columns = [Column(1, values, None)]
    columns += [Column(at, values * at, formula) for at, formula in enumerate(formulas, 2)]
    sheet = Sheet(SHEET, "working", "", "", block=Block(FIRST, COUNT, columns))
    return b"".join(Rows(sheet, lambda style, format, is_quoted: 0, SharedStrings()).parts(0)).decode()


def read(xml):
    """Address -> the formula as the cell has it, shared ones moved to it; and the texts of those that are shared."""
    formulas_by_cell, shared = {}, {}
    for letters, row, attributes, text in re.findall(r'<c r="([A-Z]+)(\d+)"><f([^>]*?)(?:/>|>([^<]*)</f>)', xml):
        number = re.search(r'si="(\d+)"', attributes)
        if number and text:
            shared[number[1]] = text, int(row)
        written, top = shared[number[1]] if number else (text, int(row))
        formulas_by_cell[letters + row] = moved(written, int(row) - top, 0)
    return formulas_by_cell, [text for text, _ in shared.values()]


@pytest.mark.parametrize("foreign", [OTHER, MOVING, operation("*", OWN, OTHER)])
def test_a_formula_that_names_another_sheet_is_written_in_every_row_and_never_shared(foreign):
    own = operation("*", OWN, ABOVE)
    formulas = (own, foreign, operation("+", own, OWN))
    formulas_by_cell, shared = read(rows_of(*formulas))
    assert shared == ["$A4*$A$2", "$A4*$A$2+$A4"]
    for letters, formula in zip("BCD", formulas, strict=True):
        for at in range(COUNT):
            assert formulas_by_cell[f"{letters}{FIRST + at}"] == formula.printed({"trial": at})


def test_the_values_stand_beside_formulas_that_are_shared_and_that_are_not():
    xml = rows_of(operation("*", OWN, ABOVE), OTHER)
    values = re.findall(r'<c r="([BC]\d+)"><f.*?(?:/>|</f>)<v>([^<]*)</v>', xml)
    wanted = {f"{'BC'[at - 2]}{FIRST + row}": float(row * at) for row in range(COUNT) for at in (2, 3)}
    assert {address: float(value) for address, value in values} == wanted


def test_a_percent_sign_in_a_formula_stays_what_it_is():
    shown = call("TEXT", OWN, literal("0%"))
    named = call("TEXT", OTHER, literal("0%"))
    formulas_by_cell, _ = read(rows_of(shown, named))
    assert formulas_by_cell["B5"] == 'TEXT($A5,"0%")'
    assert formulas_by_cell["C5"] == named.printed({"trial": 1})


def test_formulas_that_stand_beside_each_other_and_are_the_same_for_where_they_stand_are_one():
    left = reference(Reference(Home(SHEET, FIRST, 1, down="trial"), SHEET))
    above = [reference(Reference(Home(SHEET, 2, column), SHEET)) for column in (2, 3, 4, 5)]
    near = reference(Reference(Home(SHEET, FIRST, 4, down="trial"), SHEET))
    formulas = [operation("*", above[at], literal(1 + (at == 2))).beside(at + 2) for at in range(3)]
    formulas.append(operation("*", near, left).beside(5))
    xml = rows_of(*formulas)
    assert re.findall(r'ref="([^"]*)" si="(\d)">([^<]*)<', xml) == [
        ("B4:C8", "0", "B$2"),
        ("D4:D8", "1", "D$2*2"),
        ("E4:E8", "2", "D4*A4"),
    ]
    assert xml.count('<f t="shared" si="0"/>') == 2 * COUNT - 1
