"""The add-in's file read back, its VBA parsed and run."""

import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.engines import validator
from workbook.addin.names import ALL_UDFS, BUTTONS, FILE, USUAL_UDFS
from workbook.addin.xlwings_addin import EDITS, TemplateError, edited
from workbook.files.temporary import TemporaryError

ROOT = Path(__file__).parents[2]
# Comments after directives, which VBA allows and pyOpenVBA does not read.
REMARKS = re.compile(r"(?m)^(\s*#(?:If|Else|ElseIf|End If|Const)[^'\r\n]*?)[ \t]*'.*$")


def test_the_addin_is_the_same_bytes_on_every_run(content):
    code = "import sys; from workbook.addin.package import addin; sys.stdout.buffer.write(addin())"
    environment = os.environ | {"PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT), "TZ": "Asia/Tokyo"}
    again = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, env=environment, cwd="/"
    ).stdout
    assert hashlib.sha256(again).digest() == hashlib.sha256(content).digest()


def test_every_usual_udf_has_its_wrapper_with_its_arguments(modules, usual):
    assert wrapped(modules["xlwings_udfs"], USUAL_UDFS) == usual
    assert set(modules) == {"ThisWorkbook", "Dictionary", "xlwings", "Sheet2", "xlwings_udfs", "Descriptions", "Ribbon"}


def test_with_all_every_formula_has_its_wrapper_too(functions):
    from workbook.addin.wrappers import wrappers

    assert wrapped(wrappers(ALL_UDFS).source, ALL_UDFS) == functions


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of a file's size there")
def test_no_room_for_the_wrappers_is_said_of_the_folder_for_temporary_files():
    import resource

    from workbook.addin.wrappers import wrappers

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8_192, before[1]))
    try:
        with pytest.raises(TemporaryError, match="File too large; make room there, or name another folder in TMPDIR"):
            wrappers(USUAL_UDFS)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def wrapped(source, module):
    """Function -> arguments, of the wrappers that ask for that module."""
    declared = dict(re.findall(r"(?m)^Function (\w+)\((.*)\)\s*$", source))
    found = {name: [each.removeprefix("Optional ") for each in declared[name].split(", ")] for name in declared}
    for name, arguments in found.items():
        assert f'XLPy.CallUDF("{module}", "{name}", Array({", ".join(arguments)}), ActiveWorkbook' in source
    return found


def test_the_wrappers_are_those_that_xlwings_writes(modules):
    from workbook.addin.wrappers import wrappers

    assert modules["xlwings_udfs"].splitlines() == wrappers(USUAL_UDFS, BUTTONS).source.splitlines()


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


def test_every_module_is_valid_vba_without_overlong_lines(modules):
    from pyopenvba.interpreter import parse_module

    parsed = {name: parse_module(REMARKS.sub(r"\1", source), name=name) for name, source in modules.items()}
    assert len(parsed["xlwings_udfs"].procedures) > 20
    for source in modules.values():
        assert max((len(line) for line in source.splitlines()), default=0) <= 1023
    names = [procedure.name.lower() for module in parsed.values() for procedure in module.procedures]
    duplicated = {name for name in names if names.count(name) > 1 and name.startswith("tco_")}
    assert duplicated == set()


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
    assert vba.run("tco_fact", ["freelancer.rate", "unit"]) == f"{USUAL_UDFS} tco_fact 2 freelancer.rate False"
    assert vba.run("tco_total", ["x"]) == f"{USUAL_UDFS} tco_total 5 x True"


def test_the_function_wizard_describes_every_function(file, modules, usual):
    from pyopenvba.apps.excel import ExcelApplication

    excel = ExcelApplication.open(str(file))
    source = modules["Descriptions"].replace("Application.MacroOptions", "Tell").replace("On Error Resume Next", "")
    excel.add_module(source, name="Recorded")
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
    assert said.keys() == {f"'{FILE}'!{name}" for name in usual}
    for name, arguments in usual.items():
        category, count, length = said[f"'{FILE}'!{name}"]
        assert (category, int(count)) == ("Engagement", len(arguments))
        assert 15 < int(length) <= 255


def test_the_sheet_holds_the_settings_and_the_descriptions(content, usual):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        assert '<sheet name="engagement.conf"' in archive.read("xl/workbook.xml").decode()
    cells = dict(re.findall(r'<c r="(\w+)" t="inlineStr"><is><t xml:space="preserve">([^<]*)</t></is></c>', sheet))
    assert {address: cells[address] for address in cells if address[0] in "AB"} == {
        "A1": "ADD_WORKBOOK_TO_PYTHONPATH", "B1": "false", "A2": "UDF MODULES", "B2": f"{USUAL_UDFS};{BUTTONS}",
    }  # fmt: skip
    assert {text for address, text in cells.items() if re.fullmatch(r"D\d+", address)} == set(usual)


def test_no_workbook_can_choose_the_program_that_runs(modules):
    code = [line for line in modules["xlwings"].splitlines() if not line.strip().startswith("'")]
    assert not any("SheetExists(ActiveWorkbook, PROJECT_NAME" in line for line in code)
    assert not any('GetFullName(ActiveWorkbook) <> ""' in line for line in code)
    assert sum("If False Then" in line for line in code) == 2
    assert any('tail = " -P -B -c ' in line for line in code)


def test_an_unknown_template_is_refused():
    whole = "\n".join(edit.original for edit in EDITS)
    assert edited(whole).count("\n") == whole.count("\n")
    with pytest.raises(TemplateError, match="PROJECT_NAME"):
        edited(whole.replace("myaddin", "other"))
    with pytest.raises(TemplateError):
        edited(whole + "\n" + EDITS[-1].original)


def test_no_trace_of_the_templates_author_is_left_in_the_addin(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = b"".join(archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels")))
    assert b"felix" not in text.lower()
    assert b"myaddin" not in text.lower()
