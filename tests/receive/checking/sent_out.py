"""A workbook as it was sent out, and what a check finds in it once it was changed."""

import functools
import json
import os
import zipfile

from typer.testing import CliRunner

from calc.scenario import scenario
from workbook import command
from workbook.receive.checking.expected import expected
from workbook.receive.checking.inspection import report_of
from workbook.receive.intake import Book, Cell, Sheet
from workbook.receive.intake.reader import read as read_here
from workbook.receive.reading import gathered
from workbook.receive.reading.addresses import position
from workbook.write.build import build
from workbook.write.edition import Edition

THOROUGH = os.environ.get("ENGAGEMENT_THOROUGH") == "1"
RUNS = 64
# The trials of the full edition make every check several times as long, and are cells like others.
EDITION = Edition.full if THOROUGH else Edition.light
SENT = {
    "project": {"name": "Checkout rescue", "currency": "EUR", "usd_rate": 0.92, "start": "2026-12-01"},
    "work": {"core_hours": [300, 412.5, 700], "specialists": 3},
    "money": {"revenue_loss_per_month": 8000, "budget": 48000},
    "answers": {"shifting": "yes", "bounded": "no"},
    "overrides": {"freelancer": {"rate": [70, 95, 140]}, "decision": {"core_weight": 0.6}},
    "weights": {"leval": 2},
    "paths": {
        "own": {"label": "Own path", "phases": [{"work": "core", "model": "freelancer", "share": 1}, {"work": "run", "model": "full_time"}]}
    },
}  # fmt: skip


@functools.cache
def sent_file(edition=EDITION):
    return build(scenario(SENT), RUNS, edition)


@functools.cache
def _sent():
    return read_here(sent_file())


def sent(only=None):
    """The workbook as it was sent, or some sheets of it, to change."""
    sheets = {name: sheet for name, sheet in _sent().sheets.items() if only is None or name in only}
    copies = {name: Sheet(name, dict(sheet.cells)) for name, sheet in sheets.items()}
    charts = {"charts": list(_sent().charts), "chart_titles": list(_sent().chart_titles)}
    return Book("xlsx", copies, dict(_sent().names), **charts)


@functools.cache
def _expected(now, then, runs, shown, edition, made_on):
    return expected(scenario(json.loads(now)), scenario(json.loads(then)), runs, dict(shown), edition, made_on)


def findings(book):
    return report_of(book, "x.xlsx").findings


def kinds(book):
    return report_of(book, "x.xlsx").counts


def places(found, *of):
    return {(one.sheet, *position(one.cell)) for one in found if one.kind in of}


@functools.cache
def formulas():
    return [
        (name, place)
        for name, sheet in _sent().sheets.items()
        for place, cell in sheet.cells.items()
        if cell.formula is not None
    ]


def input_cells():
    """Field and end -> its cell."""
    return {key: place for key, place in gathered(sent(), "x").places.cells.items() if key[0] != "paths"}


def put(book, place, value, formula=None):
    old = book.sheets[place[0]].cells.get(place[1:], Cell(None, None, 0))
    book.sheets[place[0]].cells[place[1:]] = Cell(value, formula, old.style, old.kind)


def read_members(data):
    import io

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def run(*arguments):
    return CliRunner(env={"COLUMNS": "120"}).invoke(command.app, [str(a) for a in arguments], prog_name="engagement")
