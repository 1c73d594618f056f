"""Answers: the questions in four groups, the ones that decide most first, each with a drop-down and how to tell yes from no."""

from __future__ import annotations

from calc import catalogue
from calc.catalogue.grouped_questions import grouped_questions
from workbook.write.book import Book, Spot
from workbook.write.sheets.heading import framed, linked

NAME = "Answers"
WIDTHS = {1: 6, 2: 90, 3: 15, 4: 13, 5: 165, 6: 140}
FIRST = 6
ANSWER, IDS = 4, 3
# Of the row that heads a group: apart from the question above it.
GROUP_HEIGHT = 26
LAST_PRINTED = 4  # how to tell, and who asks, stand at the side
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
    sheet = framed(book, NAME, "input", "Answers", purpose, WIDTHS, freeze=(FIRST, 3), header_rows=(1, 5),
                   landscape=False, pages_tall=1)  # fmt: skip
    sheet.row(5, 1, ["No.", "Question", "Id", "Answer", "How to tell", "Asked by"], "head_left")
    linked(book, NAME, 4, 1, "open_and_first", "listed")
    row, number = FIRST, 0
    for group, keys in grouped_questions().items():
        sheet.row(row, 1, [None] * 6, "section")
        linked(book, NAME, row, 1, f"open_in_{group}", "section")
        sheet.heights[row] = GROUP_HEIGHT
        for key in keys:
            row, number = row + 1, number + 1
            _question(book, row, number, key)
        row += 1
    last = row - 1
    sheet.highlights.append((f"D{FIRST}:D{last}", f'$D{FIRST}="unknown"', "muted"))
    sheet.print_to = (last, LAST_PRINTED)


def _question(book: Book, row: int, number: int, key: str) -> None:
    sheet, question = book.sheets[NAME], catalogue.questions()[key]
    sheet.put(row, 1, number, "fixed", "flag")
    sheet.put(row, 2, question.text, "label")
    sheet.put(row, IDS, key, "id_ruled")
    sheet.put(row, ANSWER, book.texts[f"answer_{key}"], "input_choice")
    sheet.put(row, 5, question.help, "note")
    sheet.put(row, 6, "; ".join(dict.fromkeys(reference.citation for reference in question.asked_by)), "source")
    book.name(f"answer_{key}", NAME, row, ANSWER)
    sheet.validations.append(((row, ANSWER), RULE))


def rows() -> int:
    """How many rows the questions and the headings of their groups take."""
    return len(catalogue.questions()) + len(catalogue.question_groups())


def column(book: Book, column: int) -> Spot:
    """A column of the questions, with the headings of the groups between them."""
    return book.at(NAME, FIRST, column, down=rows())
