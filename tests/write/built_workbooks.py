"""Workbooks of random scenarios in files, where their inputs are, and which cells follow them."""

import datetime
import hashlib
import os
import random
import re
import zipfile
from functools import cache
from pathlib import Path

from calc.scenario import Scenario, scenario
from calc.scenario.actuals import SERIES
from calc.scenario.schema import ESTIMATES, MOST_MONTHS, SECTIONS
from tests import made_once
from tests.definition.scenarios import random_scenario
from workbook.files.address import address
from workbook.files.collecting import uncollected
from workbook.receive.soundness.graph import dependents
from workbook.receive.soundness.package_xml import read
from workbook.write.build import build
from workbook.write.sheets import actuals

THOROUGH = os.environ.get("ENGAGEMENT_THOROUGH") == "1"
COUNT = 52 if THOROUGH else 4
OWN = ("Own low", "Own likely", "Own high")
CLOSE = {"rel": 1e-9, "abs": 1e-6}


# Scenarios


@cache
def random_of(seed, own_paths=False, **project):
    """A valid scenario, with some fields of its project set; every fourth stretches to the ends of what is allowed."""
    rng = random.Random(seed)
    while True:
        data = random_scenario(rng, wild=seed % 4 == 3)
        if bool(data.get("paths")) == own_paths:
            break
    data["project"] |= project
    data["project"]["start"] = datetime.date.fromisoformat(data["project"]["start"])
    return scenario(data)


@cache
def pairs():
    """A scenario for the workbook, and others of the same paths to type into it; among them the ends of the horizon."""
    plain = [random_of(seed) for seed in range(COUNT - 2)]
    plain[1] = random_of(1, horizon_months=3)
    own = random_of(COUNT, own_paths=True, horizon_months=60)
    other = Scenario.model_validate(random_of(COUNT + 1).model_dump() | {"paths": own.paths})
    return [(plain[0], typed) for typed in plain[1:]] + [(other, own)]


# Workbooks


@cache
def built(key):
    """The workbook of a scenario (as its JSON text) in a file."""
    name = f"{hashlib.sha256(key.encode()).hexdigest()[:12]}.xlsx"
    return made_once.file_of(name, lambda: build(Scenario.model_validate_json(key)))


def workbook_of(given):
    return built(given.model_dump_json())


@cache
def inside(path):
    return read(Path(path).read_bytes())


def values_in(path):
    """The values as they stand in a file, by sheet and address."""
    return values_of(read(Path(path).read_bytes()))


def values_of(workbook):
    return {
        (name, cell.address): cell.value
        for name, sheet in workbook.sheets.items()
        for cell in sheet.cells.values()
        if cell.value is not None
    }


saved = cache(values_in)


def formulas_in(path):
    """The formulas as they stand in a file, shared ones where they are written, sheet by sheet."""
    with zipfile.ZipFile(path) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        return {name: re.findall(rb'<c r="(\w+)"[^>]*>(<f\b.*?(?:/>|</f>))', archive.read(name)) for name in sheets}


# Typing


@cache
def places(path):
    """The place of each input: the cells of the names, and those of own parameters by field and end."""
    workbook = inside(path)
    cells = {
        name.name: (name.area.sheet, address(name.area.top, name.area.left)) for name in workbook.names if name.area
    }
    sheet = workbook.sheets["Parameters"]
    heads = {cell.value: cell.column for cell in sheet.cells.values() if cell.value in OWN}
    for (row, column), cell in sheet.cells.items():
        if column == 3 and cell.is_label and "." in cell.value:
            for end in OWN:
                if (own := sheet.cells.get((row, heads[end]))) and not own.look.locked:
                    cells[cell.value, end] = (sheet.name, own.address)
    return cells


def typing(path, given):
    """The edits that turn the workbook into that of the scenario; inputs that the scenario leaves out are emptied."""
    places_ = places(path)
    edits = {place: None for key, place in places_.items() if isinstance(key, tuple)}
    for section in SECTIONS:
        for name, value in getattr(given, section):
            low, likely, high = value if isinstance(value, tuple) else (None, value, None)
            edits[places_[f"in_{name}"]] = None if likely == "" else likely
            if name in ESTIMATES:
                edits |= {places_[f"in_{name}_low"]: low, places_[f"in_{name}_high"]: high}
    edits |= {
        place: given.answers.get(key[7:], "unknown") for key, place in places_.items() if str(key).startswith("answer_")
    }
    edits |= {
        place: given.weights.get(key[7:], 1.0) for key, place in places_.items() if str(key).startswith("weight_")
    }
    for at, name in enumerate(SERIES, actuals.FIRST):
        months = [*getattr(given.actuals, name), *[None] * MOST_MONTHS][:MOST_MONTHS]
        edits |= {(actuals.NAME, address(at, month)): value for month, value in enumerate(months, actuals.FIRST_MONTH)}
    for model, parameters in given.overrides.items():
        for name, value in parameters.items():
            ends = (None, value, None) if isinstance(value, int | float) else (value.low, value.likely, value.high)
            for end, typed in zip(OWN, ends, strict=True):
                if typed is not None or (f"{model}.{name}", end) in places_:
                    edits[places_[f"{model}.{name}", end]] = typed
    return edits


@cache
def one_off_results(path):
    """The cells of one-off results: locked, without a formula, and different in the workbook of another scenario with the
    same paths."""
    workbook = inside(path)
    values = values_of(workbook)
    others = [saved(workbook_of(typed)) for given, typed in pairs() if workbook_of(given) == path]
    return [
        (name, cell.row, cell.column)
        for name, sheet in workbook.sheets.items()
        for cell in sheet.cells.values()
        if cell.look.locked and not cell.formula
        if any(values.get(key) != other.get(key) for key in [(name, cell.address)] for other in others)
    ]


@cache
def following(path):
    """The formula cells of a workbook that follow its inputs alone and no one-off result, however indirectly."""
    with uncollected():
        still = {
            (sheet, address(row, column)) for sheet, row, column in dependents(inside(path), one_off_results(path))
        }
    return [key for key in calculated(path) if key not in still]


def calculated(path):
    """Every formula cell."""
    return [(name, cell.address) for name, sheet in inside(path).sheets.items() for cell in sheet.formulas]


def first_of(differences):
    """The first differences under their number; an empty list where there are none."""
    return [f"{len(differences)} cells differ, among them:", *map(str, differences[:12])] if differences else []
