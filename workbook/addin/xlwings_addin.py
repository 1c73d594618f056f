"""xlwings' own template of an add-in (BSD 3-clause), and the few places where this add-in's VBA differs from it.

The template belongs to the installed xlwings and is read from there; it loads the DLL of exactly that version.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from workbook.addin.names import NAME

TEMPLATE = "quickstart_addin.xlam"
MODULE = "xlwings"
# A sample macro of the template.
SAMPLE = "Module1"


@dataclass(frozen=True)
class Edit:
    """One line of the template's module that is written differently here, and why."""

    found: str
    written: str
    why: str


EDITS = (
    Edit(
        'Public Const PROJECT_NAME As String = "myaddin"',
        f'Public Const PROJECT_NAME As String = "{NAME}"',
        "The name of the add-in, as xlwings' documentation tells to set it.",
    ),
    Edit(
        'If SheetExists(ActiveWorkbook, PROJECT_NAME & ".conf") = True Then',
        "If False Then ' Changed by engagement: a workbook must not choose the program that runs",
        "Else a sheet in a workbook that someone sends could name a program, which the first formula would start.",
    ),
    Edit(
        'If GetFullName(ActiveWorkbook) <> "" Then',
        "If False Then ' Changed by engagement: nor must a file beside a workbook",
        "The same for a file beside the workbook, in a shared folder for example.",
    ),
    Edit(
        '" -B -c ""import sys, os;"',
        '" -P -B -c ""import sys, os;"',
        "Python must not import modules from the folder that Excel happens to be in.",
    ),
)


class TemplateError(RuntimeError):
    """The installed xlwings has another template than the one that the edits are for."""


def template() -> bytes:
    return files("xlwings").joinpath(TEMPLATE).read_bytes()


def edited(source: str) -> str:
    """The template's module with the edits in it; each must be found exactly once."""
    for edit in EDITS:
        if source.count(edit.found) != 1:
            raise TemplateError(f"xlwings' template has changed; it should hold once: {edit.found}")
        source = source.replace(edit.found, edit.written)
    return source
