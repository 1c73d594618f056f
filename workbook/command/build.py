"""`engagement build`: one workbook from one scenario."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from workbook.command.batch import EditionName
from workbook.command.defaults_option import DefaultsName
from workbook.command.output_file import Replaced, check_output
from workbook.command.scenario_argument import STANDARD_INPUT, ScenarioName
from workbook.command.trials_option import checked_trials
from workbook.files.collecting import uncollected
from workbook.write.edition import Edition

COMMAND, STANDARD_OUTPUT = "build", "-"
NOT_AS_BUILT = "exists already and is not a workbook as engagement build left it: what was typed into it would be lost"


@uncollected()
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
        typer.Option(
            "--runs", callback=checked_trials, help="Trials of the large simulation beside the live one; 0 for none."
        ),
    ] = 10_000,
    studies: Annotated[
        bool,
        typer.Option(
            "--studies/--no-studies",
            help="Whether to run the one-off studies; without them there is no large simulation.",
        ),
    ] = True,
    edition: EditionName = Edition.full,
    pdf: Annotated[
        bool, typer.Option("--pdf", help="Also print the pages for people, as OUT.pdf (needs LibreOffice).")
    ] = False,
    force: Replaced = False,
    json: Annotated[
        bool, typer.Option("--json", help="Print the names of the files and the recommendation as JSON.")
    ] = False,
    defaults: DefaultsName = None,
) -> None:
    """Build one workbook that stays live in Excel.

    Prints the name of the file and what it recommends. An existing workbook is replaced if it is still as it was
    built; any other file only with --force.
    """
    target = output or _beside(scenario)
    if str(target) == STANDARD_OUTPUT:
        _refuse_terminal()
        if pdf:
            raise typer.BadParameter("a PDF needs a file beside it; name one with -o", param_hint="--pdf")
        if json:
            raise typer.BadParameter("standard output takes the workbook; name a file with -o", param_hint="--json")
    else:
        _check_name(target, scenario)
        _check_place(target, force, pdf)
    from workbook.command.actuals_noted import read_noted

    given = read_noted(scenario, defaults)
    from workbook.command.terminal import printable, write_json
    from workbook.files.day import today
    from workbook.write.answer import answer, opening, reading
    from workbook.write.build import book, packed

    laid_out = book([given], runs if studies else 0, edition=edition, made_on=today())
    made = packed(laid_out)
    if str(target) == STANDARD_OUTPUT:
        typer.get_binary_stream("stdout").write(made.bytes())
    else:
        _save(target, made.bytes(), force)
    cells = reading(laid_out, 0)
    reason = opening(laid_out, cells)
    typer.echo(printable(reason), err=True)
    if str(target) != STANDARD_OUTPUT and not json:
        typer.echo(str(target))
    paper = _print(made.paper(), target, force) if pdf else None
    if json:
        write_json(_as_json(answer(laid_out, cells), reason, target, paper))
    elif paper:
        typer.echo(str(paper))


def _as_json(answer: dict[str, Any], reason: str, target: Path, paper: Path | None) -> dict:
    return {
        "schema": 1,
        "workbook": str(target),
        "pdf": str(paper) if paper else None,
        "recommended": answer["recommendation"],
        "status": answer["status"],
        "reason": reason,
    }


def _print(workbook: bytes, target: Path, force: bool) -> Path | None:
    """The pages for people as a PDF, its file; None after a sentence that says why there is none."""
    from workbook.files.confined import NoAnswerError
    from workbook.files.office import pdf_of
    from workbook.files.saving import save_by
    from workbook.files.temporary import TemporaryError, kept_for_a_while, temporary_folder

    try:
        with temporary_folder() as folder:
            # Its name stands at the head of every page.
            on_paper = folder / target.name
            with kept_for_a_while():
                on_paper.write_bytes(workbook)
            pages = pdf_of(on_paper, folder).read_bytes()
    except (NoAnswerError, TemporaryError) as error:
        typer.echo(f"no PDF was made: {error}; the workbook is complete", err=True)
        return None
    paper = target.with_suffix(".pdf")
    save_by(COMMAND, paper, pages, force)
    return paper


def _refuse_terminal() -> None:
    import sys

    if sys.stdout.isatty():
        raise typer.BadParameter("a workbook is not for a terminal; send it into a file or a pipe", param_hint="-o")


def _check_place(target: Path, force: bool, pdf: bool = False) -> None:
    """Raise WriteError where the workbook or its PDF cannot be, or where something of somebody's would be lost."""
    from workbook.files.as_built import is_as_built
    from workbook.files.saving import writable, writable_by

    writable(target, force or is_as_built(target), NOT_AS_BUILT)
    if pdf:
        writable_by(COMMAND, target.with_suffix(".pdf"), force)


def _save(target: Path, made: bytes, force: bool) -> None:
    from workbook.files.saving import save

    _check_place(target, force)  # it may have been saved from Excel meanwhile
    save(target, made)


def _beside(scenario: str) -> Path:
    if scenario == STANDARD_INPUT:
        raise typer.BadParameter("with standard input, name the workbook: -o OUT.xlsx")
    return Path(scenario).with_suffix(".xlsx")


def _check_name(target: Path, scenario: str) -> None:
    check_output(target, ".xlsx", option="-o")
    if scenario != STANDARD_INPUT and target.resolve() == Path(scenario).resolve():
        raise typer.BadParameter("this is SCENARIO itself; name another file", param_hint="-o")
