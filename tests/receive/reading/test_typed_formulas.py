"""Arithmetic that somebody typed is calculated; any other formula is asked about."""

import pytest

from calc import elementary
from tests.receive.reading.filled_in import _places, rich, sheet_of
from workbook.files.address import address
from workbook.receive.intake import Cell
from workbook.receive.reading import gathered
from workbook.receive.reading.arithmetic import BeyondError
from workbook.receive.reading.openformula import excel_form
from workbook.receive.reading.typed_formula import calculated


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("40*10", 400), ("=40*10", 400), ("2+3*4", 14), ("(2+3)*4", 20), ("-2^2", 4), ("2^-1", 0.5), ("50%", 0.5), ("10-2-3", 5),
        ("SUM(A1:A3)", 6), ("SUM(A1,2,A3)", 6), ("AVERAGE(A1:A9)", 2), ("MIN(A1:A3)", 1), ("MAX(3,A1*9)", 9), ("ROUND(2.5,0)", 3),
        ("A1+$A$2*'My sheet'!A3", 7), ("B1", 12), ("A9+1", 1), ("8/2/2", 2), ("+5", 5), ("--5", 5),
        ("(-2)^3", -8), ("(-2)^-2", 0.25), ("0^2", 0), ("10^9", 10**9), ("4^0.5", 2), ("2^-1074", 2.0**-1074),
    ],
)  # fmt: skip
def test_arithmetic_that_somebody_typed_is_calculated(formula, value):
    assert calculated(sheet_of(A1=1.0, A2=2.0, A3=3.0, B1="=A3*4"), "My sheet", formula) == value


@pytest.mark.parametrize(
    "formula",
    [
        "1/0", "VLOOKUP(1,A1:A3,1)", "A1&A2", "C1", "IF(1,2,3)", "Other!A1", "1+", "(1", "1)", "", "A1:A3", "TODAY()", "(-8)^0.5", "9^9^9^9",
        "1/9^9^9^9", "0^0", "0^-1",
        "D1", "[1]Sheet1!A1", "(" * 3000, "-" * 9000 + "1", "SUM(A1:XFD1048576)", "1 2", "AVERAGE()", "=", "A1048577",
        "1E999", "1E308*10", "1E999-1E999",
    ],
)  # fmt: skip
def test_whatever_else_somebody_typed_is_beyond_us(formula):
    with pytest.raises(BeyondError):
        calculated(sheet_of(A1=1.0, A2=2.0, A3=3.0, C1="a text", D1="=D1+1"), "My sheet", formula)


def test_a_power_that_somebody_typed_has_the_same_digits_on_every_processor():
    assert calculated(sheet_of(), "My sheet", "3^-6") == float(elementary.power(3.0, -6.0))


def test_formulas_that_multiply_each_other_end_soon():
    many = {f"A{row}": f"=A{row + 1}+A{row + 1}+A{row + 1}" for row in range(1, 19)} | {"A19": 1.0}
    assert calculated(sheet_of(**many), "My sheet", "A1") == 3**18


def test_a_formula_in_an_input_is_calculated_here_and_reported():
    book, place = rich(), _places()["work.specialists"]
    book.sheets["Inputs"].cells[place[1:]] = Cell(7.0, "1+2", 0)
    found = gathered(book, "x")
    assert found.scenario.work.specialists == 3
    assert found.notes == [f"Inputs!{address(*place[1:])} (work.specialists): =1+2 was read as 3"]


@pytest.mark.parametrize(
    ("stands", "excel"),
    [
        ("[.B2]*2", "B2*2"), ("SUM([$Values.C$5:.C9];1)", "SUM(Values!C$5:C9,1)"), ("[$'Cash flow'.$A1]", "'Cash flow'!$A1"),
        ('IF([.A1]="[.B2];";1;0)', 'IF(A1="[.B2];",1,0)'), ("COM.MICROSOFT.BETA.INV([.A1];2)", "BETA.INV(A1,2)"), ("[#REF!.A1]", "#REF!"),
    ],
)  # fmt: skip
def test_formulas_of_ods_files_are_read_as_those_of_xlsx(stands, excel):
    assert excel_form(stands) == excel
