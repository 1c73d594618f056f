"""The add-in: its file read back, its VBA parsed and run, installing and the doctor on made-up computers, the example, Lite."""

import hashlib
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from calc.scenario import scenario
from tests.engines import validator
from workbook.addin import places
from workbook.addin.doctor import ATTACK_SURFACE, COMMON_POLICY, DEFENDER_RULES, OFFICE, OFFICE_POLICY, findings
from workbook.addin.example import EXAMPLE, FIRST, NAME, example
from workbook.addin.install import NotPossibleError, install
from workbook.addin.lite import lite
from workbook.addin.machine import ThisMachine
from workbook.addin.names import FILE
from workbook.addin.xlwings_addin import EDITS, TemplateError, edited
from workbook.command.addin import addin as commands
from workbook.write.build import _formulas, build

pyopenvba = pytest.importorskip("pyopenvba")
ROOT = Path(__file__).parents[2]
# Comments after directives, which VBA allows and pyOpenVBA does not read.
REMARKS = re.compile(r"(?m)^(\s*#(?:If|Else|ElseIf|End If|Const)[^'\r\n]*?)[ \t]*'.*$")


@pytest.fixture(scope="module")
def content():
    from workbook.addin.package import addin

    return addin()


@pytest.fixture(scope="module")
def file(content, tmp_path_factory):
    path = tmp_path_factory.mktemp("addin") / FILE
    path.write_bytes(content)
    return path


@pytest.fixture(scope="module")
def modules(file):
    """Every VBA module of the add-in: name -> source, as the library that wrote it reads it."""
    with pyopenvba.ExcelFile(file) as opened:
        return {name: opened.get_module(name) for name in opened.module_names()}


@pytest.fixture(scope="module")
def functions():
    """Every UDF with its arguments, from Python."""
    from calc import udfs

    return {name: list(function.descriptions) for name, function in udfs.FUNCTIONS.items()}


# The file


def test_the_addin_is_the_same_bytes_on_every_run(content):
    code = "import sys; from workbook.addin.package import addin; sys.stdout.buffer.write(addin())"
    environment = os.environ | {"PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT), "TZ": "Asia/Tokyo"}
    again = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, env=environment, cwd="/"
    ).stdout
    assert hashlib.sha256(again).digest() == hashlib.sha256(content).digest()


def test_every_udf_has_its_wrapper_with_its_arguments(modules, functions):
    declared = dict(re.findall(r"(?m)^Function (\w+)\((.*)\)\s*$", modules["xlwings_udfs"]))
    assert declared.keys() == functions.keys()
    for name, arguments in functions.items():
        assert [each.removeprefix("Optional ") for each in declared[name].split(", ")] == arguments
        assert (
            f'XLPy.CallUDF("calc.udfs", "{name}", Array({", ".join(arguments)}), ActiveWorkbook'
            in modules["xlwings_udfs"]
        )
    assert set(modules) == {"ThisWorkbook", "Dictionary", "xlwings", "Sheet2", "xlwings_udfs", "Descriptions"}


def test_the_wrappers_are_what_xlwings_writes_unchanged(modules):
    from workbook.addin.wrappers import wrappers

    assert modules["xlwings_udfs"].splitlines() == wrappers().source.splitlines()


def test_olevba_reads_the_same_modules(file, modules):
    olevba = pytest.importorskip("oletools.olevba")
    parser = olevba.VBA_Parser(str(file))
    found = {name.rpartition(".")[0]: source for _, _, name, source in parser.extract_all_macros()}
    parser.close()
    assert found.keys() == modules.keys()
    for name in ("xlwings_udfs", "Descriptions", "xlwings"):
        assert _body(found[name]) == _body(modules[name])


def _body(source):
    return [line for line in source.splitlines() if line.strip() and not line.startswith("Attribute ")]


def test_the_package_is_valid(file):
    if not validator.available():
        pytest.skip(validator.MISSING)
    assert validator.problems(str(file)) == []
    assert validator.problems(str(file), "Office2016") == []


def test_every_module_parses_as_vba_and_no_line_is_too_long(modules):
    from pyopenvba.interpreter import parse_module

    parsed = {name: parse_module(REMARKS.sub(r"\1", source), name=name) for name, source in modules.items()}
    assert len(parsed["xlwings_udfs"].procedures) > 150
    for source in modules.values():
        assert max((len(line) for line in source.splitlines()), default=0) <= 1023
    names = [procedure.name.lower() for module in parsed.values() for procedure in module.procedures]
    doubled = {name for name in names if names.count(name) > 1 and name.startswith("tco_")}
    assert doubled == set()


def test_a_wrapper_runs_as_vba_and_passes_its_arguments_on(modules):
    from pyopenvba.interpreter import Interpreter

    vba = Interpreter()
    # Outside Excel the wrappers do without the calling cell.
    source = REMARKS.sub(r"\1", modules["xlwings_udfs"]).replace('App = "Microsoft Excel"', 'App = "none"', 1)
    vba.add_module(source, name="xlwings_udfs")
    server = """
    Public Function CallUDF(module, name, args)
        CallUDF = module & " " & name & " " & (UBound(args) + 1) & " " & args(0) & " " & IsMissing(args(1))
    End Function
    """
    vba.add_module(server, name="Server", kind="class")
    vba.add_module("Function XLPy()\nSet XLPy = New Server\nEnd Function\n", name="Stub")
    assert vba.run("tco_hours", [400, 0.1, 0.2]) == "calc.udfs tco_hours 3 400 False"
    assert vba.run("tco_total", ["x"]) == "calc.udfs tco_total 5 x True"


def test_the_function_wizard_is_told_of_every_function(file, modules, functions):
    from pyopenvba.apps.excel import ExcelApplication

    excel = ExcelApplication.open(str(file))
    told = modules["Descriptions"].replace("Application.MacroOptions", "Tell").replace("On Error Resume Next", "")
    excel.add_module(told, name="Told")
    listener = """
    Public Said As String
    Public Sub Tell(Macro, Description, Category, ArgumentDescriptions)
        Said = Said & Macro & "|" & Category & "|" & UBound(ArgumentDescriptions) & "|" & Len(Description) & vbLf
    End Sub
    Public Function WhatWasSaid()
        WhatWasSaid = Said
    End Function
    """
    excel.add_module(listener, name="Listener")
    excel.run("DescribeFunctions")
    said = {line.split("|")[0]: line.split("|")[1:] for line in str(excel.run("WhatWasSaid")).splitlines()}
    assert said.keys() == {f"'{FILE}'!{name}" for name in functions}
    for name, arguments in functions.items():
        category, count, length = said[f"'{FILE}'!{name}"]
        assert (category, int(count)) == ("Engagement", len(arguments))
        assert 15 < int(length) <= 255


def test_the_sheet_holds_the_settings_and_the_descriptions(content, functions):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        assert '<sheet name="engagement.conf"' in archive.read("xl/workbook.xml").decode()
    cells = dict(re.findall(r'<c r="(\w+)" t="inlineStr"><is><t xml:space="preserve">([^<]*)</t></is></c>', sheet))
    assert {address: cells[address] for address in cells if address[0] in "AB"} == {
        "A1": "ADD_WORKBOOK_TO_PYTHONPATH", "B1": "false", "A2": "UDF MODULES", "B2": "calc.udfs",
    }  # fmt: skip
    assert {text for address, text in cells.items() if re.fullmatch(r"D\d+", address)} == set(functions)


def test_no_workbook_can_choose_the_program_that_runs(modules):
    code = [line for line in modules["xlwings"].splitlines() if not line.strip().startswith("'")]
    assert not any("SheetExists(ActiveWorkbook, PROJECT_NAME" in line for line in code)
    assert not any('GetFullName(ActiveWorkbook) <> ""' in line for line in code)
    assert sum("If False Then" in line for line in code) == 2
    assert any('tail = " -P -B -c ' in line for line in code)


def test_another_template_is_refused_rather_than_half_edited():
    whole = "\n".join(edit.found for edit in EDITS)
    assert edited(whole).count("\n") == whole.count("\n")
    with pytest.raises(TemplateError, match="PROJECT_NAME"):
        edited(whole.replace("myaddin", "other"))
    with pytest.raises(TemplateError):
        edited(whole + "\n" + EDITS[-1].found)


def test_nothing_of_anyone_else_is_left_in_the_addin(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = b"".join(archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels")))
    assert b"felix" not in text.lower()
    assert b"myaddin" not in text.lower()


# Installing, on made-up computers

PYTHON = r"C:\Users\Ana\AppData\Local\engagement\Scripts\python.exe"
QUIET = PYTHON.replace("python.exe", "pythonw.exe")
DLL = r"C:\Users\Ana\AppData\Local\engagement\xlwings64-{version}.dll"


class Fake:
    """A computer with files, a registry and a Python that answers."""

    system, executable, home, ansi = (
        "win32",
        PYTHON,
        r"C:\Users\Ana\AppData\Local\engagement\Lib\site-packages",
        "cp1252",
    )

    def __init__(self, **changes):
        self.environment = {"APPDATA": r"C:\Users\Ana\AppData\Roaming", "USERPROFILE": r"C:\Users\Ana"}
        self.files = {PYTHON: b"", QUIET: b""}
        self.keys = {r"HKLM\SOFTWARE\Microsoft\Office\ClickToRun\Configuration": {"platform": "x64"}}
        self.answer = {"version": [3, 12, 4], "bits": 64, "prefix": "", "faults": [], "xlwings": ""}
        vars(self).update(changes)

    def exists(self, path):
        return path in self.files

    def read(self, path):
        return self.files.get(path)

    def write(self, path, content):
        self.files[path] = content

    def registry(self, key):
        return self.keys.get(key, {})

    def asked(self, python, path):
        assert python == QUIET
        return self.answer


@pytest.fixture
def computer(content):
    """A computer on which everything is in order."""
    import xlwings

    machine = Fake()
    install(machine, content)
    machine.answer["xlwings"] = xlwings.__version__
    machine.files[DLL.format(version=xlwings.__version__)] = b""
    return machine


def faults(machine):
    return {finding.check: finding for finding in findings(machine) if finding.verdict != "good"}


def test_install_puts_addin_and_settings_where_excel_and_xlwings_look(content):
    machine = Fake()
    addin, settings = install(machine, content)
    assert addin == r"C:\Users\Ana\AppData\Roaming\Microsoft\Excel\XLSTART\engagement.xlam"
    assert machine.files[addin] == content
    assert settings == r"C:\Users\Ana\.engagement\engagement.conf"
    assert machine.files[settings].decode().splitlines() == [
        r'"INTERPRETER_WIN","%USERPROFILE%\AppData\Local\engagement\Scripts\pythonw.exe"',
        r'"PYTHONPATH","%USERPROFILE%\AppData\Local\engagement\Lib\site-packages"',
    ]


def test_the_settings_file_is_where_the_vba_looks_for_it(modules):
    assert 'Environ("USERPROFILE") & "\\." & PROJECT_NAME & "\\" & PROJECT_NAME & ".conf"' in modules["xlwings"]
    assert 'Public Const PROJECT_NAME As String = "engagement"' in modules["xlwings"]
    for key in (places.INTERPRETER, places.MODULE_PATH):
        assert f'GetConfig("{key}"' in modules["xlwings"]


def test_install_takes_a_name_in_another_script_in_the_profile_and_refuses_it_elsewhere(content):
    profile = "C:\\Users\\Анна"
    machine = Fake(executable=f"{profile}\\env\\Scripts\\python.exe", home=f"{profile}\\env\\Lib")
    machine.environment["USERPROFILE"] = profile
    _, settings = install(machine, content)
    assert machine.files[settings].isascii()
    with pytest.raises(NotPossibleError, match="Latin alphabet"):
        install(Fake(home="D:\\Анна"), content)


def test_install_says_so_when_excel_holds_the_file(content):
    class Held(Fake):
        def write(self, path, content):
            if path.endswith(".xlam"):
                raise PermissionError(13, "in use")

    with pytest.raises(NotPossibleError, match="close Excel and try again"):
        install(Held(), content)


@pytest.mark.parametrize(
    ("system", "words"),
    [("linux", "build the add-in here"), ("darwin", "xlwings Lite"), ("aix", "needs Excel on Windows")],
)
def test_other_systems_say_plainly_what_is_not_possible(content, system, words):
    machine = Fake(system=system)
    with pytest.raises(NotPossibleError, match=words):
        install(machine, content)
    [finding] = findings(machine)
    assert (finding.check, finding.verdict) == ("System", "bad")
    assert words in finding.found
    assert set(machine.files) == {PYTHON, QUIET}


# The doctor


def test_the_doctor_finds_nothing_where_everything_is_in_order(computer):
    assert faults(computer) == {}
    assert {finding.check for finding in findings(computer)} >= {
        "Add-in",
        "Mark of the Web",
        "Trust",
        "Settings",
        "Python",
        "xlwings' DLL",
    }


def test_every_fault_has_a_step_that_mends_it(computer):
    computer.files.clear()
    for finding in findings(computer):
        assert finding.verdict == "good" or finding.step


def addin_path(machine):
    return places.addin_file(machine)


def without(ending):
    return lambda m: [m.files.pop(name) for name in list(m.files) if name.endswith(ending)]


def settings_of(**values):
    return lambda m: m.files.update({places.settings_file(m): places.encoded(m, places.settings(m, QUIET) | values)})


def key(name, **values):
    return lambda m: m.keys.setdefault(name, {}).update(values)


def answer(**values):
    return lambda m: m.answer.update(values)


SICK = {
    "no add-in": (without(".xlam"), "Add-in", "is missing", "engagement addin install"),
    "damaged": (lambda m: m.files.update({addin_path(m): b"PK"}), "Add-in", "damaged", "engagement addin install"),
    "from the web": (
        lambda m: m.files.update({f"{addin_path(m)}:Zone.Identifier": b"[ZoneTransfer]\r\nZoneId=3\r\n"}),
        "Mark of the Web", "came from the web", "Unblock-File",
    ),
    "no settings": (without(".conf"), "Settings", "is missing", "engagement addin install"),
    "settings without a module path": (settings_of(PYTHONPATH=""), "Settings", "says nothing of PYTHONPATH", "install"),
    "Python gone": (without("pythonw.exe"), "Python", "is not there", "engagement addin install"),
    "Python from the Store": (
        settings_of(INTERPRETER_WIN=r"C:\Users\Ana\AppData\Local\Microsoft\WindowsApps\pythonw.exe"),
        "Python", "Microsoft Store", "python.org",
    ),
    "Python does not run": (lambda m: vars(m).update(answer="OSError: blocked"), "Python", "does not run", "security software"),
    "Python too old": (answer(version=[3, 10, 1]), "Python", "version 3.10.1", "3.11 or newer"),
    "no pywin32": (answer(faults=["win32com.client: ImportError: no"]), "Python's packages", "win32com", "pip install"),
    "another xlwings": (answer(xlwings="0.20.0"), "xlwings", "Python has 0.20.0", "engagement addin install"),
    "no DLL": (without(".dll"), "xlwings' DLL", "is neither in", "security software"),
    "32-bit Excel": (
        key(r"HKLM\SOFTWARE\Microsoft\Office\ClickToRun\Configuration", platform="x86"),
        "xlwings' DLL", "xlwings32-", "Windows wheel",
    ),
    "OneDrive": (
        lambda m: m.environment.update(OneDriveCommercial=r"C:\Users\Ana\AppData\Local"), "OneDrive", "take files away", "LOCALAPPDATA",
    ),
    "XLSTART on the network": (lambda m: m.environment.update(APPDATA=r"\\server\ana"), "Add-in's folder", "network", "ask IT"),
    "no trusted locations": (
        key(rf"{OFFICE_POLICY}\Security\Trusted Locations", alllocationsdisabled=1), "Trust", "no location is trusted", "ask IT",
    ),
    "add-ins disabled": (key(rf"{OFFICE}\Security", disablealladdins=1), "Trust", "all add-ins are disabled", "Trust Center"),
    "add-ins must be signed": (key(rf"{OFFICE_POLICY}\Security", requireaddinsig=1), "Trust", "must be signed", "ask IT"),
    "no VBA": (key(COMMON_POLICY, vbaoff=1), "Trust", "switches VBA off", "xlwings Lite"),
    "disabled after a crash": (
        key(rf"{OFFICE}\Resiliency\DisabledItems", item=FILE.encode("utf-16-le") + b"\0"), "Disabled items", "crash", "Enable",
    ),
    "no command prompt": (
        key(r"HKCU\Software\Policies\Microsoft\Windows\System", disablecmd=2), "Starting Python", "command prompt", "ask IT",
    ),
    "no child processes": (key(ATTACK_SURFACE[0], **{next(iter(DEFENDER_RULES)): "1"}), "Starting Python", "child processes", "ask IT"),
    "no calls of Windows": (key(ATTACK_SURFACE[1], **{list(DEFENDER_RULES)[1]: 1}), "Starting Python", "Win32 API", "ask IT"),
}  # fmt: skip


@pytest.mark.parametrize("case", SICK)
def test_the_doctor_names_what_is_wrong_and_the_step_that_mends_it(computer, case):
    change, check, found, step = SICK[case]
    change(computer)
    finding = faults(computer)[check]
    assert finding.verdict == "bad"
    assert found in finding.found
    assert step in finding.step


def test_where_excel_is_not_written_down_the_doctor_does_not_guess(computer):
    computer.keys.clear()
    assert faults(computer)["Excel"].verdict == "unknown"
    assert "xlwings' DLL" not in faults(computer)


def test_a_defender_rule_that_only_watches_is_no_fault(computer):
    key(ATTACK_SURFACE[0], **{next(iter(DEFENDER_RULES)): "2"})(computer)
    assert faults(computer) == {}


def test_a_python_answers_what_the_doctor_asks(tmp_path):
    machine = ThisMachine()
    found = machine.asked(sys.executable, str(ROOT))
    assert found["version"] == list(sys.version_info[:3])
    assert found["xlwings"]
    assert not [fault for fault in found["faults"] if not fault.startswith("win32com")]
    assert "Error" in machine.asked(str(tmp_path / "none"), "")


# The example workbook


@pytest.fixture(scope="module")
def book():
    return example(scenario(EXAMPLE))


def cells_of(book, sheet, values=False):
    """The rows of a sheet from row 1, as formulas or as values."""
    workbook = openpyxl.load_workbook(io.BytesIO(book), read_only=True, data_only=values)
    rows = [[cell.value for cell in row] for row in workbook[sheet].iter_rows()]
    workbook.close()
    return rows


def test_the_example_shows_udfs_beside_formulas_and_all_agree(book, functions):
    formulas, values = cells_of(book, NAME), cells_of(book, NAME, values=True)
    compared = [row for row in range(FIRST - 1, len(formulas)) if formulas[row][0]]
    assert len(compared) > 50
    for row in compared:
        native, udf, agrees = values[row][2:5]
        assert agrees == "agrees"
        assert native == udf if isinstance(native, str) else native == pytest.approx(udf)
        formula = formulas[row][3]
        assert re.search(r"tco_\w+", formula)[0] in functions
        assert "Inputs!$B$" in formula
        assert "Parameters!$C$" in formula
    assert values[4][0] == f"{len(compared)} of {len(compared)} agree; 0 without add-in"


def test_the_example_reads_the_ranges_that_hold_the_scenario(book):
    formula = cells_of(book, NAME)[FIRST - 1][3]
    ranges = re.findall(r"(\w+)!\$(\w)\$\d+:\$\w\$(\d+)", formula)
    assert [sheet for sheet, *_ in ranges] == ["Inputs", "Answers", "Parameters"]
    for sheet, first, bottom in ranges:
        fields = [row["ABCDE".index(first)] for row in cells_of(book, sheet)]
        assert fields[int(bottom) - 1]
        assert not any(fields[int(bottom) :])


def test_the_example_and_an_ordinary_workbook_are_the_same_bytes_in_whatever_order_they_are_built(book):
    _formulas.cache_clear()
    ordinary = build(scenario(EXAMPLE), 0)
    assert example(scenario(EXAMPLE)) == book
    _formulas.cache_clear()
    assert example(scenario(EXAMPLE)) == book
    assert build(scenario(EXAMPLE), 0) == ordinary


# xlwings Lite

LITE = """
import builtins, json, sys, types
stub = types.ModuleType("xlwings")
def func(f=None, **given):
    def inner(f):
        f.__xlfunc__ = given
        return f
    return inner if f is None else inner(f)
def arg(name, convert=None, **given):
    return lambda f: f
stub.func, stub.arg, stub.ret = func, arg, arg
sys.modules["xlwings"] = stub
load = builtins.__import__
def only(name, *given, **named):
    if name.partition(".")[0] in {"orjson", "tomlkit", "typer", "openpyxl", "scipy", "rich", "workbook", "threading_", "winreg"}:
        raise ImportError(f"{name} is not in Lite")
    return load(name, *given, **named)
builtins.__import__ = only
import main
names = [name for name in dir(main) if hasattr(getattr(main, name), "__xlfunc__")]
scenario = [["work.core_hours", 300], ["shifting", "yes"], ["project.start", 46357]]
results = [getattr(main, name)(scenario) for name in ("tco_total", "tco_recommend", "tco_table", "tco_why", "tco_plan", "tco_simulate")]
print(json.dumps([names, results, main.tco_hours.__module__, main.tco_total.__code__.co_filename]))
"""


def test_lite_has_every_function_with_only_what_lite_has(tmp_path, functions):
    from calc import udfs

    made = lite()
    for name, content in made.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    assert made["requirements.txt"].split() == ["xlwings", "numpy", "pydantic"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    run = subprocess.run(
        [sys.executable, "-c", LITE], capture_output=True, text=True, cwd=tmp_path, env=environment, check=False
    )
    assert run.returncode == 0, run.stderr
    names, found, _, place = json.loads(run.stdout)
    assert set(names) == set(functions)
    assert ".zip" in place
    cells = [["work.core_hours", 300], ["shifting", "yes"], ["project.start", 46357]]
    for name, rows in zip(
        ("tco_total", "tco_recommend", "tco_table", "tco_why", "tco_plan", "tco_simulate"), found, strict=True
    ):
        assert rows == json.loads(json.dumps(getattr(udfs, name)(cells)))


def test_lite_replaces_what_it_has_written_and_no_program_of_anybody_else(tmp_path):
    for name in ("main.py", "requirements.txt"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / name).write_text("mine")
        assert CliRunner().invoke(commands, ["lite", "-o", str(folder)]).exit_code != 0
        assert [(path.name, path.read_text()) for path in folder.iterdir()] == [(name, "mine")]
    for _ in range(2):
        assert CliRunner().invoke(commands, ["lite", "-o", str(tmp_path / "own")]).exit_code == 0


def test_lite_is_the_same_text_on_every_run_and_plain_ascii():
    assert lite() == lite()
    assert all(content.isascii() for content in lite().values())


# The commands and the documentation


def test_the_documentation_names_every_function_of_a_scenario_and_none_that_is_not_there(functions):
    text = (ROOT / "docs" / "excel.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\btco_[a-z_]+", text))
    assert named <= functions.keys()
    assert {name for name, arguments in functions.items() if "scenario" in arguments} | {"tco_fact"} <= named


def test_the_commands_build_what_they_say(tmp_path, content):
    run = CliRunner().invoke
    target = tmp_path / "a.xlam"
    assert run(commands, ["build", "-o", str(target)]).output.strip() == str(target)
    assert target.read_bytes() == content
    assert run(commands, ["build", "--example", "-o", str(tmp_path / "a.xlsx")]).exit_code == 0
    assert zipfile.is_zipfile(tmp_path / "a.xlsx")
    assert run(commands, ["build", "-o", str(tmp_path / "a.xls")]).exit_code == 2
    assert run(commands, ["lite", "-o", str(tmp_path / "lite")]).exit_code == 0
    assert sorted(path.name for path in (tmp_path / "lite").iterdir()) == ["main.py", "requirements.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="would install the add-in")
def test_the_commands_say_what_is_not_possible_here():
    run = CliRunner().invoke
    assert run(commands, ["install"]).exit_code == 2
    found = run(commands, ["doctor"])
    assert found.exit_code == 5
    assert found.output.startswith("FAULT  System: ")


def test_the_doctors_findings_come_as_json(monkeypatch, computer):
    one = replace(findings(computer)[0], verdict="unknown")
    monkeypatch.setattr("workbook.addin.findings", lambda machine: [one])
    import workbook.command.terminal as terminal

    written = []
    monkeypatch.setattr(terminal, "write_json", written.append)
    assert CliRunner().invoke(commands, ["doctor", "--json"]).exit_code == 0
    assert written[0]["findings"][0]["check"] == "Add-in"
