"""The sentences of the decision on the sheet of its workings: alerts, the grounds of exclusions, and why not each path.

Other sheets show them by their names: `alert_text_<id>`, `why_not_text_<path>`, `headline`, `because`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np

from calc import catalogue
from calc.catalogue.grouped_questions import grouped_questions
from calc.quantity import argument_names
from calc.reductions import picked_or
from calc.sentences import alerts, answer, axes, questions, ranges, why_not
from calc.sentences.grounds import (
    MOST_AGAINST,
    against,
    answers_against,
    gate_ground,
    rule_words,
    said,
    would_speak_for,
)
from workbook.write.book import Book, Spot
from workbook.write.edition import Edition
from workbook.write.sheets import recorded_inputs, simulation
from workbook.write.sheets.heading import currency
from workbook.write.sheets.values import path_labels

TEXT = 3  # the column of a single sentence
AGAINST = TEXT + 2  # of what was answered against a model, after how many answers that are
PATH_HEADS = (
    "Grounds of exclusion", "Answers against it", "Answers that would speak for it", "What stands against it",
    "If all work in one place", "Cost against the recommended path", "Risk of the saving", "Why not",
)  # fmt: skip
# What sentences name, and the sentences of the answer, by the names of their cells.
LABELS = {
    "recommended_label": "Label of the recommended path",
    "cheapest_label": "Label of the cheapest eligible path",
    "recommended_chance_above": "Chance of exceeding the budget",
}
RANGES: dict[str, Callable] = {"range_sentence": ranges.within, "paid_sentence": ranges.to_be_paid}
ANSWERS: dict[str, Callable] = {
    "status": answer.status_word,
    "headline": answer.headline,
    "chosen": answer.chosen,
    "because": answer.because,
    "cost_sentence": answer.cost,
    "budget_sentence": answer.budget,
    "open_of_all": questions.open_of_all,
    "axis_money": axes.money,
    "axis_money_per_hour": axes.money_per_hour,
}


def add(book: Book, sheet: str, row: int) -> None:
    """All sentences, from that row of the sheet on."""
    cells = book.sheets[sheet]
    cells.section(row - 1, "Sentences: what a reader is told", 12)
    row = _single(book, sheet, row)
    row = _grounds(book, sheet, row + 2)
    row = _against(book, sheet, row + 2)
    _paths(book, sheet, row + 2)


def _single(book: Book, sheet: str, row: int) -> int:
    """The labels that sentences name, the chance of exceeding the budget, the answer and the alerts."""
    cells = book.sheets[sheet]
    cells.row(row, 1, ["Said of", "Id", "Text"], "head_left")
    for at, (name, label) in enumerate(LABELS.items(), row + 1):
        cells.row(at, 1, [label], "label")
        cells.put(at, 2, name, "id")
        book.name(name, sheet, at, TEXT)
    first = row + 1
    book.later(sheet, lambda: _labels(book, sheet, first))
    row += len(LABELS)
    for name, function in ANSWERS.items():
        row += 1
        _named_row(book, sheet, row, name, name.replace("_", " ").capitalize(), function)
    for alert, sentence in alerts.SENTENCES.items():
        row += 1
        _named_row(book, sheet, row, f"alert_text_{alert}", f"Alert: {alert.replace('_', ' ')}", sentence)
    for name, function in RANGES.items():
        row += 1
        cells.row(row, 1, [name.replace("_", " ").capitalize(), name], "label")
        # In an edition without trials they are of the inputs of that moment.
        book.name(name, sheet, row, TEXT + (book.edition is Edition.light))
        book.later(sheet, partial(_range, book, sheet, row, function))
    for group, keys in grouped_questions().items():
        row += 1
        label, at = catalogue.question_groups()[group], book.structure.questions.index(keys[0])
        _named_row(book, sheet, row, f"open_in_{group}", f"Open: {label}", questions.open_of_group(label), question=at)
    return row + 1


def _range(book: Book, sheet: str, row: int, function: Callable) -> None:
    """A sentence of the simulation, which reads the row of the recommended path there."""
    read = [name for name in argument_names(function) if name in simulation.FIGURES]
    known = {name: simulation.recommended(book, simulation.FIGURES[name]) for name in read}
    known = {"label": book.at(*book.names["recommended_label"])} | known
    said = book.derive(sheet, row, TEXT, function, "calc_text", **_read(book, function, **known))
    if book.edition is Edition.light:
        replaced = questions.outdated if function is ranges.within else questions.only_while_it_holds
        book.derive(sheet, row, TEXT + 1, replaced, "calc_text", said=said, changed=recorded_inputs.changed(book))


def _named_row(book: Book, sheet: str, row: int, name: str, label: str, function: Callable, **coordinates: int) -> None:
    book.sheets[sheet].put(row, 1, label, "label")
    book.sheets[sheet].put(row, 2, name, "id")
    book.name(name, sheet, row, TEXT)
    book.later(sheet, lambda: _said_of(book, sheet, row, function, coordinates))


def _said_of(book: Book, sheet: str, row: int, function: Callable, coordinates: Mapping[str, int]) -> None:
    """A sentence about the whole, or about one row of a dimension."""
    read = argument_names(function) if coordinates else ()
    known = {name: book.spot(name, **coordinates) for name in read}
    book.derive(sheet, row, TEXT, function, "calc_text", **_read(book, function, **known))


def _labels(book: Book, sheet: str, row: int) -> None:
    labels = path_labels(book)
    book.derive(sheet, row, TEXT, _label, "calc_text", labels=labels, at=book.spot("recommended"))
    book.derive(sheet, row + 1, TEXT, _label, "calc_text", labels=labels, at=book.spot("cheapest"))
    count = len(book.structure.paths)
    chances = book.at(simulation.NAME, simulation.TOP + 2, simulation.BUDGET, down=count)
    book.sheets[sheet].put(row + 2, TEXT + 1, "share", "unit")
    reads = {"chances": chances, "at": book.spot("recommended"), "budget": book.spot("budget")}
    book.derive(sheet, row + 2, TEXT, _chance, "calc", "percent", **reads)


def _label(labels, at):
    return picked_or(labels, at, "none")


def _chance(chances, at, budget):
    return np.where(np.isnan(budget), np.nan, picked_or(chances, at, np.nan))


def _read(book: Book, function: Callable, **known: Spot) -> dict[str, Spot]:
    """What a sentence reads, by the names of its arguments."""
    names = {"label": "recommended_label", "chance_above": "recommended_chance_above"}
    names |= {name: name for name in ("cheapest_label", "chosen")}
    spots: dict[str, Any] = {}
    for name in argument_names(function):
        if name in known:
            spots[name] = known[name]
        elif name in names:
            spots[name] = book.at(*book.names[names[name]])
        elif name == "chance_trials":
            spots[name] = simulation.trials_per_path(book)
        else:
            spots[name] = currency(book) if name == "code" else book.spot(name)
    return spots


def _grounds(book: Book, sheet: str, row: int) -> int:
    """Of each exclusion rule, its name and the answers that set it off."""
    cells = book.sheets[sheet]
    cells.row(row, 1, ["Exclusion", "Id", "Ground"], "head_left")
    for at, (key, gate) in enumerate(catalogue.gates().items(), row + 1):
        cells.put(at, 1, gate.label, "label")
        cells.put(at, 2, key, "id")
        book.name(f"ground_{key}", sheet, at, TEXT)
        book.later(sheet, partial(_ground, book, sheet, at, gate_ground(gate)))
    return row + 1 + len(catalogue.gates())


def _ground(book: Book, sheet: str, row: int, function: Callable) -> None:
    if argument_names(function):
        book.derive(sheet, row, TEXT, function, "calc_text", **_read(book, function))
    else:
        book.sheets[sheet].put(row, TEXT, str(function()), "calc_text")


def _against(book: Book, sheet: str, row: int) -> int:
    """Of each model, what was answered against it, and what would speak for it."""
    cells = book.sheets[sheet]
    cells.put(row, 1, "Most answers named", "label")
    cells.put(row, 2, "answers", "unit")
    cells.put(row, TEXT, MOST_AGAINST, "fixed", "flag")
    most, row = book.at(sheet, row, TEXT), row + 1
    cells.row(
        row,
        1,
        [
            "Model",
            "Id",
            "Number of answers against it",
            "Unit",
            "Answers against it",
            "Answers that would speak for it",
        ],
        "head_left",
    )
    for at, (key, model) in enumerate(catalogue.models().items(), row + 1):
        cells.put(at, 1, model.label, "label")
        cells.put(at, 2, key, "id")
        cells.put(at, AGAINST + 1, would_speak_for(key), "calc_text")
        book.name(f"against_{key}", sheet, at, AGAINST)
    firsts: dict[tuple[str, ...], int] = {}
    for at, key in enumerate(catalogue.models(), row + 1):
        sentence = against(key)
        # The two freelance models have the same rules: what has been calculated once is shown again.
        first = firsts.setdefault(argument_names(sentence), at)
        book.later(sheet, partial(_against_model, book, sheet, at, key, first, most))
    return row + 1 + len(catalogue.models())


def _against_model(book: Book, sheet: str, row: int, model: str, first: int, most: Spot) -> None:
    if first < row:
        book.fetch(sheet, row, AGAINST, book.at(sheet, first, AGAINST), "calc_text")
        return
    book.sheets[sheet].put(row, TEXT + 1, "answers", "unit")
    count = answers_against(model)
    reads = {name: book.at(*book.names[name]) for name in argument_names(count)}
    known = {"answers_against": book.derive(sheet, row, TEXT, count, "calc", "flag", **reads), "most_against": most}
    book.derive(sheet, row, AGAINST, against(model), "calc_text", **reads, **known)


def rules(book: Book, sheet: str, row: int, column: int) -> None:
    """Beside the table of rules: the answers that each asks for, and, where it fires, as a sentence."""
    cells = book.sheets[sheet]
    cells.row(row, column, ["In short", "Said where it fires"], "head")
    cells.row(row + 1, column, ["text", "text"], "unit_centred")
    for at, (key, rule) in enumerate(catalogue.rules().items()):
        line = row + 3 + at
        cells.put(line, column, rule_words(rule), "calc_text")
        book.name(f"said_{key}", sheet, line, column + 1)
    book.later(sheet, partial(_said, book, sheet, row + 3, column))


def _said(book: Book, sheet: str, row: int, column: int) -> None:
    words = book.at(sheet, row, column, down=book.size("rule")).each()
    book.fill(sheet, row, column + 1, said, "calc_text", fires=book.range("fires").each(), words=words)


def _paths(book: Book, sheet: str, row: int) -> None:
    """Of each path, why it is not recommended: its parts from left to right, then the whole."""
    cells = book.sheets[sheet]
    # Shown here first, so that the sentences name no other sheet and are shared by all paths.
    cells.row(row, 1, ["Currency", "code"], "label")
    book.later(sheet, lambda: book.fetch(sheet, row, TEXT, currency(book), "calc_text"))
    cells.row(row + 1, 1, ["Path", "Id", *PATH_HEADS], "head_left")
    first = row + 2
    for at, path in enumerate(book.structure.paths, first):
        cells.put(at, 1, path.label, "label")
        cells.put(at, 2, path.id, "id")
        book.name(f"why_not_text_{path.id}", sheet, at, TEXT + len(PATH_HEADS) - 1)
    book.later(sheet, partial(_why_not, book, sheet, first, row))


def _why_not(book: Book, sheet: str, first: int, code: int) -> None:
    gates = list(catalogue.gates())
    known = {name: book.range(name).each() for name in (*why_not.FIGURES, *(f"gate_{gate}" for gate in gates))}
    known |= {f"ground_{gate}": book.at(*book.names[f"ground_{gate}"]) for gate in gates}
    known["code"] = book.at(sheet, code, TEXT)
    excluded_by = why_not.excluded_by(gates)
    book.fill(sheet, first, TEXT, excluded_by, "calc_text", **_read(book, excluded_by, **known))
    for at, model in enumerate(book.structure.main_models, first):
        _, of_model, column = book.names[f"against_{model}"]
        for offset in range(2):
            book.fetch(sheet, at, TEXT + 1 + offset, book.at(sheet, of_model, column + offset), "calc_text")
    columns = {name: TEXT + at for at, name in enumerate(("grounds", "against", "would_speak", *why_not.PARTS))}
    for name, part in why_not.PARTS.items():
        own = [key for key in argument_names(part) if key in columns]
        known |= {key: book.at(sheet, first, columns[key], down=book.size("path")).each() for key in own}
        book.fill(sheet, first, columns[name], part, "calc_text", **_read(book, part, **known))
