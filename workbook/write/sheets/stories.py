"""The stories of the articles on the sheet Worked examples: claim, the article's figure, the model's, and the verdict.

They belong to other scenarios than the workbook's, so none of them is live: they were calculated by this version of the
model, and a test says when they are no longer its own.
"""

from __future__ import annotations

from calc import catalogue
from calc.catalogue.story import Claim, Played
from calc.worked_examples import agreeing, differing
from workbook.write.book import Book
from workbook.write.sheet import Sheet

TITLE = "Stories of the articles, played through the model"
PURPOSE = (
    "Each is a scenario of its own. These figures were calculated once, by this version; they follow no input here."
)
HEADS = (
    "What the article says", "Measured in", "Model: value, or low end", "Model: high end", "Article: value, or low end",
    "Article: high end", None, "Agrees (1/0)", "In a word", "Source and place; what is compared; why it differs",
)  # fmt: skip
FORMATS = {"share": "share", "USD": "money", "USD/month": "money", "1/0": "flag"}


def add(book: Book, name: str, row: int, last: int) -> None:
    """Every claim in a row, below its heads, then how many agree."""
    sheet = book.sheets[name]
    sheet.row(row, 1, [TITLE, *[None] * (last - 1)], "section")
    sheet.row(row + 1, 1, [PURPOSE], "purpose")
    sheet.row(row + 2, 1, HEADS, "head_left")
    played = catalogue.played()
    first, count = row + 3, row + 3 + len(played)
    for at, (key, claim) in enumerate(catalogue.claims().items(), first):
        _claim(sheet, at, claim, played[key])
    sheet.highlights.append((f"I{first}:I{count - 1}", f'$I{first}="agrees"', "good"))
    sheet.highlights.append((f"I{first}:I{count - 1}", f'$I{first}="differs"', "bad"))
    words = book.at(name, first, 9, down=len(played))
    for at, (label, function) in enumerate(
        {"Claims that agree": agreeing, "Claims that differ": differing}.items(), count
    ):
        sheet.put(at, 1, label, "label_strong")
        sheet.put(at, 2, "claims", "unit")
        book.derive(name, at, 3, function, "result", "flag", words=words)


def _claim(sheet: Sheet, row: int, claim: Claim, played: Played) -> None:
    sheet.row(row, 1, [claim.claim], "label")
    sheet.put(row, 2, claim.unit or "path", "unit")
    sheet.row(row, 3, [None] * 7, "calc")
    if claim.figures:
        format = FORMATS.get(claim.unit, "hours")
        sheet.row(row, 3, _ends(played.low, played.high), "published", format)
        sheet.row(row, 5, _ends(*claim.range), "published", format)
    sheet.put(row, 8, int(played.verdict == "agrees"), "published", "flag")
    sheet.put(row, 9, played.verdict, "calc_text")
    sheet.put(row, 10, remark(claim, played), "note")


def _ends(low: float | None, high: float | None) -> list[float | None]:
    """One value, or both ends."""
    return [low] if low == high else [low, high]


def remark(claim: Claim, played: Played) -> str:
    """Where the claim stands, what is compared, how words became figures, and why both differ."""
    return ". ".join(
        part.rstrip(".") for part in (claim.citation, _compared(claim, played), claim.reading, claim.why) if part
    )


def _compared(claim: Claim, played: Played) -> str:
    if claim.measures:
        return claim.measures
    paths = catalogue.paths()
    given = paths[played.path].label if played.path else "no path"
    return f"Recommended: {given}; the article: {' or '.join(paths[path].label for path in claim.expects)}"
