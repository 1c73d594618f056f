"""One module per sheet. Each takes the book, adds its sheet, and says where the quantities on it live."""

from workbook.write.sheets.heading import framed

__all__ = ["framed"]
