"""What stands in the cells is right, follows the inputs, and is the same on every run.

Other engines are the judges: they calculate workbooks anew as built, and again after somebody typed another scenario's inputs
into the cells. What that gives is compared with the workbook that is built for the other scenario.
"""

import datetime
import hashlib
import io
import json
import os
import random
import re
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from calc.model import model_for, user_paths
from calc.scenario import Scenario, from_text, scenario
from calc.scenario.schema import ESTIMATES, SECTIONS
from tests import engines
from tests.engines import cells, ironcalc_engine, libreoffice, validator
from tests.reference.scenarios import random_scenario
from workbook.files.address import address
from workbook.files.archive import contents
from workbook.files.collecting import uncollected
from workbook.receive.soundness.graph import dependents
from workbook.receive.soundness.package_xml import read
from workbook.write.build import build

ROOT = Path(__file__).parents[2]
THOROUGH = os.environ.get("ENGAGEMENT_THOROUGH") == "1"
COUNT = 52 if THOROUGH else 6
OWN = ("Own low", "Own likely", "Own high")
RESULTS = ("total_", "npv_", "weeks_to_stable_", "fit_", "eligible_", "lean_", "recommended_")
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
    plain[1], plain[2] = random_of(1, horizon_months=3), random_of(2, horizon_months=60)
    own = random_of(COUNT, own_paths=True)
    other = Scenario.model_validate(random_of(COUNT + 1).model_dump() | {"paths": own.paths})
    return [(plain[0], typed) for typed in plain[1:]] + [(other, own)]


# Workbooks


SHARED: list[Path] = []


@pytest.fixture(scope="module", autouse=True)
def _place(tmp_path_factory):
    """One folder for all processes of the tests, so that a workbook is built once."""
    base = tmp_path_factory.getbasetemp()
    SHARED.append((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "workbook-values")
    SHARED[-1].mkdir(exist_ok=True)


@cache
def built(key):
    """The workbook of a scenario (as its JSON text) in a file."""
    path = SHARED[-1] / f"{hashlib.sha256(key.encode()).hexdigest()[:12]}.xlsx"
    if not path.exists():
        made = path.with_suffix(f".{os.getpid()}")
        made.write_bytes(build(Scenario.model_validate_json(key)))
        made.replace(path)
    return path


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
    """Where each input stands: the cells of the names, and those of one's own parameters by field and end."""
    workbook = inside(path)
    found = {
        name.name: (name.area.sheet, address(name.area.top, name.area.left)) for name in workbook.names if name.area
    }
    sheet = workbook.sheets["Parameters"]
    heads = {cell.value: cell.column for cell in sheet.cells.values() if cell.value in OWN}
    for (row, column), cell in sheet.cells.items():
        if column == 3 and cell.is_label and "." in cell.value:
            for end in OWN:
                if (own := sheet.cells.get((row, heads[end]))) and not own.look.locked:
                    found[cell.value, end] = (sheet.name, own.address)
    return found


def typing(path, given):
    """What somebody types to turn the workbook into that of the scenario; what the scenario leaves out is emptied."""
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
    for model, parameters in given.overrides.items():
        for name, value in parameters.items():
            ends = (None, value, None) if isinstance(value, int | float) else (value.low, value.likely, value.high)
            for end, typed in zip(OWN, ends, strict=True):
                if typed is not None or (f"{model}.{name}", end) in places_:
                    edits[places_[f"{model}.{name}", end]] = typed
    return edits


@cache
def run_once(path):
    """The cells that hold what was calculated once for the inputs of that day: their value is locked and no formula, and not
    the same in the workbook of another scenario with the same paths."""
    workbook = inside(path)
    values = values_of(workbook)
    others = [saved(workbook_of(other)) for one, other in pairs() if workbook_of(one) == path]
    return [
        (name, cell.row, cell.column)
        for name, sheet in workbook.sheets.items()
        for cell in sheet.cells.values()
        if cell.look.locked and not cell.formula
        if any(values.get(key) != other.get(key) for key in [(name, cell.address)] for other in others)
    ]


@cache
def following(path):
    """The formula cells of a workbook that follow its inputs alone, not what was run once, if only from afar."""
    with uncollected():
        still = {(sheet, address(row, column)) for sheet, row, column in dependents(inside(path), run_once(path))}
    return [key for key in calculated(path) if key not in still]


def calculated(path):
    """Every formula cell."""
    return [(name, cell.address) for name, sheet in inside(path).sheets.items() for cell in sheet.formulas]


def shown(differences):
    return [f"{len(differences)} cells differ, among them:", *map(str, differences[:12])] if differences else []


# Tests


def test_every_input_can_be_typed_and_nothing_else_is_unlocked():
    path = workbook_of(pairs()[0][0])
    typed = set(typing(path, pairs()[0][1]))
    views = {"case", "plan_path", "compare_path", "compare_with"}
    views = {place for name, place in places(path).items() if name in views}
    unlocked = {
        (name, cell.address)
        for name, sheet in inside(path).sheets.items()
        if name != "Checklists"
        for cell in sheet.inputs
    }
    assert unlocked - typed - views == set()
    assert typed <= unlocked


def test_workbooks_of_the_same_paths_have_the_same_formulas():
    """So that what is typed into one makes it another."""
    for one, other in pairs():
        assert formulas_in(workbook_of(one)) == formulas_in(workbook_of(other))


def test_nearly_everything_follows_the_inputs():
    """What was run once is not live: no result of the model, and little else."""
    for path in {workbook_of(one) for one, _ in pairs()}:
        assert {sheet for sheet, _, _ in run_once(path)} <= {"Simulation", "Sensitivity", "Record", "About"}
        live = set(following(path))
        results = {place for name, place in places(path).items() if str(name).startswith(RESULTS)}
        assert results
        assert results <= live
        assert len(live) > 0.95 * len(calculated(path))


def test_every_value_is_what_ironcalc_calculates_from_the_file_and_from_what_is_typed_into_it():
    engines.need(ironcalc_engine)
    for path in {workbook_of(one) for one, _ in pairs()}:
        found = ironcalc_engine.recalculate(path)
        assert shown(cells.differences(saved(path), found, **CLOSE, only=calculated(path))) == []
    for one, other in pairs():
        path, goal = workbook_of(one), workbook_of(other)
        found = ironcalc_engine.recalculate(path, typing(path, other))
        assert shown(cells.differences(saved(goal), found, **CLOSE, only=following(path))) == []


def test_every_value_is_what_libreoffice_calculates_from_the_file_and_from_what_is_typed_into_it():
    """All in one process. What follows typed inputs is right as built, too; the rest, run once, has only IronCalc's word daily."""
    engines.need(libreoffice)
    jobs = [(workbook_of(one), typing(workbook_of(one), other), workbook_of(other)) for one, other in pairs()]
    jobs += [(path, {}, path) for path in ({path for path, _, _ in jobs} if THOROUGH else ())]
    judged = libreoffice.recalculate(
        [path for path, _, _ in jobs],
        [edits for _, edits, _ in jobs],
        SHARED[-1] / "libreoffice",
        timeout=60 * len(jobs),
    )
    for (path, edits, goal), anew in zip(jobs, judged, strict=True):
        only = following(path) if edits else calculated(path)
        assert shown(cells.differences(saved(goal), values_in(anew), **CLOSE, only=only)) == []


@pytest.mark.parametrize("case", ["best", "worst", ""])
def test_the_case_selector_drives_the_whole_workbook(case):
    engines.need(ironcalc_engine)
    given, _ = pairs()[0]
    path = workbook_of(given)
    found = ironcalc_engine.recalculate(path, {places(path)["case"]: case or None})
    model = model_for(user_paths(given))
    known = model.evaluate([given], ["total", "npv", "weeks_to_stable"], case or "likely")
    for key, values in (
        ("total", known["total"]),
        ("npv", known["npv"]),
        ("weeks_to_stable", known["weeks_to_stable"]),
    ):
        for at, identity in enumerate(model.structure.path_ids):
            assert found[places(path)[f"{key}_{identity}"]] == pytest.approx(values[0][at], rel=1e-9, abs=1e-6)


def test_an_emptied_answer_counts_as_unknown_and_an_emptied_end_follows_the_likely_value():
    engines.need(ironcalc_engine)
    given, _ = pairs()[0]
    path = workbook_of(given)
    values, named = saved(path), places(path)
    unknown = [name for name in named if str(name).startswith("answer_") and values.get(named[name]) == "unknown"]
    likely = values[named["in_core_hours"]]
    known = {named["in_core_hours_low"]: likely, named["in_core_hours_high"]: likely}
    emptied = {named["in_core_hours_low"]: None, named["in_core_hours_high"]: None}
    one = ironcalc_engine.recalculate(path, known)
    other = ironcalc_engine.recalculate(path, emptied | {named[name]: None for name in unknown})
    results = [place for name, place in named.items() if str(name).startswith(RESULTS)]
    assert unknown
    assert shown(cells.differences(one, other, **CLOSE, only=results)) == []


# Bytes


SCRIPT = """
import sys
from calc.scenario import Scenario
from workbook.write.build import build
sys.stdout.buffer.write(build(Scenario.model_validate_json(sys.stdin.read())))
"""


def test_one_scenario_gives_the_same_bytes_on_every_run_in_every_process():
    given = random_of(3)
    first, *others = build(given), build(given)
    for seed, zone, locale in (("1", "Pacific/Kiritimati", "C"), ("77", "America/Anchorage", "de_DE.UTF-8")):
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "PYTHONPATH": str(ROOT)}
        given_in = given.model_dump_json().encode()
        command = [sys.executable, "-c", SCRIPT]
        ran = subprocess.run(command, input=given_in, env=environment, cwd=SHARED[-1], capture_output=True, check=True)
        others.append(ran.stdout)
    wanted = contents(first)
    for other in others:
        found = contents(other)
        assert [
            (name, *apart(wanted[name], found.get(name, b""))) for name in wanted if wanted[name] != found.get(name)
        ] == []
        assert other == first


def apart(one, other):
    """Two texts around the first place where they differ."""
    at = next((at for at, (here, there) in enumerate(zip(one, other, strict=False)) if here != there), 0)
    return one[max(at - 100, 0) : at + 50], other[max(at - 100, 0) : at + 50]


def test_the_validator_finds_nothing():
    engines.need(validator)
    for _, given in pairs() if THOROUGH else pairs()[-1:]:
        assert validator.problems(workbook_of(given)) == []


# Texts


# The first sixteen are tried on every run.
HOSTILE = [
    "=1+1", '=HYPERLINK("http://example.org","x")', "+1", "@SUM(A1)", "123", "_x000D_", "😀" * 80, " leading and trailing ",
    "-1", '<b title="x">&amp;</b> & \'more\'', "#N/A", "\u202eevil\u202c", "שלום עולם", "_x0041_bc", "'quoted'", "1e5",
    "=cmd|' /C calc'!A0", 'She said "yes"', "]]>", "it's", "two  spaces", "\u00a0hard", "0012", "1,5", "50%", "2026-01-01",
    "TRUE", "#REF!", "_X000d_", "x_x", "مرحبا", "日本語", "é", "e\u0301", "👩‍👩‍👧‍👦" * 8, "\u200bzero", "x" * 80, "--", "{=A1}", "R1C1",
    "Inputs!A1", "*", "~", "?",
]  # fmt: skip


def hostile_scenarios():
    """Workbooks with these texts as the name, the owner, and the labels of paths; a label has 60 characters at most."""
    phases = [{"work": "core", "model": "freelancer", "share": 1}, {"work": "run", "model": "freelancer"}]
    for start in range(0, len(HOSTILE) if THOROUGH else 12, 6):
        name, owner, *labels = sorted(HOSTILE[start : start + 6], key=len, reverse=True)
        paths = {f"path_{at}": {"label": label, "phases": phases} for at, label in enumerate(labels)}
        yield name, owner, labels, {"project": {"name": name, "owner": owner, "start": "2026-12-01"}, "paths": paths}


@cache
def hostile_books():
    found = []
    for number, (name, owner, labels, data) in enumerate(hostile_scenarios()):
        path = SHARED[-1] / f"{os.getpid()}-hostile{number}.xlsx"
        path.write_bytes(build(from_text(json.dumps(data), "hostile"), 0))
        found.append((path, name, owner, labels))
    return found


def holds(values, named, name, owner, labels):
    """The texts where they belong: the inputs, the summary's line, and the paths wherever their labels stand."""
    held = [value for value in values.values() if isinstance(value, str)]
    wrong = [text for text in labels if text not in held]
    wrong += [text for key, text in (("in_name", name), ("in_owner", owner)) if values.get(named[key]) != text]
    return wrong + [text for text in [name] if not any(name in value for value in held if value != name)]


def test_a_hostile_text_stands_in_the_file_as_text():
    for path, name, owner, labels in hostile_books():
        assert holds(values_of(inside(path)), places(path), name, owner, labels) == []
        formulas = {cell.formula.written for sheet in inside(path).sheets.values() for cell in sheet.formulas}
        assert not {text.lstrip("=") for text in (name, owner, *labels)} & formulas


def test_openpyxl_reads_a_hostile_text_as_text():
    """openpyxl undoes the escapes of the file format in shared strings, and leaves those in a cell's own text to its caller."""
    for path, name, owner, labels in hostile_books() if THOROUGH else hostile_books()[:1]:
        book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
        texts = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "s"}
        assert set(labels) <= texts
        named = {key: places(path)[key] for key in ("in_name", "in_owner")}
        typed = [book[sheet][address] for sheet, address in named.values()]
        assert [unescape(cell.value) if "_x" in cell.value else cell.value for cell in typed] == [name, owner]
        assert {cell.data_type for cell in typed} == {"s"}


def test_libreoffice_keeps_a_hostile_text_as_text_and_calculates_it_into_others():
    engines.need(libreoffice)
    books = hostile_books() if THOROUGH else hostile_books()[:1]
    judged = libreoffice.recalculate([path for path, *_ in books], outdir=SHARED[-1] / "hostile")
    for (path, *texts), anew in zip(books, judged, strict=True):
        found = values_in(anew)
        assert holds(found, places(path), *texts) == []
        assert shown(cells.differences(values_of(inside(path)), found, **CLOSE, only=calculated(path))) == []
