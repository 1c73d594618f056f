"""Formualizer as a judge of values: a second engine in Rust, with its own parser and functions."""

import importlib.util
import tempfile
from pathlib import Path

from . import cells

MISSING = "pip install formualizer"


def available() -> bool:
    return importlib.util.find_spec("formualizer") is not None


def recalculate(path, edits=None) -> cells.Values:
    """The values of every cell as Formualizer calculates them, after typing over some cells."""
    import formualizer

    with tempfile.TemporaryDirectory() as folder:
        book = cells.edited(path, edits or {}, Path(folder, "edited.xlsx"))
        calculated = Path(folder, "calculated.xlsx")
        formualizer.recalculate_xlsx_file(str(book), str(calculated))
        return cells.read_cached(calculated)[0]
