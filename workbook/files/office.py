"""LibreOffice, where it is installed: a workbook as a PDF."""

from __future__ import annotations

import shutil
from pathlib import Path

from workbook.files.confined import NoAnswerError, ran

SECONDS = 120
ALL_PAGES = "pdf"
FIRST_PAGE = 'pdf:calc_pdf_Export:{"PageRange":{"type":"string","value":"1"}}'  # from LibreOffice 7.4 on


def installed() -> str | None:
    """The program; None where there is none."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def pdf_of(workbook: Path, folder: Path, pages: str = ALL_PAGES) -> Path:
    """The PDF of a workbook, made in the folder, where LibreOffice also keeps a profile for this one run.

    Raises NoAnswerError where LibreOffice is not installed or does not end well.
    """
    office = installed()
    if office is None:
        raise NoAnswerError("LibreOffice is not installed")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    run(office, profile, "--headless", "--norestore", "--convert-to", pages, "--outdir", folder, workbook)
    made = folder / f"{workbook.stem}.pdf"
    if not made.is_file():
        raise NoAnswerError("LibreOffice made no PDF")
    return made


def run(*command: str | Path) -> None:
    """Run a program to its end. Raises NoAnswerError where it fails or takes too long."""
    ended = ran(command, SECONDS, heard=False)
    if ended.code:
        raise NoAnswerError(f"exit {ended.code}")
