"""Values: the figures in force, in the project's currency and the chosen case, from inputs and parameters."""

from __future__ import annotations

from functools import partial

import numpy as np

from calc import catalogue
from calc.inputs import INPUTS
from calc.model import CASES
from calc.quantity import QUANTITIES
from calc.reductions import picked, position
from calc.scenario.schema import ESTIMATES, FIELDS
from calc.structure import COLUMNS
from workbook.write.book import Book, Spot
from workbook.write.edition import Edition
from workbook.write.formula.expression import Home
from workbook.write.picks import PATHS
from workbook.write.sheets.columns import table
from workbook.write.sheets.heading import framed, unit_cell

NAME = "Values"
PARAMETER_COLUMNS = (
    "parameter_id", "model_of_row", "in_dollars", "from_seller", "high_is_better", "located", "place_factor", "conversion",
    "in_us", "low", "likely", "high", "best", "worst", "value",
)  # fmt: skip
# What the live trials alone read of a figure; a light workbook has none.
OF_TRIALS = ("is_overrun", "history_low", "history_likely", "history_high", "tail")
# The choices beside the ids of paths, and the model's number for each.
UNNAMED = {"next best": -1, "recommended": 0}
# Input of the model -> the choice that sets it.
CHOICES = {"plan_choice": "plan_path", "first_choice": "compare_path", "second_choice": "compare_with"}
NUMBER, PICKED = 3, 7  # the columns of all positions, and of those that are picked
SEARCHED = 7  # the first column of the ranges in which break-evens are looked for
TAILS = 13  # and of what says whether an estimate has a tail; why a break-even is looked for so far is at column 12
SCALARS = (
    "weeks_per_month", "horizon_weeks", "horizon_factor", "leader_rate_in_force", "instability_monthly",
    "constrains_later", "needs_support", "start_workday", "months_before_start", "quarters_before_start", "first_fiscal_year",
    "years_in_horizon", "quarters_in_horizon", "horizon_end",
)  # fmt: skip


def add(book: Book) -> None:
    """The workings between the inputs and the phases."""
    purpose = "Every figure in force: published or your own, in the project's currency, in the chosen case."
    widths = {1: 26, 2: 34, 3: 24, 4: 14}
    sheet = framed(book, NAME, "working", "Values in force", purpose, widths, freeze=(5, 3), header_rows=(1, 4))
    row = _lists(book, 5)
    row = _settings(book, row + 1)
    row = _estimates(book, row + 1)
    row = _scalars(book, row + 1)
    row = _models(book, row + 1)
    _parameters(book, row + 1)
    sheet.widths.update(dict.fromkeys(range(5, 16), 13))


def _lists(book: Book, row: int) -> int:
    """The cases with the one that is chosen, and the paths by position, id and label."""
    sheet = book.sheets[NAME]
    row = sheet.section(row, "Cases and paths", 14)
    sheet.row(row, 1, ["Case", "Chosen case", "Position of the case", "Unit"], "head_left")
    sheet.put(row + 1, 4, "position", "unit")
    for at, case in enumerate(CASES):
        sheet.put(row + 1 + at, 1, case, "calc_text")
    cases = book.at(NAME, row + 1, 1, down=len(CASES))
    chosen = row + 1
    book.settle("case_number", Home(NAME, chosen, 3))
    book.later(NAME, lambda: _case(book, chosen, cases))
    row += len(CASES) + 2
    sheet.row(
        row,
        1,
        ["Path id", "Path", "Path no.", "Picked for", "If empty", "Picked", "Picked path no.", "Unit"],
        "head_left",
    )
    first, paths = row + 1, book.structure.paths
    for at, (text, number) in enumerate(UNNAMED.items(), first):
        sheet.put(at, 1, text, "id")
        sheet.put(at, NUMBER, number, "fixed", "flag")
    for at, path in enumerate(paths):
        sheet.put(first + len(UNNAMED) + at, 1, path.id, "id")
        sheet.put(first + len(UNNAMED) + at, 2, path.label, "calc_text")
        sheet.put(first + len(UNNAMED) + at, NUMBER, at + 1, "fixed", "flag")
    book.settle("path_choices", Home(NAME, first, 1))
    book.settle("path_ids", Home(NAME, first + len(UNNAMED), 1, down="path"))
    book.settle("path_labels", Home(NAME, first + len(UNNAMED), 2, down="path"))
    for at, key in enumerate(CHOICES):
        book.settle(key, Home(NAME, first + at, PICKED))
    book.later(NAME, lambda: _picks(book, first))
    return first + len(UNNAMED) + len(paths)


def _picks(book: Book, row: int) -> None:
    """The paths picked for the plan and for the comparison: 0 for the recommended one, -1 for the next best."""
    count = len(UNNAMED) + len(book.structure.paths)
    reads = {"choices": book.at(NAME, row, 1, down=count), "numbers": book.at(NAME, row, NUMBER, down=count)}
    for at, (name, empty) in enumerate(PATHS.items()):
        book.sheets[NAME].put(row + at, 4, name, "id")
        chosen = book.at(*book.names[name]).down()
        book.sheets[NAME].put(row + at, 5, empty, "id")
        book.sheets[NAME].put(row + at, 8, "path", "unit")
        choice = book.derive(NAME, row + at, 6, _picked, "calc_text", chosen=chosen, empty=book.at(NAME, row + at, 5))
        book.derive(NAME, row + at, PICKED, _number_of_choice, "calc", "flag", choice=choice, **reads)


def _picked(chosen, empty):
    return np.where(chosen == "", empty, chosen)


def _number_of_choice(choice, choices, numbers):
    return picked(numbers, position(choice, choices))


def _case(book: Book, row: int, cases: Spot) -> None:
    chosen = book.at(*book.names["case"])
    book.derive(NAME, row, 2, lambda case: np.where(case == "", "likely", case), "calc_text", case=chosen)
    case = book.at(NAME, row, 2)
    book.derive(NAME, row, 3, position, "calc", "flag", value=case, values=cases)


def path_labels(book: Book) -> Spot:
    """The labels of all paths, in order."""
    home = book.homes["path_labels"]
    return book.at(NAME, home.row, home.column, len(book.structure.paths))


def path_ids(book: Book) -> Spot:
    """The ids of all paths, in order."""
    home = book.homes["path_ids"]
    return book.at(NAME, home.row, home.column, len(book.structure.paths))


def _settings(book: Book, row: int) -> int:
    sheet = book.sheets[NAME]
    row = sheet.section(row, "Values of the decision and the calendar", 14)
    sheet.row(row, 1, ["Value", "Field", "Unit", "In force"], "head_left")
    for at, (name, setting) in enumerate(catalogue.settings().items(), row + 1):
        sheet.put(at, 1, setting.label, "label")
        sheet.put(at, 2, f"decision.{name}", "id")
        sheet.put(at, 3, setting.unit, "unit")
    book.place("setting", Home(NAME, row + 1, 4, down="setting"), "calc", "number")
    return row + 1 + len(catalogue.settings())


def _estimates(book: Book, row: int) -> int:
    sheet = book.sheets[NAME]
    row = sheet.section(row, "The project's estimates", 14)
    sheet.row(row, 1, ["Estimate", "Field", "Unit", "Low", "High", "In the case"], "head_left")
    for column, key in enumerate(("estimate_tail", "estimate_tail_shift"), TAILS):
        sheet.put(row, column, COLUMNS[key].label, "head_left")
        book.inputs(key, Home(NAME, row + 1, column, down="estimate"), "fixed", "flag")
    for at, (name, section) in enumerate(ESTIMATES.items(), row + 1):
        field = FIELDS[f"{section}.{name}"]
        sheet.put(at, 1, field.label, "label")
        sheet.put(at, 2, name, "id")
        unit_cell(book, NAME, at, 3, field.unit)
    for column, key in ((4, "estimate_low"), (5, "estimate_high"), (6, "estimate")):
        book.place(key, Home(NAME, row + 1, column, down="estimate"), "calc", "number")
    _searched(book, row)
    return row + 1 + len(ESTIMATES)


def _searched(book: Book, row: int) -> None:
    """The ranges in which break-evens are looked for, as published and in force, and why they reach this far."""
    sheet, keys = book.sheets[NAME], ("searched_low", "searched_high", "searched_in_dollars")
    for column, key in enumerate(keys, SEARCHED):
        sheet.put(row, column, COLUMNS[key].label, "head_left")
        book.inputs(key, Home(NAME, row + 1, column, down="estimate"), "fixed", "number")
    for column, key in enumerate(("searched_from", "searched_to"), SEARCHED + len(keys)):
        sheet.put(row, column, QUANTITIES[key].label, "head_left")
        book.place(key, Home(NAME, row + 1, column, down="estimate"), "calc", "number")
    sheet.put(row, SEARCHED + 5, "Why this far", "head_left")
    for at, name in enumerate(ESTIMATES, row + 1):
        if reach := catalogue.reaches().get(name):
            sheet.put(at, SEARCHED + 5, f"{reach.basis}: {reach.note}", "note_line")


def _scalars(book: Book, row: int) -> int:
    sheet = book.sheets[NAME]
    row = sheet.section(row, "Place, time, the leader's rate and damage", 14)
    place = INPUTS["place"]
    sheet.row(row, 1, [place.label], "label")
    sheet.put(row, 2, place.name, "id")
    sheet.put(row, 3, place.unit, "unit")
    book.settle(place.name, Home(NAME, row, 4))
    book.later(NAME, partial(_place, book, row))
    row += 1
    for at, key in enumerate(SCALARS, row):
        sheet.put(at, 1, QUANTITIES[key].label, "label")
        sheet.put(at, 2, key, "id")
        unit_cell(book, NAME, at, 3, QUANTITIES[key].unit)
        format = "date" if QUANTITIES[key].unit == "date" else "flag" if QUANTITIES[key].unit == "year" else "number"
        book.place(key, Home(NAME, at, 4), "calc", format)
    return row + len(SCALARS)


def _place(book: Book, row: int) -> None:
    location = book.at(*book.names["in_location"])
    book.derive(NAME, row, 4, _place_number, "calc", "flag", location=location)


def _place_number(location):
    """The place as a number; an emptied cell counts as published."""
    return np.where(location == "us", 1, np.where(location == "eastern_europe", -1, 0))


def _models(book: Book, row: int) -> int:
    """The properties of each engagement model."""
    sheet = book.sheets[NAME]
    row = sheet.section(row, "Engagement models", 14)
    sheet.row(row, 1, ["Model", "Id"], "head_left")
    for at, (key, label) in enumerate(book.structure.model_labels.items(), row + 3):
        sheet.put(at, 1, label, "label")
        sheet.put(at, 2, key, "id")
    table(book, NAME, row, 3, "model", [key for key in book.structure.columns["model"] if key != "own_lens_number"])
    book.settle("model_labels", Home(NAME, row + 3, 1, down="model"))
    book.settle("model_ids", Home(NAME, row + 3, 2, down="model"))
    return row + 3 + len(book.structure.models)


def model_labels(book: Book) -> Spot:
    """The labels of the engagement models, in order."""
    home = book.homes["model_labels"]
    return book.at(NAME, home.row, home.column, len(catalogue.models()))


def _parameters(book: Book, row: int) -> None:
    sheet = book.sheets[NAME]
    row = sheet.section(row, "Parameters of the models", 14)
    sheet.row(row, 1, ["Model", "Parameter", "Unit"], "head_left")
    for at, (model, _, parameter) in enumerate(book.structure.figures, row + 3):
        sheet.put(at, 1, book.structure.model_labels[model], "label")
        sheet.put(at, 2, parameter.label, "label")
        unit_cell(book, NAME, at, 3, parameter.unit)
    table(
        book,
        NAME,
        row,
        4,
        "parameter",
        (*PARAMETER_COLUMNS, *(OF_TRIALS if book.edition is Edition.full else ())),
    )
