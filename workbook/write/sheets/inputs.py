"""Inputs: the facts of the project. Every input cell has its unit, its limits and a prompt."""

from __future__ import annotations

from functools import partial

from calc import catalogue
from calc.model import CASES
from calc.scenario.basis import KEY as BASIS
from calc.scenario.input_field import InputField
from calc.scenario.limits import Choice, Days, Length
from calc.scenario.schema import ESTIMATES, FIELDS, SCALARS, WEIGHT
from calc.structure.estimates import HOURS
from workbook.files.address import column_letters
from workbook.write.book import Book
from workbook.write.formula.expression import Home
from workbook.write.sheet import Sheet
from workbook.write.sheets import validation
from workbook.write.sheets.heading import format_of, framed, linked, unit_cell
from workbook.write.sheets.parameters import MATTERING, WITH_TAIL

NAME = "Inputs"
# Above what each value was based on when the workbook was made, such as a company default.
CAME_FROM = "Based on, when this was made"
WIDTHS = {1: 40, 2: 24, 3: 34, 4: 12, 5: 12, 6: 18, 7: 80, 8: 96, 9: 40}
PRINTED = 6  # what is allowed, and what it is, stand at the side
# Units whose numbers have as many decimals as somebody gives them.
RATES_AND_COUNTS = ("currency per US dollar", "incidents/month")
ALERT = (3, 3)


def add(book: Book) -> None:
    """The sheet of inputs."""
    sheet = framed(
        book, NAME, "input", "Inputs", "Fill in the cells in a box; everything else in the workbook follows.", WIDTHS
    )
    row = _project(book, 5)
    row = _words(book, sheet.section(row + 1, "People and limits", 8), "work")
    row = _numbers(book, row, ("work", "money"))
    row = _estimates(book, row + 1)
    row = _view(book, row + 1)
    row = _weights(book, row + 1)
    _mattering(book, row + 1)
    sheet.print_to = (0, PRINTED)
    sheet.freeze, sheet.landscape = (5, 3), False
    sheet.header_rows = (1, 4)
    book.later(NAME, lambda: _alert(book))
    heads = ["Input", "Field", "Value", "Low", "High", "Unit", "Allowed", "What it is", CAME_FROM]
    sheet.row(4, 1, heads, "head_left")


def _labelled(sheet: Sheet, row: int, label: str, name: str) -> None:
    """What an input is called; the rule below it runs on where it has no low and high end."""
    sheet.put(row, 1, label, "label")
    sheet.put(row, 2, name, "id_ruled")
    sheet.row(row, 4, [None] * 3, "id_ruled")


def _described(book: Book, row: int, field: InputField) -> None:
    """Everything of an input's row but its value."""
    sheet = book.sheets[NAME]
    _labelled(sheet, row, field.label, field.dotted)
    # A name runs on over the cells after it, up to the end of the page: a row is no taller for the longest one.
    if not isinstance(field.limit, Length):
        unit_cell(book, NAME, row, 6, field.unit)
    sheet.put(row, 7, field.of_one() + ("; low and high may stay empty" if field.is_estimate else ""), "note")
    sheet.put(row, 8, field.about, "note")
    sheet.put(row, 9, book.texts[f"{BASIS}.{field.dotted}"], "note")
    sheet.validations.append(((row, 3), validation.of_field(field)))
    book.name(f"in_{field.name}", NAME, row, 3)


def _format(field: InputField) -> str:
    """The number format of a field's cells."""
    if field.is_whole:
        return "whole"
    if field.unit in RATES_AND_COUNTS:
        return "number"
    return "hours" if field.unit.startswith("h") else format_of(field.unit)


def _project(book: Book, row: int) -> int:
    row = book.sheets[NAME].section(row, "The project", 8)
    return _numbers(book, _words(book, row, "project"), ("project",))


def _words(book: Book, row: int, section: str) -> int:
    """The texts, dates and choices of a section of a scenario."""
    sheet = book.sheets[NAME]
    for field in FIELDS.values():
        if field.is_number or field.section != section:
            continue
        _described(book, row, field)
        if isinstance(field.limit, Days):
            book.inputs("start_day", Home(NAME, row, 3), "input", "date")
        elif isinstance(field.limit, Choice):
            sheet.put(row, 3, book.texts[field.name], "input_choice")
        else:
            sheet.put(row, 3, book.texts[field.name], "input_line", "text")
        row += 1
    return row


def _numbers(book: Book, row: int, sections: tuple[str, ...]) -> int:
    """The single numbers of some sections of a scenario."""
    for name, section in SCALARS.items():
        if section in sections:
            field = FIELDS[f"{section}.{name}"]
            _described(book, row, field)
            book.inputs(name, Home(NAME, row, 3), "input", _format(field))
            row += 1
    return row


def _alert(book: Book) -> None:
    """The alert of the summary where it can be fixed: above the inputs, in the frozen pane, and by the colour of the rate."""
    book.fetch(NAME, *ALERT, book.at(*book.names["alert_text_currency"]), "alert")
    sheet, row, column = book.names["in_usd_rate"]
    alert, rate = (f"${column_letters(at[1])}${at[0]}" for at in (ALERT, (row, column)))
    book.sheets[sheet].highlights.append((rate.replace("$", ""), f"LEN({alert})>0", "bad"))


def _estimates(book: Book, row: int) -> int:
    """The estimates, each a likely value with an optional low and high end."""
    sheet = book.sheets[NAME]
    row = sheet.section(row, "Estimates: likely value, and the range where you know one", 8)
    for column, key in ((4, "given_low"), (3, "given_likely"), (5, "given_high")):
        book.settle(key, Home(NAME, row, column, down="estimate"))
    for at, (name, section) in enumerate(ESTIMATES.items()):
        field = FIELDS[f"{section}.{name}"]
        _described(book, row, field)
        if name == HOURS:
            sheet.put(row, 7, f"{sheet.cells[row, 7].value}: {WITH_TAIL}", "note")
        for column, end in ((3, "likely"), (4, "low"), (5, "high")):
            values = book.values[f"given_{end}"][:, at]
            book.sheets[NAME].put(row, column, values if len(values) > 1 else values[0], "input", _format(field))
            if end != "likely":
                book.name(f"in_{name}_{end}", NAME, row, column)
                book.sheets[NAME].validations.append(((row, column), validation.of_end(field, end, f"$C${row}")))
        row += 1
    return row


VIEWS = (
    ("case", "Case", "best, likely or worst", "Which end of every range drives the whole workbook."),
    ("plan_path", "Path in the plan", "recommended, or the id of a path", "Which path the sheets Plan and Gantt show."),
    ("compare_path", "Compare this path", "recommended, next best, or the id of a path", "First path on Sensitivity."),
    ("compare_with", "With this path", "recommended, next best, or the id of a path", "Second path on Sensitivity."),
)


def _view(book: Book, row: int) -> int:
    """The choices of the view: the case that drives the workbook, the path in the plan, and the two that are compared."""
    sheet = book.sheets[NAME]
    row = book.sheets[NAME].section(row, "What the workbook shows", 8)
    for name, label, allowed, text in VIEWS:
        _labelled(sheet, row, label, f"view.{name}")
        sheet.put(row, 3, book.texts[name], "input_choice")
        sheet.put(row, 6, "choice", "unit")
        sheet.put(row, 7, allowed, "note")
        sheet.put(row, 8, text, "note")
        book.name(name, NAME, row, 3)
        book.later(NAME, partial(_choices, book, row, name, label, text))
        row += 1
    return row


def _choices(book: Book, row: int, name: str, label: str, text: str) -> None:
    if name == "case":
        formula = f'"{",".join(CASES)}"'
    else:
        home, paths = book.homes["path_choices"], len(book.structure.paths)
        letter, first = column_letters(home.column), home.row + (1 if name == "plan_path" else 0)
        formula = f"{home.sheet}!${letter}${first}:${letter}${home.row + 1 + paths}"
    book.sheets[NAME].validations.append(((row, 3), _list_rule(label, text, formula)))


def _list_rule(label: str, text: str, formula: str) -> dict[str, object]:
    rule = validation.prompted(label, text, "Pick one from the list.", may_be_empty=False)
    return rule | {"type": "list", "formula1": formula}


def _weights(book: Book, row: int) -> int:
    """How much each source's view counts."""
    sheet = book.sheets[NAME]
    row = book.sheets[NAME].section(row, "How much each source's view counts", 8)
    book.settle("weight", Home(NAME, row, 3, down="lens"))
    for at, (key, lens) in enumerate(catalogue.lenses().items()):
        values = book.values["weight"][:, at]
        _labelled(sheet, row, lens.label, f"weights.{key}")
        sheet.put(row, 3, values if len(values) > 1 else values[0], "input", "number")
        sheet.put(row, 6, "weight", "unit")
        sheet.put(row, 7, WEIGHT.said(), "note")
        sheet.put(row, 8, f"Weight of the view of {key} in the fit of freelancers; 0 leaves it out.", "note")
        sheet.put(row, 9, book.texts[f"{BASIS}.weights.{key}"], "note")
        prompt = f"How much the view of {key} counts: {WEIGHT.said()}."
        sheet.validations.append(((row, 3), validation.of_number("Weight", prompt, WEIGHT, may_be_empty=False)))
        book.name(f"weight_{key}", NAME, row, 3)
        row += 1
    return row


def _mattering(book: Book, row: int) -> None:
    """The published figures that could stand beside these inputs: those that matter most, for the page on paper."""
    row = book.sheets[NAME].section(
        row, "Figures that move the gap to the next best path most; yours go on Parameters", 8
    )
    for at in range(MATTERING):
        linked(book, NAME, row + at, 1, f"mattering_{at + 1}", "listed")
