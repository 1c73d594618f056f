"""`engagement new`: a commented scenario, or a workbook, to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.command.defaults_option import DefaultsName, read_defaults
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
    force: Annotated[bool, typer.Option("--force", help="Replace the file even if it was changed.")] = False,
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
    if path.is_dir():
        raise typer.BadParameter(
            f"{path} is a folder; name a file in it, such as {path / 'project.toml'}", param_hint="FILE"
        )
    kind = path.suffix.lower()
    if kind not in (".toml", ".xlsx"):
        raise typer.BadParameter(f"the name must end in .toml or .xlsx, not {path.name!r}", param_hint="FILE")
    from workbook.files.saving import save_by

    if kind == ".toml":
        save_by("new", path, text(today()).encode(), force)
    else:

        def made(day: date) -> bytes:
            return _workbook(text(day), file, known, day)

        save_by("new", path, made(today()), force or _is_as_made(path, made))
    typer.echo(file)


def _is_as_made(path: Path, made: Callable[[date], bytes]) -> bool:
    """Whether the workbook there is, byte for byte, the one that this command makes on the day that it says it was made."""
    from workbook.files.as_built import is_as_built
    from workbook.receive.checking import file_made_on

    if not is_as_built(path):
        return False
    day = file_made_on(path)
    return day is not None and path.read_bytes() == made(day)


def _quote(path: Path, force: bool) -> None:
    """Write the empty form for a vendor."""
    from workbook.files.saving import save_by
    from workbook.write.quote_form import form

    if path.suffix.lower() != ".xlsx":
        raise typer.BadParameter(f"the name of a form must end in .xlsx, not {path.name!r}", param_hint="FILE")
    save_by("new", path, form(), force)
    typer.echo(str(path))


def _short(name: str, start: date) -> str:
    from calc.interview import short_form

    return short_form({"project.name": name, "project.start": start})


def _workbook(text: str, file: str, defaults: Defaults, day: date) -> bytes:
    from calc.scenario import from_text
    from workbook.write.build import build

    return build(from_text(text, file, defaults=defaults), made_on=day)
