"""What is asked for: in all, by fiscal year, and against the budget."""

from __future__ import annotations

import numpy as np

from calc.reductions import picked_or
from calc.sentences import board
from calc.sentences.tracking import headroom_head
from workbook.write.book import Book, Spot
from workbook.write.sheets import ranking, simulation
from workbook.write.sheets.actuals import is_tracked
from workbook.write.sheets.heading import currency
from workbook.write.sheets.summary.page import LAST, NAME, SMALL, Page, blank_or_number, of_path, same

YEARS = 6
INVOICED = "Invoiced: audit, core. Chance: simulated."


def asked_for(page: Page) -> None:
    page.section("What is asked for")
    rows = [(page.next(SMALL), page.next(15)) for _ in range(3)]
    page.later(_paid, *rows[0])
    page.later(_by_year, *rows[1])
    page.later(_budget, *rows[2])


def _labelled(book: Book, row: int, label: str) -> None:
    """What a row of figures is, and at its end the currency."""
    book.sheets[NAME].put(row, 1, label, "row_label")
    book.derive(NAME, row, LAST, same, "unit_side", text=currency(book))


def _paid(book: Book, heads: int, row: int) -> None:
    sheet, at = book.sheets[NAME], {"at": book.spot("recommended")}
    _labelled(book, row, "To be paid within the horizon")
    figures = (
        ("In all", book.range("paid"), "figure"),
        ("First quarter", book.range("paid_first_quarter"), "figure"),
        ("Half sure (P50)", _simulated(book, simulation.PAID_LEVELS[0][0]), "figure"),
        ("80% sure (P80)", _simulated(book, simulation.PAID_LEVELS[1][0]), "figure"),
        ("Leader's time", book.range("own_time"), "figure_soft"),
        ("Losses", book.range("losses"), "figure_soft"),
    )
    for column, (head, values, style) in enumerate(figures, 2):
        sheet.put(heads, column, head, "figure_head")
        book.derive(NAME, row, column, of_path, style, "money", values=values, **at)
    book.derive(NAME, heads, 1, board.simulated_by, "note_plain", trials=simulation.trials_per_path(book))
    book.derive(NAME, heads, LAST, board.on_top, "note_in", status=book.spot("status"))


def _simulated(book: Book, head: str) -> Spot:
    """A column of the live simulation, path by path, by its head."""
    heads = [label for label, _ in (*simulation.LEVELS, *simulation.PAID_LEVELS)]
    column = simulation.LEVEL + heads.index(head)
    return book.at(simulation.NAME, simulation.TOP + 2, column, down=len(book.structure.paths))


def _by_year(book: Book, heads: int, row: int) -> None:
    _labelled(book, row, "Of that, by fiscal year")
    names = book.homes["year_label"]
    for year in range(YEARS):
        label = book.at(names.sheet, *names.cell({"fiscal_year": year}))
        book.derive(NAME, heads, 2 + year, same, "figure_head", text=label)
        reads = {"values": book.range("paid_by_year", fiscal_year=year), "at": book.spot("recommended")}
        book.derive(NAME, row, 2 + year, _of_year, "figure_soft", "money", **reads, label=label)
    book.derive(NAME, heads, LAST, board.begins_in, "note_in", fiscal_month=book.spot("fiscal_month"))


def _of_year(values, at, label):
    return np.where(label == "", np.nan, picked_or(values, at, np.nan))


def _budget(book: Book, heads: int, row: int) -> None:
    sheet = book.sheets[NAME]
    _labelled(book, row, "Against the budget")
    figures = (("Budget", "budget", "figure"), ("Invoiced", "recommended_invoiced", "figure"),
               ("Headroom", "headroom", "figure"))  # fmt: skip
    for column, (head, key, style) in enumerate(figures, 2):
        sheet.put(heads, column, head, "figure_head")
        book.derive(NAME, row, column, blank_or_number, style, "money", value=book.spot(key))
    sheet.put(heads, 5, "Chance above", "figure_head")
    chance = book.at(*book.names["recommended_chance_above"])
    book.derive(NAME, row, 5, blank_or_number, "figure", "percent", value=chance)
    book.derive(NAME, heads, LAST, _budget_note, "note_in", budget=book.spot("budget"))
    sheet.highlights.append((f"D{row}", f"$D${row}<0", "bad"))
    if is_tracked(book) or ranking.has_actuals(book):
        forecast = book.at(*book.names[ranking.HEADROOM])
        book.derive(NAME, heads, 6, headroom_head, "figure_head", headroom=forecast)
        book.derive(NAME, row, 6, blank_or_number, "figure_soft", "money", value=forecast)
        # A cell without a figure holds an empty text, which is greater than any number.
        sheet.highlights.append((f"F{row}", f"$F${row}<0", "bad"))


def _budget_note(budget):
    return np.where(np.isnan(budget), "No budget given. Invoiced: audit, core.", INVOICED)
