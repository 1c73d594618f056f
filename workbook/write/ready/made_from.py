"""The hash of everything that a layout is made from: the program, its data, and the libraries that write a part of it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

# What the sheets, their formulas and the constants in them follow from. A file too many only makes a layout anew once too often.
WRITE = Path(__file__).parents[1]
SOURCES = (WRITE.parents[1] / "calc", WRITE, WRITE.parent / "files")
ENDINGS = (".py", ".toml")
LIBRARIES = ("numpy", "openpyxl")


@cache
def made_from() -> str:
    """The hash. Raises OSError where the program does not lie in files, as within a zip."""
    digest = hashlib.sha256()
    for source in SOURCES:
        for path in _files(source):
            # Without Path, which would take as long as all the rest.
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123
                content = file.read()
            digest.update(f"{os.path.basename(path)} {len(content)}\n".encode())  # noqa: PTH119
            digest.update(content)
    for library in LIBRARIES:
        digest.update(f"{library} {version(library)}\n".encode())
    return digest.hexdigest()


def _files(folder: Path | str) -> Iterator[str]:
    """Every source and data file of a folder, in an order that no file system decides."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _files(entry.path)
        elif entry.name.endswith(ENDINGS):
            yield entry.path
