"""Start: five steps, the colour key, the contents with links both ways, and the words that the workbook uses."""

from __future__ import annotations

from calc import __version__, catalogue
from workbook.write.book import Book
from workbook.write.sheets.heading import framed

NAME = "Start"
WIDTHS = {1: 22, 2: 33, 3: 90}
STEPS = (
    ("Inputs", "Fill in the project, its estimates and the budget; a range where you know one."),
    ("Answers", "Answer the questions you can; unknown is a fair answer."),
    ("Parameters", "Put your own rates beside the published ones where you know better."),
    ("Summary", "Read the recommendation, what every path costs, and why."),
    ("Checks", "See that every check passes before you pass the workbook on."),
)
TO_PRINT = (
    "Workings are left out on paper. In Excel hold Ctrl, click on the tabs of these sheets and print the active ones:"
)
KEY = (
    ("input", "in a box, on a tint", "yours to fill in"),
    ("calc", "plain", "calculated; follows the inputs"),
    ("result", "bold, on a tint", "a result"),
    ("published", "plain, with its source beside it", "a published figure"),
)


def add(book: Book) -> None:
    """The sheet that leads through the other sheets; its contents are listed once all sheets are there."""
    purpose = "What to do first, what the colours mean, and where everything is."
    options = {"freeze": (4, 1), "header_rows": (1, 3), "print_to": None, "is_alike": True}
    sheet = framed(book, NAME, "text", "Start", purpose, WIDTHS, **options)
    sheet.row(4, 1, ["Version", __version__], "text")
    row = 6
    sheet.row(row, 1, ["Five steps", None, None], "section")
    for number, (target, text) in enumerate(STEPS, 1):
        sheet.put(row + number, 1, f"Step {number}", "label")
        sheet.link(row + number, 2, target, target)
        sheet.put(row + number, 3, text, "wrapped")
    row += len(STEPS) + 2
    sheet.row(row, 1, ["Colours", None, None], "section")
    for number, (style, look, meaning) in enumerate(KEY, 1):
        sheet.put(row + number, 1, "Example", style if style != "input" else "input_look")
        sheet.put(row + number, 2, look, "text")
        sheet.put(row + number, 3, meaning, "text")
    row += len(KEY) + 2
    book.later(NAME, lambda: _contents(book, row))


def _contents(book: Book, row: int) -> None:
    sheet = book.sheets[NAME]
    sheet.row(row, 1, ["Contents", None, None], "section")
    kinds = {"input": "to fill in", "result": "results", "working": "workings", "text": "to read"}
    sheets = [listed for listed in book.sheets.values() if listed.name != NAME]
    for number, listed in enumerate(sheets, 1):
        sheet.link(row + number, 1, listed.name, listed.name)
        sheet.put(row + number, 2, kinds[listed.kind], "text")
        sheet.put(row + number, 3, listed.purpose, "wrapped")
    row += len(sheets) + 1
    printed = [listed.name for listed in book.sheets.values() if listed.is_printed]
    sheet.put(row, 1, "To print", "label_strong")
    sheet.put(row, 3, f"{TO_PRINT} {', '.join(printed)}.", "wrapped")
    row += 2
    sheet.row(row, 1, ["Words", None, None], "section")
    for number, term in enumerate(catalogue.glossary(), 1):
        sheet.put(row + number, 1, term.term, "label_strong")
        sheet.put(row + number, 3, term.meaning, "wrapped")
