"""main.py and the wheel where Lite's Python runs: under Pyodide, or under CPython with its versions; conftest says which."""

import importlib.util
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from calc import udfs
from calc.results import results
from tests.buttons.workbooks import laid_out, opened
from tests.calc.udfs.samples import EXAMPLES, listed, scenario_at
from tests.engines import pyodide_engine
from workbook.addin.lite import lite
from workbook.addin.slim_wheel import modules

HERE = Path(__file__).parent
SCENARIO = "SCENARIO"
# Every function that people use, with the arguments that its drop-downs offer.
CALLS = {
    "tco_scenario": [SCENARIO], "tco_total": [SCENARIO, "freelancer"], "tco_npv": [SCENARIO, "full_time", "worst"],
    "tco_same_scope": [SCENARIO, "production_firm"], "tco_line": [SCENARIO, "labour", "freelancer"],
    "tco_figure": [SCENARIO, "weeks_to_stable", "freelancer"], "tco_months": [SCENARIO, "freelancer"], "tco_table": [SCENARIO],
    "tco_recommend": [SCENARIO], "tco_status": [SCENARIO], "tco_alerts": [SCENARIO], "tco_fit": [SCENARIO, "freelancer"],
    "tco_lens": [SCENARIO], "tco_why": [SCENARIO], "tco_why_not": [SCENARIO], "tco_plan": [SCENARIO], "tco_design": [SCENARIO, 3],
    "tco_break_even": [SCENARIO], "tco_simulate": [SCENARIO, 2_000], "tco_fact": ["freelancer.rate"],
}  # fmt: skip


def cells_of(scenario):
    """Its range as JSON can hold it: a date as its text."""
    return [[str(cell)[:10] if hasattr(cell, "year") else cell for cell in row] for row in listed(scenario)]


@pytest.fixture(scope="module")
def ranges():
    return [cells_of(scenario_at(path)) for path in EXAMPLES]


@pytest.fixture(scope="module")
def workbook():
    return opened(laid_out(scenario_at(EXAMPLES[0])))


@pytest.fixture(scope="module", params=["pasted", "wheel"])
def found(request, tmp_path_factory, ranges, workbook):
    """What the functions and the buttons answer, with the package in main.py and with it installed from its wheel."""
    if not pyodide_engine.available():
        pytest.skip(pyodide_engine.MISSING)
    folder = tmp_path_factory.mktemp("lite")
    made = lite(address=None if request.param == "pasted" else "https://example.com/lite")
    for name, content in made.items():
        (folder / name).write_bytes(content)
    for file in (HERE / "lite_driver.py", HERE.parent / "buttons" / "lite_book.py"):
        shutil.copy(file, folder)
    for name in ("openpyxl", "et_xmlfile"):
        shutil.copytree(Path(importlib.util.find_spec(name).origin).parent, folder / name)
    mine = {"sheets": {"Mine": ranges[0]}, "selected": ["Mine", [1, 1], [len(ranges[0]), 4]], "more": []}
    column = 1 + next(heads.index("Total") for heads in workbook["Costs"] if "Total" in heads)
    ours = {"sheets": workbook, "selected": ["Costs", [9, column], [9, column]], "more": []}
    whole = request.param == "pasted"
    asked = {
        "calls": CALLS,
        "scenarios": ranges if whole else ranges[:1],
        "buttons": [{"script": name, **mine} for name in ("insert_model", "explain_cell")]
        + [{"script": name, **ours} for name in ("explain_cell", "check_workbook", "renew") if whole],
    }
    (folder / "given.json").write_text(json.dumps(asked))
    (folder / "paths.json").write_text(json.dumps([name for name in made if name.endswith(".whl")]))
    pyodide_engine.run(folder, "lite_driver.py")
    return json.loads((folder / "answers.json").read_text())


def test_every_function_and_button_is_registered_and_waits_for_no_library_of_the_buttons(found):
    assert set(found["registered"]["func"]) == set(CALLS) == {function.__name__ for function in udfs.OF_SCENARIOS}
    assert found["registered"]["script"] == ["insert_model", "explain_cell", "renew", "check_workbook"]
    assert found["early"] == []


def test_every_function_gives_what_it_gives_everywhere(found, ranges):
    for answers, cells in zip(found["answers"], ranges, strict=False):
        for name, arguments in CALLS.items():
            here = getattr(udfs, name)(*(cells if each == SCENARIO else each for each in arguments))
            if name == "tco_scenario":
                # Another zlib may pack it in other characters; they say the same.
                assert udfs.tco_table(answers[name]) == udfs.tco_table(here)
            else:
                assert rows(answers[name]) == [near(row) for row in rows(here)], name


def rows(answer):
    return json.loads(json.dumps(answer if isinstance(answer, list) else [[answer]]))


def near(row):
    return [pytest.approx(cell, rel=1e-9, abs=1e-6) if isinstance(cell, int | float) else cell for cell in row]


def test_the_figures_are_those_of_calc(found):
    results_of = results([scenario_at(path) for path in EXAMPLES], flips=False)
    for answers, result in zip(found["answers"], results_of, strict=False):
        [[recommended]], [[status]] = answers["tco_recommend"], answers["tco_status"]
        assert (recommended, status) == (result["recommendation"]["path"] or "none", result["recommendation"]["status"])
        heads, *lines = answers["tco_table"]
        assert {line[0] for line in lines} == set(result["paths"])
        for line in lines:
            assert line[heads.index("Total")] == pytest.approx(result["paths"][line[0]]["total"], rel=1e-9)
        assert answers["tco_total"] == [[pytest.approx(result["paths"]["freelancer"]["total"], rel=1e-9)]]


def test_the_buttons_write_one_sheet_each_and_find_a_workbook_in_order(found):
    assert all(len(sheets) == 1 for sheets in found["buttons"])
    texts = [str(cell) for sheets in found["buttons"] for row in sheets[0] for cell in row]
    assert not [text for text in texts if "internal error" in text]
    if len(found["buttons"]) > 2:
        cell, checked, renewed = (sheets[0] for sheets in found["buttons"][2:])
        assert ["Figure", "total: Total"] in [row[:2] for row in cell]
        assert checked[1][0] == "Every cell shows what the inputs give."
        assert "Nothing to renew" in renewed[0][0]


def test_what_runs_is_what_pyodide_has(found):
    packages = pyodide_engine.locked()["packages"]
    names = {"numpy": "numpy", "pydantic": "pydantic", "pydantic_core": "pydantic-core"}
    assert found["versions"] == {name: packages[key]["version"] for name, key in names.items()}


def test_pyodides_own_python_reads_every_module(tmp_path):
    if not pyodide_engine.available():
        pytest.skip(pyodide_engine.MISSING)
    with zipfile.ZipFile(tmp_path / "modules.zip", "w") as archive:
        for name, content in modules().items():
            archive.writestr(name, content)
    code = (
        "import sys, zipfile\narchive = zipfile.ZipFile('modules.zip')\n"
        "names = [name for name in archive.namelist() if name.endswith('.py')]\n"
        "[compile(archive.read(name), name, 'exec') for name in names]\nprint(sys.platform, len(names))\n"
    )
    (tmp_path / "compile_all.py").write_text(code)
    count = sum(name.endswith(".py") for name in modules())
    assert pyodide_engine.run_without_packages(tmp_path, "compile_all.py").split() == ["emscripten", str(count)]
