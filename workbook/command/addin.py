"""`engagement addin`: build the Excel add-in, install it on Windows, diagnose it; and the same for xlwings Lite."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NoReturn

import typer

from workbook.command.examples import examples_of
from workbook.command.json_option import AsJson
from workbook.command.output_file import check_output

NOT_HERE, FOUND_FAULTS = 2, 5
OfEachFormula = Annotated[bool, typer.Option("--all", help="Also a function for each formula of the model.")]
MARKS = {"good": "ok", "bad": "FAULT", "unknown": "?"}

addin = typer.Typer(
    help="Build, install and diagnose the Excel add-in, or write the same functions for xlwings Lite.",
    no_args_is_help=True,
)


@addin.command(epilog=examples_of("addin build"))
def build(
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Default: engagement.xlam, or engagement-example.xlsx."),
    ] = None,
    example: Annotated[
        bool, typer.Option("--example", help="Build an example workbook instead, with UDFs beside formulas.")
    ] = False,
    everything: OfEachFormula = False,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
) -> None:
    """Build the add-in with the functions that people use and its ribbon, on any system.

    Prints the name of the file. "Import Functions" in Excel is not needed. An existing file is replaced
    only with --force, unless it is identical.
    """
    from workbook.files.saving import save, writable

    target = output or Path("engagement-example.xlsx" if example else "engagement.xlam")
    check_output(target, ".xlsx" if example else ".xlam", option="-o", example="engagement")
    writable(target)
    made = _example() if example else _addin(everything)
    save(target, made, force or (target.is_file() and target.read_bytes() == made))
    typer.echo(str(target))


@addin.command(epilog=examples_of("addin lite"))
def lite(
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", help="Folder for main.py and requirements.txt.")
    ],
    everything: OfEachFormula = False,
    wheel: Annotated[
        str | None,
        typer.Option(
            "--wheel", metavar="ADDRESS", help="Web folder from which Lite installs the model; writes its wheel too."
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the files even if they were changed.")] = False,
) -> None:
    """Write main.py and requirements.txt to paste into xlwings Lite (Excel on Windows, Mac and the web).

    Files of these names are replaced if this command wrote them and nobody changed them since; others with --force.
    """
    from workbook.addin import lite as files
    from workbook.files.saving import folder_made, save_by, writable_by

    with folder_made(output):
        made = {output / name: content for name, content in files(everything, wheel).items()}
        for path, content in made.items():
            writable_by("addin lite", path, force, content)
        for path, content in made.items():
            save_by("addin lite", path, content, force)
            typer.echo(str(path))


@addin.command(epilog=examples_of("addin install"))
def install(
    file: Annotated[
        Path | None,
        typer.Option(
            "--file", metavar="FILE.xlam", help="Another add-in; default: the one that comes with this installation."
        ),
    ] = None,
    everything: OfEachFormula = False,
) -> None:
    """Put the add-in and its settings where Excel and xlwings look (Windows).

    Excel will start the Python that runs this command. Close Excel first, and start it afterwards.
    """
    from workbook.addin import NotPossibleError, ThisMachine, not_here
    from workbook.addin import install as put

    machine = ThisMachine()
    if machine.system != "win32":
        _not_possible(not_here(machine))
    try:
        for path in put(machine, file.read_bytes() if file else _addin(everything)):
            typer.echo(path)
    except NotPossibleError as error:
        _not_possible(str(error))
    typer.echo("Start Excel. If something does not work, run: engagement addin doctor", err=True)


@addin.command(epilog=examples_of("addin doctor"))
def doctor(
    json: AsJson = False,
) -> None:
    """Find what may keep the add-in from working here, and the step that fixes it (Windows).

    Exit code 5 when something is wrong.
    """
    from dataclasses import asdict

    from workbook.addin import ThisMachine, findings
    from workbook.command.terminal import printable, write_json

    found = findings(ThisMachine())
    if json:
        write_json({"schema": 1, "findings": [asdict(finding) for finding in found]})
    else:
        for finding in found:
            typer.echo(printable(f"{MARKS[finding.verdict]:<6} {finding.check}: {finding.found}"))
            if finding.step:
                typer.echo(printable(f"       {finding.step}"))
    if any(finding.verdict == "bad" for finding in found):
        raise typer.Exit(FOUND_FAULTS)


def _addin(everything: bool) -> bytes:
    from workbook.addin import NotPossibleError, addin_for_here

    try:
        return addin_for_here(everything)
    except NotPossibleError as error:
        _not_possible(str(error))


def _example() -> bytes:
    from calc.scenario import scenario
    from workbook.addin import EXAMPLE, example

    return example(scenario(EXAMPLE))


def _not_possible(why: str) -> NoReturn:
    typer.echo(why, err=True)
    raise typer.Exit(NOT_HERE)
