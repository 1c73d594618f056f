"""Workings as tables: one row per element of a dimension, one column per quantity, in the order in which they follow."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from calc import catalogue
from calc.graph import Node
from calc.quantity import QUANTITIES
from workbook.book import Book
from workbook.formula.expression import Home
from workbook.sheets.frame import format_of, unit_cell

RELATION_LABELS = {
    "model": "",
    "runner": " (feature work)",
    "keeper": " (retainer)",
    "last_core": " (last core phase)",
    "first_question": " (first question)",
    "second_question": " (second question)",
    "need_question": "",
    "own_lens": " (own lens)",
    "own_phase": " (its phase)",
    "own_path": " (its path)",
    "own_stage": " (its phase)",
}


def in_order(book: Book, keep: Callable[[Node], bool]) -> list[str]:
    """The keys of all nodes of the book's values that are to be kept, each after what it reads."""
    return [key for key in book.graph.order(tuple(book.values)) if keep(book.node(key))]


def about(book: Book, key: str) -> tuple[str, str, str]:
    """Label, unit and id of a node, as they head its column."""
    name, _, relation = key.partition("@")
    if key in QUANTITIES:
        return QUANTITIES[key].label, QUANTITIES[key].unit, key
    if relation:
        label, unit = parameter_label(name) if name in book.graph.parameters else about(book, name)[:2]
        return label + RELATION_LABELS[relation], unit, name
    return STATIC_LABELS[name][0], STATIC_LABELS[name][1], name


def parameter_label(name: str) -> tuple[str, str]:
    parameter = next(found for _, known, found in catalogue.parameter_rows() if known == name)
    return parameter.label, parameter.unit


def table(book: Book, sheet: str, top: int, left: int, dimension: str, keys: Iterable[str]) -> int:
    """Columns of quantities under their labels, units and ids; returns the column after the last.

    A scalar takes a column too, with its one value in the first row, so that everything reads from left to right.
    """
    sheet_cells = book.sheets[sheet]
    column = left
    for key in keys:
        label, unit, name = about(book, key)
        sheet_cells.put(top, column, label, "head")
        unit_cell(book, sheet, top + 1, column, unit, "unit_centred")
        sheet_cells.put(top + 2, column, name, "id")
        sheet_cells.widths.setdefault(column, 12)
        if "@" in key:
            book.headers[key] = (top + 2, column)
        node = book.node(key)
        home = Home(sheet, top + 3, column, down=dimension if node.over else None)
        static = node.kind == "input"
        format = "flag" if static and unit in ("0/1", "number") else format_of(unit)
        if static:
            book.inputs(key, home, "fixed", format)
        else:
            book.place(key, home, "calc", format)
        column += 1
    sheet_cells.heights[top] = 42
    return column


# What comes with the structure of paths, models and rules: label and unit.
STATIC_LABELS = {
    "path": ("Path no.", "number"),
    "runner": ("Feature work by model no.", "number"),
    "keeper": ("Retainer by model no.", "number"),
    "has_keeper": ("Has a retainer", "0/1"),
    "last_core": ("Row of the last core phase", "number"),
    "core_only_freelancer": ("Core by freelancer only", "0/1"),
    "unprepared_freelance_core": ("Freelance core, nobody audited", "0/1"),
    "team_core": ("Core by a freelance team", "0/1"),
    "freelance_core": ("Core by freelancers", "0/1"),
    "hire_first": ("First core phase by a hire", "0/1"),
    "hires_anyone": ("Hires anyone", "0/1"),
    "opens_with_audit": ("Opens with an audit", "0/1"),
    "opens_with_prototype": ("Opens with a prototype", "0/1"),
    "path_number": ("Path no.", "number"),
    "position": ("Step in the path", "number"),
    "model_number": ("Model no.", "number"),
    "is_audit": ("Audit", "0/1"),
    "is_core": ("Core", "0/1"),
    "share": ("Share of the core", "share"),
    "audit_weeks": ("Weeks of audit", "weeks"),
    "model": ("Model no.", "number"),
    "hourly": ("Priced by the hour", "0/1"),
    "by_fee": ("Priced by a fee", "0/1"),
    "salaried": ("Paid a salary", "0/1"),
    "documents": ("Leaves documents", "0/1"),
    "scales_with_specialists": ("As many people as specialists", "0/1"),
    "scales_with_hires": ("As many people as hires", "0/1"),
    "works_alone": ("Works alone", "0/1"),
    "freelances": ("Freelances", "0/1"),
    "is_team": ("Freelance team", "0/1"),
    "own_lens_number": ("Its lens no.", "number"),
    "lens": ("Lens no.", "number"),
    "has_ladder": ("Has a ladder", "0/1"),
    "has_indicator": ("Has an indicator", "0/1"),
    "weight": ("Weight", "0 to 5"),
    "rule_lens": ("Lens no.", "number"),
    "for_freelancer": ("Speaks for the freelancer", "0/1"),
    "first_number": ("First question no.", "number"),
    "first_wanted": ("Wanted answer", "answer"),
    "second_number": ("Second question no.", "number"),
    "second_wanted": ("Second wanted answer", "answer"),
    "has_second": ("Has a second condition", "0/1"),
    "needed": ("Conditions needed", "number"),
    "need_model": ("Model no.", "number"),
    "need_number": ("Question no.", "number"),
    "asks_losing": ("Asks about losses", "0/1"),
    "asks_under_gate": ("Follows from the budget", "0/1"),
    "asked": ("Is asked", "0/1"),
    "parameter_id": ("Parameter id", "text"),
    "in_dollars": ("Published in USD", "0/1"),
    "high_is_better": ("High is better", "0/1"),
    "model_of_row": ("Model no.", "number"),
    "month": ("Month", "month"),
    "searched_low": ("Break-even looked for from, as published", "as named"),
    "searched_high": ("Break-even looked for up to, as published", "as named"),
    "searched_in_dollars": ("Published in USD", "0/1"),
    "plan_stage": ("Phase of the plan", "number"),
    "plan_step": ("Step of the plan", "number"),
    "review_number": ("Review", "number"),
    "weeks_between_reviews": ("Weeks between reviews", "weeks"),
    "first_stage": ("First phase in the plan", "number"),
    "stages": ("Phases in the plan", "number"),
    "first_step_row": ("First step in the plan", "number"),
    "steps": ("Steps in the plan", "number"),
    "stage": ("Row", "number"),
    "own_path": ("Path no.", "number"),
    "own_phase": ("Phase row", "number"),
    "is_run": ("Feature work", "0/1"),
    "is_retainer": ("Retainer", "0/1"),
    "own_stage": ("Row of its phase", "number"),
    "from_end": ("Counted from the end", "0/1"),
    "offset": ("Begins after", "weeks"),
    "length": ("Lasts", "weeks"),
    "has_until": ("Ends with its phase", "0/1"),
    "until": ("Ends so long after it", "weeks"),
}
