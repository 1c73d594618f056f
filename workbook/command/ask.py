"""`engagement ask`: an interview in the terminal, the question that decides most first."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbook.command.defaults_option import DefaultsName, read_defaults
from workbook.command.output_file import check_output
from workbook.command.scenario_argument import is_workbook

if TYPE_CHECKING:
    from calc.interview import Interview
    from calc.scenario import Defaults

STANDARD_OUTPUT = "-"
# What a file may lack that is completed; the interview asks for it.
ASKED_FOR = ("project.name", "project.start", "project.usd_rate")
THERE = "exists already"
OTHERWISE = "; -o OTHER.toml leaves it as it is"


def ask(
    file: Annotated[
        str,
        typer.Argument(
            metavar="[FILE]",
            show_default=False,
            help="FILE.toml, new or to be completed; default: named after the project; - writes to standard output.",
        ),
    ] = "",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="OTHER.toml", help="Write here, and leave FILE as it is.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Complete FILE, or replace OTHER, without asking.")] = False,
    defaults: DefaultsName = None,
) -> None:
    """Answer questions about one project, the most decisive first, and write the scenario.

    After each answer it says what is recommended so far and how firmly, and it stops when no further answer could change
    that. Enter keeps the default; ? says why something is asked; unknown, skip, back and stop do what they say. Ctrl-C keeps
    what was answered, and the same command goes on from there. Answers may come through a pipe, one on each line. What
    --defaults says is neither asked nor written.
    """
    target = output or (Path(file) if file and file != STANDARD_OUTPUT else None)
    for path in (Path(file) if file and file != STANDARD_OUTPUT else None, output):
        _check_name(path)
    from calc.interview import Interview
    from workbook.command.dialogue import Lines, Stopped, held

    text = _text_of(file)
    lines = Lines(sys.stdin)
    force = _may_write(target, force, text is not None and not output, lines)
    company = read_defaults(defaults)
    interview = Interview(_data(text, file, company), _defaults(text, file), company)
    code = 0
    try:
        held(interview, lines)
    except Stopped:
        pass
    except KeyboardInterrupt:
        code = _interrupted(interview, file)
    _write(interview, target, text, file, force)
    _end(interview, code)


def _check_name(path: Path | None) -> None:
    if path is None:
        return
    if is_workbook(path.name) and not path.is_dir():
        raise typer.BadParameter(f"{path.name!r} is a workbook; first: engagement read {path} -o project.toml")
    check_output(path, ".toml", example="project")


def _text_of(file: str) -> str | None:
    """The text of the file that is to be completed; None where there is none yet."""
    from workbook.command.text_file import text_of_file

    return text_of_file(Path(file)) if file and file != STANDARD_OUTPUT and Path(file).exists() else None


def _data(text: str | None, file: str, company: Defaults) -> dict[str, Any]:
    """What the file says. Raises Refused for whatever is wrong with it, beyond what the interview asks for anyway."""
    from calc.scenario import Refused, scenario
    from calc.scenario.text import plain_data

    if text is None:
        return {}
    data = plain_data(text, file)
    try:
        scenario(data, file, defaults=company)
    except Refused as refused:
        if wrong := [fault for fault in refused.faults if fault.field not in ASKED_FOR or _has(data, fault.field)]:
            raise Refused(file, wrong) from None
    return dict(data)


def _has(data: dict[str, Any], dotted: str) -> bool:
    section, _, name = dotted.partition(".")
    return name in data.get(section, {})


def _defaults(text: str | None, file: str) -> dict[str, Any]:
    from calc.scenario.new_text import usable_name
    from workbook.files.day import today

    stem = Path(file).stem if file and file != STANDARD_OUTPUT else ""
    return {"project.name": usable_name(stem), "project.start": today()}


def _may_write(target: Path | None, force: bool, completes: bool, lines: Any) -> bool:
    """Whether an existing file may be replaced, by consent. Raises WriteError where nothing can be written."""
    from workbook.files.saving import writable

    if target is None or force or not target.exists() or not lines.is_typed:
        if target is not None:
            writable(target, force, THERE + (OTHERWISE if completes else ""))
        return force
    writable(target)
    does = "is completed: what it holds stays, comments too" if completes else "is replaced"
    return lines.consents(f"{target} is there already. At the end it {does}. Go on?")


def _interrupted(interview: Interview, file: str) -> int:
    from workbook.command.outcome import INTERRUPTED

    if not interview.values or file == STANDARD_OUTPUT:
        typer.echo("\ninterrupted; nothing was written", err=True)
        raise typer.Exit(INTERRUPTED)
    typer.echo(
        "\ninterrupted; what was answered is kept, and engagement ask with this file goes on from there:", err=True
    )
    return INTERRUPTED


def _write(interview: Interview, target: Path | None, text: str | None, file: str, force: bool) -> None:
    from calc.interview import completed_text, short_form
    from calc.scenario.basis import fields_in
    from calc.scenario.faults import Refused, problem
    from workbook.files.saving import save

    if not interview.values:
        if text is None:
            raise Refused("standard input", [problem("", "no answers; nothing was written")])
        typer.echo(f"nothing more to ask: {file} stays as it is", err=True)
        return
    known = {field: value for field, value in interview.defaults.items() if field not in interview.values}
    elsewhere = {dotted for dotted, _ in fields_in(interview.company.data)}
    made = (
        completed_text(text, interview.values) if text is not None else short_form(known | interview.values, elsewhere)
    )
    if file == STANDARD_OUTPUT and target is None:
        typer.echo(made, nl=False)
        return
    name = str(interview.plain().get("project", {}).get("name", known.get("project.name")))
    place = target or _free(name)
    if target and _changed(target, text if str(target) == file else None, force):
        place = _free(name)
        typer.echo(f"{target} was changed meanwhile and stays as it is; the answers are in another file:", err=True)
    save(place, made.encode(), force and place == target)
    typer.echo(str(place))


def _changed(target: Path, text: str | None, force: bool) -> bool:
    """Whether somebody else wrote the file during the interview. text: what it held when it was read, None if nothing."""
    if text is not None:
        return _text_of(str(target)) != text
    return target.exists() and not force


def _free(name: str) -> Path:
    """A file named after the project that is not there yet."""
    stem = re.sub(r"[^\w]+", "-", name.casefold()).strip("-") or "project"
    number, place = 1, Path(f"{stem}.toml")
    while place.exists():
        number += 1
        place = Path(f"{stem}-{number}.toml")
    return place


def _end(interview: Interview, code: int) -> None:
    """The answer so far, in the words of `calc`."""
    from calc.reasons import answer
    from calc.results import results
    from workbook.command.dialogue import say

    given = interview.scenario()
    if code or given is None:
        raise typer.Exit(code)
    [result] = results([given], flips=False, trials=0)
    for sentence in answer(result):
        say(sentence)
