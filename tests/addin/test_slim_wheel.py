"""The wheel of the model alone: installed with NumPy and pydantic and nothing else, it calculates the same."""

import json
import subprocess
import sys

import pytest

from calc.results import results
from tests.calc.udfs.samples import EXAMPLES, listed, scenario_at
from workbook.addin.lite import lite

# Only xlwings' names are stood in for: Lite has it. Everything but the two libraries and Python's own is out of reach.
RUN = """
import json, sys, types, typing
xlwings = types.ModuleType("xlwings")
def noted(f):
    if not hasattr(f, "__xlfunc__"):
        f.__xlfunc__ = typing.get_type_hints(f, include_extras=True)
    return f
xlwings.func = lambda f=None, **given: noted(f) if f else noted
xlwings.arg = lambda name, **given: noted
xlwings.script = lambda **given: lambda f: f
xlwings.Book = object
sys.modules["xlwings"] = xlwings
allowed = {"numpy", "pydantic", "pydantic_core", "annotated_types", "typing_extensions", "typing_inspection", "xlwings", "main", "engagement_calculator"}
class Only:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if top not in allowed and top not in sys.stdlib_module_names and not top.startswith("_sysconfigdata"):
            raise ModuleNotFoundError(f"{name} is not in Lite", name=name)
sys.meta_path.insert(0, Only())
import main
given = json.load(sys.stdin)
answers = [[main.tco_table(cells), main.tco_recommend(main.tco_scenario(cells)), main.tco_status(cells)] for cells in given]
json.dump([answers, typing.get_args(typing.get_args(main.tco_total.__xlfunc__.get("path"))[:1] and main.tco_total.__xlfunc__["path"].__origin__), hasattr(main, "tco_hours")], sys.stdout)
"""


@pytest.mark.parametrize("everything", [False, True])
def test_the_wheel_gives_what_calc_gives_with_two_libraries(tmp_path, everything):
    made = lite(everything, "https://example.com/lite/")
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
    [wheel] = tmp_path.glob("*.whl")
    assert f"https://example.com/lite/{wheel.name}" in made["requirements.txt"].decode().split()
    scenarios = [scenario_at(path) for path in EXAMPLES]
    ranges = [[[str(c)[:10] if hasattr(c, "year") else c for c in row] for row in listed(one)] for one in scenarios]
    code = f"import sys; sys.path[:0] = [{str(wheel)!r}, {str(tmp_path)!r}]\n" + RUN
    run = subprocess.run(
        [sys.executable, "-I", "-c", code], input=json.dumps(ranges), capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    answers, offered, has_formulas = json.loads(run.stdout)
    assert has_formulas == everything
    for (table, [[recommended]], [[status]]), result in zip(answers, results(scenarios, flips=False), strict=True):
        decision = result["recommendation"]
        assert (recommended, status) == (decision["path"] or "none", decision["status"])
        assert {row[0] for row in table[1:]} == set(result["paths"])
        for row in table[1:]:
            path = result["paths"][row[0]]
            shown = [row[table[0].index("Total")], *row[-2:]]
            assert shown == pytest.approx([path["total"], path["best"], path["worst"]], rel=1e-9)
        assert offered == list(result["paths"])


def test_pip_reads_the_wheel_and_it_is_the_same_on_every_run(tmp_path):
    made, again = (lite(address="https://example.com") for _ in range(2))
    assert made == again
    [name] = [name for name in made if name.endswith(".whl")]
    (tmp_path / name).write_bytes(made[name])
    place = tmp_path / "installed"
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "-q",
        "--no-deps",
        "--no-index",
        "--target",
        str(place),
        str(tmp_path / name),
    ]
    assert subprocess.run(install, capture_output=True, text=True, check=False).returncode == 0
    assert (place / "engagement_calculator" / "calc" / "catalogue" / "data" / "parameters.toml").is_file()
