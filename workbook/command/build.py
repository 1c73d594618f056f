"""`engagement build`: one workbook from one scenario."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbook.command.scenario_argument import STANDARD_INPUT, ScenarioName, read_scenario

STANDARD_OUTPUT = "-"
NOT_AS_BUILT = "exists already and is not a workbook as engagement build left it: what was typed into it would be lost"


def build(
    scenario: ScenarioName,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="OUT.xlsx",
            help="The workbook, or - for standard output; default: SCENARIO with the ending .xlsx.",
        ),
    ] = None,
    runs: Annotated[
        int,
        typer.Option("--runs", min=0, help="Trials of the large simulation beside the live one; 0 for none."),
    ] = 10_000,
    force: Annotated[
        bool, typer.Option("--force", help="Replace the file whatever it is, and whoever changed it.")
    ] = False,
) -> None:
    """Build one workbook that stays live in Excel.

    Prints the name of the file and what it recommends. A workbook that is there is replaced if it is still as it was
    built; any other file only with --force.
    """
    target = output or _beside(scenario)
    if str(target) == STANDARD_OUTPUT:
        _refuse_terminal()
    else:
        _check_name(target, scenario)
        _check_place(target, force)
    given = read_scenario(scenario)
    from calc.results import results
    from workbook.command.terminal import printable
    from workbook.files.collecting import uncollected
    from workbook.write.build import build as built

    with uncollected():
        made = built(given, runs)
    if str(target) == STANDARD_OUTPUT:
        typer.get_binary_stream("stdout").write(made)
    else:
        _save(target, made, force)
    [result] = results([given], flips=False, trials=0)
    typer.echo(printable(result["recommendation"]["reasons"][0]), err=True)
    if str(target) != STANDARD_OUTPUT:
        typer.echo(str(target))


def _refuse_terminal() -> None:
    import sys

    if sys.stdout.isatty():
        raise typer.BadParameter("a workbook is not for a terminal; send it into a file or a pipe", param_hint="-o")


def _check_place(target: Path, force: bool) -> None:
    """Raise WriteError where the workbook cannot be, or where something of somebody's would be lost."""
    from workbook.files.as_built import is_as_built
    from workbook.files.saving import writable

    writable(target, force or is_as_built(target), NOT_AS_BUILT)


def _save(target: Path, made: bytes, force: bool) -> None:
    from workbook.files.saving import save

    _check_place(target, force)  # it may have been saved from Excel meanwhile
    save(target, made)


def _beside(scenario: str) -> Path:
    if scenario == STANDARD_INPUT:
        raise typer.BadParameter("with standard input, name the workbook: -o OUT.xlsx")
    return Path(scenario).with_suffix(".xlsx")


def _check_name(target: Path, scenario: str) -> None:
    if target.is_dir():
        raise typer.BadParameter(
            f"{target} is a folder; name a file in it, such as {target / 'out.xlsx'}", param_hint="-o"
        )
    if target.suffix.lower() != ".xlsx":
        raise typer.BadParameter(f"the workbook's name must end in .xlsx, not {target.name!r}", param_hint="-o")
    if scenario != STANDARD_INPUT and target.resolve() == Path(scenario).resolve():
        raise typer.BadParameter("this is SCENARIO itself; name another file", param_hint="-o")
