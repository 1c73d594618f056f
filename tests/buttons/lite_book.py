"""A book as xlwings Lite hands it to a script, which takes and gives only what Lite documents. It needs Python alone.

Values come as floats, texts, True or False, dates, and None for blanks; written are the same and whole numbers, as one value
or as rows of the same length. A formula is a text that begins with an equals sign.
"""

import datetime
import math
import re

GIVEN = (str, int, float, bool, datetime.date, datetime.datetime, type(None))
ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d*)")


class Range:
    def __init__(self, sheet, row, column, last_row=None, last_column=None):
        self.sheet, self.row, self.column = sheet, row, column
        self.last_row, self.last_column = last_row or row, last_column or column

    @property
    def address(self):
        corners = [(self.row, self.column), (self.last_row, self.last_column)]
        names = [f"${letters(column)}${row}" for row, column in corners]
        return names[0] if names[0] == names[1] else ":".join(names)

    def options(self, **given):
        assert set(given) <= {"ndim", "err_to_str"}, given
        return Options(self, given.get("ndim"))

    @property
    def value(self):
        return Options(self, None).value

    @value.setter
    def value(self, given):
        rows = given if isinstance(given, list) else [[given]]
        assert rows, "no rows"
        assert all(isinstance(row, list) and len(row) == len(rows[0]) for row in rows), "rows of the same length"
        shape = (self.last_row - self.row + 1, self.last_column - self.column + 1)
        assert shape in ((1, 1), (len(rows), len(rows[0]))), (shape, len(rows), len(rows[0]))
        for at, row in enumerate(rows):
            for across, cell in enumerate(row):
                assert type(cell) in GIVEN, type(cell)
                assert not (isinstance(cell, float) and not math.isfinite(cell)), cell
                shown = cell[1:] if isinstance(cell, str) and cell.startswith("'") else cell
                self.sheet.cells[self.row + at, self.column + across] = shown
                if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@")):
                    self.sheet.formulas[self.row + at, self.column + across] = cell

    def formula2(self, given):
        assert isinstance(given, str)
        assert given.startswith("=")
        self.sheet.formulas[self.row, self.column] = given

    formula2 = property(None, formula2)


class Options:
    def __init__(self, range_, dimensions):
        self.range, self.dimensions = range_, dimensions

    @property
    def value(self):
        one = self.range
        rows = [
            [read(one.sheet.cells.get((row, column))) for column in range(one.column, one.last_column + 1)]
            for row in range(one.row, one.last_row + 1)
        ]
        if self.dimensions == 2:
            return rows
        if len(rows) == len(rows[0]) == 1:
            return rows[0][0]
        if len(rows) == 1 or len(rows[0]) == 1:
            return [cell for row in rows for cell in row]
        return rows


class Sheet:
    def __init__(self, name, rows=()):
        self.name, self.formulas = name, {}
        self.cells = {
            (row, column): cell
            for row, cells in enumerate(rows, 1)
            for column, cell in enumerate(cells, 1)
            if cell is not None
        }

    def range(self, first, last=None):
        return Range(self, *first, *(last or ()))

    def __getitem__(self, address):
        column, row = ADDRESS.fullmatch(address).groups()
        return Range(self, int(row), number(column))

    @property
    def used_range(self):
        if not self.cells:
            return Range(self, 1, 1)
        rows, columns = zip(*self.cells, strict=True)
        return Range(self, min(rows), min(columns), max(rows), max(columns))

    @property
    def rows(self):
        """What it shows, from A1 on."""
        used = self.used_range
        return Options(Range(self, 1, 1, used.last_row, used.last_column), 2).value


class Sheets:
    def __init__(self, sheets):
        self.all = list(sheets)

    def __iter__(self):
        return iter(list(self.all))

    def __getitem__(self, name):
        return next(sheet for sheet in self.all if sheet.name == name)

    def add(self):
        self.all.append(Sheet(f"Sheet{len(self.all) + 1}"))
        return self.all[-1]


class Book:
    """sheets: name -> rows of values from A1 on; selected: sheet, first and last place; None where a chart is selected."""

    def __init__(self, sheets, selected=None):
        self.sheets = Sheets(Sheet(name, rows) for name, rows in sheets.items())
        self.selection = Range(self.sheets[selected[0]], *selected[1], *selected[2]) if selected else None


def read(cell):
    if isinstance(cell, bool) or cell is None or isinstance(cell, str):
        return cell
    return float(cell) if isinstance(cell, int) else cell


def letters(number):
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def number(text):
    found = 0
    for letter in text:
        found = found * 26 + ord(letter) - 64
    return found
