"""The UDFs as Excel calls them, and the scenarios of the examples."""

import ctypes
import datetime
import importlib
import sys
from types import SimpleNamespace

import pytest

from calc.results import results
from tests.calc.udfs.excel import PYWIN32, Excel, StandIn
from tests.calc.udfs.samples import EXAMPLES, SMALL, listed, scenario_at


@pytest.fixture(scope="module")
def excel():
    """xlwings as on Windows; taken away again afterwards, with every module that saw it."""
    before = dict(sys.modules)
    for name in [name for name in before if name.partition(".")[0] == "xlwings" or name.startswith("calc.udfs")]:
        del sys.modules[name]
    for name in PYWIN32:
        sys.modules[name] = StandIn(name)
        parent, _, child = name.rpartition(".")
        if parent:
            setattr(sys.modules[parent], child, sys.modules[name])
    sys.modules["pywintypes"].TimeType = datetime.datetime
    sys.modules["pywintypes"].IID = lambda text: "range" if text.startswith("{00020846") else text
    sys.modules["win32process"].GetWindowThreadProcessId = lambda window: (0, 1)
    sys.modules["pythoncom"].TypeIIDs = {None: object()}
    sys.modules["pythoncom"].IID_IDispatch = None
    sys.modules["win32com.server.util"].unwrap = lambda value: SimpleNamespace(obj=value)
    sys.modules["win32timezone"].TimeZoneInfo = SimpleNamespace(utc=lambda: datetime.UTC)
    library = SimpleNamespace(PyCom_PyObjectFromIUnknown=SimpleNamespace(restype=None))
    com = SimpleNamespace(ole32=SimpleNamespace(CLSIDFromString=lambda *given: 0))
    patch = pytest.MonkeyPatch()
    patch.setattr(ctypes, "oledll", com, raising=False)
    patch.setattr(ctypes, "windll", com, raising=False)
    patch.setattr(ctypes, "PyDLL", lambda name: library)
    import xlwings

    windows = importlib.import_module("xlwings._xlwindows")
    server = importlib.import_module("xlwings.com_server")
    udfs = importlib.import_module("xlwings.udfs")
    # What xlwings itself does on Windows.
    xlwings.engines.add(xlwings.Engine(impl=windows.engine))
    xlwings._xlwindows = windows
    xlwings.func, xlwings.arg, xlwings.ret = udfs.xlfunc, udfs.xlarg, udfs.xlret
    module = importlib.import_module("calc.udfs")
    yield Excel(server.XLPython(), udfs, module)
    server.loop.close()
    patch.undo()
    for name in set(sys.modules) - set(before):
        del sys.modules[name]
    sys.modules.update(before)
    if "calc.udfs" in before:
        sys.modules["calc"].udfs = before["calc.udfs"]


@pytest.fixture(scope="module")
def functions(excel):
    return excel.module.FUNCTIONS


@pytest.fixture(scope="module", params=EXAMPLES, ids=lambda path: path.stem)
def example(request):
    """A scenario, its range, and what `calc --json` says of it."""
    scenario = scenario_at(request.param)
    [result] = results([scenario], flips=False)
    return SimpleNamespace(scenario=scenario, range=listed(scenario), result=result, paths=result["paths"])


@pytest.fixture(scope="module")
def total(excel):
    [[found]] = excel("tco_total", SMALL, "freelancer")
    return found
