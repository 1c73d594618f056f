"""Stages: every phase of every path with its dates and deliverables, and the steps within; the plan picks from here."""

from __future__ import annotations

from calc import catalogue
from workbook.write.book import Book
from workbook.write.formula.expression import Home
from workbook.write.sheets.columns import in_order, table
from workbook.write.sheets.heading import framed

NAME = "Stages"
TOP = 6
TEXT_COLUMNS = ("Path", "What", "Who", "Delivers", "Done when")


def add(book: Book) -> None:
    """The workings of the plan."""
    purpose = "All phases of all paths with dates and deliverables; the plan shows those of one path."
    widths = {1: 34, 2: 30, 3: 26, 4: 60, 5: 60}
    sheet = framed(book, NAME, "working", "Stages", purpose, widths, freeze=(TOP, 4), header_rows=(1, 4))
    sheet.section(TOP - 1, "Phases, feature work and retainer", 19)
    sheet.row(TOP, 1, TEXT_COLUMNS, "head_left")
    paths = {path.id: path.label for path in book.structure.paths}
    own = {
        path.id: [stage for stage in book.structure.stages if stage.path == path.id] for path in book.structure.paths
    }
    labels = {stage: f"{paths[stage.path]}, {own[stage.path].index(stage) + 1}" for stage in book.structure.stages}
    for row, stage in enumerate(book.structure.stages, TOP + 3):
        work = catalogue.work_of(stage.work, stage.model)
        who = catalogue.models()[stage.model].label
        sheet.row(row, 1, [labels[stage], work.label, who, work.delivers, work.exit], "calc_text")
    table(book, NAME, TOP, 6, "stage", _keys(book, "stage"))
    for column, name in enumerate(("what", "who", "delivers", "done_when"), 2):
        book.settle(f"stage_{name}", Home(NAME, TOP + 3, column, down="stage"))
    top = TOP + 3 + len(book.structure.stages) + 2
    sheet.section(top - 1, "Steps within the phases", 19)
    sheet.row(top, 1, ["Path", "Phase", "", "Step"], "head_left")
    for row, (stage_row, step) in enumerate(book.structure.steps, top + 3):
        stage = book.structure.stages[stage_row - 1]
        what = catalogue.work_of(stage.work, stage.model).label
        sheet.row(row, 1, [labels[stage], what, None, step.label], "calc_text")
    table(book, NAME, top, 6, "step", _keys(book, "step"))
    book.settle("step_label", Home(NAME, top + 3, 4, down="step"))
    top += 3 + len(book.structure.steps) + 2
    sheet.section(top - 1, "Where each path's rows begin", 19)
    sheet.row(top, 1, ["Path"], "head_left")
    for row, path in enumerate(book.structure.paths, top + 3):
        sheet.put(row, 1, path.label, "calc_text")
    table(book, NAME, top, 6, "path", ["first_stage", "stages", "first_step_row", "steps", "plan_path"])


def _keys(book: Book, dimension: str) -> list[str]:
    statics = list(book.structure.columns[dimension])
    return statics + [key for key in in_order(book, lambda node: node.over == (dimension,)) if key not in statics]
