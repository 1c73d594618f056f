"""Cash flow: what every path comes to by fiscal year, and the path in the plan line by line, by fiscal year and quarter."""

from __future__ import annotations

from functools import partial

import numpy as np

from calc.quantities.calendar import in_period
from calc.quantities.cash_lines import MONTHLY
from calc.quantities.lines import LINES, LOSSES, OWN_TIME
from calc.quantity import QUANTITIES
from calc.reductions import summed
from workbook.files.address import column_letters
from workbook.write.book import Book
from workbook.write.formula.expression import Home
from workbook.write.formula.text import joined
from workbook.write.sheet import Area
from workbook.write.sheets import plan
from workbook.write.sheets.heading import framed, linked, unit_cell

NAME = "Cash flow"
LABEL, FROM, FIRST_LINE = 1, 2, 3
# The lines that are paid, then what they come to; the leader's time and the losses have one line each.
PAID_LINES = [line for line in LINES if line not in OWN_TIME + LOSSES]
SUMS = {
    "Paid": "plan_paid",
    "Own time": MONTHLY[OWN_TIME[0]],
    "Losses": MONTHLY[LOSSES[0]],
    "Total": "plan_spend",
}
KINDS = {"Paid": "paid", "Own time": "own_time", "Losses": "losses", "Total": "total"}
STRONG = {"paid", "total"}
COLUMNS = {QUANTITIES[LINES[line]].label: MONTHLY[line] for line in PAID_LINES} | SUMS
PAID = FIRST_LINE + len(PAID_LINES)
TOTAL = FIRST_LINE + len(COLUMNS) - 1
# Line -> its column.
LINE_COLUMNS = {line: FIRST_LINE + list(COLUMNS.values()).index(quantity) for line, quantity in MONTHLY.items()}
# The row of the first path in the table of all paths, and the columns of its kinds of cost, of what is paid at first and of the
# first fiscal year: the last, so that what is free where there are few years is no gap.
PATHS = 8
FIRST_KIND = FROM
FIRST_MONTHS = FIRST_KIND + len(KINDS)
FIRST_YEAR = FIRST_MONTHS + 1
# Heights of a line, of the heads, and of what is free between two tables.
LINE_HEIGHT, HEAD_HEIGHT, BETWEEN = 11.0, 24, 5


def title_of_plan(book: Book) -> int:
    """The row that names the path in the plan, whose table follows."""
    return PATHS + len(book.structure.paths) + 1


def whole(book: Book) -> int:
    """The row of what the path in the plan comes to within the horizon."""
    return title_of_plan(book) + 5


def years_top(book: Book) -> int:
    """The row of the first fiscal year of the path in the plan."""
    return whole(book) + 1


def quarters_top(book: Book) -> int:
    """The row of the first quarter of the path in the plan, below a heading."""
    return years_top(book) + book.size("fiscal_year") + 1


def add(book: Book) -> None:
    """What is paid when."""
    purpose = (
        "What is paid when. Month n is the n-th month from the start and counts in the fiscal year and quarter of "
    )
    purpose += "its first day; by month: see the sheet Months."
    widths = {LABEL: 43, FROM: 10.5} | dict.fromkeys(range(FIRST_LINE, TOTAL + 1), 10)
    sheet = framed(book, NAME, "result", "Cash flow", purpose, widths, freeze=(5, 2), header_rows=(1, 4))
    book.place("paid_by_year", Home(NAME, PATHS, FIRST_YEAR, down="path", along="fiscal_year"), "bare", "money")
    book.place("paid_first_quarter", Home(NAME, PATHS, FIRST_MONTHS, down="path"), "bare", "money")
    _paths(book, PATHS)
    row = title_of_plan(book)
    sheet.heights |= dict.fromkeys((4, row - 1), BETWEEN) | {row: 24}
    sheet.breaks.append(row)
    book.later(NAME, lambda: book.fetch(NAME, row, 1, book.at(plan.NAME, plan.TITLE, plan.WHAT), "answer"))
    linked(book, NAME, row + 1, LABEL, "plan_shown", "bare_line")
    sheet.heights[row + 1] = LINE_HEIGHT
    _heads(book, row + 3)
    book.later(NAME, lambda: _whole(book))
    _periods(book, years_top(book), "fiscal_year", "year_label", "year_of_month")
    # What is free where there are few fiscal years is then the end of their part of the table.
    _by_quarter(book, quarters_top(book) - 1)
    _periods(book, quarters_top(book), "quarter", "quarter_label", "quarter_of_month")
    last = quarters_top(book) + book.size("quarter") - 1
    headings = {row + 2: "The path in the plan, line by line: by fiscal year, then by quarter"}
    there, total = f'$A${years_top(book)}<>""', Area(whole(book), LABEL, whole(book), TOTAL)
    sheet.only_where(there, Area(row + 2, LABEL, last, TOTAL), headings, [total])


def _by_quarter(book: Book, row: int) -> None:
    """The heading of the quarters, with the units again."""
    book.sheets[NAME].put(row, LABEL, "By quarter", "band")
    _units(book, row, "band_unit")


def _units(book: Book, row: int, style: str) -> None:
    for column in range(FIRST_LINE, TOTAL + 1):
        unit_cell(book, NAME, row, column, "currency", style)
    book.sheets[NAME].put(row, FROM, "date", style)
    book.sheets[NAME].heights[row] = LINE_HEIGHT


def _heads(book: Book, row: int) -> None:
    sheet = book.sheets[NAME]
    sheet.put(row, LABEL, "Fiscal year or quarter", "head_left")
    sheet.put(row, FROM, "From", "head")
    sheet.row(row, FIRST_LINE, list(COLUMNS), "head")
    sheet.heights |= {row: HEAD_HEIGHT, row + 2: LINE_HEIGHT}
    _units(book, row + 1, "unit_centred")


def _style(column: int) -> str:
    return "bare_result" if column in (PAID, TOTAL) else "bare"


def _whole(book: Book) -> None:
    """All months of the horizon, line by line."""
    row = whole(book)
    book.sheets[NAME].put(row, LABEL, "Within the horizon", "bare_strong")
    for column, key in enumerate(COLUMNS.values(), FIRST_LINE):
        book.derive(NAME, row, column, summed, _style(column), "money", values=book.range(key))


def _periods(book: Book, top: int, dimension: str, names: str, of_month: str) -> None:
    """One row per fiscal year or quarter; those past the horizon are empty, and all where no path is chosen."""
    sheet, count = book.sheets[NAME], book.size(dimension)
    book.later(NAME, partial(_amounts, book, top, count, f"{names}_listed", of_month))
    sheet.heights |= dict.fromkeys(range(top, top + count), LINE_HEIGHT)
    last = f"{column_letters(TOTAL)}{top + count - 1}"
    sheet.highlights.append((f"A{top}:{last}", f'$A{top}=""', "hidden"))


def _amounts(book: Book, top: int, count: int, listed: str, of_month: str) -> None:
    home = book.homes[listed]
    number, name, first = (
        book.at(home.sheet, home.row, home.column + offset, down=count).each() for offset in range(3)
    )
    chosen = book.spot("plan_path")
    book.fill(NAME, top, LABEL, _shown, "bare_name", text=name, chosen=chosen)
    book.fill(NAME, top, FROM, _given, "bare", "date", value=first, chosen=chosen)
    for column, key in enumerate(COLUMNS.values(), FIRST_LINE):
        reads = {"of_month": book.range(of_month), "period": number, "amounts": book.range(key)}
        style = "bare_sum" if column in (PAID, TOTAL) else "bare"
        book.fill(NAME, top, column, in_period, style, "money", **reads)


def _shown(text, chosen):
    return np.where(chosen > 0, joined(text, ""), "")


def _given(value, chosen):
    return np.where(chosen > 0, value, np.nan)


def _paths(book: Book, top: int) -> None:
    """What every path comes to: the kinds of cost, and what is paid in the first three months and by fiscal year."""
    sheet, years = book.sheets[NAME], book.size("fiscal_year")
    sheet.section(
        top - 3, "All paths: each kind of cost, and what is paid in the first months and by fiscal year", TOTAL
    )
    sheet.put(top - 2, LABEL, "Path", "head_left")
    sheet.put(top - 2, FIRST_MONTHS, "First 3 months", "head")
    for column in range(FIRST_KIND, FIRST_YEAR + years):
        unit_cell(book, NAME, top - 1, column, "currency", "unit_centred")
    book.later(NAME, lambda: _year_heads(book, top - 2))
    for column, (label, key) in enumerate(KINDS.items(), FIRST_KIND):
        sheet.put(top - 2, column, label, "head")
        for at in range(len(book.structure.paths)):
            book.later(NAME, partial(_kind, book, top + at, column, key, at))
    sheet.heights[top - 2] = HEAD_HEIGHT
    rows = range(top - 1, top + len(book.structure.paths))
    sheet.heights |= dict.fromkeys(rows, LINE_HEIGHT)
    for at, path in enumerate(book.structure.paths):
        sheet.put(top + at, LABEL, path.label, "bare_name")
    first, last = column_letters(FIRST_YEAR), column_letters(FIRST_YEAR + years - 1)
    cells = f"{first}{top - 2}:{last}{top + len(book.structure.paths) - 1}"
    sheet.highlights.append((cells, f'{first}${top - 2}=""', "absent"))


def _year_heads(book: Book, row: int) -> None:
    home = book.homes["year_label"]
    for at in range(book.size("fiscal_year")):
        name = book.at(home.sheet, home.row, home.column + at).along()
        book.fetch(NAME, row, FIRST_YEAR + at, name, "head")


def _kind(book: Book, row: int, column: int, key: str, at: int) -> None:
    style = "bare_sum" if key in STRONG else "bare"
    book.fetch(NAME, row, column, book.spot(key, path=at).down(), style, "money")
