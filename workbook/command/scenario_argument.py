"""The scenario that a command line names: a TOML or JSON file, standard input, or a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.command.defaults_option import read_defaults
from workbook.command.text_file import FORM, INPUT, refused, text_of_file, text_of_input
from workbook.files.agreed import WORKBOOKS

if TYPE_CHECKING:
    from calc.scenario import Defaults, Scenario
    from workbook.receive.intake import Book

STANDARD_INPUT = "-"
# What a scenario is read from.
FORMS = "A .toml or .json file, a filled-in workbook, or - for standard input."
PORTFOLIOS = (".csv", ".tsv", ".jsonl", ".ndjson")


def _named(name: str) -> str:
    """The same name; raises BadParameter for an empty one, which would be the current folder."""
    if not name.strip():
        raise typer.BadParameter("an empty name")
    return name


ScenarioName = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO",
        callback=_named,
        help=FORMS,
    ),
]


def read_scenario(name: str, defaults: Path | None = None) -> Scenario:
    """The scenario. Raises Refused with every fault: no such file, not text, too large, or invalid values.

    defaults: a file of what holds where the scenario says nothing. A workbook says everything itself.
    """
    return read_with_book(name, defaults)[0]


def read_with_book(name: str, defaults: Path | None = None) -> tuple[Scenario, Book | None]:
    """As `read_scenario`, with the cells that it was read from where it is a workbook."""
    known = read_defaults(defaults)
    scenario, book = _from_workbook(name) if is_workbook(name) else (_from_text(name, known), None)
    note_rate(scenario)
    return scenario, book


def is_workbook(name: str) -> bool:
    """Whether a file is one by its name."""
    return name.lower().endswith(WORKBOOKS)


def note_rate(scenario: Scenario) -> None:
    """Print a note if the exchange rate looks wrong."""
    from calc.scenario import exchange_of
    from workbook.command.terminal import print_notes
    from workbook.write import alerts

    if note := alerts.note(exchange_of(scenario)):
        print_notes([note])


def _from_text(name: str, defaults: Defaults) -> Scenario:
    from calc.scenario import from_text
    from workbook.command.terminal import print_notes

    is_input = name == STANDARD_INPUT
    if name.lower().endswith(PORTFOLIOS) and Path(name).is_file():
        raise refused(
            name, "a portfolio, not a scenario", f"{FORM}; for a portfolio: engagement batch {name} -o FOLDER"
        )
    text = text_of_input() if is_input else text_of_file(Path(name))
    notes: list[str] = []
    scenario = from_text(text, INPUT if is_input else name, notes, defaults)
    print_notes(notes)
    return scenario


def _from_workbook(name: str) -> tuple[Scenario, Book]:
    from workbook.command.terminal import print_notes
    from workbook.receive.reading import read

    reading = read(name)
    print_notes(reading.notes)
    return reading.scenario, reading.book
