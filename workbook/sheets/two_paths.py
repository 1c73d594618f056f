"""Two paths: the pair that is compared, month by month, to find when one overtakes the other for good."""

from __future__ import annotations

import numpy as np

from calc.native import rounded
from calc.reductions import picked, position, summed
from workbook.book import WORKING, Book, Spot
from workbook.sheets.frame import framed, unit_cell
from workbook.sheets.values import compared

NAME = "Two paths"
MONTHS, FIRST_MONTH, VALUE = 60, 4, 3
PICKS = {5: ("First path", "compare_path"), 6: ("Second path", "compare_with")}
MONTH, FIRST, SECOND, LEAD, FINAL, BEHIND, LATER, GOOD, TURN = range(8, 17)
LABELS = {
    MONTH: ("Month", "month"),
    FIRST: ("First path, spent so far", "currency"),
    SECOND: ("Second path, spent so far", "currency"),
    LEAD: ("Who has spent less: 1 the first, -1 the second", "-1 / 0 / 1"),
    FINAL: ("The leader at the horizon", "-1 / 0 / 1"),
    BEHIND: ("That leader is behind", "0/1"),
    LATER: ("Months from here on in which it is", "months"),
    GOOD: ("It is ahead for good", "0/1"),
    TURN: ("Month in which it overtakes; empty: it always led", "month"),
}


def add(book: Book) -> None:
    """The workings of the comparison of two paths."""
    purpose = "The two paths picked on Inputs, month by month: who has spent less, and from when on for good."
    widths = {1: 48, 2: 14, 3: 12} | {FIRST_MONTH + at: 10 for at in range(MONTHS)}
    framed(book, NAME, "working", "Two paths compared", purpose, widths, freeze=(5, FIRST_MONTH), header_rows=(1, 4))
    book.later(lambda: _fill(book), WORKING)


def number(book: Book, name: str) -> Spot:
    """The position of the path that is picked, among all paths; 0 where there is none."""
    return book.at(NAME, next(row for row, pick in PICKS.items() if pick[1] == name), VALUE)


def turn(book: Book) -> Spot:
    """The month from which on one path stays ahead of the other; empty where it always was."""
    return book.at(NAME, TURN, VALUE)


def leader(book: Book) -> Spot:
    """Who has spent less at the horizon: 1 the first path, -1 the second, 0 neither."""
    return book.at(NAME, FINAL, VALUE)


def _fill(book: Book) -> None:
    sheet = book.sheets[NAME]
    for row, (label, name) in PICKS.items():
        sheet.put(row, 1, label, "label")
        sheet.put(row, 2, "path", "unit")
        choice = compared(book, name).down()
        reads = {"choice": choice, "recommended": book.spot("recommended"), "second": book.spot("runner_up")}
        book.derive(NAME, row, VALUE, _number, "calc", "flag", **reads)
    for row, (label, unit) in LABELS.items():
        sheet.put(row, 1, label, "label")
        unit_cell(book, NAME, row, 2, unit)
    columns = range(FIRST_MONTH, FIRST_MONTH + MONTHS)
    for at, column in enumerate(columns):
        month = book.spot("month", month=at).along()
        book.fetch(NAME, MONTH, column, month, "head", "flag")
        for row, (_, name) in zip((FIRST, SECOND), PICKS.values(), strict=True):
            reads = {"values": book.range("cumulated", month=at).along(), "at": number(book, name)}
            book.derive(NAME, row, column, _spent, "calc", "money", **reads)
        reads = {"first": book.at(NAME, FIRST, column), "second": book.at(NAME, SECOND, column)}
        inside = book.spot("in_horizon", month=at).along()
        book.derive(NAME, LEAD, column, _lead, "calc", "flag", **reads, inside=inside)

    def row_of(row: int) -> Spot:
        return book.at(NAME, row, FIRST_MONTH, along=MONTHS)

    reads = {"leads": row_of(LEAD), "horizon": book.spot("horizon_months")}
    final = book.derive(NAME, FINAL, VALUE, _final, "calc", "flag", **reads)
    for column in columns:
        lead = book.at(NAME, LEAD, column)
        book.derive(NAME, BEHIND, column, _behind, "calc", "flag", lead=lead, final=final)
    for column in columns:
        reads = {"behind": row_of(BEHIND), "months": row_of(MONTH), "month": book.at(NAME, MONTH, column)}
        later = book.derive(NAME, LATER, column, _later, "calc", "flag", **reads)
        book.derive(
            NAME, GOOD, column, _good, "calc", "flag", lead=book.at(NAME, LEAD, column), final=final, later=later
        )
    book.derive(NAME, TURN, VALUE, _turn, "calc", "flag", behind=row_of(BEHIND), good=row_of(GOOD))


def _number(choice, recommended, second):
    return np.where(choice > 0, choice, np.where(choice == 0, recommended, second))


def _spent(values, at):
    return np.where(at > 0, picked(values, np.maximum(at, 1)), 0)


def _lead(first, second, inside):
    gap = rounded(second - first, 2)
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
