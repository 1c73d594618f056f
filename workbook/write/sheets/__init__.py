"""One module per sheet. Each takes the book, adds its sheet, and says where the quantities on it live."""

from workbook.write.sheets.heading import framed
from workbook.write.sheets.recorded_inputs import NAME as RECORD
from workbook.write.sheets.recorded_inputs import PATHS

__all__ = ["PATHS", "RECORD", "framed"]
