"""Checklists: the points to settle before signing, for a team to go through, tick off and annotate."""

from __future__ import annotations

from calc import catalogue
from calc.catalogue.article import Checklist, Item
from workbook.write.book import Book
from workbook.write.sheet import Sheet
from workbook.write.sheets.heading import framed

NAME = "Checklists"
FIRST = 6
HEADS = (
    "Point", "What it means", "Status", "Our note", "A good answer sounds like, or text to copy and edit",
    "A bad answer sounds like", "Source and place",
)  # fmt: skip
WIDTHS = {1: 36, 2: 82, 3: 11, 4: 17, 5: 120, 6: 100, 7: 90}
PRINTED = 4  # how answers sound, texts to edit and sources stand at the side
# The first of the lists on the second page; those before it are the ones to settle before signing.
SECOND_PAGE = "first_questions"
BETWEEN = 8  # points between two lists
STATUS = ("open", "done", "not needed")
LONGEST_NOTE, LONGEST_TEMPLATE = 500, 2000
STATUS_RULE = {
    "promptTitle": "Status",
    "prompt": "open, done or not needed. Nothing is calculated from it.",
    "errorTitle": "Status",
    "error": "open, done or not needed",
    "allow_blank": False,
    "type": "list",
    "formula1": f'"{",".join(STATUS)}"',
}


def add(book: Book) -> None:
    """All checklists, one below the other."""
    purpose = "To go through with your team or a vendor, and to write in; those to settle before signing come first."
    options = {"freeze": (FIRST, 2), "header_rows": (5, 5), "landscape": False, "is_alike": True}
    sheet = framed(book, NAME, "input", "Checklists", purpose, WIDTHS, **options)
    sheet.row(5, 1, HEADS, "head_left")
    row = FIRST
    for key, checklist in catalogue.checklists().items():
        if key == SECOND_PAGE:
            sheet.breaks = [row]
        row = _list(sheet, row, checklist) + 1
        sheet.heights[row - 1] = BETWEEN
    sheet.print_to = (row - 2, PRINTED)
    states = f"C{FIRST}:C{row - 2}"
    sheet.highlights.append((states, f'$C{FIRST}="done"', "good"))
    sheet.highlights.append((states, f'$C{FIRST}="not needed"', "muted"))


def _list(sheet: Sheet, row: int, checklist: Checklist) -> int:
    sheet.row(row, 1, [checklist.title, *[None] * 6], "section")
    sheet.put(row + 1, 1, checklist.purpose, "purpose")
    for at, item in enumerate(checklist.items, row + 2):
        sheet.put(at, 1, item.text, "label_strong")
        sheet.put(at, 2, item.detail, "note")
        sheet.put(at, 3, STATUS[0], "input_choice")
        sheet.validations.append(((at, 3), STATUS_RULE))
        _input_text(sheet, at, 4, None, "Our note", "Your own words on this point", LONGEST_NOTE)
        _answers(sheet, at, item)
        references = checklist.references_of(item)
        sheet.put(at, 7, "; ".join(reference.citation for reference in references), "source")
    return row + 2 + len(checklist.items)


def _answers(sheet: Sheet, row: int, item: Item) -> None:
    """How answers sound, or a text that the team makes its own."""
    sheet.row(row, 5, [item.good or None, item.bad or None], "label")
    if item.template:
        prompt = "Replace what stands in [brackets] by what you agree on"
        _input_text(sheet, row, 5, item.template, "Text to copy and edit", prompt, LONGEST_TEMPLATE)


def _input_text(sheet: Sheet, row: int, column: int, text: str | None, title: str, prompt: str, longest: int) -> None:
    sheet.put(row, column, text, "input_text", "text")
    rule = {
        "promptTitle": title,
        "prompt": f"{prompt}; up to {longest:,} characters, or empty.",
        "errorTitle": title,
        "error": f"At most {longest:,} characters.",
        "allow_blank": True,
        "type": "textLength",
        "operator": "between",
        "formula1": "0",
        "formula2": str(longest),
    }
    sheet.validations.append(((row, column), rule))
