"""The add-in that a distribution brings along, built when it was; a checkout has none and builds its own.

Either is for exactly one version of xlwings, whose DLL it loads.
"""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from workbook.addin.install import NotPossibleError
from workbook.addin.names import FILE
from workbook.addin.package import addin
from workbook.addin.xlwings_addin import made_for

PLACE = Path(__file__).with_name(FILE)
TOOLS = ("xlwings", "pyOpenVBA")


def addin_for_here(everything: bool = False) -> bytes:
    """The .xlam for the installed xlwings. Raises NotPossibleError with what to install where none can be had."""
    wanted = None
    if PLACE.is_file() and not everything:
        came_along = PLACE.read_bytes()
        wanted = made_for(came_along)
        if _installed("xlwings") in (wanted, None):
            return came_along
    missing = [tool for tool in TOOLS if _installed(tool) is None]
    if not missing:
        return addin(everything)
    if wanted:
        raise NotPossibleError(
            f"the add-in that came along is for xlwings {wanted}; run: pip install xlwings=={wanted}"
        )
    raise NotPossibleError(f"building the add-in needs {' and '.join(missing)}; run: pip install {' '.join(missing)}")


def _installed(distribution: str) -> str | None:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return None


if __name__ == "__main__":
    # As a distribution is built: into the folder that is named.
    Path(sys.argv[1], FILE).write_bytes(addin())
