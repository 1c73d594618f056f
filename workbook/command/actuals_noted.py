"""Scenarios that are under way: what of their actuals is unclear, and which path is followed where none is named."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from workbook.command.scenario_argument import is_workbook, read_with_book
from workbook.command.terminal import print_notes

if TYPE_CHECKING:
    from calc.scenario import Scenario
    from calc.scenario.faults import Fault


def read_noted(name: str, defaults: Path | None = None) -> Scenario:
    """The scenario, as `read_scenario` gives it. Prints what `engagement track` would ask: of a month half filled in, of a path
    that was changed half-way; and which path is taken."""
    from calc.scenario.actuals import is_tracked

    given, changed = read_asked(name, defaults)
    if is_tracked(given.actuals):
        from calc.scenario.faults import first
        from calc.tracking import questions

        asked = [*changed, *questions(given, name)]
        print_notes(f"engagement track will ask: {fault}" for fault in first(asked))
        note_path(name, given)
    return given


def read_asked(name: str, defaults: Path | None = None) -> tuple[Scenario, list[Fault]]:
    """The scenario, and a question where a workbook follows another path than when it was made. Raises Refused."""
    given, book = read_with_book(name, defaults)
    if book is None:
        return given, []
    from workbook.receive.checking import changed_path

    return given, changed_path(book, name, given)


def note_path(name: str, given: Scenario) -> None:
    """Print a note where a file names no path and the recommended one is taken: other answers would recommend another.

    A workbook keeps which path was in its plan when it was made.
    """
    from calc.scenario.actuals import is_tracked
    from calc.tracking import path_followed

    if is_workbook(name) or given.actuals.path or not is_tracked(given.actuals):
        return
    if path := path_followed(given):
        print_notes(
            [f'actuals.path is not named; taken is the one recommended now. If it is followed: path = "{path}"']
        )
