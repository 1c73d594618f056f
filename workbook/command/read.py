"""`engagement read`: the inputs of a filled-in workbook as a scenario."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.command.output_file import check_output
from workbook.files.collecting import uncollected

if TYPE_CHECKING:
    from calc.scenario import Scenario
    from workbook.receive.intake import Book
    from workbook.receive.reading import Gathered


@uncollected()
def read(
    workbook: Annotated[str, typer.Argument(metavar="WORKBOOK", help="A filled-in .xlsx or .ods workbook.")],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE.toml", help="The scenario; default: standard output."),
    ] = None,
    problems: Annotated[
        Path | None,
        typer.Option(
            "--problems", metavar="OUT.xlsx", help="If something is wrong, write a copy with every problem marked."
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the output files even if they were changed.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the scenario and the notes on it as JSON.")] = False,
) -> None:
    """Read the inputs of a filled-in workbook as a scenario.

    It may have been saved by Excel, LibreOffice or Google Sheets. Ambiguous values are reported by sheet and cell, and
    nothing is written. WORKBOOK itself is never changed. An existing output file is replaced if nobody has changed it
    since it was read; any other only with --force.
    """
    from workbook.command.scenario_argument import note_rate
    from workbook.command.terminal import print_notes, printable, write_json
    from workbook.files.saving import save_by, writable_by
    from workbook.receive.intake import cells
    from workbook.receive.reading import WORKINGS, as_toml, gathered, is_form, refused

    for target, ending, option in ((output, ".toml", "-o"), (problems, ".xlsx", "--problems")):
        if target:
            _check(target, ending, option, workbook)
            writable_by("read", target, force)
    book = cells(workbook, without=WORKINGS if problems is None else ())
    if is_form(book):
        _offer(book, Path(workbook), output, force, json)
        return
    inputs = gathered(book, workbook)
    print_notes(inputs.notes)
    if inputs.scenario is None:
        if problems:
            _mark(inputs, problems, force)
        raise refused(inputs)
    note_rate(inputs.scenario)
    text = as_toml(inputs.scenario, f"Read from {printable(Path(workbook).name)}")
    if output:
        save_by("read", output, text.encode(), force)
    if json:
        write_json(_as_json(inputs.where, output, inputs.scenario, None, inputs.notes))
    elif output:
        typer.echo(str(output))
    else:
        typer.echo(text, nl=False)


def _offer(book: Book, file: Path, output: Path | None, force: bool, json: bool) -> None:
    """Write the quote of a vendor's form, which is part of a scenario."""
    from workbook.command.terminal import print_notes, write_json
    from workbook.files.saving import save_by
    from workbook.receive.reading import offer, quotes_as_toml

    found = offer(book, file)
    print_notes(found.notes)
    text = quotes_as_toml([found.quote], found.currency)
    if output:
        save_by("read", output, text.encode(), force)
    if json:
        write_json(_as_json(str(file), output, None, found.quote, found.notes))
    elif output:
        typer.echo(str(output))
    else:
        typer.echo(text, nl=False)


def _as_json(
    workbook: str, output: Path | None, scenario: Scenario | None, quote: dict | None, notes: Sequence[str]
) -> dict:
    """scenario: None for a vendor's form, which holds a quote."""
    from calc.scenario import as_given

    return {
        "schema": 1,
        "workbook": workbook,
        "file": str(output) if output else None,
        "scenario": as_given(scenario) if scenario else None,
        "quote": quote,
        "notes": list(notes),
    }


def _check(target: Path, ending: str, option: str, workbook: str) -> None:
    check_output(target, ending, option=option)
    if target.resolve() == Path(workbook).resolve():
        raise typer.BadParameter(
            "this is WORKBOOK itself, which is never changed; name another file", param_hint=option
        )


def _mark(inputs: Gathered, target: Path, force: bool) -> None:
    from workbook.files.saving import save_by
    from workbook.receive.reading import marked

    save_by("read", target, marked(inputs.book, Path(inputs.where).read_bytes(), inputs.faults), force)
    typer.echo(f"the problems are marked in {target}", err=True)
