"""A folder of workbooks that people sent back."""

from __future__ import annotations

from pathlib import Path

from workbook.files.agreed import WORKBOOKS

# How files begin that office programs and systems leave beside those that people save.
LEFT_BESIDE = ("~$", ".")


def returned(folder: Path) -> list[Path]:
    """The workbooks in the folder, in the order of their names."""
    return sorted(
        file for file in folder.iterdir() if file.suffix.lower() in WORKBOOKS and not file.name.startswith(LEFT_BESIDE)
    )
