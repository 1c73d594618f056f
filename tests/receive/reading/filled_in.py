"""A workbook as people fill it in: the rich scenario, its cells, and the same for any other with its paths."""

import functools
import io
import os
import random
import re
import zipfile
from datetime import date

from calc import catalogue
from calc.scenario import normal_form, scenario
from calc.scenario.schema import ESTIMATES, FIELDS, SECTIONS
from tests.definition.scenarios import random_scenario
from workbook.receive.intake import Book, Cell, Error, Sheet
from workbook.receive.intake.reader import read as read_here
from workbook.receive.reading import gathered
from workbook.write.build import build
from workbook.write.edition import Edition

THOROUGH = os.environ.get("ENGAGEMENT_THOROUGH") == "1"
START = 46357  # 2026-12-01
RICH = {
    "project": {"name": "=1+1 & <more> ", "owner": "Zoë", "currency": "EUR", "usd_rate": 0.92, "start": "2026-12-01", "fiscal_month": 7, "discount_rate": 0.125},
    "work": {"core_hours": [300, 412.5, 700], "feature_hours_per_month": 40, "specialists": 3, "location": "eastern_europe", "reviews_per_year": 12, "systemic_chance": 0.25},
    "money": {"leader_rate": 95.5, "revenue_loss_per_month": 1234567.25, "incident_cost": [1, 2, 3], "budget": 48000},
    "answers": {"shifting": "yes", "bounded": "no", "losing": "yes"},
    "overrides": {
        "freelancer": {"rate": [70, 95, 140], "rework": 0.35, "departures_per_month": 0.04},
        "full_time": {"annual_cost": 81000.5},
        "decision": {"core_weight": 0.6},
    },
    "weights": {"leval": 2.5, "prodfirm": 0},
    "paths": {
        "own": {"label": 'Own "path"', "phases": [
            {"work": "audit", "model": "production_firm", "weeks": 1.5},
            {"work": "core", "model": "freelancer", "share": 0.25},
            {"work": "core", "model": "full_time", "share": 0.75},
            {"work": "run", "model": "freelancer"},
            {"work": "retainer", "model": "production_firm"},
        ]}
    },
}  # fmt: skip


@functools.cache
def rich_file():
    return build(scenario(RICH), 0, Edition.light)


@functools.cache
def light_file():
    """The same without the trials, which nobody types into: read and copied in a moment."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(rich_file())) as archive, zipfile.ZipFile(made, "w") as lighter:
        for name in archive.namelist():
            content = archive.read(name)
            trials = name.startswith("xl/worksheets/") and len(content) > 2_000_000
            lighter.writestr(
                name,
                re.sub(rb"<sheetData>.*</sheetData>", b"<sheetData/>", content, flags=re.DOTALL) if trials else content,
            )
    return made.getvalue()


@functools.cache
def _rich():
    whole = read_here(rich_file())
    kept = ("Inputs", "Answers", "Parameters", "Record", "About", "Values")
    return Book("xlsx", {name: sheet for name, sheet in whole.sheets.items() if name in kept}, whole.names)


def rich():
    """The rich workbook as it is read, without the sheets that nobody fills in; a copy to disturb."""
    sheets = {name: Sheet(name, dict(sheet.cells)) for name, sheet in _rich().sheets.items()}
    return Book("xlsx", sheets, dict(_rich().names))


def filled(plain):
    """The rich workbook filled in anew, as a person would, with another scenario that has the same paths."""
    book, given = rich(), normal_form(scenario(plain))
    for place in _inputs(book).values():
        book.sheets[place[0]].cells.pop(place[1:], None)

    def put(dotted, value, kind=""):
        if value is not None and value != "":
            place = _inputs(book)[dotted]
            book.sheets[place[0]].cells[place[1:]] = Cell(
                float(value) if isinstance(value, int | float) else value, None, 0, kind
            )

    for section in SECTIONS:
        for name, value in given[section].items():
            ends = value if isinstance(value, list | tuple) else [None, value, None]
            value = float((date.fromisoformat(value) - date(1899, 12, 30)).days) if name == "start" else ends[1]
            put(
                f"{section}.{name}",
                value,
                "date"
                if name == "start"
                else "percent"
                if FIELDS[f"{section}.{name}"].unit.startswith("share")
                else "",
            )
            if name in ESTIMATES:
                put(f"{section}.{name}.low", ends[0])
                put(f"{section}.{name}.high", ends[2])
    for section in ("answers", "weights"):
        for name, value in given[section].items():
            put(f"{section}.{name}", value)
    for model, own in given["overrides"].items():
        for name, value in own.items():
            known = catalogue.settings() if model == "decision" else catalogue.parameters()[model]
            is_share = known[name].unit.startswith("share")
            for end, one in value.items() if isinstance(value, dict) else [("likely", value)]:
                put(
                    f"overrides.{model}.{name}" + ("" if end == "likely" else f".{end}"),
                    one,
                    "percent" if is_share else "",
                )
    return book


@functools.cache
def _places():
    """Field -> its cell in the workbook as it is built, by the sheet's own headings."""
    book, found = _rich(), {}
    for section, schema in SECTIONS.items():
        for name in schema.model_fields:
            for end in ("", "_low", "_high") if name in ESTIMATES else ("",):
                found[f"{section}.{name}{end.replace('_', '.')}"] = book.names[f"in_{name}{end}"]
    found |= {f"weights.{lens}": book.names[f"weight_{lens}"] for lens in catalogue.lenses()}
    found |= {f"answers.{question}": book.names[f"answer_{question}"] for question in catalogue.questions()}
    sheet = book.sheets["Parameters"].cells
    for (row, column), cell in sheet.items():
        if column == 3 and isinstance(cell.value, str) and "." in cell.value:
            for end, at in ({"": 9} | ({} if cell.value.startswith("decision.") else {".low": 8, ".high": 10})).items():
                found[f"overrides.{cell.value}{end}"] = ("Parameters", row, at)
    return found


def _inputs(book):
    return {field: place for field, place in _places().items() if place[0] in book.sheets}


def says(book, plain=RICH):
    """What is read, and that it is the scenario, field by field."""
    found = gathered(book, "x.xlsx")
    assert [str(fault) for fault in found.faults] == []
    assert normal_form(found.scenario) == normal_form(scenario(plain))
    return found


def scenarios_of(seed, wild=False):
    return random_scenario(random.Random(seed), wild) | {"paths": RICH["paths"]}


DATES = (
    "2026-12-01",
    "2026/12/1",
    " 1.12.2026",
    "1 Dec 2026",
    "Dec 1, 2026",
    "01-DEC-2026",
    "December 1st, 2026",
    "2026-12-01 00:00:00",
)

FAULTS = {
    "project.name": (Cell(None), "nothing"),
    "project.currency": (Cell("€"), "did you mean EUR?"),
    "project.start": (Cell("12/01/2026"), "did you mean 2026-01-12 or 2026-12-01?"),
    "project.usd_rate": (
        Cell(45778.0, None, 0, "date"),
        "2025-05-01 (a date): did the program take a number for a date?",
    ),
    "project.horizon_months": (Cell(12.5), "12.5"),
    "project.discount_rate": (Cell(15.0), "15: did you mean 15%?"),
    "work.core_hours": (Cell("1,234"), "did you mean 1234 or 1.2340?"),
    "work.specialists": (Cell(Error("#N/A")), "the error #N/A"),
    "work.hires": (Cell(0.02, None, 0, "percent"), "2% (a percentage): where a number is meant"),
    "money.leader_rate": (Cell(True), "true (yes/no value)"),
    "money.revenue_loss_per_month": (
        Cell(800.0, "VLOOKUP(1,A1:B9,2)"),
        'the formula "=VLOOKUP(1,A1:B9,2)", which shows 800.0',
    ),
    "money.budget": (Cell("$ 500"), "is it meant in"),
    "weights.leval": (Cell(None), "nothing"),
    "weights.prodfirm": (Cell(9.0), "9.0"),
    "answers.shifting": (Cell("y"), "did you mean yes?"),
    "answers.losing": (Cell(0.0), "did you mean no?"),
    "answers.bounded": (Cell("maybe"), '"maybe" (text)'),
    "overrides.freelancer.rework": (Cell(5.0), "5: did you mean 5%? Then type 5%; for 5 times, 500%"),
    "overrides.full_time.annual_cost": (Cell(-1.0), "-1.0"),
    "overrides.freelancer_team.rate.low": (Cell(5.0), "nothing beside its low or high end"),
}


def faulty():
    book = rich()
    for field, (cell, _) in FAULTS.items():
        place = _places()[field]
        book.sheets[place[0]].cells[place[1:]] = cell
    return book


def sheet_of(**values):
    """A workbook of one sheet, with values and formulas (texts that begin with =) by address."""
    made = {}
    for place, value in values.items():
        row, column = int(place[1:]), ord(place[0]) - 64
        formula = value[1:] if isinstance(value, str) and value.startswith("=") else None
        made[row, column] = Cell(999.0 if formula else value, formula)
    return Book("xlsx", {"My sheet": Sheet("My sheet", made)})
