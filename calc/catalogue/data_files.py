"""The TOML files that come with the program, as plain data."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

try:
    # The parser of the standard library, compiled: what it reads within every command takes a third of the time.
    from tomli import loads
except ImportError:  # in xlwings Lite, which is given only what it cannot do without
    from tomllib import loads


def data_of(package: str, *place: str) -> dict[str, Any]:
    """What a file of a package says. place: the folders below the package, then the name of the file."""
    return loads(files(package).joinpath(*place).read_text(encoding="utf-8"))
