"""Gnumeric as a judge of values, a spreadsheet in C that shares no code with the others; and as a program that saves workbooks."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from . import cells

MISSING = "install Gnumeric (Debian: gnumeric)"


def available() -> bool:
    return shutil.which("ssconvert") is not None


def recalculate(path, edits=None, locale="C.UTF-8") -> cells.Values:
    """The values of every cell as Gnumeric calculates them, after typing over some cells."""
    with tempfile.TemporaryDirectory() as folder:
        book = cells.edited(path, edits or {}, Path(folder, "edited.xlsx"))
        calculated = Path(folder, "calculated.xlsx")
        # It says on standard error which elements it passes over; what it cannot open it does not write.
        environment = os.environ | {"LC_ALL": locale, "HOME": folder}
        command = ["ssconvert", "--recalc", book, calculated]
        ran = subprocess.run(command, env=environment, capture_output=True, timeout=300, check=False)
        if not calculated.exists():
            raise RuntimeError(
                f"Gnumeric did not open {path} (exit {ran.returncode}): {ran.stderr.decode(errors='replace')}"
            )
        return cells.read_cached(calculated)[0]


def saved(path, target, timeout=300):
    """The workbook as Gnumeric saves it, in the format that the target's ending names."""
    subprocess.run(["ssconvert", path, target], check=True, capture_output=True, timeout=timeout)
    return target
