"""Where a workbook that `engagement build` made holds its inputs, as the functions take them."""

# Argument -> sheet, first and last column, and row of the headings; down to the last filled row.
RANGES = {"scenario": ("Inputs", 2, 5, 4), "answers": ("Answers", 3, 4, 5), "parameters": ("Parameters", 3, 10, 5)}
# The sheet of what happened: column of the fields, and of the first month.
ACTUALS = ("Actuals", 2, 4)
