"""The summary as a picture, by LibreOffice where it is installed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from workbook.files.confined import NoAnswerError, ran

SECONDS = 120
DOTS_PER_INCH = 90
FIRST_PAGE = 'pdf:calc_pdf_Export:{"PageRange":{"type":"string","value":"1"}}'  # from LibreOffice 7.4 on


class Picture(NamedTuple):
    """kind: `png`, shown in the HTML, or `pdf`, attached."""

    kind: str
    data: bytes


Pictured = Callable[[Path], Picture | None]


def first_page(workbook: Path) -> Picture | None:
    """The first page of the workbook, which is its summary, as a PNG, or as a PDF where poppler is missing.

    None without LibreOffice, or where it fails: a message can go without a picture.
    """
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        return None
    try:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            return _first_page(office, workbook.absolute(), folder)
    except (OSError, NoAnswerError):
        return None


def _first_page(office: str, workbook: Path, folder: str) -> Picture:
    profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
    page = Path(folder, f"{workbook.stem}.pdf")
    _run(office, profile, "--headless", "--norestore", "--convert-to", FIRST_PAGE, "--outdir", folder, workbook)
    if painter := shutil.which("pdftoppm"):
        _run(painter, "-png", "-singlefile", "-r", str(DOTS_PER_INCH), page, page.with_suffix(""))
        return Picture("png", page.with_suffix(".png").read_bytes())
    return Picture("pdf", page.read_bytes())


def _run(*command: str | Path) -> None:
    ended = ran(command, SECONDS, heard=False)
    if ended.code:
        raise NoAnswerError(f"exit {ended.code}")
