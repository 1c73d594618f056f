"""Ranking: what the first page picks from: all paths in the order of the decision, reasons by strength, alerts that stand, and
the sentences about them.

Other sheets read the places by their homes (`place_of`, `path_at_place`, `explained_at`, `reason_at`, `alert_at`,
`next_stage_row`), texts by `texts_of`, and single sentences by their names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from calc import catalogue, quantities
from calc.graph import Node
from calc.quantities.lines import LINES
from calc.quantity import QUANTITIES, argument_names
from calc.reductions import picked
from calc.sentences import board, plan, questions
from calc.sentences.fitting import fit_word
from calc.sentences.tracking import (
    actuals_changed,
    advised,
    advised_why,
    headroom_on_first_page,
    headroom_while_it_holds,
    on_first_page,
    why_kept,
)
from workbook.write.book import Book, Spot
from workbook.write.formula.expression import Home
from workbook.write.sheets import forecast, recorded_inputs, sensitivity, simulation, tracking
from workbook.write.sheets.actuals import is_tracked
from workbook.write.sheets.columns import in_order, table
from workbook.write.sheets.heading import currency, framed, unit_cell
from workbook.write.sheets.recorded_inputs import asked, changed
from workbook.write.sheets.values import path_ids, path_labels

NAME = "Ranking"
TOP, LAST = 6, 12
READ, TEXT = 3, 6  # the columns of what a single sentence reads, from there on, and of the sentence
MODULES = quantities.ranking.__name__, quantities.reasons.__name__
# The texts beside the table of paths, of places and of alerts: name of their home, and the head above them.
OF_PATHS = {
    "stands": "How it stands",
    "costs_beside": "What it costs beside it",
    "compared": "Against the recommended path",
    "excluded_by": "Ruled out by",
    "short_ground": "In short",
    "fit_word": "Fit in words",
}
# Sentences that each have a name.
SINGLE: dict[str, Callable] = {
    "board_out_of_date": board.out_of_date,
    "board_further_alerts": board.further_alerts,
    "board_further_paths": board.further_paths,
    "board_without_reasons": board.without_reasons,
    "board_further_rules": board.further_rules,
    "board_last_rules": board.further_rules,
    "board_no_other": board.no_other,
    "board_no_phases": board.no_phases,
    "board_dearer_buys": board.dearer_buys,
    "board_why_empty": questions.why_empty,
    "plan_shown": plan.shown,
}
# The same of a path that is under way: in an edition with actuals the forecast, live; where any were there when the workbook was
# made, whether to stay or to switch, and why, as found once.
FORECAST = "board_under_way", "board_forecast"
ADVICE = "board_stay_or_switch", "board_stay_or_switch_why"
# Beside the forecast, what it leaves of the budget.
HEADROOM = "board_headroom"
# That they are not the actuals for which that was found.
CHANGED = "board_actuals_changed"
# Where no path is left, the rules that exclude paths have a line for each of these.
RULES = ("board_without_reasons", "board_further_rules", "board_last_rules")
MOVES = 3
# The lines that the first page has for alerts, and for paths to explain.
SHOWN: dict[Callable, int] = {board.further_alerts: 5, board.further_paths: 5}
# What was computed once, by the names of the cells.
ONCE = (*(f"board_move_{number}" for number in range(1, MOVES + 1)), "board_answer", "board_figure", "board_ask")
# The one whose value stands in a cell beside it; the others, with another sequence and finding out first, have lines as far as
# there is something to say: where no figure moves a gap, those after it move up.
BESIDE = "board_figure"
RISKS = (*(name for name in ONCE if name != BESIDE), "sequence_line", "finding_out_short")
LINE, FOUND, SAID, SO_FAR, SHOWN_THERE = range(READ, READ + 5)


def add(book: Book) -> None:
    """The workings of the first page."""
    purpose = (
        "The order of the paths, the strongest reasons, the alerts that stand, and the sentences of the first page."
    )
    sheet = framed(book, NAME, "working", "Ranking", purpose, {1: 60, 2: 34}, freeze=(5, 3), header_rows=(1, 4))
    row = _paths(book, TOP)
    row = _places(book, row + 2)
    row = _reasons(book, row + 2)
    row = _alerts(book, row + 2)
    row = _next(book, row + 2)
    row = _single(book, row + 2)
    row = _once(book, row + 2)
    row = _risks(book, row + 2)
    _under_way(book, row + 2)
    sheet.widths.update(dict.fromkeys(range(3, 40), 12) | {1: 60, 2: 34})


def texts_of(book: Book, name: str, count: int) -> Spot:
    """A column of texts by the name of its home."""
    home = book.homes[name]
    return book.at(home.sheet, home.row, home.column, down=count)


def _head(book: Book, row: int, title: str, labels: Sequence[str | None]) -> None:
    sheet = book.sheets[NAME]
    sheet.section(row - 1, title, LAST)
    sheet.row(row, 1, labels, "head_left")


def _text_head(book: Book, row: int, column: int, head: str, name: str, dimension: str) -> None:
    """A column of texts beside a table, with its home."""
    book.sheets[NAME].put(row, column, head, "head")
    book.sheets[NAME].put(row + 1, column, "text", "unit_centred")
    book.settle(name, Home(NAME, row + 3, column, down=dimension))


def _paths(book: Book, row: int) -> int:
    _head(book, row, "Paths: their places, and what is said of them", ["Path", "Id"])
    for at, path in enumerate(book.structure.paths, row + 3):
        book.sheets[NAME].put(at, 1, path.label, "label")
        book.sheets[NAME].put(at, 2, path.id, "id")

    def belongs(node: Node) -> bool:
        module = node.function.__module__ if node.function else ""
        return node.over in ((), ("path",)) and module == MODULES[0]

    column = table(book, NAME, row, 3, "path", in_order(book, belongs))
    for offset, (name, head) in enumerate(OF_PATHS.items()):
        _text_head(book, row, column + offset, head, name, "path")
    for at in range(len(book.structure.paths)):
        book.later(NAME, partial(_path, book, row + 3 + at, column, at))
    return row + 3 + len(book.structure.paths)


def _path(book: Book, row: int, column: int, at: int) -> None:
    """The sentences about one path."""
    number = {key: book.spot(key, path=at).down() for key in ("why_not", "fit", "exclusions", "first_exclusion",
              "is_next", "same_scope_difference", "break_even_chance", "later_by")}  # fmt: skip

    def derive(offset: int, function: Callable, **reads: Spot) -> Spot:
        return book.derive(NAME, row, column + offset, function, "calc_text", **reads).down()

    stands = derive(0, board.stands, why_not=number["why_not"])
    difference = number["same_scope_difference"]
    costs = derive(1, board.costs_beside, same_scope_difference=difference, code=currency(book))
    reads = {key: number[key] for key in ("is_next", "break_even_chance", "later_by")}
    derive(2, board.compared, stands=stands, costs_beside=costs, **reads)
    _, first, _ = book.names[f"ground_{next(iter(catalogue.gates()))}"]
    rules = book.at("Rules", first, 1, down=len(catalogue.gates()))
    reads = {key: number[key] for key in ("first_exclusion", "exclusions")}
    excluded = derive(3, board.ruled_out, rules=rules, **reads)
    derive(4, board.short_ground, why_not=number["why_not"], excluded=excluded, same_scope_difference=difference)
    derive(5, fit_word, fit=number["fit"], verdict_threshold=book.spot("verdict_threshold"))


def _places(book: Book, row: int) -> int:
    """Every place with its path, and the lines of its cost, from which the chart is drawn."""
    _head(book, row, "The paths in the order of the decision, with the lines of their cost", ["Place"])
    keys = ["place_number", *in_order(book, lambda node: node.over == ("place",) and node.kind == "quantity")]
    column = table(book, NAME, row, 3, "place", keys)
    sheet = book.sheets[NAME]
    _text_head(book, row, column, "Path", "ranked_labels", "place")
    _text_head(book, row, column + 1, "Path id", "ranked_ids", "place")
    book.settle("ranked_lines", Home(NAME, row + 3, column + 2, down="place"))
    for offset, key in enumerate(LINES.values(), column + 2):
        sheet.put(row, offset, QUANTITIES[key].label, "head")
        unit_cell(book, NAME, row + 1, offset, "currency", "unit_centred")
    for at in range(book.size("place")):
        sheet.put(row + 3 + at, 1, f"Place {at + 1}", "label")
        book.later(NAME, partial(_place, book, row + 3 + at, column, at))
    return row + 3 + book.size("place")


def _place(book: Book, row: int, column: int, place: int) -> None:
    at, number = (book.spot(key, place=place).down() for key in ("path_at_place", "place_number"))
    reads = {"labels": path_labels(book), "path_at_place": at, "place_number": number}
    book.derive(NAME, row, column, board.ranked, "calc_text", **reads)
    book.derive(NAME, row, column + 1, picked, "id", values=path_ids(book), at=at)
    for offset, key in enumerate(LINES.values(), column + 2):
        book.derive(NAME, row, offset, picked, "calc", "money", values=book.range(key), at=at)


def _reasons(book: Book, row: int) -> int:
    _head(book, row, "What can speak for the recommended path, by strength", ["Reason", "Source and place"])
    for at, reason in enumerate(book.structure.reason_rows, row + 3):
        book.sheets[NAME].put(at, 1, board.sentence_of(reason.text), "label")
        book.sheets[NAME].put(at, 2, reason.citation, "source")
    statics = list(book.structure.columns["reason"])

    def belongs(node: Node) -> bool:
        of_module = bool(node.function) and node.function.__module__ == MODULES[1]
        return (node.over == ("reason",) or (node.over == () and of_module)) and node.key not in statics

    table(book, NAME, row, 3, "reason", statics + in_order(book, belongs))
    book.settle("reason_sentences", Home(NAME, row + 3, 1, down="reason"))
    book.settle("reason_sources", Home(NAME, row + 3, 2, down="reason"))
    return row + 3 + book.size("reason")


def _alerts(book: Book, row: int) -> int:
    _head(book, row, "Alerts: what a reader must not miss, in one line each", ["Alert", "Id"])
    for at, alert in enumerate(board.ALERTS, row + 3):
        book.sheets[NAME].put(at, 1, f"Alert: {alert.replace('_', ' ')}", "label")
        book.sheets[NAME].put(at, 2, alert, "id")
    keys = ["alert_number", *in_order(book, lambda node: node.over == ("alert",) and node.kind == "quantity")]
    column = table(book, NAME, row, 3, "alert", keys)
    _text_head(book, row, column, "Sentence", "alert_sentences", "alert")
    for at, sentence in enumerate(board.ALERTS.values(), row + 3):
        book.later(NAME, partial(_said, book, at, column, sentence))
    return row + 3 + book.size("alert")


def _said(book: Book, row: int, column: int, sentence: Callable) -> None:
    book.derive(NAME, row, column, sentence, "calc_text", **_read(book, sentence))


def _next(book: Book, row: int) -> int:
    _head(book, row, "The first phases of the recommended path", ["Phase", "Id"])
    for at in range(book.size("plan_stage")):
        book.sheets[NAME].put(row + 3 + at, 1, f"Phase {at + 1}", "label")
    table(book, NAME, row, 3, "plan_stage", ["next_stage_row"])
    return row + 3 + book.size("plan_stage")


def _single(book: Book, row: int) -> int:
    _head(book, row, "Single sentences", ["Said of", "Id", None, None, None, "Text"])
    for at, (name, function) in enumerate(SINGLE.items(), row + 1):
        _named(book, at, name)
        book.later(NAME, partial(_sentence, book, at, name, function))
    return row + 1 + len(SINGLE)


def has_actuals(book: Book) -> bool:
    """Whether the edition has the sheet to enter actuals on."""
    return tracking.NAME in book.sheets


def _under_way(book: Book, row: int) -> None:
    """Sentences on the path that is under way, where the edition has actuals or anything had happened when it was made."""
    if not (has_actuals(book) or is_tracked(book)):
        return
    _head(book, row, "The path that is under way", ["Said of", "Id", None, None, None, "Text"])
    for at, name in enumerate((*FORECAST, *(ADVICE if is_tracked(book) else ())), row + 1):
        _named(book, at, name)
    book.name(HEADROOM, NAME, row + 1 + FORECAST.index("board_forecast"), READ)
    if has_actuals(book):
        at = row + 1 + len(FORECAST) + len(ADVICE)
        _named(book, at, CHANGED)
        book.later(NAME, partial(_actuals_changed, book, at))
    book.later(NAME, partial(_stands, book, row + 1))


def _stands(book: Book, row: int) -> None:
    known = {"labels": path_labels(book), "actual_month": _months_entered(book, row)}
    book.derive(NAME, row, TEXT, plan.under_way, "calc_text", **_read(book, plan.under_way, **known))
    row += 1
    _headroom(book, row)
    said = recorded_inputs.advised(book) if is_tracked(book) else []
    if not has_actuals(book):
        # The first says that the others are out of date too.
        reads = {"changed": changed(book), "trials": simulation.large_run(book)}
        functions: tuple[Callable, ...] = questions.while_it_holds, questions.only_while_it_holds, why_kept
        for at, (text, function) in enumerate(zip(said, functions, strict=True), row):
            known = {"said": text} | {name: reads[name] for name in argument_names(function) if name in reads}
            book.derive(NAME, at, TEXT, function, "calc_text", **known)
        return
    reads = _read(book, on_first_page, plan_total=forecast.plan_total(book))
    book.derive(NAME, row, TEXT, on_first_page, "calc_text", **reads)
    reads = {"found": forecast.text(book, forecast.FOUND), "done_now": book.spot("core_done")}
    for at, (text, function) in enumerate(zip(said[1:], (advised, advised_why), strict=False), row + 1):
        book.derive(NAME, at, TEXT, function, "calc_text", said=text, **reads)


def _headroom(book: Book, row: int) -> None:
    """Of the path that is under way: live, or in an edition without actuals as it was when the workbook was made."""
    function = headroom_on_first_page if has_actuals(book) else headroom_while_it_holds
    known = {} if has_actuals(book) else {"headroom": recorded_inputs.headroom_forecast(book)}
    book.derive(NAME, row, READ, function, "calc", "money", **_read(book, function, **known))
    unit_cell(book, NAME, row, READ + 1, "currency")


def _named(book: Book, row: int, name: str) -> None:
    book.sheets[NAME].put(row, 1, _said_of(name), "label")
    book.sheets[NAME].put(row, 2, name, "id")
    book.name(name, NAME, row, TEXT)


def _said_of(name: str) -> str:
    return name.removeprefix("board_").replace("_", " ").capitalize()


def _sentence(book: Book, row: int, name: str, function: Callable) -> None:
    known = {}
    if function in SHOWN:
        book.sheets[NAME].put(row, READ, SHOWN[function], "fixed", "flag")
        book.sheets[NAME].put(row, READ + 1, "rows", "unit")
        known["shown"] = book.at(NAME, row, READ)
    if name in RULES:
        gates, each = list(catalogue.gates()), len(catalogue.gates()) // len(RULES)
        first = RULES.index(name) * each
        some = gates[first : first + each] if name != RULES[-1] else gates[first:]
        spots = {f"gate_{gate}": book.range(f"gate_{gate}") for gate in some}
        spots |= {f"label_{gate}": book.at("Rules", book.names[f"ground_{gate}"][1], 1) for gate in some}
        known["colliding"] = book.derive(NAME, row, READ, board.colliding(some), "calc_text", **spots)
    if function is plan.shown:
        known |= {"labels": path_labels(book), "actual_month": _months_entered(book, row)}
    if function is board.dearer_buys:
        for key, column in (("later_by", READ), ("loses_more", READ + 1)):
            reads = {"values": book.range(key), "at": book.spot("cheapest")}
            known[key] = book.derive(NAME, row, column, board.of_cheapest, "calc", "cents", **reads)
        book.sheets[NAME].put(row, READ + 2, "weeks", "unit")
    book.derive(NAME, row, TEXT, function, "calc_text", **_read(book, function, **known))


def _months_entered(book: Book, row: int) -> Spot:
    """How many months have actuals; where the edition leaves actuals out, 1 if anything had happened when it was made, else 0."""
    if has_actuals(book):
        return book.spot("actual_month")
    book.sheets[NAME].put(row, READ, float(is_tracked(book)), "fixed", "flag")
    book.sheets[NAME].put(row, READ + 1, "0/1", "unit")
    return book.at(NAME, row, READ)


def _actuals_changed(book: Book, row: int) -> None:
    known = forecast.month_when_made(book) if is_tracked(book) else book.spot("actual_month")
    reads = {"same": forecast.text(book, forecast.SAME), "known": known, "changed": changed(book)}
    book.derive(NAME, row, TEXT, actuals_changed, "calc_text", **reads)


def _read(book: Book, function: Callable, **known: Spot) -> dict[str, Spot]:
    """What a sentence reads, by the names of its arguments."""
    named = {
        "label": "recommended_label",
        "chance_above": "recommended_chance_above",
        "cheapest_label": "cheapest_label",
    }
    spots: dict[str, Spot] = {}
    for name in argument_names(function):
        if name in known:
            spots[name] = known[name]
        elif name in named:
            spots[name] = book.at(*book.names[named[name]])
        elif name == "code":
            spots[name] = currency(book)
        elif name == "changed":
            spots[name] = changed(book)
        elif name == "run_once":
            spots[name] = simulation.trials_run_once(book)
        elif name == "trials":
            spots[name] = simulation.large_run(book)
        else:
            spots[name] = book.spot(name)
    return spots


def _once(book: Book, row: int) -> int:
    """Sentences from what was computed once; the first page shows them while the inputs are the same."""
    _head(
        book, row, "What could go wrong, as computed once", ["Said of", "Id", "At its low", "At its high", None, "Text"]
    )
    for at, name in enumerate(ONCE, row + 1):
        _named(book, at, name)
    book.later(NAME, lambda: _computed(book, row + 1))
    return row + 1 + len(ONCE)


def _risks(book: Book, row: int) -> int:
    """What the first page says of what could go wrong, and which of the sentences stands in which line."""
    heads = ["Said of", None, "Line", "As computed once", "Text", "Sentences so far", "Sentence in this line"]
    _head(book, row, "What could go wrong, as the first page says it", heads)
    book.sheets[NAME].row(row + 1, LINE, ("number", "text", "text", "number", "position"), "unit_centred")
    first = row + 2
    for number, name in enumerate(RISKS):
        book.sheets[NAME].put(first + number, 1, _said_of(name), "label")
        book.sheets[NAME].put(first + number, LINE, number + 1, "fixed", "flag")
    book.later(NAME, lambda: _in_lines(book, first))
    book.settle("risks", Home(NAME, first, SAID))
    book.settle("risk_in_line", Home(NAME, first, SHOWN_THERE))
    return first + len(RISKS)


def _in_lines(book: Book, first: int) -> None:
    count = len(RISKS)
    for row, name in enumerate(RISKS, first):
        book.fetch(NAME, row, FOUND, book.at(*book.names[name]), "calc_text")
    lines, found = (book.at(NAME, first, column, down=count) for column in (LINE, FOUND))
    line = lines.each()
    why = book.at(*book.names["board_why_empty"])
    book.fill(NAME, first, SAID, questions.in_a_list, "calc_text", line=line, said=found.each(), why=why)
    texts = book.at(NAME, first, SAID, down=count)
    book.fill(NAME, first, SO_FAR, board.said_so_far, "calc", "flag", line=line, lines=lines, texts=texts)
    counts = book.at(NAME, first, SO_FAR, down=count)
    book.fill(NAME, first, SHOWN_THERE, board.said_in_line, "calc", "flag", line=line, counts=counts)


def _computed(book: Book, row: int) -> None:
    no_gap = {"recommended": book.spot("recommended"), "gap": sensitivity.gap(book)}
    for number in range(MOVES):
        bar = sensitivity.bar(book, number)
        sentence, why = (board.moved, {}) if number else (board.moved_first, no_gap)
        gaps = {
            end: book.derive(
                NAME,
                row + number,
                column,
                board.gap_in_words,
                "calc_text",
                gap=bar[f"at_{end}"].down(),
                code=currency(book),
            )
            for column, end in enumerate(("low", "high"), READ)
        }
        book.derive(NAME, row + number, TEXT, sentence, "calc_text", figure=bar["figure"], **gaps, **why)
    book.derive(NAME, row + MOVES, TEXT, board.answer_flips, "calc_text", **sensitivity.answer_flip(book, 0))
    flip = sensitivity.nearest_value_flip(book)
    reads = {name: flip[name] for name in ("figure", "path", "side", "value", "now")}
    book.derive(NAME, row + MOVES + 1, TEXT, board.figure_flips, "calc_text", **reads)
    questions, holds = asked(book)
    reads = dict(zip(("first", "second", "third"), questions, strict=True))
    book.derive(NAME, row + MOVES + 2, TEXT, board.to_ask, "calc_text", **reads, holds=holds)
