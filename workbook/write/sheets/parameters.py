"""Parameters: the figures that matter most first, then every published one with its range, unit and source, and room for
your own beside it."""

from __future__ import annotations

from functools import cache

import numpy as np

from calc import catalogue
from calc.catalogue.figure import Parameter, Setting
from calc.catalogue.quality import quality
from calc.scenario.basis import KEY as BASIS
from calc.scenario.bounds import DECISION, bounds
from workbook.write.book import Book
from workbook.write.formula.expression import Home
from workbook.write.sheets import validation
from workbook.write.sheets.heading import framed, linked
from workbook.write.sheets.validation import Rule

NAME = "Parameters"
# Of a range that goes on beyond its ends.
WITH_TAIL = "P10 and P90; with a tail beyond"
WIDTHS = {
    1: 24,
    2: 36,
    3: 34,
    4: 14,
    5: 11,
    6: 11,
    7: 11,
    8: 11,
    9: 11,
    10: 11,
    11: 8,
    12: 20,
    13: 52,
    14: 70,
    15: 40,
    16: 32,
}
HEAD, MATTERING = 5, 10
FIRST = HEAD + MATTERING + 4
LAST = 15
HEADS = (
    "Model", "Parameter", "Field", "Unit", "Low", "Likely", "High", "Own low", "Own likely", "Own high", "Better",
    "Basis", "Source and place", "Why, or how it was derived", "Your own, when this was made", "Low and high are",
)  # fmt: skip


def add(book: Book) -> None:
    """The sheet of parameters: models first, then the single values of the decision."""
    purpose = (
        "Published figures in their own unit (money in USD). Type your own beside them, in the project's currency."
    )
    sheet = framed(book, NAME, "input", "Parameters", purpose, WIDTHS, freeze=(HEAD + 1, 4), header_rows=(1, HEAD),
                   print_to=None)  # fmt: skip
    sheet.row(HEAD, 1, HEADS, "head_left")
    _mattering(book)
    rows = book.structure.figures
    for column, end in ((5, "low"), (6, "likely"), (7, "high")):
        book.settle(f"published_{end}", Home(NAME, FIRST, column, down="parameter"))
        book.settle(f"override_{end}", Home(NAME, FIRST, column + 3, down="parameter"))
    for at, (model, name, parameter) in enumerate(rows):
        row = FIRST + at
        format = _format(parameter.unit)
        labels = [book.structure.model_labels[model], parameter.label]
        sheet.row(row, 1, labels, "label")
        sheet.put(row, 3, f"{model}.{name}", "id_ruled")
        sheet.put(row, 4, parameter.unit, "unit")
        base = book.structure.bases[model]
        for column, end in ((5, "low"), (6, "likely"), (7, "high")):
            sheet.put(row, column, getattr(parameter.range, end), "published", format)
            if model == base:
                _own(book, row, column + 3, f"override_{end}", at, format, _rule(model, name, parameter.label, end))
            else:
                _quoted(book, row, column + 3, f"override_{end}", at, format)
        if model == base:
            _ground(book, row, parameter, parameter.better, model, name)
            sheet.put(row, 15, book.texts[f"{BASIS}.overrides.{model}.{name}"], "source")
        else:
            # The row of its model has the rest.
            sheet.put(row, 12, "quote", "unit")
            sheet.put(row, 13, f"as quoted; published: {catalogue.models()[base].label}", "source")
    _tails(book)
    _settings(book, FIRST + len(rows) + 1)


def _tails(book: Book) -> None:
    """What the ends of a range are, where it may have a tail: where it is that of one's own history."""
    for at in np.flatnonzero(book.values["is_overrun"][0] == 1).tolist():
        book.sheets[NAME].put(FIRST + at, 16, f"the ends; of your own history {WITH_TAIL}", "source")


def _mattering(book: Book) -> None:
    """The figures that move the answer most, a line each, as computed once."""
    sheet = book.sheets[NAME]
    sheet.section(HEAD + 1, "What matters most to the answer, the first most of all", LAST)
    for at in range(MATTERING):
        sheet.put(HEAD + 2 + at, 1, at + 1, "listed_number", "flag")
        linked(book, NAME, HEAD + 2 + at, 2, f"mattering_{at + 1}", "listed")
    first, last = HEAD + 2, HEAD + 1 + MATTERING
    sheet.highlights.append((f"A{first}:A{last}", f'$B{first}=""', "hidden"))
    sheet.section(FIRST - 1, "Every figure", LAST)


def _format(unit: str) -> str:
    """How a figure of a model is shown by its unit; published money is in US dollars."""
    if unit.startswith("USD"):
        return "rate" if unit == "USD/h" else "money"
    return "hours" if unit == "h" else _share_or_number(unit)


def _share_or_number(unit: str) -> str:
    return "share" if unit.startswith("share") else "number"


def _own(book: Book, row: int, column: int, key: str, at: int, format: str, rule: Rule) -> None:
    values = book.values[key][:, at]
    book.sheets[NAME].put(row, column, values if len(values) > 1 else values[0], "input", format)
    book.sheets[NAME].validations.append(((row, column), rule))


def _quoted(book: Book, row: int, column: int, key: str, at: int, format: str) -> None:
    """What a quote says, which is no input: another offer is another quote of the scenario."""
    # An array even for a single scenario, so that it is never mistaken for a figure of the template.
    book.sheets[NAME].put(row, column, book.values[key][:, at], "published", format)


def _ground(book: Book, row: int, cited: Parameter | Setting, better: str, model: str = "", name: str = "") -> None:
    """Where a figure comes from, in the row's last columns."""
    sheet = book.sheets[NAME]
    sheet.put(row, 11, better, "unit")
    sheet.put(row, 12, quality(cited, model), "unit")
    places = "; ".join(f"{r.citation}: {r.says}" if r.says else r.citation for r in cited.references)
    sheet.put(row, 13, places or "assumption", "source")
    beside = [f"Public data beside it: {one.title}." for one in catalogue.evidence_of(model, name)]
    sheet.put(row, 14, " ".join([cited.note or "as the source gives it", *beside]), "source")


@cache
def _rule(model: str, name: str, label: str, end: str) -> Rule:
    limit = bounds(model, name)
    if limit is None:
        raise KeyError(f"{model}.{name} is not a parameter")
    currency = "" if model == DECISION else "; money in the project's currency"
    prompt = f"Your own {end} value: {limit.said()}{currency}. Empty: as published."
    return validation.of_number(label, prompt, limit, may_be_empty=True)


def _settings(book: Book, row: int) -> None:
    """Single values of the decision and the calendar."""
    sheet = book.sheets[NAME]
    sheet.section(row, "Values of the decision and the calendar", LAST)
    settings = catalogue.settings()
    book.settle("published_setting", Home(NAME, row + 1, 6, down="setting"))
    book.settle("override_setting", Home(NAME, row + 1, 9, down="setting"))
    for at, (name, setting) in enumerate(settings.items()):
        place = row + 1 + at
        sheet.row(place, 1, ["Decision", setting.label], "label")
        sheet.put(place, 3, f"decision.{name}", "id_ruled")
        sheet.put(place, 4, setting.unit, "unit")
        format = _share_or_number(setting.unit)
        sheet.put(place, 6, setting.value, "published", format)
        _own(book, place, 9, "override_setting", at, format, _rule("decision", name, setting.label, "likely"))
        _ground(book, place, setting, "")
        sheet.put(place, 15, book.texts[f"{BASIS}.overrides.{DECISION}.{name}"], "source")
