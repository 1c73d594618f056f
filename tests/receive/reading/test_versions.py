"""Workbooks of older and newer versions."""

import pytest

import calc
from calc.scenario import Refused
from tests.receive.reading.filled_in import _places, rich, says
from workbook.receive.intake import Cell
from workbook.receive.reading import gathered


def of_version(version):
    book = rich()
    about = book.sheets["About"].cells
    [(row, column)] = [place for place, cell in about.items() if cell.value == "Version"]
    about[row, column + 1] = Cell(version)
    return book


def test_an_older_version_is_read_by_the_names_of_today_and_its_gaps_take_defaults():
    book, (_, row, _) = of_version("0.9.9"), _places()["work.hires"]
    book.names.pop("in_hires")
    book.sheets["Inputs"].cells = {
        place: cell for place, cell in book.sheets["Inputs"].cells.items() if place[0] != row
    }
    found = says(book)
    assert found.version == "0.9.9"
    assert found.notes == ["work.hires: version 0.9.9 did not ask for it; its default was taken"]


@pytest.mark.parametrize("version", ["1.0.1", "1.10.0", "2.0.0", "10.0.0rc1"])
def test_a_newer_version_is_refused_clearly(version):
    with pytest.raises(
        Refused, match=f"made by version {version}, which is newer than this version {calc.__version__}"
    ):
        gathered(of_version(version), "x.xlsx")
