"""`--defaults FILE.toml`: what holds where a scenario or a row of a portfolio says nothing itself.

Every command that takes either has the option: `defaults: DefaultsName = None`, and `read_defaults(defaults)`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.command.text_file import text_of_file

if TYPE_CHECKING:
    from calc.scenario import Defaults

VARIABLE = "ENGAGEMENT_DEFAULTS"
FORM = "a company's defaults are a file in TOML or JSON; to see its form: engagement facts --schema defaults"

DefaultsName = Annotated[
    Path | None,
    typer.Option(
        "--defaults",
        metavar="FILE.toml",
        envvar=VARIABLE,
        show_envvar=False,
        help=f"A company's own rates, currency, weights and the like, for what the scenario leaves out; default: ${VARIABLE}.",
    ),
]


def read_defaults(path: Path | None) -> Defaults:
    """The defaults in the file, none without one. Raises Refused with every fault in it."""
    from calc.scenario import Defaults, defaults_from_text
    from workbook.command.terminal import print_notes

    if path is None or not str(path):
        return Defaults()
    notes: list[str] = []
    given = defaults_from_text(text_of_file(path, FORM), str(path), notes)
    print_notes(f"{path.name}: {note}" for note in notes)
    return given
