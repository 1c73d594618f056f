"""About: which version made this, from which inputs, and the limits of the model."""

from __future__ import annotations

from calc import __version__
from workbook.files.agreed import ABOUT
from workbook.write.book import Book
from workbook.write.once.fingerprint import template_hash
from workbook.write.sheets.heading import framed

NAME = ABOUT
# The rows of the fingerprint of the inputs, of the edition, and of the day on which it was made.
INPUTS, EDITION, DAY_MADE = 7, 8, 9
EVENLY = "Costs fall evenly over a phase; invoices do not. The cash flow is a plan, not a payment schedule."
# The same in a workbook in which a quote says when its vendor is paid.
INVOICED = "Costs fall evenly over a phase, but by invoices where a quote has payment terms. The cash flow is a plan."
LIMITS = (
    "The figures are those of five published articles, most of them by firms that sell one of the alternatives;"
    " each names its source.",
    "A figure that no article gives is an assumption and is marked as one; replace it with your own on Parameters.",
    EVENLY,
    "Departures are expected values: nobody loses a tenth of a person. The ranges and the simulation show the spread.",
    "Instability stops in full at the end of the core work, except for the chance that the problem outlives it.",
    "Taxes, severance, currency risk and the value of features delivered earlier are not in the model.",
)


def add(book: Book) -> None:
    """The sheet that identifies this workbook."""
    purpose = "What made this workbook, from what, and the limits of the model."
    sheet = framed(
        book, NAME, "text", "About", purpose, {1: 30, 2: 100}, freeze=(4, 1), header_rows=(0, 0), print_to=None
    )
    sheet.row(5, 1, ["Version", __version__], "label")
    book.later(NAME, lambda: _template(book))
    sheet.row(INPUTS, 1, ["Inputs", book.texts["inputs_hash"]], "label")
    sheet.row(EDITION, 1, ["Edition", book.edition.value], "label")
    sheet.put(DAY_MADE, 1, "Made on", "label")
    sheet.put(DAY_MADE, 2, book.day_made, "label", "date")
    sheet.row(DAY_MADE + 1, 1, ["Known limits", None], "section")
    for at, limit in enumerate(LIMITS, DAY_MADE + 2):
        limit = INVOICED if limit is EVENLY and book.structure.billed else limit
        sheet.put(at, 1, f"Limit {at - DAY_MADE - 1}", "label")
        sheet.put(at, 2, limit, "wrapped")


def _template(book: Book) -> None:
    """The fingerprint of all sheets, which reads them all."""
    book.write_all()
    key = "template", __version__, tuple(book.sheets)  # with the one-off studies there is a sheet more
    book.sheets[NAME].row(6, 1, ["Template", book.once(key, lambda: template_hash(book))], "label")
