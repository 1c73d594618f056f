"""`engagement new`: a commented scenario, or a workbook, to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.command.defaults_option import DefaultsName, read_defaults
from workbook.command.output_file import Replaced, check_output
from workbook.command.scenario_argument import STANDARD_INPUT

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from calc.scenario import Defaults


def new(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="FILE.toml or FILE.xlsx; - writes TOML to standard output.")
    ],
    short: Annotated[
        bool,
        typer.Option("--short", help="Only what usually decides: the eight fields and questions that decide most."),
    ] = False,
    quote: Annotated[
        bool, typer.Option("--quote", help="A one-page form on which a vendor makes an offer (.xlsx).")
    ] = False,
    force: Replaced = False,
    defaults: DefaultsName = None,
) -> None:
    """Write a new scenario to fill in.

    It holds every field with its default, allowed values and an example, every question, and the published figures; with
    --short only the fields and questions that usually decide, those that decide most first.
    An existing file is replaced if nobody has changed it since; any other only with --force.
    """
    from calc.scenario.new_text import template, usable_name
    from workbook.files.day import today

    path, known = Path(file), read_defaults(defaults)
    if quote:
        _quote(path, force)
        return
    name = usable_name("" if file == STANDARD_INPUT else path.stem)

    def text(day: date) -> str:
        return _short(name, day) if short else template(name, day, known)

    if file == STANDARD_INPUT:
        typer.echo(text(today()), nl=False)
        return
    check_output(path, ".toml", ".xlsx", option="FILE", example="project")
    from workbook.files.saving import save_by

    if path.suffix.lower() == ".toml":
        save_by("new", path, text(today()).encode(), force)
    else:

        def made(day: date) -> bytes:
            return _workbook(text(day), file, known, day)

        save_by("new", path, made(today()), force or _is_as_made(path, made))
    typer.echo(file)


def _is_as_made(path: Path, made: Callable[[date], bytes]) -> bool:
    """Whether the workbook there is, byte for byte, the one that this command makes on the day that it says it was made."""
    from workbook.files.as_built import is_as_built

    if not is_as_built(path):
        return False
    from workbook.receive.checking import file_made_on

    day = file_made_on(path)
    return day is not None and path.read_bytes() == made(day)


def _quote(path: Path, force: bool) -> None:
    """Write the empty form for a vendor."""
    from workbook.files.saving import save_by
    from workbook.write.quote_form import form

    check_output(path, ".xlsx", option="FILE", example="quote")
    save_by("new", path, form(), force)
    typer.echo(str(path))


def _short(name: str, start: date) -> str:
    from calc.interview import short_form

    return short_form({"project.name": name, "project.start": start})


def _workbook(text: str, file: str, defaults: Defaults, day: date) -> bytes:
    from calc.scenario import from_text
    from workbook.write.build import build

    return build(from_text(text, file, defaults=defaults), made_on=day)
