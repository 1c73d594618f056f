"""The Excel add-in: its file with the wrapper of every UDF, its installation on Windows, and its diagnosis.

`package.py` builds the .xlam with its ribbon, `shipped.py` has the one that came along, `install.py` puts it where Excel
looks, `doctor.py` finds out what is wrong, `example.py` builds a workbook of UDF calls beside native formulas,
`lite.py` the same functions for xlwings Lite.
"""

from workbook.addin.doctor import findings
from workbook.addin.example import EXAMPLE, example
from workbook.addin.install import NotPossibleError, install, not_here
from workbook.addin.lite import lite
from workbook.addin.machine import ThisMachine
from workbook.addin.package import addin
from workbook.addin.shipped import addin_for_here

__all__ = [
    "EXAMPLE",
    "NotPossibleError",
    "ThisMachine",
    "addin",
    "addin_for_here",
    "example",
    "findings",
    "install",
    "lite",
    "not_here",
]
