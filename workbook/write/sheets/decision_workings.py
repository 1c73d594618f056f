"""Decision workings: answers as numbers, rules, lenses, fits, gates, and the path that comes out. One table per dimension."""

from __future__ import annotations

from functools import partial

import numpy as np

from calc import catalogue
from calc.graph import Node
from calc.inputs import INPUTS
from calc.reductions import picked, position
from calc.scenario.exchange import DOLLAR
from workbook.write.book import Book
from workbook.write.formula.expression import Home
from workbook.write.sheets import answers, phases, sentences
from workbook.write.sheets.columns import in_order, table
from workbook.write.sheets.heading import currency, framed

NAME = "Rules"
# The tables from top to bottom: title, dimension, and the modules whose single values stand in the table.
QUESTION_KEYS = (
    "asks_losing", "asks_under_gate", "asked", "question_group", "given_answer", "under_gate", "loses", "fallback", "answer",
    "systemic",
    "completeness", "provisional", "open_answer", "open_in_group", "asked_in_group", "open_questions", "asked_questions",
    *catalogue.ladder(), "ladder_says", *catalogue.model_rules(),
)  # fmt: skip
# The modules whose quantities stand with the paths.
MODULES = ("alerts", "clauses", "evidence", "fit", "gates", "recommendation", "why_not")
# Named path by path, and single results by their names.
NAMED_PATHS = ("fit", "eligible", "evidence")


def add(book: Book) -> None:
    """The workings of the decision."""
    purpose = "How the answers become a recommendation. 1 is yes, -1 is no, 0 is unknown."
    sheet = framed(book, NAME, "working", "Rules at work", purpose, {1: 44, 2: 30}, freeze=(5, 3), header_rows=(1, 4))
    row = _questions(book, _currency(book, 5))
    row = _rules(book, row + 2)
    row = _lenses(book, row + 2)
    row = _needs(book, row + 2)
    row = _models(book, row + 2)
    row = _phases(book, row + 2)
    row = _paths(book, row + 2)
    sentences.add(book, NAME, row + 2)
    sheet.widths.update(dict.fromkeys(range(3, 60), 12) | {1: 44, 2: 30})


def _head(book: Book, row: int, title: str, labels: list[str]) -> None:
    sheet = book.sheets[NAME]
    sheet.section(row - 1, title, 12)
    sheet.row(row, 1, labels, "head_left")


def _currency(book: Book, row: int) -> int:
    """Whether the project's currency is another than the published figures'."""
    sheet, known = book.sheets[NAME], INPUTS["other_currency"]
    sheet.row(row, 1, [known.label, known.name], "label")
    book.settle(known.name, Home(NAME, row, 3))
    book.later(NAME, lambda: book.derive(NAME, row, 3, _another, "calc", "flag", code=currency(book)))
    sheet.put(row, 4, known.unit, "unit")
    return row + 3


def _another(code):
    return np.where(code == DOLLAR, 0, 1)


def _questions(book: Book, row: int) -> int:
    sheet = book.sheets[NAME]
    _head(book, row, "Questions", ["Question", "Id"])
    shorts = {key: question.short for key, question in catalogue.questions().items()}
    for at, key in enumerate(book.structure.questions, row + 3):
        sheet.put(at, 1, shorts.get(key, "Budget under the small-job limit"), "label")
        sheet.put(at, 2, key, "id")
    statics = QUESTION_KEYS[:4]
    column = table(book, NAME, row, 3, "question", statics)
    sheet.put(row, column, "Answer", "head")
    sheet.put(row + 1, column, "text", "unit_centred")
    sheet.put(row, column + 1, "Answer as a number", "head")
    sheet.put(row + 1, column + 1, "answer", "unit_centred")
    book.settle("given_answer", Home(NAME, row + 3, column + 1, down="question"))
    first = row + 3
    book.later(NAME, lambda: _texts(book, first, column))
    table(book, NAME, row, column + 2, "question", QUESTION_KEYS[5:])
    return row + 3 + len(book.structure.questions)


def _texts(book: Book, row: int, column: int) -> None:
    """The answer as it is given, then as a number; the last one follows from the budget, is not asked, and counts as 0 here."""
    asked = len(catalogue.questions())
    reads = {"ids": answers.column(book, answers.IDS), "given": answers.column(book, answers.ANSWER)}
    book.fill(NAME, row, column, _same, "calc_text", id=book.at(NAME, row, 2, down=asked).each(), **reads)
    book.sheets[NAME].put(row + asked, column, "not asked", "calc_text")
    answer = book.at(NAME, row, column, down=asked + 1).each()
    book.fill(NAME, row, column + 1, _code, "calc", "flag", answer=answer)


def _same(id, ids, given):
    """The text in the row of the question; an emptied cell counts as unknown."""
    found = picked(given, position(id, ids))
    return np.where(found == "", "unknown", found)


def _code(answer):
    return np.where(answer == "yes", 1, np.where(answer == "no", -1, 0))


def _rules(book: Book, row: int) -> int:
    rules = catalogue.rules()
    _head(book, row, "Rules: the conditions of each lens's two sides", ["Rule", "Id"])
    for at, (key, rule) in enumerate(rules.items(), row + 3):
        book.sheets[NAME].put(at, 1, rule.text, "label")
        book.sheets[NAME].put(at, 2, key, "id")
    column = table(book, NAME, row, 3, "rule", _keys(book, "rule"))
    sentences.rules(book, NAME, row, column)
    return row + 3 + len(rules)


def _lenses(book: Book, row: int) -> int:
    lenses = catalogue.lenses()
    _head(book, row, "Lenses", ["Lens", "Id"])
    for at, (key, lens) in enumerate(lenses.items(), row + 3):
        book.sheets[NAME].put(at, 1, lens.label, "label")
        book.sheets[NAME].put(at, 2, key, "id")
        book.later(NAME, partial(_name_lean, book, key, at))
    table(book, NAME, row, 3, "lens", [key for key in _keys(book, "lens") if key != "weight"])
    return row + 3 + len(lenses)


def _name_lean(book: Book, lens: str, row: int) -> None:
    book.name(f"lean_{lens}", NAME, row, book.homes["lean"].column)


def _needs(book: Book, row: int) -> int:
    needs = catalogue.needs()
    _head(book, row, "Needs of the feature work", ["Model", "Question"])
    for at, need in enumerate(needs, row + 3):
        book.sheets[NAME].put(at, 1, catalogue.models()[need.model].label, "label")
        book.sheets[NAME].put(at, 2, need.question, "id")
    table(book, NAME, row, 3, "need", _keys(book, "need"))
    return row + 3 + len(needs)


def _models(book: Book, row: int) -> int:
    _head(book, row, "Fit of each model", ["Model", "Id"])
    for at, (key, label) in enumerate(book.structure.model_labels.items(), row + 3):
        book.sheets[NAME].put(at, 1, label, "label")
        book.sheets[NAME].put(at, 2, key, "id")
    keys = [
        "own_lens_number", "freelancer_fit", "team_loss", "settled_lean@own_lens", "core_fit", "run_share",
        "alternative_speaks@own_lens", "freelancers_supported", "supported", "seller_prices", "replaced_prices",
    ]  # fmt: skip
    table(book, NAME, row, 3, "model", keys)
    return row + 3 + len(book.structure.models)


def _phases(book: Book, row: int) -> int:
    """What the decision asks of single phases."""
    _head(book, row, "Audit and core phases", ["Path", "Model"])
    labels = {path.id: path.label for path in book.structure.paths}
    for at, phase in enumerate(book.structure.phases, row + 3):
        book.sheets[NAME].put(at, 1, f"{labels[phase.path]}: step {phase.position}", "label")
        book.sheets[NAME].put(at, 2, book.structure.model_labels[phase.who], "label")
    table(book, NAME, row, 3, "phase", phases.DECIDED)
    return row + 3 + len(book.structure.phases)


def _paths(book: Book, row: int) -> int:
    """Gates, fit and recommendation, path by path; single values stand in the first row of their column."""
    _head(book, row, "Paths: gates, fit and recommendation", ["Path", "Id"])
    for at, path in enumerate(book.structure.paths, row + 3):
        book.sheets[NAME].put(at, 1, path.label, "label")
        book.sheets[NAME].put(at, 2, path.id, "id")
    statics = [key for key in book.structure.columns["path"] if key not in book.homes]

    def belongs(node: Node) -> bool:
        here = node.over in ((), ("path",)) and node.key not in book.homes and node.kind in ("quantity", "gather")
        module = node.function.__module__ if node.function else ""
        return here and (node.kind == "gather" or module.rpartition(".")[2] in MODULES)

    table(book, NAME, row, 3, "path", statics + in_order(book, belongs))
    for at, path in enumerate(book.structure.paths):
        for key in NAMED_PATHS:
            home = book.homes[key]
            book.name(f"{key}_{path.id}", NAME, home.row + at, home.column)
    return row + 3 + len(book.structure.paths)


def _keys(book: Book, dimension: str) -> list[str]:
    """Static columns of the dimension first, then the quantities over it, in order."""
    statics = list(book.structure.columns[dimension])
    ordered = in_order(book, lambda node: node.over == (dimension,))
    return statics + [key for key in ordered if key not in statics]
