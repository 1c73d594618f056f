"""Finds the changes in a returned workbook.

    check(path) -> Report

The workbook is built anew for the inputs in it and compared with what came: formulas, values to nine digits, texts,
sheets, names. So a formula that was typed over is found whatever it shows, and a value whatever formula it stands for.
"""

from workbook.receive.checking.inspection import check
from workbook.receive.checking.json_form import check_schema
from workbook.receive.checking.made_by import file_made_on, made_on
from workbook.receive.checking.path_followed import changed_path
from workbook.receive.checking.report import KINDS, Finding, Report

__all__ = ["KINDS", "Finding", "Report", "changed_path", "check", "check_schema", "file_made_on", "made_on"]
