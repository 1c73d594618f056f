"""The same functions for xlwings Lite, which runs Python inside Excel: one main.py to paste, and its requirements.

The package `calc` is part of main.py, since no index has it to install from.
"""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from pathlib import Path

import calc
from workbook.write.pack import zipped

# Marks a main.py of this program.
MADE_BY = "Made by: engagement addin lite"
MAIN, REQUIREMENTS = "main.py", "requirements.txt"
# Packages that Pyodide has or gets from PyPI; xlwings is part of Lite.
NEEDED = ("xlwings", "numpy", "pydantic")
KINDS = (".py", ".toml")
WIDTH = 120

PROGRAM = '''\
"""Engagement Calculator {version} for xlwings Lite: the functions TCO_TOTAL, TCO_TABLE and all others, in this
workbook.

Paste this file into the tab main.py and requirements.txt into the tab of that name. {made_by}
"""

import base64
import sys
import tempfile
from pathlib import Path

PACKAGE = """
{package}
"""

place = Path(tempfile.mkdtemp(prefix="engagement-"), "{digest}.zip")
place.write_bytes(base64.b64decode(PACKAGE))
for name in [name for name in sys.modules if name.partition(".")[0] == "calc"]:
    del sys.modules[name]  # an earlier version, where this file was pasted over it
sys.path.insert(0, str(place))

from calc.udfs import *  # noqa: E402, F403
'''


def lite() -> dict[str, str]:
    """File name -> content, the same on every run."""
    package = _package()
    text = base64.b64encode(package).decode()
    lines = "\n".join(text[at : at + WIDTH] for at in range(0, len(text), WIDTH))
    digest = hashlib.sha256(package).hexdigest()[:16]
    main = PROGRAM.format(version=calc.__version__, package=lines, digest=digest, made_by=MADE_BY)
    return {MAIN: main, REQUIREMENTS: "\n".join(NEEDED) + "\n"}


def _package() -> bytes:
    """The package `calc` as a zip file, from which Python imports it as it is."""
    root = Path(str(files("calc")))
    modules = sorted(each for each in root.rglob("*") if each.suffix in KINDS)
    return zipped({f"calc/{each.relative_to(root).as_posix()}": each.read_bytes() for each in modules})
