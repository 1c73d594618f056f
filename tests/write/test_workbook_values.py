"""The values in the cells are right and follow the inputs.

Other engines are the judges: they calculate workbooks anew as built, and again after somebody typed another scenario's inputs
into the cells. The result is compared with the workbook that is built for the other scenario.
"""

import zipfile
from xml.etree import ElementTree

import pytest

from calc.model import model_for, user_paths
from tests import engines
from tests.engines import cells, ironcalc_engine, libreoffice, validator
from tests.write.built_workbooks import (
    CLOSE,
    THOROUGH,
    calculated,
    first_of,
    following,
    formulas_in,
    inside,
    one_off_results,
    pairs,
    places,
    saved,
    typing,
    values_in,
    workbook_of,
)

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
RESULTS = ("total_", "npv_", "weeks_to_stable_", "fit_", "eligible_", "lean_", "recommended_")


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
    """So that typing into one makes it another."""
    for given, typed in pairs():
        assert formulas_in(workbook_of(given)) == formulas_in(workbook_of(typed))


def test_nearly_everything_follows_the_inputs():
    """Only one-off results do not: no result of the model, and little else."""
    for path in {workbook_of(given) for given, _ in pairs()}:
        assert {sheet for sheet, _, _ in one_off_results(path)} <= {
            "Simulation",
            "Sensitivity",
            "Searches",
            "Sequences",
            "Evidence",
            "Record",
            "About",
        }
        live = set(following(path))
        results = {place for name, place in places(path).items() if str(name).startswith(RESULTS)}
        assert results
        assert results <= live
        assert len(live) > 0.95 * len(calculated(path))


def test_every_value_is_the_one_that_ironcalc_calculates_from_the_file_and_from_typed_inputs():
    engines.need(ironcalc_engine)
    for path in {workbook_of(given) for given, _ in pairs()}:
        recalculated = ironcalc_engine.recalculate(path)
        assert first_of(cells.differences(saved(path), recalculated, **CLOSE, only=calculated(path))) == []
    for given, typed in pairs():
        path, goal = workbook_of(given), workbook_of(typed)
        recalculated = ironcalc_engine.recalculate(path, typing(path, typed))
        assert first_of(cells.differences(saved(goal), recalculated, **CLOSE, only=following(path))) == []


def test_every_value_is_the_one_that_libreoffice_calculates_from_the_file_and_from_typed_inputs(tmp_path):
    """All in one process. Cells that follow typed inputs are right as built, too; one-off results, and pairs without own paths, are
    left to IronCalc by default."""
    engines.need(libreoffice)
    jobs = [
        (workbook_of(given), typing(workbook_of(given), typed), workbook_of(typed))
        for given, typed in (pairs() if THOROUGH else pairs()[-1:])
    ]
    jobs += [(path, {}, path) for path in ({path for path, _, _ in jobs} if THOROUGH else ())]
    judged = libreoffice.recalculate(
        [path for path, _, _ in jobs],
        [edits for _, edits, _ in jobs],
        tmp_path,
        timeout=60 * len(jobs),
    )
    for (path, edits, goal), anew in zip(jobs, judged, strict=True):
        only = following(path) if edits else calculated(path)
        assert first_of(cells.differences(saved(goal), values_in(anew), **CLOSE, only=only)) == []


@pytest.mark.parametrize("case", ["best", "worst", ""])
def test_the_case_selector_drives_the_whole_workbook(case):
    engines.need(ironcalc_engine)
    given, _ = pairs()[0]
    path = workbook_of(given)
    recalculated = ironcalc_engine.recalculate(path, {places(path)["case"]: case or None})
    model = model_for(user_paths(given))
    known = model.evaluate([given], ["total", "npv", "weeks_to_stable"], case or "likely")
    for key, values in (
        ("total", known["total"]),
        ("npv", known["npv"]),
        ("weeks_to_stable", known["weeks_to_stable"]),
    ):
        for at, identity in enumerate(model.structure.path_ids):
            assert recalculated[places(path)[f"{key}_{identity}"]] == pytest.approx(values[0][at], rel=1e-9, abs=1e-6)


def test_an_emptied_answer_counts_as_unknown_and_an_emptied_end_follows_the_likely_value():
    engines.need(ironcalc_engine)
    given, _ = pairs()[0]
    path = workbook_of(given)
    values, named = saved(path), places(path)
    unknown = [name for name in named if str(name).startswith("answer_") and values.get(named[name]) == "unknown"]
    likely = values[named["in_core_hours"]]
    known = {named["in_core_hours_low"]: likely, named["in_core_hours_high"]: likely}
    emptied = {named["in_core_hours_low"]: None, named["in_core_hours_high"]: None}
    with_values = ironcalc_engine.recalculate(path, known)
    without = ironcalc_engine.recalculate(path, emptied | {named[name]: None for name in unknown})
    results = [place for name, place in named.items() if str(name).startswith(RESULTS)]
    assert unknown
    assert first_of(cells.differences(with_values, without, **CLOSE, only=results)) == []


def test_the_validator_finds_no_problem():
    engines.need(validator)
    for _, given in pairs() if THOROUGH else pairs()[-1:]:
        assert validator.problems(workbook_of(given)) == []


def test_a_text_that_begins_or_ends_with_a_blank_says_so_in_every_file():
    """LibreOffice takes saved values over where it does not recalculate, and cuts blanks that are not marked."""
    blanks = 0
    with zipfile.ZipFile(workbook_of(pairs()[0][0])) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                for value in ElementTree.fromstring(archive.read(name)).iter(f"{MAIN}v"):
                    if value.text and value.text != value.text.strip():
                        assert value.get(SPACE) == "preserve", (name, value.text)
                        blanks += 1
    assert blanks
