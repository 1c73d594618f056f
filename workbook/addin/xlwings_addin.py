"""xlwings' own template of an add-in (BSD 3-clause), and the few lines that this add-in's VBA changes.

The template belongs to the installed xlwings and is read from there; it loads the DLL of exactly that version.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from importlib.resources import files

from workbook.addin.names import NAME

TEMPLATE = "quickstart_addin.xlam"
MODULE = "xlwings"
# A sample macro of the template.
SAMPLE = "Module1"


@dataclass(frozen=True)
class Edit:
    """A changed line of the template's module, and the reason."""

    original: str
    written: str
    why: str


EDITS = (
    Edit(
        'Public Const PROJECT_NAME As String = "myaddin"',
        f'Public Const PROJECT_NAME As String = "{NAME}"',
        "The name of the add-in, set as xlwings' documentation says.",
    ),
    Edit(
        'If SheetExists(ActiveWorkbook, PROJECT_NAME & ".conf") = True Then',
        "If False Then ' Changed by engagement: a workbook must not choose the program that runs",
        "Otherwise a sheet in a workbook from elsewhere could name a program, which the first formula would start.",
    ),
    Edit(
        'If GetFullName(ActiveWorkbook) <> "" Then',
        "If False Then ' Changed by engagement: nor must a file beside a workbook",
        "The same for a file beside the workbook, in a shared folder for example.",
    ),
    Edit(
        '" -B -c ""import sys, os;"',
        '" -P -B -c ""import sys, os;"',
        "Python must not import modules from Excel's current folder.",
    ),
)


class TemplateError(RuntimeError):
    """The template of the installed xlwings is not the one that the edits are for."""


def template() -> bytes:
    return files("xlwings").joinpath(TEMPLATE).read_bytes()


def made_for(content: bytes) -> str | None:
    """The version of xlwings whose VBA an add-in holds; None where it does not say."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            match = re.search(rb"for xlwings ([\d.]+)", archive.read("docProps/core.xml"))
    except (zipfile.BadZipFile, KeyError):
        return None
    return match[1].decode() if match else None


def edited(source: str) -> str:
    """The template's module with the edits; each original line must occur exactly once, else TemplateError."""
    for edit in EDITS:
        if source.count(edit.original) != 1:
            raise TemplateError(f"xlwings' template has changed; expected once: {edit.original}")
        source = source.replace(edit.original, edit.written)
    return source
