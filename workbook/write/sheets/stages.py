"""Stages: every phase of every path with its dates and deliverables, and the steps within; the plan picks from here."""

from __future__ import annotations

from calc import catalogue
from calc.quantity import QUANTITIES
from calc.structure import COLUMNS, Stage
from calc.structure.plan import end_of
from workbook.files.digits import FEWER_DIGITS
from workbook.write.book import Book
from workbook.write.formula.expression import Home
from workbook.write.sheets.columns import in_order, shown, table
from workbook.write.sheets.heading import framed

NAME = "Stages"
TOP = 6
TEXTS = ("what", "who", "delivers", "done_when", "go_on", "stop", "switch")
HEADS = ("Path", "What", "Who", "Delivers", "Done when", "Go on", "Stop", "Switch")
FIGURES = len(HEADS) + 1
# What each way on costs once the first phase of the plan is done.
WAYS_ON = (
    "plan_opens", "plan_builder", "plan_first_stage", "first_step_paid", "go_on_costs", "may_switch", "to_switch",
    "switch_path", "switch_costs",
)  # fmt: skip


def add(book: Book) -> None:
    """The workings of the plan."""
    purpose = "All phases of all paths with dates and deliverables; the plan shows those of one path."
    widths = {1: 34, 2: 30, 3: 26} | dict.fromkeys(range(4, FIGURES), 50)
    sheet = framed(
        book, NAME, "working", "Stages", purpose, widths, freeze=(TOP, 4), digits=FEWER_DIGITS, header_rows=(1, 4)
    )
    sheet.section(TOP - 1, "Phases, feature work and retainer", 19)
    sheet.row(TOP, 1, HEADS, "head_left")
    labels = _labels(book)
    stages = book.structure.stages
    for row, (stage, after) in enumerate(zip(stages, [*stages[1:], None], strict=True), TOP + 3):
        sheet.row(row, 1, [labels[stage], *_texts(stage, after)], "calc_text")
    keys = _keys(book, "stage")
    table(book, NAME, TOP, shown(book, NAME, TOP, FIGURES, keys), "stage", keys)
    for column, name in enumerate(TEXTS, 2):
        book.settle(f"stage_{name}", Home(NAME, TOP + 3, column, down="stage"))
    top = TOP + 3 + len(book.structure.stages) + 2
    sheet.section(top - 1, "Steps within the phases", 19)
    sheet.row(top, 1, ["Path", "Phase", "", "Step"], "head_left")
    for row, (stage_row, step) in enumerate(book.structure.steps, top + 3):
        stage = book.structure.stages[stage_row - 1]
        what = catalogue.work_of(stage.work, stage.model).label
        sheet.row(row, 1, [labels[stage], what, None, step.label], "calc_text")
    keys = _keys(book, "step")
    table(book, NAME, top, shown(book, NAME, top, FIGURES, keys), "step", keys)
    book.settle("step_label", Home(NAME, top + 3, 4, down="step"))
    top += 3 + len(book.structure.steps) + 2
    sheet.section(top - 1, "Where each path's rows begin, and the plan's share of them", 19)
    sheet.row(top, 1, ["Path"], "head_left")
    for row, path in enumerate(book.structure.paths, top + 3):
        sheet.put(row, 1, path.label, "calc_text")
    single = ("plan_path", "plan_stages_paid", "plan_stages_beyond")
    keys = ["first_stage", "stages", "first_step_row", "steps", "opens", "builder", *single, *WAYS_ON]
    table(book, NAME, top, FIGURES, "path", keys)
    top += 3 + len(book.structure.paths) + 2
    for dimension, title, more in (
        ("plan_stage", "Phases of the plan", ["plan_stage_paid_past"]),
        ("plan_step", "Steps of the plan", []),
    ):
        sheet.section(top - 1, title, 19)
        sheet.row(top, 1, [title], "head_left")
        for at in range(book.size(dimension)):
            sheet.put(top + 3 + at, 1, f"{title}, {at + 1}", "calc_text")
        table(book, NAME, top, FIGURES, dimension, [dimension, f"{dimension}_row", *more])
        top += 3 + book.size(dimension) + 2
    _reviews(book, top)


def _reviews(book: Book, top: int) -> None:
    """The reviews of the plan's retainer, side by side."""
    sheet, last = book.sheets[NAME], FIGURES + book.size("review") - 1
    sheet.section(top - 1, "Reviews of the plan's retainer", last)
    for row, key in enumerate(("weeks_between_reviews", "plan_retainer_start"), top):
        _line(book, row, QUANTITIES[key].label, key, QUANTITIES[key].unit)
        book.place(key, Home(NAME, row, FIGURES), "calc", "weeks")
    number = COLUMNS["review_number"]
    _line(book, top + 2, number.label, "review_number", number.unit)
    book.inputs("review_number", Home(NAME, top + 2, FIGURES, along="review"), "fixed", "flag")
    for row, (key, format) in enumerate((("review_week", "weeks"), ("review_date", "date")), top + 3):
        _line(book, row, QUANTITIES[key].label, key, QUANTITIES[key].unit)
        book.place(key, Home(NAME, row, FIGURES, along="review"), "calc", format)


def _line(book: Book, row: int, label: str, key: str, unit: str) -> None:
    cells = book.sheets[NAME]
    cells.put(row, 1, label, "label")
    cells.put(row, 2, key, "id")
    cells.put(row, 3, unit, "unit")


def _labels(book: Book) -> dict[Stage, str]:
    """Every stage by the name of its path and its number in it."""
    paths = {path.id: path.label for path in book.structure.paths}
    numbers: dict[str, int] = {}
    labels = {}
    for stage in book.structure.stages:
        numbers[stage.path] = numbers.get(stage.path, 0) + 1
        labels[stage] = f"{paths[stage.path]}, {numbers[stage.path]}"
    return labels


def _texts(stage: Stage, after: Stage | None) -> tuple[str, ...]:
    """What the stage is, who does it, what it delivers, when it is done, and what can be decided then; after: the next one."""
    work = catalogue.work_of(stage.work, stage.model)
    end = end_of(stage, after)
    who = stage.quote.vendor if stage.quote else catalogue.models()[stage.model].label
    return work.label, who, work.delivers, work.exit, end.go_on, end.stop, end.switch


def _keys(book: Book, dimension: str) -> list[str]:
    statics = list(book.structure.columns[dimension])
    return statics + [key for key in in_order(book, lambda node: node.over == (dimension,)) if key not in statics]
