"""Installing on made-up computers."""

import pytest

from tests.addin.made_up_computer import PYTHON, QUIET, MadeUp
from workbook.addin import places
from workbook.addin.doctor import findings
from workbook.addin.install import NotPossibleError, install


def test_install_writes_addin_and_settings_where_excel_and_xlwings_look(content):
    machine = MadeUp()
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


def test_install_accepts_another_script_in_the_profiles_name_and_refuses_it_elsewhere(content):
    profile = "C:\\Users\\Анна"
    machine = MadeUp(executable=f"{profile}\\env\\Scripts\\python.exe", home=f"{profile}\\env\\Lib")
    machine.environment["USERPROFILE"] = profile
    _, settings = install(machine, content)
    assert machine.files[settings].isascii()
    with pytest.raises(NotPossibleError, match="Latin alphabet"):
        install(MadeUp(home="D:\\Анна"), content)


def test_install_asks_to_close_excel_when_the_file_is_in_use(content):
    class Held(MadeUp):
        def write(self, path, content):
            if path.endswith(".xlam"):
                raise PermissionError(13, "in use")

    with pytest.raises(NotPossibleError, match="close Excel and try again"):
        install(Held(), content)


@pytest.mark.parametrize(
    ("system", "words"),
    [("linux", "build the add-in here"), ("darwin", "xlwings Lite"), ("aix", "needs Excel on Windows")],
)
def test_install_and_doctor_explain_why_another_system_will_not_do(content, system, words):
    machine = MadeUp(system=system)
    with pytest.raises(NotPossibleError, match=words):
        install(machine, content)
    [finding] = findings(machine)
    assert (finding.check, finding.verdict) == ("System", "bad")
    assert words in finding.found
    assert set(machine.files) == {PYTHON, QUIET}
