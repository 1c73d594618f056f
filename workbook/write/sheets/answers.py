"""Answers: one row per question, with a drop-down, how to tell yes from no, and who asks."""

from __future__ import annotations

from calc import catalogue
from workbook.write.book import Book
from workbook.write.sheets.heading import framed

NAME = "Answers"
WIDTHS = {1: 6, 2: 70, 3: 18, 4: 13, 5: 70, 6: 46}
FIRST = 6
RULE = {
    "promptTitle": "Your answer",
    "prompt": "yes, no or unknown. Unknown is a fair answer: the summary says which unknown answers matter.",
    "errorTitle": "Your answer",
    "error": "yes, no or unknown",
    "allow_blank": False,
    "type": "list",
    "formula1": '"yes,no,unknown"',
}


def add(book: Book) -> None:
    """The sheet of questions and answers."""
    purpose = "Answer what you can; leave the rest unknown. Every source's rules read these answers."
    sheet = framed(book, NAME, "input", "Answers", purpose, WIDTHS, freeze=(FIRST, 3), header_rows=(1, 5))
    sheet.row(5, 1, ["No.", "Question", "Id", "Answer", "How to tell", "Asked by"], "head_left")
    for row, (key, question) in enumerate(catalogue.questions().items(), FIRST):
        asked = "; ".join(dict.fromkeys(reference.citation for reference in question.asked_by))
        sheet.put(row, 1, row - FIRST + 1, "fixed", "flag")
        sheet.put(row, 2, question.text, "label")
        sheet.put(row, 3, key, "id")
        sheet.put(row, 4, book.texts[f"answer_{key}"], "input_choice")
        sheet.put(row, 5, question.help, "note")
        sheet.put(row, 6, asked, "source")
        book.name(f"answer_{key}", NAME, row, 4)
        sheet.validations.append(((row, 4), RULE))
    sheet.highlights.append((f"D{FIRST}:D{FIRST + len(catalogue.questions()) - 1}", f'$D{FIRST}="unknown"', "muted"))
