"""exceljs and SheetJS, which web pages and previewers read workbooks with. Neither calculates: they show what was saved."""

import json
import shutil
import subprocess
from datetime import date
from pathlib import Path

from . import cells

HERE = Path(__file__).with_name("readers")

MISSING = "install Node, then run: npm ci --prefix tests/engines/readers"


def available() -> bool:
    return shutil.which("node") is not None and all(
        Path(HERE, "node_modules", one).exists() for one in ("exceljs", "xlsx")
    )


def read_by(reader, path, *arguments) -> tuple[cells.Values, cells.Formulas]:
    """What a reader, `exceljs` or `sheetjs`, finds in the cells. Raises RuntimeError where it cannot open the workbook."""
    ran = subprocess.run(
        ["node", HERE / f"{reader}.js", path, *arguments], capture_output=True, timeout=300, check=False
    )
    if ran.returncode:
        raise RuntimeError(f"{reader} could not read {path}: {ran.stderr.decode(errors='replace')}")
    found = json.loads(ran.stdout)
    values = {(sheet, ref): _value(value) for sheet, ref, value in found["values"]}
    return values, {(sheet, ref): formula for sheet, ref, formula in found["formulas"]}


def saved_by_exceljs(path, out, edits: cells.Edits | None = None) -> Path:
    """The workbook as exceljs saves it again, after typing over some cells. A date is typed as the number that it is."""
    typed = [
        (*place, cells.serial(value) if isinstance(value, date) else value) for place, value in (edits or {}).items()
    ]
    read_by("exceljs", path, out, json.dumps(typed))
    return Path(out)


def _value(value):
    if isinstance(value, dict):
        return cells.Error(value["error"])
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
