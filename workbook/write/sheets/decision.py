"""Decision: the five lenses side by side, every rule with whether it fires, and which gate excludes which path."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from calc import catalogue
from calc.reductions import summed
from workbook.files.address import column_letters
from workbook.write.book import Book, Spot
from workbook.write.formula.text import joined
from workbook.write.sheets import decision_workings
from workbook.write.sheets.heading import framed

NAME = "Decision"
WIDTHS = {1: 46, 2: 34, 3: 16, 4: 16, 5: 14, 6: 26}
FIRST_GATE = 3  # the first of the columns of paths against gates
# The column after the gates', with sources and places.
LAST = max(FIRST_GATE + len(catalogue.gates()), max(WIDTHS) + 1)


def add(book: Book) -> None:
    """How the recommendation comes about."""
    purpose = "What each source says about this project, which of its rules hold, and which paths the gates exclude."
    widths = dict.fromkeys(range(1, LAST), 13) | WIDTHS | {LAST: 60}
    framed(book, NAME, "result", "Decision", purpose, widths, freeze=(5, 2), header_rows=(1, 4))
    book.later(NAME, lambda: _fill(book))


def _fill(book: Book) -> None:
    row = _lenses(book, 6)
    row = _gates(book, row + 2)
    row = _excluded(book, row + 2)
    row = _models(book, row + 2)
    _rules(book, row + 2)


def _head(book: Book, row: int, title: str, heads: Sequence[str | None]) -> None:
    sheet = book.sheets[NAME]
    sheet.section(row - 1, title, LAST)
    sheet.row(row, 1, heads, "head_left")


def _lenses(book: Book, row: int) -> int:
    heads = ["Lens", "Its alternative", "Support: freelancer", "Support: alternative", "Lean", "Verdict"]
    _head(book, row, "Five lenses, one per source", heads)
    sheet = book.sheets[NAME]
    sheet.row(row + 1, 3, ["share", "share", "-1 to 1"], "unit_centred")
    for at, (key, lens) in enumerate(catalogue.lenses().items()):
        line = row + 2 + at
        sheet.row(line, 1, [lens.label, catalogue.models()[lens.alternative].label], "label")
        for column, name, format in ((3, "support_freelancer", "percent"), (4, "support_alternative", "percent"),
                                     (5, "lean", "fit")):  # fmt: skip
            book.fetch(NAME, line, column, book.spot(name, lens=at), "calc", format)
        reads = {"verdict": book.spot("verdict", lens=at), "alternative": book.at(NAME, line, 2)}
        book.derive(NAME, line, 6, _verdict, "calc_text", **reads)
        sheet.put(line, 7, f"{key}: {catalogue.sources()[key].title}", "note_line")
    return row + 2 + len(catalogue.lenses())


def _verdict(verdict, alternative):
    return np.where(verdict == 1, alternative, np.where(verdict == -1, "Freelancer", "Either"))


def _gates(book: Book, row: int) -> int:
    """Every gate: when it holds, whether it does, how many paths it takes out, and what it then allows."""
    _head(book, row, "Gates: what excludes a path, whatever its fit", ["Gate", "When", "Holds", "Paths out", "Then"])
    sheet = book.sheets[NAME]
    for column in range(6, LAST + 1):
        sheet.put(row, column, "Source and place" if column == LAST else None, "head_left")
    sheet.put(row + 1, 4, "paths", "unit_centred")
    row += 1
    gates = catalogue.gates()
    for at, (key, gate) in enumerate(gates.items(), row + 1):
        sheet.put(at, 1, gate.label, "label_strong")
        sheet.put(at, 2, gate.when[0].upper() + gate.when[1:], "note")
        book.derive(NAME, at, 3, _yes, "mark", fired=book.spot(f"fired_{key}"))
        book.derive(NAME, at, 4, summed, "calc", "flag", values=book.range(f"gate_{key}"))
        for column in range(5, LAST):
            sheet.put(at, column, gate.then[0].upper() + gate.then[1:] if column == 5 else None, "note_line")
        sheet.put(at, LAST, gate.citation or "assumption: " + gate.note, "source")
    sheet.highlights.append((f"C{row + 1}:C{row + len(gates)}", f'$C{row + 1}="yes"', "bad"))
    return row + 1 + len(gates)


def _yes(fired):
    return np.where(fired > 0, "yes", "no")


def _excluded(book: Book, row: int) -> int:
    """Paths against gates: out where a gate excludes the path."""
    labels = [gate.label for gate in catalogue.gates().values()]
    _head(book, row, "Which gate excludes which path", ["Path", "Standing", *labels])
    sheet = book.sheets[NAME]
    sheet.heights[row] = 30
    for at, path in enumerate(book.structure.paths):
        line = row + 1 + at
        sheet.put(line, 1, path.label, "label")
        book.derive(NAME, line, 2, _standing, "calc_text", eligible=book.spot("eligible", path=at))
        for column, gate in enumerate(catalogue.gates(), FIRST_GATE):
            book.derive(NAME, line, column, _out, "mark", gate=book.spot(f"gate_{gate}", path=at))
    first, last = column_letters(FIRST_GATE), column_letters(FIRST_GATE + len(labels) - 1)
    cells = f"{first}{row + 1}:{last}{row + len(book.structure.paths)}"
    sheet.highlights.append((cells, f'{first}{row + 1}="out"', "bad"))
    return row + 1 + len(book.structure.paths)


def _standing(eligible):
    return np.where(eligible == 1, "eligible", "excluded")


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
    heads = ["Rule", "Lens and side", "Question", "Wanted", "Given", "Holds"]
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
