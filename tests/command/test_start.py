"""Help, version and completion: quick, and nothing is left behind."""

import os
import subprocess
import sys

import pytest

from tests.command.runner import APP_BUILT, ROOT, process, run

HEAVY = ("rich", "numpy", "pydantic", "calc", "openpyxl", "orjson", "tomllib")


def test_help_names_every_subcommand_with_a_whole_sentence():
    text = run("--help").stdout
    for name in ("new", "calc", "explain", "build", "facts"):
        line = next(line for line in text.splitlines() if line.strip().startswith(f"{name} "))
        assert line.endswith(".")
        assert not line.endswith("...")
        assert run(name, "--help").exit_code == 0


def test_help_imports_nothing_heavy():
    code = (
        "import sys; sys.argv = ['engagement', '--help']\n"
        "from workbook.command import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        f"print('HEAVY', [name for name in {HEAVY!r} if name in sys.modules])"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, timeout=60)
    assert ended.stdout.splitlines()[-1] == "HEAVY []"


def test_the_inputs_of_a_workbook_are_read_without_numpy_and_without_the_model():
    code = (
        "import sys\n"
        "from calc.scenario import scenario\n"
        "from workbook.command.scenario_argument import note_rate\n"
        "from workbook.receive.intake import cells\n"
        "from workbook.receive.reading import as_toml, gathered\n"
        "given = scenario({'project': {'name': 'Any', 'start': '2027-01-01'}, 'work': {'core_hours': 100}})\n"
        "note_rate(given), as_toml(given, '')\n"
        "print({'numpy', 'calc.model'} & {*sys.modules})"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert ended.stdout == "set()\n", ended.stderr


def test_a_short_command_does_not_look_for_garbage_not_at_its_end_either_and_a_lasting_one_does():
    code = (
        "import atexit, gc, sys; sys.argv = ['engagement', sys.argv[1], '--help']\n"
        "atexit.register(lambda: print('COLLECTS', gc.isenabled() or not gc.get_freeze_count()))\n"
        "from workbook.command import main\n"
        "main()"
    )
    for name, collects in (("build", False), ("batch", True)):
        ended = subprocess.run([sys.executable, "-c", code, name], capture_output=True, text=True, cwd=ROOT, timeout=60)
        assert ended.stdout.splitlines()[-1] == f"COLLECTS {collects}"


@pytest.mark.parametrize("own", [{}, {"OPENBLAS_NUM_THREADS": "2", "PYDANTIC_DISABLE_PLUGINS": "mine"}])
def test_numpy_starts_without_idle_threads_and_pydantic_without_plugins_unless_the_user_has_set_them(own):
    expected = {"OPENBLAS_NUM_THREADS": "1", "PYDANTIC_DISABLE_PLUGINS": "__all__"} | own
    code = (
        "import os, sys; sys.argv = ['engagement', 'calc', sys.argv[1]]\n"
        f"names = {list(expected)}\n"
        "def loaded(event, arguments):\n"
        "    if event == 'import' and arguments[0] in ('numpy', 'pydantic'):\n"
        "        print(arguments[0], *(os.environ.get(name) for name in names), file=sys.stderr)\n"
        "sys.addaudithook(loaded)\n"
        "from workbook.command import main\n"
        "main()"
    )
    environment = {name: value for name, value in os.environ.items() if name not in expected} | own
    line = [sys.executable, "-c", code, APP_BUILT]
    ended = subprocess.run(line, capture_output=True, text=True, cwd=ROOT, env=environment, timeout=60)
    said = " ".join(expected.values())
    assert {*ended.stderr.splitlines()} >= {f"numpy {said}", f"pydantic {said}"}
    assert ended.stderr.count("numpy ") == 1


def test_the_version_is_that_of_the_package():
    from calc import __version__

    assert run("--version").stdout == f"engagement {__version__}\n"


def test_shell_completion_offers_the_subcommands():
    environment = {"_ENGAGEMENT_COMPLETE": "complete_bash", "COMP_WORDS": "engagement ", "COMP_CWORD": "1"}
    offered = process(env=environment).stdout.decode().split()
    assert {"new", "calc", "explain", "build", "facts"} <= set(offered)


def test_nothing_is_left_in_the_working_folder(tmp_path):
    ended = process("calc", APP_BUILT, cwd=tmp_path)
    assert ended.returncode == 0
    assert list(tmp_path.iterdir()) == []
