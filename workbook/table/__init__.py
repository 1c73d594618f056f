"""Reads rows from a file: CSV, JSON Lines or xlsx, whatever the rows are.

Table(path, form)    the rows of the file as RawRow, its length, its fingerprint
Spellings            the notes on values that are spelled in another way, without those that are alike
Form                 what the rows are: their columns, and how their cells are read
"""

from workbook.table.file import Table
from workbook.table.form import ID, Cells, Form
from workbook.table.late_refusal import StoppedError
from workbook.table.raw_row import RawRow
from workbook.table.spellings import Spellings

__all__ = ["ID", "Cells", "Form", "RawRow", "Spellings", "StoppedError", "Table"]
