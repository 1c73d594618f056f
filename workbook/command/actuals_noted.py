"""Notes on actuals that are unclear: what `engagement track` asks, said by commands that go on without the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.command.scenario_argument import WORKBOOKS, say

if TYPE_CHECKING:
    from calc.scenario import Scenario
    from calc.scenario.faults import Fault


def note_actuals(name: str, given: Scenario) -> None:
    """Print what is unclear of what happened so far: a month half filled in, a path that was changed half-way.

    name: the file that the scenario was read from.
    """
    from calc.scenario.actuals import is_tracked
    from calc.scenario.faults import first
    from calc.tracking import questions

    if not is_tracked(given.actuals):
        return
    asked = [*path_questions(name, given), *questions(given, name)]
    say(f"engagement track will ask: {fault}" for fault in first(asked))


def path_questions(name: str, given: Scenario) -> list[Fault]:
    """A question where a workbook follows another path than when it was made; none of other files."""
    if not name.lower().endswith(WORKBOOKS):
        return []
    from workbook.receive.checking import changed_path
    from workbook.receive.intake import cells

    return changed_path(cells(name, without_numbers=True), name, given)


def path_notes(name: str, given: Scenario, followed: str) -> list[str]:
    """A note where a file names no path and the recommended one is taken: other answers would recommend another.

    A workbook keeps which path was in its plan when it was made.
    """
    from calc.scenario.actuals import is_tracked

    if name.lower().endswith(WORKBOOKS) or given.actuals.path or not is_tracked(given.actuals):
        return []
    return [f'actuals.path is not named; taken is the one recommended now. If it is followed: path = "{followed}"']
