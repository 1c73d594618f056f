"""Summary: the answer on the first screen, and on one printed page."""

from __future__ import annotations

import numpy as np

from calc.reductions import picked
from workbook.book import Book, Spot
from workbook.formula.text import formatted, joined
from workbook.sheets.frame import currency, framed
from workbook.sheets.values import path_ids, path_labels

NAME = "Summary"
TABLE = 18
HEADS = ("Path", "Total cost", "Present value", "Weeks to stable", "Visible rate", "Real cost per hour", "Fit", "Standing")


def add(book: Book) -> None:
    """The sheet that answers the question."""
    purpose = "How should this work be sourced, what does it really cost, and what comes first?"
    widths = {1: 40, 2: 16, 3: 16, 4: 15, 5: 14, 6: 17, 7: 9, 8: 24}
    sheet = framed(
        book, NAME, "result", "Engagement Calculator", purpose, widths, freeze=(4, 1), header_rows=(0, 0), pages_tall=1
    )
    sheet.heights.update({5: 30, 7: 24})
    book.later(lambda: _answer(book))
    book.later(lambda: _table(book))


def _answer(book: Book) -> None:
    sheet = book.sheets[NAME]
    name, code = book.at(*book.names["in_name"]), currency(book)
    book.derive(NAME, 4, 1, lambda name: joined("Project: ", name), "lead", name=name)
    labels, ids = path_labels(book), path_ids(book)
    recommended, second = book.spot("recommended"), book.spot("runner_up")
    sheet.put(5, 1, "Recommended path", "lead")
    book.derive(NAME, 5, 2, _label("No path is left: the gates collide"), "answer", labels=labels, at=recommended)
    sheet.put(6, 1, "Its id", "label")
    book.derive(NAME, 6, 2, _label("none"), "calc_text", labels=ids, at=recommended)
    book.name("recommended_path", NAME, 6, 2)
    sheet.put(7, 1, "Total cost within the horizon", "label_strong")
    amount = book.derive(
        NAME, 7, 2, _value, "figure", "money", values=book.range("total"), at=recommended
    )
    book.derive(NAME, 7, 3, lambda code: joined(code, ""), "unit", code=code)
    sheet.put(8, 1, "Present value of it", "label")
    book.derive(NAME, 8, 2, _value, "calc", "money", values=book.range("npv"), at=recommended)
    book.derive(NAME, 8, 3, lambda code: joined(code, ""), "unit", code=code)
    sheet.put(9, 1, "Stable after", "label")
    book.derive(NAME, 9, 2, _value, "calc", "weeks", values=book.range("weeks_to_stable"), at=recommended)
    sheet.put(9, 3, "weeks", "unit")
    sheet.put(10, 1, "Next best", "label")
    book.derive(NAME, 10, 2, _label("none"), "calc_text", labels=labels, at=second)
    sheet.put(11, 1, "It costs more by", "label")
    other = {"values": book.range("total"), "at": second, "first": recommended}
    book.derive(NAME, 11, 2, _gap, "calc", "money", **other)
    book.derive(NAME, 11, 3, lambda code: joined(code, ""), "unit", code=code)
    del amount
    _why(book, labels, recommended)


def _why(book: Book, labels: Spot, recommended: Spot) -> None:
    """Reasons as sentences that follow the inputs."""
    sheet = book.sheets[NAME]
    sheet.put(13, 1, "Why", "lead")
    fit, tolerance = book.range("fit"), book.spot("recommendation_tolerance")
    book.derive(NAME, 14, 1, _fit_sentence, "text", fit=fit, at=recommended, tolerance=tolerance)
    cheapest, best = book.spot("cheapest"), book.spot("best_fitting")
    reads = {"labels": labels, "at": recommended, "cheapest": cheapest, "best": best}
    book.derive(NAME, 15, 1, _cheapest_sentence, "text", **reads)
    share, provisional = book.spot("completeness"), book.spot("provisional")
    book.derive(NAME, 16, 1, _answers_sentence, "text", share=share, provisional=provisional)


def _fit_sentence(fit, at, tolerance):
    known = joined(
        "It is the cheapest by present value among the paths whose fit is within ",
        formatted(tolerance, "0.00"),
        " of the best; its own fit is ",
        formatted(picked(fit, np.maximum(at, 1)), "0.00"),
        " on a scale to 1.",
    )
    return np.where(at > 0, known, "Every path is excluded by some gate; see the sheet Decision for the ones that collide.")


def _cheapest_sentence(labels, at, cheapest, best):
    different = joined(
        "Cheapest of all eligible: ",
        picked(labels, np.maximum(cheapest, 1)),
        "; best-fitting: ",
        picked(labels, np.maximum(best, 1)),
        ".",
    )
    same = (cheapest == at) * (best == at)
    return np.where(at > 0, np.where(same == 1, "It is both the cheapest and the best-fitting path.", different), "")


def _answers_sentence(share, provisional):
    answered = joined(formatted(share, "0%"), " of the questions are answered")
    return np.where(provisional == 1, joined(answered, ": the result is provisional."), joined(answered, "."))


def _label(empty: str):
    return lambda labels, at: np.where(at > 0, picked(labels, np.maximum(at, 1)), empty)


def _value(values, at):
    return np.where(at > 0, picked(values, np.maximum(at, 1)), np.nan)


def _gap(values, at, first):
    return np.where(at > 0, picked(values, np.maximum(at, 1)) - picked(values, np.maximum(first, 1)), np.nan)


def _table(book: Book) -> None:
    """Every path with its cost, and where it stands."""
    sheet = book.sheets[NAME]
    sheet.row(TABLE, 1, HEADS, "head")
    code = currency(book)
    for column in (2, 3):
        book.derive(NAME, TABLE + 1, column, lambda code: joined(code, ""), "unit_centred", code=code)
    for column in (5, 6):
        book.derive(NAME, TABLE + 1, column, lambda code: joined(code, "/h"), "unit_centred", code=code)
    sheet.put(TABLE + 1, 4, "weeks", "unit_centred")
    sheet.put(TABLE + 1, 7, "-1 to 1", "unit_centred")
    keys = (("total", "money"), ("npv", "money"), ("weeks_to_stable", "weeks"), ("headline_rate", "rate"),
            ("real_rate", "rate"), ("fit", "fit"))  # fmt: skip
    for at, path in enumerate(book.structure.paths):
        row = TABLE + 2 + at
        sheet.put(row, 1, path.label, "label")
        for column, (key, format) in enumerate(keys, 2):
            book.derive(NAME, row, column, lambda value: value * 1, "calc", format, value=book.spot(key, path=at))
        reads = {name: book.spot(name, path=at) for name in ("path", "eligible", "finished")}
        reads |= {"first": book.spot("recommended"), "second": book.spot("runner_up")}
        book.derive(NAME, row, 8, _standing, "calc_text", **reads)
    last = TABLE + 1 + len(book.structure.paths)
    cells = f"A{TABLE + 2}:H{last}"
    sheet.highlights.append((cells, f'$H{TABLE + 2}="recommended"', "chosen"))
    sheet.highlights.append((cells, f'LEFT($H{TABLE + 2},8)="excluded"', "muted"))
    sheet.heights[TABLE] = 30


def _standing(path, eligible, finished, first, second):
    late = np.where(finished == 1, "", " (core not done in time)")
    place = np.where(path == first, "recommended", np.where(path == second, "next best", "eligible"))
    return joined(np.where(eligible == 1, place, "excluded"), late)
