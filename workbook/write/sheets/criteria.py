"""Criteria: the comparison tables of the articles, with the live figures of both sides beside their words."""

from __future__ import annotations

from functools import partial

import numpy as np

from calc import catalogue
from calc.catalogue.article import CriteriaTable, Criterion
from calc.quantity import QUANTITIES
from calc.structure import COLUMNS
from workbook.write.book import Book, Spot
from workbook.write.sheets.columns import parameter_label
from workbook.write.sheets.heading import format_of, framed, unit_cell

NAME = "Criteria"
FIRST = 6
HEADS = (
    "Criterion", "Freelancers, according to the article", "The alternative, according to the article", "Live figure",
    "Freelancers", "Alternative", "Unit", "Source and place",
)  # fmt: skip
WIDTHS = {1: 32, 2: 44, 3: 46, 4: 29, 5: 15, 6: 17, 7: 16, 8: 40}
# The freelancer of an article is one person, except where it speaks of several who work side by side.
TEAMS = ("leval_shop_ahead",)
# Figures of the path with one model throughout. A firm has no rate: its offer shows the fee by the hours it covers.
BY_PATH = {
    "rate": ("headline_rate", "Visible rate"),
    "total": ("total", "Total within the horizon"),
    "npv": ("npv", "Present value of all costs"),
    "weeks_to_stable": ("weeks_to_stable", "Time to a stable product"),
}


def add(book: Book) -> None:
    """Every table of the articles, one below the other."""
    purpose = "What the articles compare, in our words, and this project's figures in the chosen case."
    sheet = framed(
        book,
        NAME,
        "text",
        "Criteria of the sources",
        purpose,
        WIDTHS,
        freeze=(FIRST, 2),
        header_rows=(1, 5),
        print_to=None,
    )
    sheet.row(5, 1, HEADS, "head_left")
    sheet.row(5, 5, HEADS[4:6], "head")
    row = FIRST
    for table in catalogue.criteria().values():
        row = _table(book, row, table) + 1


def models_of(table: CriteriaTable) -> tuple[str, str]:
    """The two models that the table compares; each represents its path with one model throughout."""
    freelancer = "freelancer_team" if table.id in TEAMS else "freelancer"
    return freelancer, catalogue.lenses()[table.source].alternative


def _table(book: Book, row: int, table: CriteriaTable) -> int:
    sheet = book.sheets[NAME]
    sheet.row(row, 1, [table.title, *[None] * 7], "section")
    models = models_of(table)
    labels = [catalogue.models()[model].label for model in models]
    sheet.row(row + 1, 1, [*table.columns, *[None] * 4, table.citation], "head_left")
    sheet.row(row + 1, 5, labels, "head")
    for at, criterion in enumerate(table.rows, row + 2):
        sheet.row(at, 1, [criterion.criterion], "label_strong")
        sheet.row(at, 2, [criterion.freelancer, criterion.alternative], "label")
        sheet.put(at, 8, "; ".join(reference.citation for reference in criterion.references), "source")
        _measure(book, at, criterion, models)
    return row + 2 + len(table.rows)


def _measure(book: Book, row: int, criterion: Criterion, models: tuple[str, str]) -> None:
    """The live figure of a criterion for both models."""
    sheet = book.sheets[NAME]
    if not criterion.metric:
        sheet.row(row, 4, ["no figure", None, None], "calc_text")
        return
    label, unit = measured(criterion.metric)
    sheet.put(row, 4, label, "label")
    unit_cell(book, NAME, row, 7, unit)
    for column, model in enumerate(models, 5):
        book.later(NAME, partial(_figure, book, row, column, criterion.metric, model))


def _figure(book: Book, row: int, column: int, metric: str, model: str) -> None:
    spot, format = _spot(book, metric, model), format_of(measured(metric)[1])
    if metric == "documents":
        book.derive(NAME, row, column, _yes_or_no, "calc", format, value=spot)
    else:
        book.fetch(NAME, row, column, spot, "calc", format)


def measured(metric: str) -> tuple[str, str]:
    """Label and unit of a live figure."""
    if metric in BY_PATH:
        key, label = BY_PATH[metric]
        return label, QUANTITIES[key].unit
    if metric == "documents":
        return COLUMNS[metric].label, "yes/no"
    return parameter_label(metric)


def _spot(book: Book, metric: str, model: str) -> Spot:
    """The cell that the figure comes from: of the model's own path, of the model, or its parameter in force."""
    if metric in BY_PATH:
        return book.spot(BY_PATH[metric][0], path=book.structure.path_ids.index(model))
    if metric == "documents":
        return book.spot(metric, model=book.structure.models.index(model))
    rows = [(owner, name) for owner, name, _ in catalogue.parameter_rows()]
    return book.spot("value", parameter=rows.index((model, metric)))


def _yes_or_no(value):
    return np.where(value == 1, "yes", "no")
