"""Aspose.Cells as a judge of values in other languages: it reads format codes and separators as Excel of that region does.

It is no free software. Nothing of ours needs it, no lock names it; whoever has it, if only in evaluation mode, may ask it.
"""

import importlib.util
import os
import tempfile
from pathlib import Path

from . import cells

MISSING = "pip install aspose-cells-python, whose licence is its maker's"
OPTIONAL = True
REGIONS = {"en-US": "USA", "de-DE": "GERMANY", "fr-FR": "FRANCE", "pt-BR": "BRAZIL", "hi-IN": "INDIA"}


def available() -> bool:
    try:
        return importlib.util.find_spec("aspose.cells") is not None
    except ModuleNotFoundError:
        return False


def recalculate(path, edits=None, language="en-US") -> cells.Values:
    """The values of every cell as Aspose.Cells calculates them in a language, after typing over some cells."""
    # Its runtime looks for an ICU of certain versions only; this is Debian 12's.
    os.environ.setdefault("CLR_ICU_VERSION_OVERRIDE", "72.1")
    from aspose.cells import CellValueType, CountryCode, Workbook

    with tempfile.TemporaryDirectory() as folder:
        book = Workbook(str(cells.edited(path, edits or {}, Path(folder, "edited.xlsx"))))
    book.settings.region = getattr(CountryCode, REGIONS[language])
    book.calculate_formula()
    values: cells.Values = {}
    for sheet in book.worksheets:
        for cell in sheet.cells:
            match cell.type:
                case CellValueType.IS_NULL:
                    continue
                case CellValueType.IS_NUMERIC | CellValueType.IS_DATE_TIME:
                    value = cell.double_value
                case CellValueType.IS_ERROR:
                    value = cells.Error(cell.string_value)
                case _:
                    value = cell.value
            values[sheet.name, cell.name] = value
    return values
