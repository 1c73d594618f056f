"""Decision: the answer, what each source says of it, alerts, why not the others, and what rules a path out, in plain sentences.

Printed are the sentences. Below them, for those who follow the formulas, stand what rules a path out and which, the fit of each
model and every rule; the ids that formulas use are at the side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from calc import catalogue
from calc.catalogue.rule import Rule
from calc.reductions import picked, picked_or, summed, whole
from calc.sentences.board import ALL_ALERTS
from calc.sentences.grounds import named
from workbook.files.address import column_letters
from workbook.write.book import Book, Spot
from workbook.write.formula.text import joined
from workbook.write.sheets import decision_workings, ranking, searches, simulation
from workbook.write.sheets.heading import currency, framed, linked
from workbook.write.sheets.sentences import PATH_HEADS
from workbook.write.sheets.values import path_labels

NAME = "Decision"
WIDTHS = {1: 32, 2: 17, 3: 12, 4: 11, 5: 59, 6: 82, 7: 14, 8: 14}
PRINTED = 6  # the last column that is printed; ids and numbers for formulas stand right of it
FIRST_GATE = 3  # the first of the columns of paths against gates
# The column after the gates', with sources and places.
LAST = FIRST_GATE + len(catalogue.gates())
SENTENCES = ("because", "firmness", "finding_out", "finding_out_worth")
SOURCE_HEIGHT, PATH_HEIGHT, ALERT_HEIGHT = 38, 45, 12
# So many paths have a page of their own; the table of more begins on the first page, so as not to take a third.
MOST_ON_A_PAGE = 13


def add(book: Book) -> None:
    """How the recommendation comes about."""
    purpose = "What each source says about this project, why not the other paths, and what rules a path out."
    widths = dict.fromkeys(range(1, LAST), 13) | WIDTHS | {LAST: 60}
    framed(book, NAME, "result", "Decision", purpose, widths, freeze=(5, 2), header_rows=(1, 3))
    book.later(NAME, lambda: _fill(book))


def _fill(book: Book) -> None:
    row = _answer(book, 5)
    row = _views(book, row + 2)
    row = _alerts(book, row + 1)
    if book.size("place") <= MOST_ON_A_PAGE:
        book.sheets[NAME].breaks.append(row + 1)
    else:
        # The heading of the table, its heads and their units stand on the next page again.
        book.sheets[NAME].header_rows = (row + 1, row + 3)
    row = _paths(book, row + 2)
    book.sheets[NAME].print_to = (row - 1, PRINTED)
    row = _gates(book, row + 3)
    row = _excluded(book, row + 3)
    row = _models(book, row + 2)
    _rules(book, row + 2)


def _head(book: Book, row: int, title: str, heads: Sequence[str | None]) -> None:
    sheet = book.sheets[NAME]
    sheet.section(row - 1, title, PRINTED)
    sheet.row(row, 1, heads, "head_left")


def _answer(book: Book, row: int) -> int:
    """What is recommended, why, how firmly, and what finding out first is worth."""
    linked(book, NAME, row, 1, "headline", "answer")
    book.sheets[NAME].heights[row] = 26
    for at, name in enumerate(SENTENCES, row + 1):
        linked(book, NAME, at, 1, name, "text")
    return row + 1 + len(SENTENCES)


def _views(book: Book, row: int) -> int:
    """What each source says: to which side it leans, and the answers that speak for each side."""
    heads = ["View of the source", "Leans to", "For a freelancer", "For the other", "What speaks for a freelancer",
             "What speaks for the other", "Lean", "Lens"]  # fmt: skip
    _head(book, row, "What each source says of these answers", heads)
    sheet = book.sheets[NAME]
    sheet.row(row + 1, 3, ["share"] * 2, "unit_centred")
    sheet.put(row + 1, 7, "-1 to 1", "unit_centred")
    for at, (key, lens) in enumerate(catalogue.lenses().items()):
        line = row + 2 + at
        sheet.put(line, 1, lens.label, "label_strong")
        other = catalogue.models()[lens.alternative].label
        book.derive(NAME, line, 2, _leaning(other), "calc_wrapped", verdict=book.spot("verdict", lens=at))
        for column, name in ((3, "support_freelancer"), (4, "support_alternative")):
            book.fetch(NAME, line, column, book.spot(name, lens=at), "calc", "percent")
        for column, side in ((5, "freelancer"), (6, "alternative")):
            rules = [rule for rule in catalogue.rules().values() if rule.lens == key and rule.side == side]
            function = speaking(rules)
            reads = {f"said_{rule.id}": book.at(*book.names[f"said_{rule.id}"]) for rule in rules}
            book.derive(NAME, line, column, function, "calc_wrapped", **reads)
        book.fetch(NAME, line, 7, book.spot("lean", lens=at), "calc", "fit")
        sheet.put(line, 8, key, "id")
        sheet.heights[line] = SOURCE_HEIGHT
    return row + 2 + len(catalogue.lenses())


def _leaning(alternative: str) -> Callable:
    return lambda verdict: np.where(verdict == 1, alternative, np.where(verdict == -1, "Freelancer", "Either"))


def speaking(rules: Iterable[Rule]) -> Callable:
    """The answers that speak for a side of a source: it reads `said_<rule>` of each of its rules."""
    reads = [f"said_{rule.id}" for rule in rules]

    def said(values):
        every = joined(*(values[name] for name in reads))
        return np.where(every == "", "Nothing that was answered.", joined("Answered:", every))

    return named(said, reads, "What was answered and speaks for a side of a source.")


def _paths(book: Book, row: int) -> int:
    """Every path in the order of the decision: what stands against it, what it would save, what would have to be true."""
    heads = ["Path, in the order of the decision", "Standing", "Same scope, dearer by", "Break-even chance",
             "Why not", "What would have to be true"]  # fmt: skip
    _head(book, row, "Why not the others", heads)
    sheet, count = book.sheets[NAME], len(book.structure.paths)
    book.derive(NAME, row + 1, 3, lambda code: joined(code, ""), "unit_centred", code=currency(book))
    sheet.put(row + 1, 4, "share", "unit_centred")
    simulation.marker(book, NAME, row + 1, PRINTED, "note_in")
    sheet.heights[row] = 28
    labels, first = path_labels(book), book.structure.path_ids[0]
    home, at, column = book.names[f"why_not_text_{first}"]
    grounds = book.at(home, at, column - len(PATH_HEADS) + PATH_HEADS.index("What stands against it") + 1, down=count)
    _, said, _ = book.names[f"would_be_{first}"]
    would_be = book.at(searches.NAME, said, searches.SAID, down=count)
    for place in range(count):
        line, path = row + 2 + place, book.spot("path_at_place", place=place)
        book.derive(NAME, line, 1, picked, "calc_label", values=labels, at=path)
        standing = {"standings": book.range("standing"), "at": path}
        book.derive(NAME, line, 2, standing_of, "calc_wrapped", **standing)
        for offset, name in enumerate(("same_scope_difference", "break_even_chance"), 3):
            format = "money" if offset == 3 else "percent"
            book.derive(NAME, line, offset, picked, "calc", format, values=book.range(name), at=path)
        book.derive(NAME, line, 5, _text_of, "calc_wrapped", values=grounds, at=path)
        book.derive(NAME, line, 6, _text_of, "calc_wrapped", values=would_be, at=path)
        sheet.heights[line] = PATH_HEIGHT
    last = row + 1 + count
    sheet.highlights.append((f"A{row + 2}:F{last}", f'$B{row + 2}="ruled out"', "muted"))
    sheet.highlights.append((f"A{row + 2}:F{last}", f'$B{row + 2}="recommended"', "chosen"))
    return row + 2 + count


def standing_of(standings, at):
    """Where the path at a position stands, in a word. standings: (..., path)."""
    names = ["ruled out", "possible", "next best", "recommended"]
    return np.choose(whole(picked(standings, at)), names)


def _text_of(values, at):
    return joined(picked(values, at), "")


def _alerts(book: Book, row: int) -> int:
    """Every alert that stands, most important first; the first page has lines for some."""
    book.sheets[NAME].section(row, ALL_ALERTS, PRINTED)
    book.name("all_alerts", NAME, row, 1)
    count = book.size("alert")
    sentences = ranking.texts_of(book, "alert_sentences", count)
    for number in range(count):
        line, at = row + 1 + number, book.spot("alert_at", alert=number)
        book.derive(NAME, line, 1, _alert if number else _first_alert, "listed", values=sentences, at=at)
        book.sheets[NAME].heights[line] = ALERT_HEIGHT
    return row + 1 + count


def _first_alert(values, at):
    return picked_or(values, at, "Nothing.")


def _alert(values, at):
    return picked_or(values, at, "")


def _gates(book: Book, row: int) -> int:
    """Every exclusion: whether it holds, how many paths it takes out, when it holds, and what it then rules out."""
    heads = ["What rules a path out", "Holds", "Paths out", None, "When it holds", "What it then rules out", None, "Id"]
    _head(book, row, "What rules a path out, however well it fits", heads)
    sheet = book.sheets[NAME]
    sheet.put(row, LAST, "Source and place", "head_left")
    sheet.put(row + 1, 3, "paths", "unit_centred")
    row += 1
    gates = catalogue.gates()
    for at, (key, gate) in enumerate(gates.items(), row + 1):
        sheet.put(at, 1, gate.label, "label_strong")
        book.derive(NAME, at, 2, _yes, "mark", fired=book.spot(f"fired_{key}"))
        book.derive(NAME, at, 3, summed, "calc", "flag", values=book.range(f"gate_{key}"))
        sheet.put(at, 4, None, "label")
        sheet.put(at, 5, gate.when[0].upper() + gate.when[1:], "note")
        sheet.put(at, 6, gate.then[0].upper() + gate.then[1:], "note")
        sheet.put(at, 8, key, "id")
        sheet.put(at, LAST, gate.citation or "assumption: " + gate.note, "source")
    sheet.highlights.append((f"B{row + 1}:B{row + len(gates)}", f'$B{row + 1}="yes"', "bad"))
    return row + 1 + len(gates)


def _yes(fired):
    return np.where(fired > 0, "yes", "no")


def _excluded(book: Book, row: int) -> int:
    """Paths against gates: out where a gate excludes the path."""
    labels = [gate.label for gate in catalogue.gates().values()]
    _head(book, row, "Which exclusion takes out which path", ["Path", "Standing", *labels])
    sheet = book.sheets[NAME]
    sheet.heights[row] = 30
    for at, path in enumerate(book.structure.paths):
        line = row + 1 + at
        sheet.put(line, 1, path.label, "label")
        book.derive(NAME, line, 2, _eligible, "calc_text", eligible=book.spot("eligible", path=at))
        for column, gate in enumerate(catalogue.gates(), FIRST_GATE):
            book.derive(NAME, line, column, _out, "mark", gate=book.spot(f"gate_{gate}", path=at))
    first, last = column_letters(FIRST_GATE), column_letters(FIRST_GATE + len(labels) - 1)
    cells = f"{first}{row + 1}:{last}{row + len(book.structure.paths)}"
    sheet.highlights.append((cells, f'{first}{row + 1}="out"', "bad"))
    return row + 1 + len(book.structure.paths)


def _eligible(eligible):
    return np.where(eligible == 1, "possible", "ruled out")


def _out(gate):
    return np.where(gate == 1, "out", "")


def _models(book: Book, row: int) -> int:
    _head(book, row, "How well each model fits the core work", ["Model", None, "Core fit"])
    book.sheets[NAME].put(row + 1, 3, "-1 to 1", "unit_centred")
    for at, model in enumerate(catalogue.models().values()):
        book.sheets[NAME].put(row + 2 + at, 1, model.label, "label")
        book.fetch(NAME, row + 2 + at, 3, book.spot("core_fit", model=at), "calc", "fit")
    return row + 2 + len(catalogue.models())


def _rules(book: Book, row: int) -> None:
    """Every rule with its questions, the wanted answers, the answers given, and whether it holds."""
    heads = ["Rule", "Source and side", "Question", "Wanted", "Given", "Holds"]
    _head(book, row, "Every rule", heads)
    sheet = book.sheets[NAME]
    sheet.put(row, LAST, "Source and place", "head_left")
    for at, rule in enumerate(catalogue.rules().values()):
        line = row + 1 + at
        side = (
            "freelancer"
            if rule.side == "freelancer"
            else catalogue.models()[catalogue.lenses()[rule.lens].alternative].label
        )
        sheet.put(line, 1, rule.text[0].upper() + rule.text[1:], "label")
        sheet.put(line, 2, f"{rule.lens}: for {side.lower()}", "label")
        join = " or " if rule.needs == "any" else " and "
        sheet.put(line, 3, join.join(c.question for c in rule.conditions), "note")
        sheet.put(line, 4, join.join(c.answer for c in rule.conditions), "note")
        given = {f"given_{n}": _answer_text(book, c.question) for n, c in enumerate(rule.conditions)}
        book.derive(NAME, line, 5, _given, "calc_text", **given)
        book.derive(NAME, line, 6, _yes, "calc_text", fired=book.spot("fires", rule=at))
        sheet.put(line, LAST, rule.citation, "source")
    last = row + len(catalogue.rules())
    sheet.highlights.append((f"F{row + 1}:F{last}", f'$F{row + 1}="yes"', "good"))


def _answer_text(book: Book, question: str) -> Spot:
    """The answer in force, as text, where the workings show it."""
    home = book.homes["given_answer"]
    row = home.row + book.structure.questions.index(question)
    return book.at(decision_workings.NAME, row, home.column - 1)


def _given(given_0, given_1=None):
    return joined(given_0, "") if given_1 is None else joined(given_0, " / ", given_1)
