"""The example workbook: UDFs beside native formulas."""

import io
import re

import openpyxl
import pytest

from calc.scenario import scenario
from workbook.addin.example import EXAMPLE, FIRST, NAME, example
from workbook.write.build import _layout, build


@pytest.fixture(scope="module")
def book():
    """The example, the first workbook that is made with its layout."""
    _layout.cache_clear()
    return example(scenario(EXAMPLE))


def cells_of(book, sheet, values=False):
    """The rows of a sheet from row 1, as formulas or as values."""
    workbook = openpyxl.load_workbook(io.BytesIO(book), read_only=True, data_only=values)
    rows = [[cell.value for cell in row] for row in workbook[sheet].iter_rows()]
    workbook.close()
    return rows


def test_udfs_and_native_formulas_of_the_example_agree(book, functions):
    formulas, values = cells_of(book, NAME), cells_of(book, NAME, values=True)
    compared = [row for row in range(FIRST - 1, len(formulas)) if formulas[row][0]]
    assert len(compared) > 50
    for row in compared:
        native, udf, agrees = values[row][2:5]
        assert agrees == "agrees"
        assert native == udf if isinstance(native, str) else native == pytest.approx(udf)
        formula = formulas[row][3]
        assert re.search(r"tco_\w+", formula)[0] in functions
        assert "Inputs!$B$" in formula
        assert "Parameters!$C$" in formula
    assert values[4][0] == f"{len(compared)} of {len(compared)} agree; 0 without add-in"


def test_the_example_reads_the_ranges_that_hold_the_scenario(book):
    formula = cells_of(book, NAME)[FIRST - 1][3]
    ranges = re.findall(r"(\w+)!\$(\w)\$\d+:\$\w\$(\d+)", formula)
    assert [sheet for sheet, *_ in ranges] == ["Inputs", "Answers", "Parameters"]
    for sheet, first, bottom in ranges:
        fields = [row["ABCDE".index(first)] for row in cells_of(book, sheet)]
        assert fields[int(bottom) - 1]
        assert not any(fields[int(bottom) :])


def test_the_example_and_an_ordinary_workbook_keep_their_bytes_in_either_order(book):
    second = build(scenario(EXAMPLE), 0)
    _layout.cache_clear()
    first = build(scenario(EXAMPLE), 0)
    assert example(scenario(EXAMPLE)) == book
    assert first == second
