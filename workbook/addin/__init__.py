"""The Excel add-in: its file with every wrapper in it, its installation on Windows, what may be wrong with it, and
its kin.

`package.py` builds the .xlam, `install.py` puts it where Excel looks, `doctor.py` says what is wrong, `example.py`
builds a workbook of UDF calls beside native formulas, `lite.py` the same functions for xlwings Lite.
"""

# The VBA project, its configuration and its file all bear this name.
NAME = "engagement"
FILE = f"{NAME}.xlam"
UDF_MODULE = "calc.udfs"
