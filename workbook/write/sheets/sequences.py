"""Sequences: the best of all sequences of phases, searched once in Python; only in workbooks with the one-off studies."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from workbook.files.address import column_letters
from workbook.write.book import Book
from workbook.write.charts.picture import Picture, Point, area, from_cell
from workbook.write.charts.scatter import cloud
from workbook.write.once.designs import FRONTIER, PHASES, WAYS_SHOWN
from workbook.write.once.studies import cell
from workbook.write.palette import CHOSEN
from workbook.write.palette import FRONTIER as ON_FRONTIER
from workbook.write.sheets import simulation
from workbook.write.sheets.comparison import FIT
from workbook.write.sheets.heading import framed, linked, unit_cell

NAME = "Sequences"
LAST = 12
WIDTHS = {1: 42} | dict.fromkeys(range(2, 6), 10.5) | dict.fromkeys(range(6, 11), 9.5) | {11: 7, 12: 6.5}
COLUMNS = (
    ("Sequence", "text", "text"), ("Starts", "date", "date"), ("Opening done", "date", "date"),
    ("Prototype done", "date", "date"), ("Core done", "date", "date"), ("To be paid", "currency", "money"),
    ("Own time", "currency", "money"), ("Losses", "currency", "money"), ("Same scope", "currency", "money"),
    ("Saves", "currency", "money"), ("Stable after", "weeks", "weeks"), ("Fit", "share", "percent"),
)  # fmt: skip
WAYS = (
    ("Sequence with a first step", "text", "text"), ("First step done", "date", "date"), ("Paid by then", "currency", "money"),
    ("To go on", "currency", "money"), ("To switch", "currency", "money"), ("Switch to", "text", "text"),
)  # fmt: skip
STEPS = (("Phase of the recommended sequence", "text", "text"), ("Starts", "date", "date"), ("Ends", "date", "date"))
# The first row of each table, below its heads and their units: the phases with the chart below them, then the ways on, of
# which there are few, and last the list whose length differs most, so that what it leaves free is the end of the page.
STEP = 11
CHART = STEP + PHASES + 1
CHART_SIZE, CHART_ROWS = (28.4, 11), 22
WAY = CHART + CHART_ROWS + 4
TOP = WAY + WAYS_SHOWN + 4
# How the one row of a list begins that has none.
NONE = "None "
# The height of a line.
LINE_HEIGHT = 12.75
# What the chart reads, at the side of what is printed.
ALL = 15


def add(book: Book) -> None:
    """The frontier, what each way on costs after its first step, the phases of the best sequence, and all as a chart."""
    purpose = (
        "Every sequence of phases that is possible, judged by the same rules: those that no other beats, and the best."
    )
    sheet = framed(book, NAME, "result", "The best sequence", purpose, WIDTHS, freeze=(5, 2), header_rows=(1, 4),
                   landscape=False)  # fmt: skip
    linked(book, NAME, 5, 1, "sequence_line", "label_line")
    how = "To have the best ones beside the others: engagement design SCENARIO --add FILE writes them as user-defined paths."
    sheet.put(6, 1, how, "listed")
    designs = book.studies.designs
    _table(book, TOP, "What no other sequence beats in fit, cost and time; saves: against the best published path", COLUMNS,
           FRONTIER, [design.frontier or _none("can be taken", COLUMNS) for design in designs])  # fmt: skip
    title = "Paid after the first step, and what each way on then costs; to stop costs nothing more"
    _table(
        book,
        WAY,
        title,
        WAYS,
        WAYS_SHOWN,
        [design.ways or _none("begins with such a step", WAYS) for design in designs],
    )
    phases = [design.phases or _none("is recommended", STEPS) for design in designs]
    _table(book, STEP, "The phases of the recommended sequence", STEPS, PHASES, phases, last=len(STEPS))
    _all(book)
    book.later(NAME, lambda: _chart(book))
    book.later(NAME, lambda: _markers(book))
    sheet.breaks = [TOP - 3]
    sheet.print_to = (TOP + FRONTIER, LAST)


def _none(said: str, columns: Sequence[tuple[str, str, str]]) -> list[tuple]:
    """The one row of a list that has none."""
    return [(NONE + said, *("" if format == "text" else np.nan for _, _, format in columns[1:]))]


def _markers(book: Book) -> None:
    """Whether the results were computed for the inputs in the cells."""
    # Beside the titles; that of the phases has no room, and the line of units below it does.
    for row, column, style in (
        (TOP - 3, LAST - 3, "section_note"),
        (WAY - 3, LAST - 3, "section_note"),
        (STEP - 1, 1, "check"),
    ):
        simulation.marker(book, NAME, row, column, style)


def _table(
    book: Book,
    top: int,
    title: str,
    columns: Sequence[tuple[str, str, str]],
    count: int,
    rows: list[list[tuple]],
    last: int = LAST,
) -> None:
    """A list, and above it its title, with a rule up to the last column, the heads and their units."""
    sheet = book.sheets[NAME]
    sheet.section(top - 3, title, last)
    for column, (head, unit, format) in enumerate(columns, 1):
        is_text = format == "text"
        sheet.put(top - 2, column, head, "head_left" if is_text else "head")
        if not is_text:
            unit_cell(book, NAME, top - 1, column, unit, "unit_centred")
        for at in range(count):
            value = cell(rows, at, column - 1, "" if is_text else np.nan)
            style = "bare" if not is_text else "listed_name" if column == 1 else "listed_text"
            sheet.put(top + at, column, value, style, "general" if is_text else format)
    # A list of none is the sentence that says so, alone; in the line of units the first cell may say more.
    end = column_letters(len(columns))
    heads = f"A{top - 2}:{end}{top - 2} B{top - 1}:{end}{top - 1}"
    sheet.highlights.append((heads, f'LEFT($A${top},5)="{NONE}"', "absent"))
    sheet.heights |= {top - 2: 30} | dict.fromkeys(range(top - 1, top + count), LINE_HEIGHT)


def _all(book: Book) -> None:
    """The points of all sequences; then those of the frontier and the recommended one, as the chart marks them."""
    sheet, designs = book.sheets[NAME], book.studies.designs
    heads = ("All sequences: cost", "All sequences: fit", "On the frontier: cost", "On the frontier: fit",
             "Recommended: cost", "Recommended: fit")  # fmt: skip
    sheet.row(TOP - 2, ALL, heads, "head")
    for column in range(ALL, ALL + len(heads)):
        unit_cell(book, NAME, TOP - 1, column, "share" if (column - ALL) % 2 else "currency", "unit_centred")
    points = np.array([design.points for design in designs])
    for at in range(points.shape[1]):
        for number, format in enumerate(("money", "percent")):
            sheet.put(TOP + at, ALL + number, points[:, at, number], "listed_number", format)
    sheet.put(TOP - 3, ALL, np.array([_titled(design.best) for design in designs]), "listed")
    marked = [_marked(design.frontier) for design in designs]
    for at in range(FRONTIER):
        for number, format in enumerate(("money", "percent")):
            value = np.array([points[at][number] for points in marked])
            sheet.put(TOP + at, ALL + 2 + number, value, "listed_number", format)
    chosen = [_marked([row for row in design.frontier if row[0] == design.best])[0] for design in designs]
    for number, format in enumerate(("money", "percent")):
        value = np.array([point[number] for point in chosen])
        sheet.put(TOP, ALL + 4 + number, value, "listed_number", format)


def _titled(best: str) -> str:
    diamond = ", diamond: recommended)" if best else "; nothing is recommended)"
    return f"Cost of the same scope against fit (dot: a sequence, cross: on the frontier{diamond}"


def _marked(rows: list[tuple]) -> list[tuple[float, float]]:
    """Cost and fit of each, as often as the chart has points: the first again where there are fewer, below the axis for none."""
    cost, fit = (next(at for at, (head, *_) in enumerate(COLUMNS) if head == name) for name in ("Same scope", "Fit"))
    points = [(float(row[cost]), float(row[fit])) for row in rows] or [(0.0, -2.0)]
    return points + points[:1] * (FRONTIER - len(points))


def _chart(book: Book) -> None:
    def series(column: int, count: int) -> Point:
        return Point(area(NAME, TOP - 2, column), area(NAME, TOP, column, count), area(NAME, TOP, column + 1, count))

    everything = series(ALL, len(book.studies.designs[0].points))
    marked = ((series(ALL + 2, FRONTIER), ON_FRONTIER), (series(ALL + 4, 1), CHOSEN))
    money = from_cell(area(*book.names["axis_money"]))
    chart = cloud(from_cell(area(NAME, TOP - 3, ALL)), everything, marked, money, FIT, CHART_SIZE)
    alt = "Points by the cost of the same scope and the fit, one a sequence; crosses mark those that no other sequence equals "
    alt += "or beats in fit, cost and time, a diamond the recommended one."
    book.sheets[NAME].charts.append(Picture(CHART, 1, chart, alt))
