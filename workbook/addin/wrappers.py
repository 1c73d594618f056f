"""The VBA wrappers of UDFs and buttons, made by xlwings' own importer, unmodified, with a workbook that only records.

The importer writes the wrappers to a file, has the workbook import it, and then tells Excel what each function and
argument is. It needs nothing of Windows but names to import; on other systems empty modules provide them, in a process
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

from workbook.addin.names import FILE
from workbook.files.confined import ROOT
from workbook.files.temporary import TemporaryError, kept_for_a_while

MODULE = "xlwings_udfs"
# How the process that makes them ends where it can keep no temporary file.
NO_ROOM = 3


@dataclass(frozen=True)
class Description:
    """The description of one function in the function wizard."""

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


def wrappers(*modules: str) -> Wrappers:
    """The wrappers of the functions and macros of some modules, the same on every system.

    Raises TemporaryError where there is no room for temporary files, RuntimeError where xlwings fails.
    """
    places = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    environment = os.environ | {"PYTHONPATH": places, "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", __name__, *modules]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, check=False)
    if run.returncode == NO_ROOM:
        raise TemporaryError(run.stderr.strip().splitlines()[-1])
    if run.returncode:
        raise RuntimeError(f"xlwings could not write the wrappers: {run.stderr.strip().splitlines()[-1]}")
    written = json.loads(run.stdout)
    functions = [Description(**each) for each in written["functions"]]
    return Wrappers(written["source"], functions, written["xlwings_version"])


class RecordingWorkbook:
    """The part of an Excel add-in that xlwings' importer uses; it records the wrappers and their descriptions."""

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

    def _describe(self, macro: str, **options: Any) -> None:
        name = macro.rpartition("!")[2]
        arguments = options["ArgumentDescriptions"] or []
        # A macro, which takes none, is nothing for the function wizard.
        if arguments:
            self.functions.append(Description(name, options["Description"], options["Category"], arguments))


def udfs_of_xlwings() -> ModuleType:
    """xlwings' module of UDFs, with its decorators in force as on Windows."""
    if sys.platform != "win32":
        stand_in("pythoncom", CoInitialize=None)
        stand_in("pywintypes", com_error=type("com_error", (Exception,), {}))
        stand_in("win32com.client", Dispatch=None)
    import xlwings
    from xlwings import udfs

    vars(xlwings).update(func=udfs.xlfunc, arg=udfs.xlarg, ret=udfs.xlret, script=udfs.xlsub)
    # Without the paid parts of xlwings, even where there is a key for them.
    udfs.__pro__ = False
    return udfs


def stand_in(name: str, **members: object) -> None:
    """Make a module with these names in it, and the packages around it, unless it exists."""
    parent, _, child = name.rpartition(".")
    if parent:
        stand_in(parent)
    made = sys.modules.setdefault(name, ModuleType(name))
    vars(made).update(members)
    if parent:
        setattr(sys.modules[parent], child, made)


def main() -> None:
    """Print the wrappers of the modules that are named as JSON: the work of the process that `wrappers` starts."""
    udfs = udfs_of_xlwings()
    names = sys.argv[1:]
    for name in names:
        # Set beforehand, so that xlwings does not search a workbook's sheets for Python code.
        udfs.udf_modules[name] = {"module": importlib.import_module(name), "filename": "", "filetime": None}
    sys.stdout, out = sys.stderr, sys.stdout
    book = RecordingWorkbook()
    try:
        with kept_for_a_while():  # the module, which xlwings has Excel import from a file
            udfs.import_udfs(";".join(names), book)
    except TemporaryError as error:
        print(error, file=sys.stderr)
        sys.exit(NO_ROOM)
    version = importlib.import_module("xlwings").__version__
    json.dump(asdict(Wrappers(book.source, book.functions, version)), out)


if __name__ == "__main__":
    main()
