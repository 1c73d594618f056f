"""What a sheet's member leaves out goes without saying: whoever reads it finds what was set."""

import io

import openpyxl
import pytest

from calc.scenario import scenario
from workbook.files.conventions import DEFAULTS
from workbook.write.build import build
from workbook.write.edition import Edition

GIVEN = {"project": {"name": "Shop", "start": "2026-12-01"}}
OPEN_TO_ALL = ("formatColumns", "formatRows", "formatCells")


@pytest.fixture(scope="module")
def sheets():
    content = build(scenario(GIVEN), 0, Edition.light)
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets


def test_a_protected_sheet_lets_people_format_and_nothing_else(sheets):
    for sheet in sheets:
        # True means that the protection covers it.
        covered = {name.decode(): value == b"1" for name, value in DEFAULTS[b"sheetProtection"].items()}
        found = {name: getattr(sheet.protection, name) for name in (*covered, *OPEN_TO_ALL)}
        assert sheet.protection.sheet
        assert found == covered | dict.fromkeys(OPEN_TO_ALL, False)


def test_every_sheet_fits_its_page_in_width(sheets):
    assert {sheet.page_setup.fitToWidth or 1 for sheet in sheets} == {1}
    assert all(sheet.sheet_properties.pageSetUpPr.fitToPage for sheet in sheets)


def test_every_validation_stops_what_is_not_allowed(sheets):
    rules = [rule for sheet in sheets for rule in sheet.data_validations.dataValidation]
    assert len(rules) > 100
    assert {rule.errorStyle or "stop" for rule in rules} == {"stop"}
    assert {
        rule.operator or "between" for rule in rules if rule.type in ("decimal", "whole", "date", "textLength")
    } == {"between"}
    assert not any(rule.showDropDown for rule in rules)
