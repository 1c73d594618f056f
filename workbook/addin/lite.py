"""The same functions for xlwings Lite, which runs Python inside Excel: one main.py to paste, and its requirements.

The package with the model is part of main.py, since no index has it to install from.
"""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from pathlib import Path

from calc import __name__ as model
from calc import __version__
from workbook.files.renamed_imports import PRIVATE, renamed
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
for name in [name for name in sys.modules if name.partition(".")[0] == "{private}"]:
    del sys.modules[name]  # an earlier version, where this file was pasted over it
sys.path.insert(0, str(place))

from {private}.calc.udfs import *  # noqa: E402, F403
'''


def lite() -> dict[str, str]:
    """File name -> content, the same on every run."""
    package = _package()
    text = base64.b64encode(package).decode()
    lines = "\n".join(text[at : at + WIDTH] for at in range(0, len(text), WIDTH))
    digest = hashlib.sha256(package).hexdigest()[:16]
    main = PROGRAM.format(version=__version__, package=lines, digest=digest, made_by=MADE_BY, private=PRIVATE)
    return {MAIN: main, REQUIREMENTS: "\n".join(NEEDED) + "\n"}


def _package() -> bytes:
    """The package `calc`, inside our own, as a zip file, from which Python imports it as it is."""
    root = Path(str(files(model)))
    made = {f"{PRIVATE}/__init__.py": b""}
    for each in sorted(each for each in root.rglob("*") if each.suffix in KINDS):
        content = each.read_bytes()
        if each.suffix == ".py":
            content = renamed(content.decode(), each.stem).encode()
        made[f"{PRIVATE}/calc/{each.relative_to(root).as_posix()}"] = content
    return zipped(made)
