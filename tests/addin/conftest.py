"""The add-in as bytes, as a file and as VBA modules, the functions in it, and a computer with it installed."""

import pytest

from tests import made_once
from tests.addin.made_up_computer import DLL, MadeUp
from workbook.addin.install import install
from workbook.addin.names import FILE


@pytest.fixture(scope="session")
def content():
    pytest.importorskip("pyopenvba")
    from workbook.addin.package import addin

    return made_once.file_of(FILE, addin).read_bytes()


@pytest.fixture(scope="module")
def file(content, tmp_path_factory):
    path = tmp_path_factory.mktemp("addin") / FILE
    path.write_bytes(content)
    return path


@pytest.fixture(scope="module")
def modules(file):
    """Every VBA module of the add-in: name -> source, as the library that wrote it reads it."""
    with pytest.importorskip("pyopenvba").ExcelFile(file) as opened:
        return {name: opened.get_module(name) for name in opened.module_names()}


@pytest.fixture(scope="module")
def functions():
    """Every UDF with its arguments, from Python."""
    from calc import udfs

    return {name: list(function.descriptions) for name, function in udfs.FUNCTIONS.items()}


@pytest.fixture(scope="module")
def usual(functions):
    """Those that people use, which the add-in holds unless all are asked for."""
    from calc import udfs

    return {function.__name__: functions[function.__name__] for function in udfs.OF_SCENARIOS}


@pytest.fixture
def computer(content):
    """A computer on which everything is in order."""
    import xlwings

    machine = MadeUp()
    install(machine, content)
    machine.answer["xlwings"] = xlwings.__version__
    machine.files[DLL.format(version=xlwings.__version__)] = b""
    return machine
