"""The same functions for xlwings Lite, which runs Python inside Excel: a main.py to paste, and its requirements.

Either the model is part of main.py, which needs no web server, or Lite installs it from a wheel.
"""

from __future__ import annotations

import base64
import hashlib

from calc import __version__
from workbook.addin.slim_wheel import modules, slim_wheel, wheel_name
from workbook.files.renamed_imports import PRIVATE
from workbook.write.pack import zipped

# Marks a main.py of this program.
MADE_BY = "Made by: engagement addin lite"
MAIN, REQUIREMENTS = "main.py", "requirements.txt"
# Packages that Pyodide has or gets from PyPI; xlwings is part of Lite.
NEEDED = ("xlwings", "numpy", "pydantic", "openpyxl", "orjson")
WIDTH = 120
# The functions that people use, with drop-downs, and the buttons; before them, if asked for, one for each formula.
FEW, SCRIPTS = f"{PRIVATE}.calc.udfs.lite", f"{PRIVATE}.workbook.buttons.scripts"
USUAL, ALL = (FEW, SCRIPTS), (f"{PRIVATE}.calc.udfs", FEW, SCRIPTS)

HEAD = '''\
"""Engagement Calculator {version} for xlwings Lite: the functions TCO_TOTAL, TCO_TABLE and others, in this workbook.

Paste this file into the tab main.py and requirements.txt into the tab of that name. {made_by}
"""

'''
PASTED = '''\
import base64
import sys
import tempfile
from pathlib import Path

PACKAGE = """
{package}
"""

place = Path(tempfile.mkdtemp(prefix="engagement-"), "{digest}.zip")
place.write_bytes(base64.b64decode(PACKAGE))
for name in [name for name in sys.modules if name.partition(".")[0] == "{private}"]:
    del sys.modules[name]  # an earlier version, where this file was pasted over it
sys.path.insert(0, str(place))

{imports}'''


def lite(everything: bool = False, address: str | None = None) -> dict[str, bytes]:
    """File name -> content, the same on every run.

    everything: also a function for each formula. address: of the folder on the web from which Lite is to install the
    wheel, which is then one of the files; without one the package is part of main.py.
    """
    functions = ALL if everything else USUAL
    head = HEAD.format(version=__version__, made_by=MADE_BY)
    if address is None:
        package = zipped(dict(modules()))
        text = base64.b64encode(package).decode()
        lines = "\n".join(text[at : at + WIDTH] for at in range(0, len(text), WIDTH))
        digest = hashlib.sha256(package).hexdigest()[:16]
        main = head + PASTED.format(package=lines, digest=digest, private=PRIVATE, imports=_imports(functions))
        return {MAIN: main.encode(), REQUIREMENTS: _lines(NEEDED)}
    wheel = f"{address.rstrip('/')}/{wheel_name()}"
    main = head + _imports(functions)
    return {MAIN: main.encode(), REQUIREMENTS: _lines((*NEEDED, wheel)), wheel_name(): slim_wheel()}


def _imports(names: tuple[str, ...]) -> str:
    return "".join(f"from {name} import *  # noqa: E402, F403\n" for name in names)


def _lines(lines: tuple[str, ...]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
