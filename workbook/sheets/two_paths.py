"""Two paths: the pair that is compared, month by month, to find when one overtakes the other for good."""

from __future__ import annotations

import numpy as np

from calc.reductions import picked, position, summed
from workbook.book import WORKING, Book, Spot
from workbook.sheets.frame import framed, unit_cell
from workbook.sheets.values import compared

NAME = "Two paths"
MONTHS, TOP = 60, 9
HEADS = (
    ("Month", "month"),
    ("First path, spent so far", "currency"),
    ("Second path, spent so far", "currency"),
    ("Who has spent less: 1 the first, -1 the second", "-1 / 0 / 1"),
    ("Leader at the horizon", "-1 / 0 / 1"),
    ("That leader is behind", "0/1"),
    ("Months from here on in which it is", "months"),
    ("It is ahead for good", "0/1"),
    ("Overtakes in month", "month"),
)
MONTH, FIRST, SECOND, LEAD, FINAL, BEHIND, LATER, GOOD, TURN = range(2, 11)


def add(book: Book) -> None:
    """The workings of the comparison of two paths."""
    purpose = "The two paths picked on Inputs, month by month: who has spent less, and from when on for good."
    widths = {1: 26} | {column: 15 for column in range(2, 11)}
    framed(book, NAME, "working", "Two paths compared", purpose, widths, freeze=(TOP, 2), header_rows=(1, TOP - 1))
    book.later(lambda: _fill(book), WORKING)


def number(book: Book, name: str) -> Spot:
    """The position of the path that is picked, among all paths; 0 where there is none."""
    return book.at(NAME, 5 if name == "compare_path" else 6, 2)


def turn(book: Book) -> Spot:
    """The month from which on one path stays ahead of the other; empty where it always was."""
    return book.at(NAME, TOP, TURN)


def leader(book: Book) -> Spot:
    """Who has spent less at the horizon: 1 the first path, -1 the second, 0 neither."""
    return book.at(NAME, TOP, FINAL)


def _fill(book: Book) -> None:
    sheet = book.sheets[NAME]
    for row, (label, name) in enumerate((("First path no.", "compare_path"), ("Second path no.", "compare_with")), 5):
        sheet.put(row, 1, label, "label")
        reads = {"choice": compared(book, name), "recommended": book.spot("recommended"), "second": book.spot("runner_up")}
        book.derive(NAME, row, 2, _number, "calc", "flag", **reads)
    for column, (label, unit) in enumerate(HEADS, 2):
        sheet.put(TOP - 2, column, label, "head")
        unit_cell(book, NAME, TOP - 1, column, unit, "unit_centred")
    sheet.heights[TOP - 2] = 54
    for at in range(MONTHS):
        _month(book, at)
    leads = book.at(NAME, TOP, LEAD, down=MONTHS)
    final = book.derive(NAME, TOP, FINAL, _final, "calc", "flag", leads=leads, horizon=book.spot("horizon_months"))
    for row in range(TOP, TOP + MONTHS):
        book.derive(NAME, row, BEHIND, _behind, "calc", "flag", lead=book.at(NAME, row, LEAD), final=final)
    behind, months = (book.at(NAME, TOP, column, down=MONTHS) for column in (BEHIND, MONTH))
    for row in range(TOP, TOP + MONTHS):
        month = book.at(NAME, row, MONTH)
        later = book.derive(NAME, row, LATER, _later, "calc", "flag", behind=behind, months=months, month=month)
        reads = {"lead": book.at(NAME, row, LEAD), "final": final, "later": later}
        book.derive(NAME, row, GOOD, _good, "calc", "flag", **reads)
    good = book.at(NAME, TOP, GOOD, down=MONTHS)
    book.derive(NAME, TOP, TURN, _turn, "calc", "flag", behind=behind, good=good)


def _month(book: Book, at: int) -> None:
    row = TOP + at
    book.derive(NAME, row, MONTH, lambda month: month * 1, "calc", "flag", month=book.spot("month", month=at))
    for column, name in ((FIRST, "compare_path"), (SECOND, "compare_with")):
        reads = {"values": book.range("cumulated", month=at), "at": number(book, name)}
        book.derive(NAME, row, column, _spent, "calc", "money", **reads)
    reads = {"first": book.at(NAME, row, FIRST), "second": book.at(NAME, row, SECOND)}
    book.derive(NAME, row, LEAD, _lead, "calc", "flag", **reads, inside=book.spot("in_horizon", month=at))


def _number(choice, recommended, second):
    return np.where(choice > 0, choice, np.where(choice == 0, recommended, second))


def _spent(values, at):
    return np.where(at > 0, picked(values, np.maximum(at, 1)), 0)


def _lead(first, second, inside):
    gap = np.round(second - first, 2)
    return inside * ((gap > 0) * 1 - (gap < 0) * 1)


def _final(leads, horizon):
    return picked(leads, horizon)


def _behind(lead, final):
    return np.where((lead == -final) * (final != 0) == 1, 1, 0)


def _later(behind, months, month):
    return summed(behind * (months >= month))


def _good(lead, final, later):
    return np.where((lead == final) * (final != 0) * (later == 0) == 1, 1, 0)


def _turn(behind, good):
    return np.where(summed(behind) > 0, position(1, good), np.nan)
