"""What those who write a workbook and those who judge one go by alike, without knowing each other."""

CREATOR = "Engagement Calculator"
# The sheet that says what made the workbook and when, and the name of the cell of the first page that says when.
ABOUT, MADE_ON = "About", "made_on"
# The only numbers that may stand in a formula; every other figure is a cell. 2 and 9 are digits of rounding.
DECLARED_NUMBERS = frozenset({0, 1, 2, 9, 12, 52})
# The only codes of TEXT that mean the same in every language of Excel.
SAFE_CODES = ("0", "0%")
# Kind of sheet -> the colour of its tab.
TAB_COLOURS = {"result": "1F3864", "input": "E0B400", "working": "8C8C8C", "text": "6FA8DC"}
# A workbook of an edition has fewer bytes than these, so that it can be mailed.
LARGEST = {"full": 1_000_000, "light": 400_000}
# How files end that are read as workbooks; of the old ones is said how to save them anew.
WORKBOOKS = (".xlsx", ".xlsm", ".ods", ".xls", ".xlsb")
# The only sheet of a form for quotes.
QUOTE_FORM = "Quote"
