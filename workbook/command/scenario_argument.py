"""The scenario that a command line names: a TOML or JSON file, standard input, or a workbook."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.files.not_text import not_text

if TYPE_CHECKING:
    from calc.scenario import Defaults, Scenario
    from workbook.receive.intake import Book

# Four bytes for each of the million characters that a scenario may have.
LARGEST_FILE = 4_000_000
STANDARD_INPUT = "-"
FORM = "a scenario is a file in TOML or JSON"
SAVE = "save it as text in UTF-8"
PORTFOLIOS = (".csv", ".tsv", ".jsonl", ".ndjson")
WORKBOOKS = (".xlsx", ".xlsm", ".ods", ".xls", ".xlsb")

ScenarioName = Annotated[
    str,
    typer.Argument(metavar="SCENARIO", help="A .toml or .json file, a filled-in workbook, or - for standard input."),
]


def read_scenario(name: str, defaults: Path | None = None) -> Scenario:
    """The scenario. Raises Refused with every fault: no such file, not text, too large, or invalid values.

    defaults: a file of what holds where the scenario says nothing. A workbook says everything itself.
    """
    return read_with_book(name, defaults)[0]


def read_with_book(name: str, defaults: Path | None = None) -> tuple[Scenario, Book | None]:
    """As `read_scenario`, with the cells that it was read from where it is a workbook."""
    from workbook.command.defaults_option import read_defaults

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
    from workbook.write import alerts

    if note := alerts.note(exchange_of(scenario)):
        typer.echo(f"note: {note}", err=True)


def text_of_file(path: Path, form: str = FORM) -> str:
    """The text of a file in TOML or JSON, whatever it says. form: what such a file is. Raises Refused."""
    where = str(path)
    content = _bytes_of_file(path, where, form)
    if len(content) > LARGEST_FILE:
        raise _refused(where, "more than 4 MB, too large", form)
    return _text(content, where, form)


def _from_text(name: str, defaults: Defaults) -> Scenario:
    from calc.scenario import from_text

    where = "standard input" if name == STANDARD_INPUT else name
    if name.lower().endswith(PORTFOLIOS) and Path(name).is_file():
        raise _refused(
            where, "a portfolio, not a scenario", f"{FORM}; for a portfolio: engagement batch {name} -o FOLDER"
        )
    notes: list[str] = []
    scenario = from_text(_text(_bytes(name, where), where), where, notes, defaults)
    say(notes)
    return scenario


def _bytes(name: str, where: str) -> bytes:
    content = _bytes_of_input(where) if name == STANDARD_INPUT else _bytes_of_file(Path(name), where)
    if len(content) > LARGEST_FILE:
        raise _refused(where, "more than 4 MB, too large for a scenario")
    return content


def _bytes_of_input(where: str) -> bytes:
    try:
        return sys.stdin.buffer.read(LARGEST_FILE + 1)
    except OSError as error:
        raise _refused(where, f"cannot be read ({error.strerror or error})", FORM) from None


def _bytes_of_file(path: Path, where: str, form: str = FORM) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except (FileNotFoundError, NotADirectoryError):
        hint = f"to make one: engagement new {where}" if form == FORM else form
        raise _refused(where, "no such file", hint) from None
    except (IsADirectoryError, PermissionError) as error:
        if path.is_dir():
            raise _refused(where, "a folder, not a file", form) from None
        raise _refused(where, f"cannot be read ({error.strerror})") from None
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise _refused(where, f"cannot be read ({why})", form) from None


def _text(content: bytes, where: str, form: str = FORM) -> str:
    if kind := not_text(content):
        says, hint = kind
        raise _refused(where, says, (hint or SAVE) if form == FORM else form)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(where, f"not UTF-8 at byte {error.start + 1:,}", SAVE) from None


def _from_workbook(name: str) -> tuple[Scenario, Book]:
    from workbook.receive.reading import read

    reading = read(name)
    say(reading.notes)
    return reading.scenario, reading.book


def say(notes: Iterable[str]) -> None:
    """Print notes on what was read."""
    from workbook.command.terminal import printable

    for note in notes:
        typer.echo(printable(f"note: {note}"), err=True)


def _refused(where: str, says: str, hint: str = "") -> Exception:
    from calc.scenario.faults import Refused, problem

    return Refused(where, [problem("", says, hint)])
