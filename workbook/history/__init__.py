"""Past jobs, read from a file with one a row (CSV, JSON Lines or xlsx), and what they say written as a file of defaults.

- `history(path, named, model)`: the jobs of a file, the rows that are none and why, and what was read in another way
- `defaults(calibration, name)`: what they make of the ranges, for `--defaults`
- `report(calibration, jobs, name)`: a workbook with the jobs, their distribution and a chart
"""

from workbook.history.columns import COLUMNS, model_named
from workbook.history.defaults import defaults
from workbook.history.history import History, RefusedRow, history
from workbook.history.report import report

__all__ = ["COLUMNS", "History", "RefusedRow", "defaults", "history", "model_named", "report"]
