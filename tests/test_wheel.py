"""The wheel beside distributions that have our packages' names in the repository, and in a folder with a user's modules."""

import ast
import json
import runpy
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests import built_wheel
from tests.built_wheel import ran
from workbook.addin.slim_wheel import slim_wheel, wheel_name
from workbook.files.renamed_imports import NotMovableError, renamed

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "build" / "examples" / "bounded_bug.toml"
THEIRS = "whose = 'theirs'\n"


@pytest.fixture
def wheel():
    return built_wheel.wheel()


def theirs(name, folder):
    """A distribution with one package of this name, which everybody may publish."""
    about = f"{name}-2.0.dist-info"
    files = {
        f"{name}/__init__.py": THEIRS,
        f"{name}/scenario/__init__.py": THEIRS,
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 2.0\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    files[f"{about}/RECORD"] = "".join(f"{file},,\n" for file in [*files, f"{about}/RECORD"])
    made = folder / f"{name}-2.0-py3-none-any.whl"
    with zipfile.ZipFile(made, "w") as archive:
        for file, content in files.items():
            archive.writestr(file, content)
    return made


def test_the_wheel_takes_one_name_and_every_import_in_it_finds_its_module(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
        sources = {name: archive.read(name).decode() for name in names if name.endswith(".py")}
    assert {name.partition("/")[0] for name in names} == {"engagement_calculator"}
    for data in ("calc/catalogue/data/models.toml", "calc/simulation/draws.toml", "workbook/addin/descriptions.bas"):
        assert f"engagement_calculator/{data}" in names
    modules = {name.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for name in sources}
    for name, source in sources.items():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ImportFrom) and not node.level:
                imported = node.module
            elif isinstance(node, ast.Import):
                imported = node.names[0].name
            else:
                continue
            assert imported.partition(".")[0] not in ("calc", "workbook"), name
            assert not imported.startswith("engagement_calculator") or imported in modules, (name, imported)


def test_the_hook_runs_the_program_with_what_only_the_build_can_import(tmp_path, monkeypatch):
    """So pip builds unless `--no-build-isolation` is given: in a folder that its own `sitecustomize` adds to the path."""
    (tmp_path / "brought_for_the_build.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    hook = runpy.run_path(str(ROOT / "build" / "wheel.py"))
    done = hook["_python"](["-c", "import brought_for_the_build, workbook"], ROOT)
    assert done.returncode == 0, done.stderr


def test_one_build_makes_the_whole_and_the_slim_wheel_the_same_bytes_on_every_run(wheel):
    assert built_wheel.both() == {wheel.name: wheel.read_bytes(), wheel_name(): slim_wheel()}


def test_it_runs_beside_distributions_with_the_names_of_its_packages_and_leaves_them_as_they_are(wheel, tmp_path):
    home, work = tmp_path / "venv", tmp_path / "work"
    venv.create(home, with_pip=False, symlinks=True)
    scripts = home / ("Scripts" if sys.platform == "win32" else "bin")
    python, engagement = scripts / "python", scripts / "engagement"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q", "--python", python]
    before = theirs("calc", tmp_path), theirs("workbook", tmp_path)
    ran(*pip, "install", "--no-deps", "--no-index", before[0], wheel, before[1])
    # What the program needs comes from the environment of the tests, in which a path file brings no path files along.
    places = Path(ran(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    needed = places / "needed.pth"
    needed.write_text(sysconfig.get_path("purelib"))
    work.mkdir()
    for name in ("calc", "workbook"):
        (work / f"{name}.py").write_text("raise SystemExit('mine, and not to be imported')\n")
    (work / "job.toml").write_bytes(EXAMPLE.read_bytes())
    (work / "jobs.csv").write_text(
        "id,project.name,project.start,work.core_hours\nP1,First,2026-12-01,300\nP2,Second,2026-12-01,500\n"
    )

    result = json.loads(ran(python, "-m", "engagement_calculator", "calc", "job.toml", "--json", cwd=work))
    assert result["scenario"]["project"]["name"]
    assert json.loads(ran(engagement, "calc", "job.toml", "--json", cwd=work)) == result
    ran(engagement, "build", "job.toml", "-o", "job.xlsx", "--edition", "light", "--runs", "0", cwd=work)
    report = json.loads(ran(engagement, "check", "job.xlsx", "--json", cwd=work))
    assert (report["differs"], report["notes"]) == (False, [])
    ran(
        python,
        "-m",
        "engagement_calculator",
        "batch",
        "jobs.csv",
        "-o",
        "out",
        "--jobs",
        "2",
        "--edition",
        "light",
        cwd=work,
    )
    assert {file.name for file in (work / "out" / "workbooks").iterdir()} == {"P1.xlsx", "P2.xlsx"}
    udfs = ran(
        python, "-c", "import engagement_calculator.udfs as u; print(u.tco_total([['work.core_hours', 300]]))", cwd=home
    )
    assert "#" not in udfs
    ready = "from engagement_calculator.workbook.write.ready import layout; print(bool(layout('full-with-studies')))"
    nowhere = dict.fromkeys(("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"), str(tmp_path / "nowhere"))
    assert ran(python, "-c", ready, cwd=home, **nowhere).strip() == "True"
    own = "import calc, calc.scenario, workbook; print(calc.whose, calc.scenario.whose, workbook.whose)"
    assert ran(python, "-c", own, cwd=home).split() == ["theirs"] * 3

    needed.unlink()
    ran(*pip, "uninstall", "-y", "engagement-calculator")
    assert ran(python, "-c", own, cwd=home).split() == ["theirs"] * 3
    assert not (places / "engagement_calculator").exists()


@pytest.mark.parametrize(
    ("source", "moved"),
    [
        ("from calc import a\nfrom workbook.b import c; from calc.d import e\n", None),
        ("import calc.quantities  # é\n", "import engagement_calculator.calc.quantities  # é\n"),
        ("s = 'é'; import calc.quantities, os\n", "s = 'é'; import engagement_calculator.calc.quantities, os\n"),
        ("from calculus import x\nfrom .calc import y\nname = 'calc'\n", "from calculus import x\nfrom .calc import y\nname = 'calc'\n"),
        ('"""\n>>> from calc.a import b\n"""\n', '"""\n>>> from engagement_calculator.calc.a import b\n"""\n'),
    ],
)  # fmt: skip
def test_imports_are_renamed_and_nothing_else(source, moved):
    moved = moved or source.replace("from ", "from engagement_calculator.")
    assert renamed(source, "module") == moved
    assert renamed(moved, "module") == moved


@pytest.mark.parametrize(
    "source", ["import calc\n", "import calc.a as b\n", "import calc.a\ncalc.a.f()\n", "x = 'calc.a'\n"]
)
def test_what_would_not_find_its_module_again_is_refused(source):
    with pytest.raises(NotMovableError, match=r"module, line 1"):
        renamed(source, "module", ["calc.a"])
