"""A file that the command line names to be written: what its name must be."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Replaced = Annotated[bool, typer.Option("--force", help="Replace the output file even if it was changed.")]


def check_output(path: Path, *endings: str, option: str | None = None, example: str = "out") -> None:
    """Raise BadParameter where the name is that of a folder, or ends in none of the endings, such as ".toml".

    option: what named it; example: what a file in such a folder could be called.
    """
    from calc.text.printable import printable

    if path.is_dir():
        inside = printable(str(path / f"{example}{endings[0]}"))
        says = f"{printable(str(path))} is a folder; name a file in it, such as {inside}"
    elif path.suffix.lower() not in endings:
        says = f"the name must end in {' or '.join(endings)}, not {printable(path.name)!r}"
    else:
        return
    raise typer.BadParameter(says, param_hint=option)
