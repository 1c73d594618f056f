"""The VBA wrappers of all UDFs, made by xlwings' own importer, which runs here as it is, on a workbook that only
listens.

The importer writes the wrappers to a file, has the workbook import it, and then tells Excel what each function and
argument is. All that it needs of Windows are names to import; off Windows empty modules stand in for them, in a process
of its own.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

from workbook.addin.names import FILE, UDF_MODULE

ROOT = Path(__file__).parents[2]
MODULE = "xlwings_udfs"


@dataclass(frozen=True)
class Description:
    """What the function wizard says of one function."""

    name: str
    text: str
    category: str
    arguments: list[str]


@dataclass(frozen=True)
class Wrappers:
    """The VBA module of the wrappers as xlwings writes it, the functions in it, and the version of xlwings."""

    source: str
    functions: list[Description]
    xlwings_version: str


def wrappers() -> Wrappers:
    """The wrappers of all UDFs, the same on every system."""
    places = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    environment = os.environ | {"PYTHONPATH": places, "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "workbook.addin.wrappers"]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, check=False)
    if run.returncode:
        raise RuntimeError(f"xlwings could not write the wrappers: {run.stderr.strip().splitlines()[-1]}")
    found = json.loads(run.stdout)
    functions = [Description(**each) for each in found["functions"]]
    return Wrappers(found["source"], functions, found["xlwings_version"])


class ListeningWorkbook:
    """As much of an Excel add-in as xlwings' importer talks to; it keeps what it is told."""

    Name = FILE

    def __init__(self) -> None:
        self.source = ""
        self.functions: list[Description] = []
        self.VBProject = SimpleNamespace(VBComponents=self)
        self.Application = SimpleNamespace(Version="16.0", MacroOptions=self._describe)

    def __call__(self, component: str) -> str:
        return component

    def Remove(self, component: str) -> None:  # noqa: N802  the name that Excel gives it
        """There is no earlier module of wrappers to remove."""

    def Import(self, file: str) -> None:  # noqa: N802
        self.source = Path(file).read_text(encoding="utf-8")

    def _describe(self, macro: str, **said: Any) -> None:
        name = macro.rpartition("!")[2]
        arguments = said["ArgumentDescriptions"] or []
        self.functions.append(Description(name, said["Description"], said["Category"], arguments))


def udfs_of_xlwings() -> ModuleType:
    """xlwings' module of UDFs, with its decorators in force as on Windows."""
    if sys.platform != "win32":
        stand_in("pythoncom", CoInitialize=None)
        stand_in("pywintypes", com_error=type("com_error", (Exception,), {}))
        stand_in("win32com.client", Dispatch=None)
    import xlwings
    from xlwings import udfs

    vars(xlwings).update(func=udfs.xlfunc, arg=udfs.xlarg, ret=udfs.xlret)
    # The paid parts of xlwings stay out of it, also where there is a key for them.
    udfs.__pro__ = False
    return udfs


def stand_in(name: str, **members: object) -> None:
    """A module with a few names in it, and the packages around it, where there is none."""
    parent, _, child = name.rpartition(".")
    if parent:
        stand_in(parent)
    made = sys.modules.setdefault(name, ModuleType(name))
    vars(made).update(members)
    if parent:
        setattr(sys.modules[parent], child, made)


def main() -> None:
    """Print the wrappers as JSON: the work of the process that `wrappers` starts."""
    udfs = udfs_of_xlwings()
    module = importlib.import_module(UDF_MODULE)
    # Known beforehand, so that xlwings does not look through a workbook's sheets for Python code.
    udfs.udf_modules[UDF_MODULE] = {"module": module, "filename": "", "filetime": None}
    sys.stdout, out = sys.stderr, sys.stdout
    book = ListeningWorkbook()
    udfs.import_udfs(UDF_MODULE, book)
    version = importlib.import_module("xlwings").__version__
    found = Wrappers(book.source, book.functions, version)
    json.dump(asdict(found), out)


if __name__ == "__main__":
    main()
