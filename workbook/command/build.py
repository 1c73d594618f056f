"""`engagement build`: one workbook from one scenario."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbook.command.batch import EditionName
from workbook.command.scenario_argument import STANDARD_INPUT, ScenarioName, read_scenario
from workbook.write.edition import Edition


def build(
    scenario: ScenarioName,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="OUT.xlsx", help="The workbook; default: SCENARIO with the ending .xlsx."
        ),
    ] = None,
    runs: Annotated[
        int,
        typer.Option("--runs", min=0, help="Trials of the large simulation beside the live one; 0 for none."),
    ] = 10_000,
    edition: EditionName = Edition.full,
) -> None:
    """Build one workbook that stays live in Excel.

    Prints the name of the file and what it recommends. An existing workbook is replaced.
    """
    target = output or _beside(scenario)
    from workbook.files.saving import save, writable

    _check_name(target, scenario)
    writable(target)
    given = read_scenario(scenario)
    from calc.results import results
    from workbook.command.terminal import printable
    from workbook.files.collecting import uncollected
    from workbook.write.build import build as built

    with uncollected():
        made = built(given, runs, edition)
    save(target, made)
    [result] = results([given], flips=False, trials=0)
    typer.echo(printable(result["recommendation"]["reasons"][0]), err=True)
    typer.echo(str(target))


def _beside(scenario: str) -> Path:
    if scenario == STANDARD_INPUT:
        raise typer.BadParameter("with standard input, name the workbook: -o OUT.xlsx")
    return Path(scenario).with_suffix(".xlsx")


def _check_name(target: Path, scenario: str) -> None:
    if target.suffix.lower() != ".xlsx":
        raise typer.BadParameter(f"the workbook's name must end in .xlsx, not {target.name!r}", param_hint="-o")
    if scenario != STANDARD_INPUT and target.resolve() == Path(scenario).resolve():
        raise typer.BadParameter("this is SCENARIO itself; name another file", param_hint="-o")
