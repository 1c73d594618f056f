"""Summary: the answer on the first screen, and on one printed page."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from calc.quantities.lines import LINES
from calc.reductions import picked, picked_or, whole
from calc.sentences import alerts
from workbook.write.book import Book, Spot
from workbook.write.charts.make import Line, Picture, area, bars
from workbook.write.formula.text import amount, formatted, joined
from workbook.write.palette import LINE_COLOURS
from workbook.write.sheets import costs, sensitivity, simulation
from workbook.write.sheets.heading import currency, framed
from workbook.write.sheets.values import path_ids, path_labels

NAME = "Summary"
ALERT, FIGURES, WHY, FLIPS, TABLE = 6, 7, 11, 18, 24
# The columns of the number that ends a sentence, in a cell of its own, and of its unit.
NUMBER, UNIT = 7, 8
SCALE = "-1 to 1"
HEADS = (
    "Path",
    "Total cost",
    "Present value",
    "Weeks to stable",
    "Visible rate",
    "Real cost per hour",
    "Fit",
    "Standing",
)
WIDTHS = {1: 40, 2: 18, 3: 18, 4: 18, 5: 18, 6: 18, 7: 12, 8: 30}


def add(book: Book) -> None:
    """The sheet that answers the question."""
    purpose = "How should this work be sourced, what does it really cost, and what comes first?"
    sheet = framed(
        book, NAME, "result", "Engagement Calculator", purpose, WIDTHS, freeze=(4, 1), header_rows=(0, 0),
        landscape=False, pages_tall=1,
    )  # fmt: skip
    for column, target in enumerate(("Inputs", "Decision", "Comparison", "Plan", "Simulation", "Checks"), 3):
        sheet.link(3, column, target, target)
    sheet.heights.update({4: 22, 5: 34, FIGURES + 1: 28})
    book.later(NAME, lambda: _answer(book))
    book.name("alert_currency", NAME, ALERT, 1)
    book.later(NAME, lambda: _alert(book))
    book.later(NAME, lambda: _figures(book))
    book.later(NAME, lambda: _why(book))
    book.later(NAME, lambda: _flips(book))
    book.later(NAME, lambda: _table(book))
    book.later(NAME, lambda: _chart(book))


def _answer(book: Book) -> None:
    sheet = book.sheets[NAME]
    book.derive(NAME, 4, 1, lambda name: joined("Project: ", name), "lead_line", name=book.at(*book.names["in_name"]))
    sheet.put(5, 1, "Recommended path", "lead")
    at = book.spot("recommended")
    book.derive(NAME, 5, 2, _label("None: no path passes every gate"), "answer", labels=path_labels(book), at=at)
    book.derive(NAME, 5, 8, _label("none"), "id", labels=path_ids(book), at=at)
    book.name("recommended_path", NAME, 5, 8)


def _alert(book: Book) -> None:
    """What to know before reading on, beside the answer."""
    reads = {"alert_currency": book.spot("alert_currency"), "code": currency(book)}
    book.derive(NAME, ALERT, 1, alerts.currency, "alert", **reads)


def _figures(book: Book) -> None:
    """The figures that a board asks for first."""
    sheet, code = book.sheets[NAME], currency(book)
    recommended = {"at": book.spot("recommended")}
    spread = {name: _simulated(book, column) for name, column in
              (("low", simulation.P10), ("high", simulation.P90), ("chance", simulation.CHANCE))}  # fmt: skip
    tiles: tuple[tuple[str, Callable, dict[str, Spot], str | None, str], ...] = (
        ("Total cost within the horizon", _value, {"values": book.range("total")} | recommended, "", "money"),
        ("Present value", _value, {"values": book.range("npv")} | recommended, "", "money"),
        ("Stable after", _value, {"values": book.range("weeks_to_stable")} | recommended, None, "weeks"),
        ("Real cost per hour", _value, {"values": book.range("real_rate")} | recommended, "/h", "rate"),
        ("Low end of the range (P10)", _value, {"values": spread["low"]} | recommended, "", "money"),
        ("High end (P90)", _value, {"values": spread["high"]} | recommended, "", "money"),
        ("Cheapest in", _value, {"values": spread["chance"]} | recommended, None, "percent"),
        ("The next best costs more by", _given, {"value": book.spot("runner_up_costs_more")}, "", "money"),
    )
    for column, (label, function, reads, unit, format) in enumerate(tiles, 1):
        sheet.put(FIGURES, column, label, "tile_label")
        book.derive(NAME, FIGURES + 1, column, function, "figure", format, **reads)
        if unit is None:
            sheet.put(FIGURES + 2, column, "weeks" if format == "weeks" else "of the trials", "tile_unit")
        else:
            book.derive(NAME, FIGURES + 2, column, _unit(unit), "tile_unit", code=code)


def _unit(rest: str) -> Callable:
    return lambda code: joined(code, rest)


def _simulated(book: Book, column: int) -> Spot:
    """A column of the simulation, path by path."""
    return book.at(simulation.NAME, simulation.TOP + 2, column, down=len(book.structure.paths))


def _why(book: Book) -> None:
    """Reasons as sentences that follow the inputs."""
    labels, at = path_labels(book), book.spot("recommended")
    book.sheets[NAME].section(WHY, "Why", len(WIDTHS))
    book.derive(NAME, WHY + 1, 1, _fit_sentence, "text", at=at)
    book.derive(NAME, WHY + 1, NUMBER, _value, "calc", "fit", values=book.range("fit"), at=at)
    book.derive(NAME, WHY + 1, UNIT, lambda at: np.where(at > 0, SCALE, ""), "unit", at=at)
    book.sheets[NAME].put(WHY + 2, 1, "A fit counts as close to the best when it is lower by no more than:", "text")
    book.fetch(NAME, WHY + 2, NUMBER, book.spot("recommendation_tolerance"), "calc", "fit")
    book.sheets[NAME].put(WHY + 2, UNIT, SCALE, "unit")
    reads = {"labels": labels, "at": at, "cheapest": book.spot("cheapest"), "best": book.spot("best_fitting")}
    reads["both"] = book.spot("recommended_is_both")
    book.derive(NAME, WHY + 3, 1, _cheapest_sentence, "text", **reads)
    reads = {"eligible": book.spot("eligible_paths"), "paths": book.spot("path", path=len(book.structure.paths) - 1)}
    book.derive(NAME, WHY + 4, 1, _gates_sentence, "text", **reads)
    reads = {"labels": labels, "second": book.spot("runner_up"), "totals": book.range("total"), "code": currency(book)}
    book.derive(NAME, WHY + 5, 1, _second_sentence, "text", **reads)
    reads = {"share": book.spot("completeness"), "provisional": book.spot("provisional")}
    book.derive(NAME, WHY + 6, 1, _answers_sentence, "text", **reads)


def _fit_sentence(at):
    known = "It costs least in present value among the eligible paths whose fit is close to the best. Its own fit is:"
    return np.where(at > 0, known, "Every path is excluded by some gate; the sheet Decision shows which gates collide.")


def _cheapest_sentence(labels, at, cheapest, best, both):
    different = joined(
        "Cheapest of all eligible paths: ",
        picked(labels, cheapest),
        "; best-fitting: ",
        picked(labels, best),
        ".",
    )
    return np.where(at > 0, np.where(both == 1, "It is both the cheapest and the best-fitting of them.", different), "")


def _gates_sentence(eligible, paths):
    return joined(
        formatted(eligible, "0"), " of ", formatted(paths, "0"), " paths are eligible; gates exclude the rest."
    )


def _second_sentence(labels, second, totals, code):
    known = joined(
        "Next best: ", picked(labels, second), ", at a total cost of ", amount(picked(totals, second)), " ", code, "."
    )
    return np.where(second > 0, known, "There is no other eligible path.")


def _answers_sentence(share, provisional):
    answered = joined(formatted(share, "0%"), " of the questions are answered")
    return np.where(provisional == 1, joined(answered, ": the result is provisional."), joined(answered, "."))


def _flips(book: Book) -> None:
    """The first single changes that would flip the recommendation, as computed when the workbook was made."""
    book.sheets[NAME].section(FLIPS, "What would change it", len(WIDTHS))
    for at in range(2):
        cells = sensitivity.answer_flip(book, at)
        function = _first_flip_sentence if at == 0 else _flip_sentence
        book.derive(NAME, FLIPS + 1 + at, 1, function, "text", **cells)
    flip = sensitivity.nearest_value_flip(book)
    book.derive(NAME, FLIPS + 3, 1, _figure_sentence, "text", figure=flip["figure"], path=flip["path"])
    book.derive(NAME, FLIPS + 3, NUMBER, _given, "calc", "number", value=flip["value"])
    book.derive(NAME, FLIPS + 3, UNIT, lambda unit: joined(unit, ""), "unit", unit=flip["unit"])
    book.derive(NAME, FLIPS + 4, 1, _state_sentence, "note_line", state=sensitivity.state_of_flips(book))


def _flip_sentence(question, answer, path):
    return np.where(question == "", "", joined("“", question, "” answered ", answer, ": ", path, "."))


def _first_flip_sentence(question, answer, path):
    changed = joined("“", question, "” answered ", answer, ": ", path, ".")
    return np.where(question == "", "No other answer to a single question would change it.", changed)


def _figure_sentence(figure, path):
    changed = joined(figure, " would change it to ", path, " at:")
    return np.where(figure == "", "No single figure would change it within its range.", changed)


def _given(value):
    return np.where(np.isnan(value), np.nan, value)


def _state_sentence(state):
    return joined("These changes: ", state, ". All of them are on the sheet Sensitivity.")


def _label(empty: str) -> Callable:
    return lambda labels, at: picked_or(labels, at, empty)


def _value(values, at):
    return picked_or(values, at, np.nan)


def _table(book: Book) -> None:
    """Every path with its cost, and where it stands."""
    sheet, code = book.sheets[NAME], currency(book)
    sheet.row(TABLE, 1, HEADS, "head")
    for column, rest in ((2, ""), (3, ""), (5, "/h"), (6, "/h")):
        book.derive(NAME, TABLE + 1, column, _unit(rest), "unit_centred", code=code)
    sheet.put(TABLE + 1, 4, "weeks", "unit_centred")
    sheet.put(TABLE + 1, 7, SCALE, "unit_centred")
    keys = (("total", "money"), ("npv", "money"), ("weeks_to_stable", "weeks"), ("headline_rate", "rate"),
            ("real_rate", "rate"), ("fit", "fit"))  # fmt: skip
    for at, path in enumerate(book.structure.paths):
        row = TABLE + 2 + at
        sheet.put(row, 1, path.label, "label")
        for column, (key, format) in enumerate(keys, 2):
            book.fetch(NAME, row, column, book.spot(key, path=at), "calc", format)
        reads = {name: book.spot(name, path=at) for name in ("standing", "finished")}
        book.derive(NAME, row, 8, _standing, "standing", **reads)
    last = TABLE + 1 + len(book.structure.paths)
    cells = f"A{TABLE + 2}:H{last}"
    sheet.highlights.append((cells, f'LEFT($H{TABLE + 2},11)="recommended"', "chosen"))
    sheet.highlights.append((cells, f'LEFT($H{TABLE + 2},8)="excluded"', "muted"))
    sheet.heights[TABLE] = 30


def _standing(standing, finished):
    late = np.where(finished == 1, "", " (core not done in time)")
    return joined(np.choose(whole(standing), ["excluded", "eligible", "next best", "recommended"]), late)


def _chart(book: Book) -> None:
    """Cost per path by line."""
    count, top = len(book.structure.paths), costs.TOP
    home = book.homes["labour_total"]
    lines = [
        Line(
            area(home.sheet, top, home.column + at),
            area(home.sheet, top + 3, home.column + at, count),
            LINE_COLOURS[line],
        )
        for at, line in enumerate(LINES)
    ]
    names = area(home.sheet, top + 3, 1, count)
    chart = bars(
        "Cost of every path within the horizon, by line", names, lines, "Project currency", (33, 13), stacked=True
    )
    alt = "Stacked bars per path: labour, hidden scope, rework, onboarding, coordination, review, replacement, "
    alt += "rewrite, hiring, feature work, retainer, support and instability within the horizon."
    book.sheets[NAME].charts.append(Picture(TABLE + 3 + count, 1, chart, alt))
