"""Excel in front of xlwings: its own desktop code, unmodified, with stand-ins for what it needs of Windows."""

import inspect
from types import ModuleType, SimpleNamespace

MISSING, NOT_AVAILABLE, DIVISION = -2147352572, -2146826246, -2146826281
PYWIN32 = (
    "pythoncom", "pywintypes", "win32api", "win32con", "win32gui", "win32process", "win32timezone", "win32event",
    "win32com", "win32com.client", "win32com.server", "win32com.server.dispatcher", "win32com.server.policy",
    "win32com.server.util", "win32com.server.exception",
)  # fmt: skip


class StandIn(ModuleType):
    """A module of pywin32: whatever is asked of it is there, and does nothing."""

    __file__ = ""
    __path__ = ()

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        made = type(name, (Exception,), {}) if name.endswith(("error", "Class")) else lambda *given, **named: None
        setattr(self, name, made)
        return made


class Area:
    """A range as COM hands it over: its `Value` is a tuple of rows, or the bare value of a single cell."""

    _oleobj_ = SimpleNamespace(GetTypeInfo=lambda: SimpleNamespace(GetTypeAttr=lambda: SimpleNamespace(iid="range")))
    Row = Column = 1

    def __init__(self, cells):
        rows = tuple(tuple(row) for row in cells)
        self.Value = rows[0][0] if len(rows) == len(rows[0]) == 1 else rows
        self.Rows, self.Columns = SimpleNamespace(Count=len(rows)), SimpleNamespace(Count=len(rows[0]))
        workbook = SimpleNamespace(Application=SimpleNamespace(Hwnd=1))
        self.Worksheet = SimpleNamespace(Parent=workbook, Name="Sheet1")


class Excel:
    """What stands behind a cell with a UDF: xlwings' server, called as the VBA wrapper calls it."""

    def __init__(self, server, udfs, module):
        self.server, self.udfs, self.module = server, udfs, module

    def __call__(self, name, *arguments):
        """The cells that a formula with these arguments shows: rows of values, a list for a range, None for omitted."""
        given = tuple(self._argument(each) for each in arguments)
        given += (MISSING,) * (len(inspect.signature(getattr(self.module, name)).parameters) - len(given))
        found = self.server.CallUDF("calc.udfs", name, given, None, Area([[None]]))
        if not isinstance(found, list):
            return [[found]]
        return found if found and isinstance(found[0], list) else [found]

    @staticmethod
    def _argument(value):
        if value is None:
            return MISSING
        return Area(value) if isinstance(value, list) else value
