"""IronCalc as a judge of values: a spreadsheet engine in Rust that shares no code with LibreOffice."""

import importlib.util
import tempfile
from pathlib import Path

from . import cells

MISSING = "pip install ironcalc"


def available() -> bool:
    return importlib.util.find_spec("ironcalc") is not None


def recalculate(path, edits=None) -> cells.Values:
    """The values of every cell as IronCalc calculates them, after typing over some cells."""
    import ironcalc

    with tempfile.TemporaryDirectory() as folder:
        book = cells.edited(path, edits or {}, Path(folder, "edited.xlsx"))
        model = ironcalc.load_from_xlsx(str(book))
    model.evaluate()
    sheets = [sheet["name"] for sheet in model.get_worksheets_properties()]
    values: cells.Values = {}
    for sheet, row, column in model.get_all_cells():
        value = model.get_cell_value(sheet, row, column)
        if value is None:
            continue
        if model.get_cell_type(sheet, row, column) == ironcalc.CellType.ErrorValue:
            value = cells.Error(value)
        values[sheets[sheet], f"{ironcalc.column_name_from_number(column)}{row}"] = value
    return values
