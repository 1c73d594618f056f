"""The summary as a picture, by LibreOffice where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

SECONDS = 120


class Picture(NamedTuple):
    """kind: `png`, shown in the HTML, or `pdf`, attached."""

    kind: str
    data: bytes


Pictured = Callable[[Path], Picture | None]


def first_page(workbook: Path) -> Picture | None:
    """The first page of the workbook, which is its summary, as a PNG; None without LibreOffice, or where it fails."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder, "profile").as_uri()
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", "png"]
        try:
            subprocess.run([*command, "--outdir", folder, workbook], capture_output=True, timeout=SECONDS, check=True)
            return Picture("png", Path(folder, f"{workbook.stem}.png").read_bytes())
        except (OSError, subprocess.SubprocessError):
            return None
