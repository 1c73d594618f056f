"""Sources: the articles, where they contradict each other or themselves, and every figure with its place and uses."""

from __future__ import annotations

from collections import Counter

from calc import catalogue
from calc.catalogue.cited import Reference
from calc.catalogue.figure import Figure
from workbook.write.book import Book
from workbook.write.sheet import Sheet
from workbook.write.sheets import worked_examples
from workbook.write.sheets.heading import framed

NAME = "Sources"
FIRST = 6
HEADS = (
    "Article, question or figure", "Low", "Likely", "High", "Unit", "Source and place", "What it says, in short",
    "Used by, or what this workbook does about it",
)  # fmt: skip
WIDTHS = {1: 46, 2: 11, 3: 11, 4: 11, 5: 15, 6: 46, 7: 46, 8: 60}
LAST = len(WIDTHS)
MONEY = ("USD", "USD/h", "USD/year", "USD/engagement")


def add(book: Book) -> None:
    """Articles, contradictions and figures."""
    purpose = (
        "Every published figure with its place in the article; figures without a source are marked as assumptions."
    )
    sheet = framed(
        book,
        NAME,
        "text",
        "Sources and contradictions",
        purpose,
        WIDTHS,
        freeze=(FIRST, 2),
        header_rows=(1, 5),
        print_to=None,
        is_alike=True,
    )
    sheet.row(5, 1, HEADS, "head_left")
    sheet.row(5, 2, HEADS[1:4], "head")
    row = _articles(sheet, FIRST)
    row = _contradictions(sheet, row + 1)
    _figures(sheet, row + 1)


def _section(sheet: Sheet, row: int, title: str) -> int:
    sheet.row(row, 1, [title, *[None] * (LAST - 1)], "section")
    return row + 1


def _head(sheet: Sheet, row: int, first: str, others: list[str]) -> int:
    """The head of a table of words, which leaves the columns of numbers to its first."""
    sheet.row(row, 1, [first, *[None] * 4, *others], "head_left")
    return row + 1


def _articles(sheet: Sheet, row: int) -> int:
    row = _section(sheet, row, "The five articles")
    row = _head(sheet, row, "Article", ["Key in this workbook", "It compares", "Figures taken from it"])
    given = Counter(key for figure in catalogue.figures().values() for key in {r.source for r in figure.references})
    for key, source in catalogue.sources().items():
        words = [key, ", ".join(source.compares), f"{given[key]} of the figures below"]
        sheet.row(row, 1, [source.title, *[None] * 4, *words], "label")
        row += 1
    return row


def _contradictions(sheet: Sheet, row: int) -> int:
    row = _section(sheet, row, "Contradictions, kept and never averaged away")
    row = _head(sheet, row, "Where they differ", ["One side", "The other side", "What this workbook does about it"])
    for contradiction in catalogue.contradictions().values():
        first, *others = [quoted_side(side) for side in contradiction.sides]
        words = [first, "\n".join(others), contradiction.treatment]
        sheet.row(row, 1, [contradiction.title, *[None] * 4, *words], "label")
        row += 1
    return row


def quoted_side(side: Reference) -> str:
    """The words of one side, and their place."""
    return f"{side.says} ({side.citation})"


def _figures(sheet: Sheet, row: int) -> None:
    row = _section(sheet, row, "Figures, each in its own unit")
    for figure in catalogue.figures().values():
        sheet.put(row, 1, figure.label, "label")
        sheet.row(row, 2, [figure.low, figure.likely, figure.high], "published", _format(figure))
        sheet.put(row, 5, figure.unit, "unit")
        sheet.put(row, 6, "; ".join(dict.fromkeys(r.citation for r in figure.references)), "source")
        sheet.put(row, 7, "; ".join(dict.fromkeys(_words(figure, r) for r in figure.references)), "note")
        sheet.put(row, 8, becomes(figure), "note")
        row += 1


def _words(figure: Figure, cited: Reference) -> str:
    """What the article says; a bare number takes its unit, since a number may not stand in a cell as text."""
    return f"{cited.says} {figure.unit}" if cited.says.replace(",", "").isdigit() else cited.says


def _format(figure: Figure) -> str:
    return "percent" if figure.unit == "share" else "money" if figure.unit in MONEY else "general"


def becomes(figure: Figure) -> str:
    """What becomes of a figure, in words; where nothing is calculated from it, that comes first."""
    uses = "; ".join(use(name) for name in figure.used_by)
    if figure.effect == "shown only":
        return f"shown only: {uses}" if uses else "shown only, here"
    return uses if figure.effect == "calculated from" else f"compared only: {uses}"


def use(name: str) -> str:
    """One use in words: a parameter of a model, a setting, a gate, a question, a path, an example, a story, or a text."""
    kind, _, key = name.rpartition(":")
    if kind == "setting":
        return f"setting: {catalogue.settings()[key].label}"
    if kind == "story":
        return f"story: {catalogue.claims()[key].claim.rstrip('.')}"
    if kind == "plan":
        model, _, work = key.partition(".")
        return f"plan: {catalogue.work_of(work, model).label}"
    if kind == "checklist":
        return f"checklist: {catalogue.checklists()[key].title}"
    if kind == "criteria":
        return f"criteria: {catalogue.criteria()[key].title}"
    if kind == "gate":
        return f"gate: {catalogue.gates()[key].label}"
    if kind == "question":
        return f"question: {catalogue.questions()[key].short}"
    if kind == "path":
        return f"path: {catalogue.paths()[key].label}"
    if kind == "example":
        return f"worked example: {worked_examples.title(catalogue.worked()[key])}"
    model, _, parameter = key.partition(".")
    return f"{catalogue.models()[model].label}: {catalogue.parameters()[model][parameter].label}"
