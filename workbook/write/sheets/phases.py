"""Phases: every audit and core phase of every path with the parameters it uses, and the costs after each path's delivery."""

from __future__ import annotations

from collections.abc import Collection

from calc.graph import Node
from calc.quantities import after_delivery, same_place, same_scope, tracking
from calc.quantities.lines import LINES
from workbook.files.digits import FEWER_DIGITS
from workbook.write.book import Book
from workbook.write.sheets import costs, forecast
from workbook.write.sheets.columns import in_order, shown, table
from workbook.write.sheets.heading import framed

NAME = "Phases"
TOP = 6
WORK_LABELS = {"audit": "Audit", "core": "Core"}
# What the decision asks of phases, which stands with its other workings.
DECIDED = (
    "works_alone@model", "core_fit@model", "too_thin", "supported@model", "seller_prices@model", "replaced_prices@model",
)  # fmt: skip
AFTER = tuple(module.__name__ for module in (after_delivery, same_scope, same_place))
SINCE = (tracking.__name__,)


def add(book: Book) -> None:
    """The workings of time and cost, phase by phase and path by path."""
    purpose = (
        "How long each phase takes and what it costs, from left to right: structure, parameters, time, cost lines."
    )
    widths = {1: 34, 2: 14, 3: 26}
    options = {"freeze": (TOP, 4), "header_rows": (1, 4), "digits": FEWER_DIGITS}
    sheet = framed(book, NAME, "working", "Phases", purpose, widths, **options)
    sheet.section(TOP - 1, "Audit and core phases", 11)
    sheet.row(TOP, 1, ["Path", "Work", "Model"], "head_left")
    labels = {path.id: path.label for path in book.structure.paths}
    for at, phase in enumerate(book.structure.phases, TOP + 3):
        row = [
            labels[phase.path],
            f"{WORK_LABELS[phase.work]}, step {phase.position}",
            book.structure.model_labels[phase.who],
        ]
        sheet.row(at, 1, row, "calc_text")
    keys = phase_keys(book)
    column = table(book, NAME, TOP, shown(book, NAME, TOP, 4, keys), "phase", keys)
    _since(book, TOP, column, "phase")
    top = TOP + 3 + len(book.structure.phases) + 2
    sheet.section(top - 1, "From delivery to the horizon", 11)
    sheet.row(top, 1, ["Path", "", "Feature work by"], "head_left")
    for at, path in enumerate(book.structure.paths, top + 3):
        sheet.row(at, 1, [path.label, None, book.structure.model_labels[path.run_by]], "calc_text")
    keys = after_keys(book)
    column = table(book, NAME, top, shown(book, NAME, top, 4, keys), "path", keys)
    _since(book, top, column, "path")


def _since(book: Book, top: int, left: int, dimension: str) -> None:
    """What follows from actuals, at the right of a table, where the workbook has the sheet that shows it."""
    if forecast.NAME in book.sheets:
        keys = in_order(book, lambda node: node.over == (dimension,) and _is_of(node, SINCE))
        table(book, NAME, top, shown(book, NAME, top, left, keys), dimension, keys)


def _is_of(node: Node, modules: Collection[str]) -> bool:
    return node.function is not None and node.function.__module__ in modules


def phase_keys(book: Book) -> list[str]:
    """The columns of the first table: everything over phases alone, except for the quantities of the decision."""
    statics = list(book.structure.columns["phase"])
    keys = in_order(book, lambda node: node.over == ("phase",) and node.key not in DECIDED and not _is_of(node, SINCE))
    return statics + [key for key in keys if key not in statics]


def after_keys(book: Book) -> list[str]:
    """The columns of the second table: the quantities after the delivery of each path."""
    statics = ["path", "runner", "keeper", "has_keeper", "last_core", "run_price_number", "retainer_price_number"]
    elsewhere = {"freelances@runner", "run_share@runner", *LINES.values(), *costs.OUTCOMES}

    def belongs(node: Node) -> bool:
        ours = (node.kind == "gather" and not node.key.endswith("@main_core")) or (_is_of(node, AFTER))
        return node.over == ("path",) and bool(ours) and node.key not in elsewhere

    return statics + in_order(book, belongs)
