"""Costs as a table: scenarios in, one row per project, path, line and month out, as CSV or Parquet, in pieces.

    table(ending, projects)     the bytes of the file, by the ending of its name
    check(path)                 whether a file of that name can be written here

columns says what stands in a row; csv_form and parquet_form write it.
"""

from workbook.costs.columns import COLUMNS, Project
from workbook.costs.writing import ENDINGS, NoParquetError, check, table

__all__ = ["COLUMNS", "ENDINGS", "NoParquetError", "Project", "check", "table"]
