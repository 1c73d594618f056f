"""The summary as a picture, by LibreOffice where it is installed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from workbook.files import office
from workbook.files.confined import NoAnswerError
from workbook.files.temporary import temporary_folder

DOTS_PER_INCH = 90


class Picture(NamedTuple):
    """kind: `png`, shown in the HTML, or `pdf`, attached."""

    kind: str
    data: bytes

    @property
    def type(self) -> tuple[str, str]:
        """Its media type."""
        return ("application", "pdf") if self.kind == "pdf" else ("image", self.kind)


Pictured = Callable[[Path], Picture | None]


def first_page(workbook: Path) -> Picture | None:
    """The first page of the workbook, which is its summary, as a PNG, or as a PDF where poppler is missing.

    None without LibreOffice, or where it fails: a message can go without a picture.
    """
    if office.installed() is None:
        return None
    try:
        with temporary_folder() as folder:
            return _first_page(workbook.absolute(), folder)
    except (OSError, NoAnswerError):
        return None


def _first_page(workbook: Path, folder: Path) -> Picture:
    page = office.pdf_of(workbook, folder, office.FIRST_PAGE)
    if painter := shutil.which("pdftoppm"):
        office.run(painter, "-png", "-singlefile", "-r", str(DOTS_PER_INCH), page, page.with_suffix(""))
        return Picture("png", page.with_suffix(".png").read_bytes())
    return Picture("pdf", page.read_bytes())
