"""Quotes: every offer beside the published range of its model, with what it leaves out, when it is paid, and what it comes to.

Only in workbooks of scenarios with quotes; a column for each of them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import numpy as np

from calc import catalogue
from calc.quantities.parameters import beside_published, published_from, published_to
from calc.results.quotes import COMPARED, SCOPE, as_offered, wins_at
from calc.scenario.date_text import DAY_ZERO
from calc.scenario.payment_terms import terms_of
from calc.scenario.quotes import KEY
from calc.scenario.schema import Quote
from calc.sentences import quotes as said
from calc.sentences.questions import NOT_COMPUTED
from calc.structure import QuoteRow
from workbook.files.address import column_letters
from workbook.write.book import Book, Spot
from workbook.write.sheet import Area
from workbook.write.sheets import simulation
from workbook.write.sheets.heading import framed, unit_cell

NAME = "Quotes"
TOP, FIRST = 5, 3
LABEL, UNIT, EACH = 36, 14, 26
# Heights of rows whose texts follow the scenario: payment terms of all kinds, and why a path is not recommended.
LONGEST_TERMS, TWO_LINES = 62.0, 26.0
# Only a price of a whole job sets this figure: it is what such a price contains on top of an hour's.
OVERHEAD = "price_overhead"
# What a path comes to: label, unit, quantity and format.
OUTCOMES = (
    ("To be paid within the horizon", "currency", "paid", "money"),
    ("Total within the horizon", "currency", "total", "money"),
    ("Same scope, present value", "currency", "same_scope", "money"),
    ("Against the recommended path", "currency", "same_scope_difference", "money"),
    ("Stable after", "weeks", "weeks_to_stable", "weeks"),
)


def add(book: Book) -> None:
    """The comparison of the quotes of a scenario."""
    purpose = "Every offer beside what is published of its kind, completed to the same scope as all other paths."
    quotes = book.structure.quotes
    last = FIRST + len(quotes) - 1
    widths = {1: LABEL, 2: UNIT} | dict.fromkeys(range(FIRST, last + 1), EACH)
    sheet = framed(book, NAME, "result", "The quotes", purpose, widths, freeze=(TOP + 1, FIRST), header_rows=(1, TOP))
    sheet.row(TOP, 1, ["Offer", "Unit"], "head_left")
    sheet.row(TOP, FIRST, [quote.vendor for quote in quotes], "head")
    rows = _Rows(book, last)
    offered = _offered(rows)
    _included(rows)
    _terms(rows)
    _outcomes(rows, offered)
    sheet.print_to = (rows.next - 1, last)


class _Rows:
    """Writes a row after another, with a cell for each quote."""

    def __init__(self, book: Book, last: int) -> None:
        self.book, self.last, self.next = book, last, TOP + 1
        self.quotes = book.structure.quotes
        # Of each scenario, its quotes in order.
        self.given = [
            [Quote.model_validate_json(json.dumps(one)) for one in json.loads(text)] for text in book.texts[KEY]
        ]

    def section(self, title: str) -> int:
        """A heading; returns its row."""
        self.book.sheets[NAME].section(self.next, title, self.last)
        self.next += 1
        return self.next - 1

    def row(
        self, label: str, unit: str, write: Callable[[int, int, int, QuoteRow], object], there: str | None = None
    ) -> int:
        """A row; write: gets row, column, number and structure of each quote, once every quantity has its home.

        there: the condition where it is not always there; what is written then has no rule of its own.
        """
        row, sheet = self.next, self.book.sheets[NAME]
        sheet.put(row, 1, label, "wrapped" if there else "label")
        unit_cell(self.book, NAME, row, 2, unit, "unit_bare" if there else "unit")
        if there:
            area = Area(row, 1, row, self.last)
            sheet.only_where(there, area, ruled=[area])
        for at, quote in enumerate(self.quotes):
            self.book.later(NAME, partial(write, row, FIRST + at, at, quote))
        self.next += 1
        return row

    def said(
        self, label: str, unit: str, of: Callable[[Quote], Any], style: str = "calc_wrapped", format: str = "general"
    ) -> int:
        """A row of what each quote itself says, which no cell of the inputs holds."""

        def write(row: int, column: int, at: int, quote: QuoteRow) -> None:
            values = [of(scenario[at]) for scenario in self.given]
            kind = object if any(isinstance(value, str) for value in values) else float
            # An array even for a single scenario, so that it is never mistaken for a text of the template.
            self.book.sheets[NAME].put(row, column, np.array(values, dtype=kind), style, format)

        return self.row(label, unit, write)

    def figure(self, quote: QuoteRow, name: str, key: str = "likely") -> Spot:
        """A quantity of one of the figures that count for the quote: its own, or else its model's."""
        return self.book.spot(key, parameter=self.book.structure.parameter_numbers[quote.id, name] - 1)


def _compared(quote: QuoteRow) -> str:
    """The parameter that the price is compared by, which the names of its figures decide."""
    return next(name for name in COMPARED.values() if name in quote.figures)


def _offered(rows: _Rows) -> int:
    """The price beside the published range; returns the row of the prices as they are offered."""
    book = rows.book
    labels = {id: model.label for id, model in catalogue.models().items()}
    rows.section("What is offered, beside what is published")

    def kind(row: int, column: int, at: int, quote: QuoteRow) -> None:
        book.sheets[NAME].put(row, column, labels[quote.model], "calc_wrapped")

    rows.row("Comes closest to", "text", kind)
    hours = rows.said(
        "Hours that it covers; empty: not said", "h", lambda quote: _or_nan(quote.hours), "published", "hours"
    )

    def price_offered(row: int, column: int, at: int, quote: QuoteRow) -> None:
        """What counts of it stands on Parameters: the price, or for a price of a whole job what it comes to an hour."""
        figure = rows.figure(quote, _compared(quote))
        if OVERHEAD in quote.figures:
            reads = {"hours": book.at(NAME, hours, column), "price_overhead": rows.figure(quote, OVERHEAD)}
            book.derive(NAME, row, column, as_offered, "calc", "rate", rate=figure, **reads)
        else:
            book.fetch(NAME, row, column, figure, "calc", "rate")

    price = rows.row("Price as offered", "currency", price_offered)
    rows.said("This is the price", "text", said.price_for)

    def compared(row: int, column: int, at: int, quote: QuoteRow) -> None:
        label = catalogue.parameters()[quote.model][_compared(quote)].label
        # Or the price by the hours that it covers would seem to be this rate.
        on_top = ", hours on top counted" if OVERHEAD in quote.figures else ""
        book.sheets[NAME].put(row, column, f"{label}{on_top}", "calc_wrapped")

    rows.row("Compared by", "text", compared)

    def derived(function: Callable, format: str, style: str = "calc", **reads: str) -> Callable:
        def write(row: int, column: int, at: int, quote: QuoteRow) -> None:
            spots = {name: rows.figure(quote, _compared(quote), key) for name, key in reads.items()}
            book.derive(NAME, row, column, function, style, format, **spots)

        return write

    def offered(row: int, column: int, at: int, quote: QuoteRow) -> None:
        book.fetch(NAME, row, column, rows.figure(quote, _compared(quote)), "calc", "rate")

    rows.row("Offered, by that", "currency", offered)
    reads = {"published_low": "published_low", "conversion": "conversion"}
    low = rows.row("Published, low", "currency", derived(published_from, "rate", **reads))
    reads = {"published_high": "published_high", "conversion": "conversion"}
    high = rows.row("Published, high", "currency", derived(published_to, "rate", **reads))

    def beside(row: int, column: int, at: int, quote: QuoteRow) -> None:
        own = rows.figure(quote, _compared(quote), "override_likely")
        spots = {"published_from": book.at(NAME, low, column), "published_to": book.at(NAME, high, column)}
        book.derive(NAME, row, column, beside_published, "calc", "percent", override_likely=own, **spots)

    share = rows.row("Above (+) or below (−) the range", "share", beside)

    def in_words(row: int, column: int, at: int, quote: QuoteRow) -> None:
        book.derive(NAME, row, column, said.beside_in_words, "calc_wrapped", beside=book.at(NAME, share, column))

    rows.row("In words", "text", in_words)
    return price


def _included(rows: _Rows) -> None:
    rows.section("What is in the price; what is not is added as its model has it")
    for part, label in said.PARTS.items():
        rows.row(label.capitalize(), "text", partial(_part, rows, part))

    def lead(row: int, column: int, at: int, quote: QuoteRow) -> None:
        rows.book.fetch(NAME, row, column, rows.figure(quote, "lead_weeks"), "calc", "weeks")

    rows.row("Until it can begin", "weeks", lead)


def _part(rows: _Rows, part: str, row: int, column: int, at: int, quote: QuoteRow) -> None:
    """Whether one part of the work is in the price."""
    if part not in SCOPE[catalogue.models()[quote.model].pricing]:
        rows.book.sheets[NAME].put(row, column, "not billed apart", "calc_wrapped")
    elif part == "support":
        reads = {"support": rows.figure(quote, part), "months": rows.figure(quote, "support_included_months")}
        rows.book.derive(NAME, row, column, said.support_in_words, "calc_wrapped", **reads)
    elif part in quote.figures:
        rows.book.sheets[NAME].put(row, column, "included", "calc_wrapped")
    else:
        rows.book.derive(NAME, row, column, said.part_in_words, "calc_wrapped", figure=rows.figure(quote, part))


def _terms(rows: _Rows) -> None:
    book = rows.book
    rows.section("Terms")
    until = rows.said("Valid until", "date", lambda quote: _day(quote.valid_until), "published", "date")

    def still(row: int, column: int, at: int, quote: QuoteRow) -> None:
        reads = {"until": book.at(NAME, until, column), "start_day": book.spot("start_day")}
        book.derive(NAME, row, column, said.validity_in_words, "calc_wrapped", **reads)

    rows.row("When the project starts", "text", still)
    book.sheets[NAME].heights[rows.said("Paid", "text", _paid)] = LONGEST_TERMS
    rows.said("Form that came back", "text", lambda quote: quote.file or "none: entered by hand", "calc_wrapped")


def _paid(quote: Quote) -> str:
    terms = terms_of(quote)
    return said.terms_in_words(terms) if terms else "not said; as the work goes on"


def _outcomes(rows: _Rows, offered: int) -> None:
    """offered: the row of the prices as they are offered."""
    book = rows.book
    numbers = book.structure.path_numbers
    rows.section("What it comes to, the vendor throughout")

    def outcome(key: str, format: str) -> Callable:
        def write(row: int, column: int, at: int, quote: QuoteRow) -> None:
            book.fetch(NAME, row, column, book.spot(key, path=numbers[quote.id] - 1), "calc", format)

        return write

    for label, unit, key, format in OUTCOMES:
        rows.row(label, unit, outcome(key, format))

    def ground(row: int, column: int, at: int, quote: QuoteRow) -> None:
        home = book.homes["short_ground"]
        place = home.cell({"path": numbers[quote.id] - 1})
        book.fetch(NAME, row, column, book.at(home.sheet, *place), "calc_wrapped")

    book.sheets[NAME].heights[rows.row("How it stands", "text", ground)] = TWO_LINES
    book.later(NAME, partial(_marker, book, rows.section("The price at which it would be recommended")))
    found = f"$C${rows.next}:${column_letters(rows.last)}${rows.next}"
    factor = rows.row("Factor on all its prices", "factor", partial(_factor, rows), f"COUNT({found})>0")

    def price(row: int, column: int, at: int, quote: QuoteRow) -> None:
        reads = {"amount": book.at(NAME, offered, column), "factor": book.at(NAME, factor, column)}
        book.derive(NAME, row, column, _wins_at, "bare_result", "rate", **reads, state=simulation.state(book))

    rows.row("It would win at", "currency", price, f'$C${rows.next}<>""')


def _wins_at(amount, factor, state):
    """In words where no price wins; empty where nobody looked."""
    without = np.where(state == NOT_COMPUTED, "", "no price")
    return np.where(np.isnan(factor), without, wins_at(amount, factor))


def _factor(rows: _Rows, row: int, column: int, at: int, quote: QuoteRow) -> None:
    """The factor as it was found; empty where no price wins, or where nobody looked."""
    position = rows.book.structure.path_numbers[quote.id] - 1
    label = rows.book.structure.paths[position].label
    found = [
        next((factor for name, *_, factor in scenario if name == label), np.nan)
        for scenario in rows.book.studies.must_be_true
    ]
    rows.book.sheets[NAME].put(row, column, np.array(found), "bare", "factor")


def _marker(book: Book, row: int) -> None:
    """Whether what was computed once belongs to the inputs in the cells."""
    book.fetch(NAME, row, FIRST, simulation.state(book), "section_note")


def _or_nan(number: float | None) -> float:
    return np.nan if number is None else number


def _day(day: date | None) -> float:
    """The day number that a cell holds; NaN for none."""
    return np.nan if day is None else float((day - DAY_ZERO).days)
