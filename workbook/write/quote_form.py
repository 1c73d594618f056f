"""The form on which a vendor makes an offer: one page of input cells, from which `quotes` takes the offer into a scenario.

A vendor sees no figure of the client and nothing of any other vendor.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from calc import catalogue
from calc.model import model_for
from calc.scenario.limits import Between, CurrencyCode, Days, Length
from calc.scenario.payment_terms import MOST_MILESTONES
from calc.scenario.schema import DATES, LARGEST_AMOUNT, MOST_MONTHS
from calc.scenario.value import Asked
from workbook.files.agreed import QUOTE_FORM
from workbook.write.book import Book
from workbook.write.pack import Package
from workbook.write.sheet import Sheet
from workbook.write.sheets import validation

NAME = QUOTE_FORM
HEAD, VALUE, ID = 4, 2, 5
TITLE = "Your offer"
PURPOSE = (
    "Fill in the cells in a box and send the file back. What you leave empty is taken as usual for your kind of work."
)
HEADS = ("Asked", "Your answer", "Unit", "What is meant", "Id")
WIDTHS = {1: 38, 2: 30, 3: 14, 4: 74, 5: 22}
AMOUNT = Between(0, LARGEST_AMOUNT)
YES_NO = Asked("answer")


class Row(NamedTuple):
    """A row of the form. words: of a choice; limit: of any other."""

    id: str
    label: str
    unit: str
    about: str
    asked: Asked
    limit: Between | Days | Length | CurrencyCode | None = None
    words: tuple[str, ...] = ()
    format: str = "number"


def _money(id: str, label: str, unit: str, about: str) -> Row:
    return Row(id, label, unit, about, Asked("number", unit), AMOUNT)


def _number(id: str, label: str, unit: str, about: str, low: float, high: float) -> Row:
    return Row(id, label, unit, about, Asked("number", unit), Between(low, high))


def _share(id: str, label: str, of: str, about: str) -> Row:
    unit = f"share of the {of}"
    return Row(id, label, unit, about, Asked("number", unit, is_share=True), Between(0, 1), format="percent")


def _milestones() -> Iterator[Row]:
    """Two rows for each invoice on the way."""
    for number in range(1, MOST_MILESTONES + 1):
        yield _share(f"milestones.{number}.share", f"Milestone {number}", "price", "What is invoiced then.")
        yield _share(
            f"milestones.{number}.at", f"Milestone {number} is reached", "work", "How much of the work is done then."
        )


def rows() -> tuple[Row, ...]:
    """The rows of the form, in order."""
    parts = (
        ("hidden_scope", "Work that turns up on the way is included", "No extra charge where the cause lies deeper."),
        ("rework", "Rework is included", "Corrections of your own work are not billed."),
        ("review", "An independent review is included", "Security and quality are checked by somebody else of yours."),
    )
    return (
        Row("vendor", "Your name", "text", "As it should appear in the comparison, up to 30 characters.", Asked("text"),
            Length(1, 30)),
        Row("model", "You work as", "choice", "What comes closest.", Asked("text"),
            words=tuple(model.label for model in catalogue.models().values())),
        Row("currency", "Currency of your prices", "ISO 4217", "Three letters, such as EUR.", Asked("currency"),
            CurrencyCode()),
        _money("rate", "Price an hour", "currency/h", "Where you bill by the hour."),
        _money("price", "Fixed price", "currency", "For all the hours below. Give this, or a price an hour, or a fee."),
        _money("fee", "Fee an engagement", "currency", "Of a production engineering firm."),
        _money("salary", "Cost a year", "currency/year", "Of an employee, with everything on top of the salary."),
        _money("run_rate", "Price an hour of feature work", "currency/h", "After the core job, if it differs."),
        _number("hours", "Hours that the price covers", "h", "Of the job as it is specified today.", 1, 100_000),
        _number("weeks", "Weeks of work for these hours", "weeks", "From the day you begin.", 0.1, 520),
        _number("lead_weeks", "Weeks until you can begin", "weeks", "From the order.", 0, 520),
        _number("support_months", "Months of support included", "months", "After delivery.", 0, MOST_MONTHS),
        *(Row(f"includes.{id}", label, "yes/no", about, YES_NO, words=("yes", "no")) for id, label, about in parts),
        Row("valid_until", "Valid until", "date", "The last day on which the offer holds.", Asked("date"), DATES),
        _share("deposit", "Deposit", "price", "What is invoiced when the work begins."),
        *_milestones(),
        _share("monthly", "Invoiced month by month", "price", "With deposit and milestones it makes up the whole price."),
        Row("net_days", "Days to pay an invoice", "days", "From the invoice to its payment.", Asked("number", "days"),
            Between(0, 365)),
    )  # fmt: skip


def form() -> bytes:
    """The empty form, as the bytes of an .xlsx file."""
    book = Book(model_for(), {}, {}, {}, None, 1)
    sheet = book.sheet(
        Sheet(NAME, "input", TITLE, PURPOSE, widths=dict(WIDTHS), freeze=(HEAD + 1, 2), header_rows=(1, 4))
    )
    sheet.put(1, 1, TITLE, "title")
    sheet.put(2, 1, PURPOSE, "purpose")
    sheet.heights[1] = 24
    sheet.row(HEAD, 1, HEADS, "head_left")
    for at, row in enumerate(rows(), HEAD + 1):
        sheet.put(at, 1, row.label, "label")
        style, format = _look(row)
        sheet.put(at, VALUE, None, style, format)
        sheet.put(at, 3, row.unit, "unit")
        sheet.put(at, 4, row.about, "label")
        sheet.put(at, ID, f"quote.{row.id}", "id")
        sheet.validations.append(((at, VALUE), _rule(row)))
    sheet.print_to = (HEAD + len(rows()), 4)
    return Package(book).bytes()


def _look(row: Row) -> tuple[str, str]:
    if row.words:
        return "input_choice", "general"
    if row.asked.kind == "number":
        return "input", row.format
    return ("input", "date") if row.asked.kind == "date" else ("input_text", "text")


def _rule(row: Row) -> validation.Rule:
    if row.words:
        said = ", ".join(row.words)
        return validation.prompted(row.label, f"{row.about} One of: {said}.", f"One of: {said}.", True) | {
            "type": "list",
            "formula1": f'"{",".join(row.words)}"',
        }
    assert row.limit, f"{row.id} has no limit"
    allowed = f"Allowed: {row.limit.said()}."
    low, high = validation.ends_of(row.limit)
    between = {"operator": "between", "formula1": low, "formula2": high}
    return (
        validation.prompted(row.label, f"{row.about} {allowed}", allowed, True)
        | validation.kind_of(row.limit)
        | between
    )
