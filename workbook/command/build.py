"""`engagement build`: one workbook from one scenario."""

from __future__ import annotations

import tempfile
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
    pdf: Annotated[
        bool, typer.Option("--pdf", help="Also print the pages for people, as OUT.pdf (needs LibreOffice).")
    ] = False,
) -> None:
    """Build one workbook that stays live in Excel.

    Prints the name of the file and what it recommends. An existing workbook is replaced.
    """
    target = output or _beside(scenario)
    from workbook.files.saving import save, writable

    _check_name(target, scenario)
    writable(target)
    printed = writable(target.with_suffix(".pdf")) if pdf else None
    given = read_scenario(scenario)
    from calc.results import results
    from workbook.command.terminal import printable
    from workbook.files.collecting import uncollected
    from workbook.write.build import package

    with uncollected():
        made = package([given], runs, edition)
    save(target, made.bytes())
    [result] = results([given], flips=False, trials=0)
    typer.echo(printable(result["recommendation"]["reasons"][0]), err=True)
    typer.echo(str(target))
    if printed:
        _print(made.paper(), target, printed)


def _print(workbook: bytes, target: Path, printed: Path) -> None:
    """The pages for people as a PDF, or a sentence that says why there is none."""
    from workbook.files.confined import NoAnswerError
    from workbook.files.office import pdf_of
    from workbook.files.saving import save

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        # Its name stands at the head of every page.
        on_paper = Path(folder, target.name)
        on_paper.write_bytes(workbook)
        try:
            pages = pdf_of(on_paper, Path(folder)).read_bytes()
        except NoAnswerError as error:
            typer.echo(f"no PDF was made: {error}; the workbook is complete", err=True)
            return
    save(printed, pages)
    typer.echo(str(target.with_suffix(".pdf")))


def _beside(scenario: str) -> Path:
    if scenario == STANDARD_INPUT:
        raise typer.BadParameter("with standard input, name the workbook: -o OUT.xlsx")
    return Path(scenario).with_suffix(".xlsx")


def _check_name(target: Path, scenario: str) -> None:
    if target.suffix.lower() != ".xlsx":
        raise typer.BadParameter(f"the workbook's name must end in .xlsx, not {target.name!r}", param_hint="-o")
    if scenario != STANDARD_INPUT and target.resolve() == Path(scenario).resolve():
        raise typer.BadParameter("this is SCENARIO itself; name another file", param_hint="-o")
