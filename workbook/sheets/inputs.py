"""Inputs: what the user says of the project. Every input cell has its unit, what is allowed, and a prompt."""

from __future__ import annotations

from calc import catalogue
from calc.model import CASES
from calc.scenario.schema import ESTIMATES, SECTIONS, field_of
from workbook.book import Book
from workbook.formula.expression import Home, column_letters
from workbook.sheets.frame import framed, unit_cell

NAME = "Inputs"
WIDTHS = {1: 36, 2: 30, 3: 30, 4: 13, 5: 13, 6: 16, 7: 46, 8: 62}
SHOWN_FIRST = ("name", "owner", "currency", "start")
SCALARS = {
    "The project": ("usd_rate", "horizon_months", "discount_rate"),
    "People and limits": ("specialists", "hires", "leader_rate", "budget"),
}
TEXT_HEIGHT = 40  # room for the longest name
SECTION_OF = {name: section for section, schema in SECTIONS.items() for name in schema.model_fields}
DECIMAL_BOUNDS = {
    "usd_rate": (0.000001, 1000000),
    "discount_rate": (0, 1),
    "leader_rate": (0, 2000),
    "budget": (0, 1e12),
    "core_hours": (1, 100000),
    "feature_hours_per_month": (0, 10000),
    "revenue_loss_per_month": (0, 1e12),
    "incidents_per_month": (0, 1000000),
    "incident_cost": (0, 1e12),
}
WHOLE_BOUNDS = {"horizon_months": (3, 60), "specialists": (1, 50), "hires": (1, 50)}
FIELD_FORMATS = {
    "usd_rate": "number",
    "horizon_months": "whole",
    "discount_rate": "share",
    "specialists": "whole",
    "hires": "whole",
    "leader_rate": "rate",
    "budget": "money",
    "revenue_loss_per_month": "money",
    "incident_cost": "money",
    "core_hours": "hours",
    "feature_hours_per_month": "hours",
    "incidents_per_month": "number",
}


def add(book: Book) -> None:
    """The sheet of inputs."""
    sheet = framed(
        book, NAME, "input", "Inputs", "Fill in the yellow cells; everything else in the workbook follows.", WIDTHS
    )
    row = _project(book, 5)
    row = _scalars(book, row + 1, "People and limits")
    row = _estimates(book, row + 1)
    row = _view(book, row + 1)
    _weights(book, row + 1)
    sheet.freeze = (5, 3)
    sheet.header_rows = (1, 4)
    heads = ["Input", "Field", "Value", "Low", "High", "Unit", "Allowed", "What it is"]
    sheet.row(4, 1, heads, "head_left")


def _described(book: Book, row: int, name: str) -> None:
    """Everything of an input's row but its value."""
    sheet = book.sheets[NAME]
    field = field_of(f"{SECTION_OF[name]}.{name}")
    extra = field.json_schema_extra
    sheet.put(row, 1, field.title, "label")
    sheet.put(row, 2, f"{SECTION_OF[name]}.{name}", "id")
    unit_cell(book, NAME, row, 6, extra["unit"] if name != "currency" else "ISO 4217")
    sheet.put(row, 7, extra["allowed"].replace(", or [low, likely, high]", "; low and high may stay empty"), "note")
    sheet.put(row, 8, field.description, "note")
    sheet.validations.append(((row, 3), rule(name, field)))
    book.name(f"in_{name}", NAME, row, 3)


def rule(name: str, field) -> dict[str, object]:
    """The validation of an input cell, with its prompt and its error."""
    extra = field.json_schema_extra
    found: dict[str, object] = {
        "promptTitle": field.title,
        "prompt": f"{field.description} Allowed: {extra['allowed']}. Example: {extra['example']}."[:255],
        "errorTitle": field.title,
        "error": f"Allowed: {extra['allowed']}. Example: {extra['example']}."[:255],
        "allow_blank": name in ("owner", "budget"),
    }
    if name in WHOLE_BOUNDS:
        low, high = WHOLE_BOUNDS[name]
        return found | {"type": "whole", "operator": "between", "formula1": str(low), "formula2": str(high)}
    if name in DECIMAL_BOUNDS:
        low, high = DECIMAL_BOUNDS[name]
        return found | {"type": "decimal", "operator": "between", "formula1": f"{low:.12g}", "formula2": f"{high:.0f}"}
    if name == "start":
        return found | {"type": "date", "operator": "between", "formula1": "36526", "formula2": "73415"}
    lengths = {"name": (1, 80), "owner": (0, 80), "currency": (3, 3)}[name]
    return found | {
        "type": "textLength",
        "operator": "between",
        "formula1": str(lengths[0]),
        "formula2": str(lengths[1]),
    }


def _project(book: Book, row: int) -> int:
    sheet = book.sheets[NAME]
    row = book.sheets[NAME].section(row, "The project", 8)
    for name in SHOWN_FIRST:
        _described(book, row, name)
        if name in ("name", "owner"):
            sheet.heights[row] = TEXT_HEIGHT
        if name == "start":
            book.inputs("start_day", Home(NAME, row, 3), "input", "date")
        else:
            sheet.put(row, 3, book.texts[name], "input_text", "text")
        row += 1
    return _scalar_rows(book, row, SCALARS["The project"])


def _scalars(book: Book, row: int, title: str) -> int:
    return _scalar_rows(book, book.sheets[NAME].section(row, title, 8), SCALARS[title])


def _scalar_rows(book: Book, row: int, names: tuple[str, ...]) -> int:
    for name in names:
        _described(book, row, name)
        book.inputs(name, Home(NAME, row, 3), "input", FIELD_FORMATS[name])
        row += 1
    return row


def _estimates(book: Book, row: int) -> int:
    """The estimates, each a likely value with an optional low and high end."""
    row = book.sheets[NAME].section(row, "Estimates: likely value, and the range where you know one", 8)
    for column, key in ((4, "given_low"), (3, "given_likely"), (5, "given_high")):
        book.settle(key, Home(NAME, row, column, down="estimate"))
    for at, name in enumerate(ESTIMATES):
        _described(book, row, name)
        for column, end in ((3, "likely"), (4, "low"), (5, "high")):
            values = book.values[f"given_{end}"][:, at]
            book.sheets[NAME].put(row, column, values if len(values) > 1 else values[0], "input", FIELD_FORMATS[name])
            if end != "likely":
                book.name(f"in_{name}_{end}", NAME, row, column)
                book.sheets[NAME].validations.append(((row, column), _end_rule(name, end, row)))
        row += 1
    return row


def _end_rule(name: str, end: str, row: int) -> dict[str, object]:
    field = field_of(f"{SECTION_OF[name]}.{name}")
    low, high = DECIMAL_BOUNDS[name]
    side = (
        f"not above the likely value, from {low:,}"
        if end == "low"
        else f"not below the likely value, up to {high:,.0f}"
    )
    bounds = (f"{low:.12g}", f"$C${row}") if end == "low" else (f"$C${row}", f"{high:.0f}")
    return {
        "promptTitle": f"{field.title}: {end} end",
        "prompt": f"The {end} end of the range, {side}. Empty: it follows the likely value.",
        "errorTitle": f"{field.title}: {end} end",
        "error": f"The {end} end is {side}.",
        "allow_blank": True,
        "type": "decimal",
        "operator": "between",
        "formula1": bounds[0],
        "formula2": bounds[1],
    }


VIEWS = (
    ("case", "Case", "best, likely or worst", "Which end of every range drives the whole workbook."),
    ("plan_path", "Path in the plan", "recommended, or the id of a path", "Which path the sheets Plan and Gantt show."),
    ("compare_path", "Compare this path", "recommended, next best, or the id of a path", "First path on Sensitivity."),
    ("compare_with", "With this path", "recommended, next best, or the id of a path", "Second path on Sensitivity."),
)


def _view(book: Book, row: int) -> int:
    """What the workbook shows: the case that drives it, the path in the plan, and the two that are compared."""
    sheet = book.sheets[NAME]
    row = book.sheets[NAME].section(row, "What the workbook shows", 8)
    for name, label, allowed, text in VIEWS:
        sheet.put(row, 1, label, "label")
        sheet.put(row, 2, f"view.{name}", "id")
        sheet.put(row, 3, book.texts[name], "input_choice")
        sheet.put(row, 6, "choice", "unit")
        sheet.put(row, 7, allowed, "note")
        sheet.put(row, 8, text, "note")
        book.name(name, NAME, row, 3)
        book.later(lambda row=row, name=name, label=label, text=text: _choices(book, row, name, label, text))
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
    return {
        "promptTitle": label,
        "prompt": text,
        "errorTitle": label,
        "error": "Pick one from the list.",
        "allow_blank": False,
        "type": "list",
        "formula1": formula,
    }


def _weights(book: Book, row: int) -> None:
    """How much each source's view counts."""
    sheet = book.sheets[NAME]
    row = book.sheets[NAME].section(row, "How much each source's view counts", 8)
    book.settle("weight", Home(NAME, row, 3, down="lens"))
    for at, (key, lens) in enumerate(catalogue.lenses().items()):
        values = book.values["weight"][:, at]
        sheet.put(row, 1, lens.label, "label")
        sheet.put(row, 2, f"weights.{key}", "id")
        sheet.put(row, 3, values if len(values) > 1 else values[0], "input", "number")
        sheet.put(row, 6, "weight", "unit")
        sheet.put(row, 7, "a number from 0 to 5", "note")
        sheet.put(row, 8, f"Weight of the view of {key} in the fit of freelancers; 0 leaves it out.", "note")
        prompt = f"How much the view of {key} counts, from 0 to 5."
        sheet.validations.append(
            (
                (row, 3),
                {
                    "promptTitle": "Weight",
                    "prompt": prompt,
                    "errorTitle": "Weight",
                    "error": "A number from 0 to 5.",
                    "allow_blank": False,
                    "type": "decimal",
                    "operator": "between",
                    "formula1": "0",
                    "formula2": "5",
                },
            )
        )
        book.name(f"weight_{key}", NAME, row, 3)
        row += 1
