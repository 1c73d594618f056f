"""The ribbon: its part in the add-in, the VBA that it calls, and the macros that xlwings writes for it."""

import io
import re
import zipfile
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest

from tests.addin.test_package import REMARKS
from tests.engines import validator
from workbook.addin.names import BUTTONS
from workbook.addin.package import RIBBON
from workbook.buttons import classic
from workbook.buttons.scripts import SCRIPTS

NAMESPACE = "{http://schemas.microsoft.com/office/2009/07/customui}"


@pytest.fixture(scope="module")
def ribbon(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        relations = archive.read("_rels/.rels").decode()
        part = ElementTree.fromstring(archive.read(RIBBON))
    assert f'/2007/relationships/ui/extensibility" Target="{RIBBON}"' in relations
    return part


def test_the_ribbon_is_one_tab_with_a_button_for_each_script(ribbon):
    assert [part.tag.removeprefix(NAMESPACE) for part in ribbon.iter()][:4] == ["customUI", "ribbon", "tabs", "tab"]
    buttons = list(ribbon.iter(f"{NAMESPACE}button"))
    assert len(buttons) == len(SCRIPTS)
    ids = [part.get("id") for part in ribbon.iter() if part.get("id")]
    assert len(set(ids)) == len(ids)
    for button in buttons:
        assert len(button.get("screentip")) <= 1024
        assert len(button.get("supertip")) <= 1024


def test_a_faulty_ribbon_is_found_out_by_the_validator(content, tmp_path):
    if not validator.available():
        pytest.skip(validator.MISSING)
    broken = tmp_path / "broken.xlam"
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(broken, "w") as written:
        for name in archive.namelist():
            data = archive.read(name)
            written.writestr(name, data.replace(b"onAction=", b"onPress=") if name == RIBBON else data)
    assert any("onPress" in problem for problem in validator.problems(str(broken)))


def test_every_button_calls_a_macro_that_xlwings_wrote(ribbon, modules):
    wanted = {button.get("onAction"): button.get("label") for button in ribbon.iter(f"{NAMESPACE}button")}
    called = dict(re.findall(r'Public Sub (\w+)\(ByVal control As IRibbonControl\)\s+Press "(\w+)"', modules["Ribbon"]))
    assert called.keys() == wanted.keys()
    written = set(re.findall(r"(?m)^Sub (\w+)\(\)", modules["xlwings_udfs"]))
    assert set(called.values()) == written == set(classic.MACROS)
    for macro in written:
        assert (
            f'XLPy.CallUDF "{BUTTONS}", "{macro}", Array(), ActiveWorkbook, Application.Caller'
            in modules["xlwings_udfs"]
        )


def test_a_button_pressed_runs_its_macro(modules):
    from pyopenvba.interpreter import Interpreter

    vba = Interpreter()
    source = modules["Ribbon"].replace("Application.Run", "Note").replace("ActiveWorkbook Is Nothing", "False")
    vba.add_module(
        REMARKS.sub(r"\1", source.replace("As IRibbonControl", "").replace("ThisWorkbook.Name", '"a.xlam"')),
        name="Ribbon",
    )
    vba.add_module(
        "Public Said\nPublic Sub Note(macro)\nSaid = macro\nEnd Sub\nPublic Function Told()\nTold = Said\nEnd Function\n",
        name="Notes",
    )
    vba.run("OnRenew", [1])
    assert vba.run("Told", []) == "'a.xlam'!tco_button_renew"


class Protected:
    """A protected sheet as COM has it."""

    def __init__(self):
        self.ProtectContents, self.said = True, []
        self.Protection = SimpleNamespace(
            AllowFormattingCells=True, AllowFormattingColumns=True, AllowFormattingRows=False
        )

    def Unprotect(self, password):  # noqa: N802
        assert password == ""
        self.ProtectContents = False

    def Protect(self, **allowed):  # noqa: N802
        self.ProtectContents, self.said = True, allowed


def test_a_macro_lifts_the_protection_of_the_sheets_and_puts_it_back():
    sheet = SimpleNamespace(api=Protected())
    book = SimpleNamespace(sheets=[sheet])
    with classic.unprotected(book):
        assert not sheet.api.ProtectContents
    assert sheet.api.ProtectContents
    assert sheet.api.said == {
        "AllowFormattingCells": True,
        "AllowFormattingColumns": True,
        "AllowFormattingRows": False,
    }


def test_a_sheet_with_a_password_stays_protected():
    def refuses(password):
        raise OSError("the password is not correct")

    locked, free = SimpleNamespace(api=Protected()), SimpleNamespace(api=Protected())
    locked.api.Unprotect = refuses
    with classic.unprotected(SimpleNamespace(sheets=[locked, free])):
        assert (locked.api.ProtectContents, free.api.ProtectContents) == (True, False)
    assert free.api.ProtectContents


def test_no_macro_raises_where_no_workbook_is_open(monkeypatch, capsys):
    monkeypatch.setattr(classic.xw, "books", SimpleNamespace(active=None))
    for script in classic.SCRIPTS:
        classic.macro(script)()
        assert len(capsys.readouterr().out.splitlines()) == 1
