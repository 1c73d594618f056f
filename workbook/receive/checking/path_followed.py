"""Whether the path that is followed was changed half-way: the months before would then be held against another plan."""

from __future__ import annotations

from calc.scenario import Scenario
from calc.scenario.actuals import KEY, PATH, is_tracked
from calc.scenario.faults import Fault, problem
from calc.tracking import path_followed
from workbook.receive.checking.recorded_scenario import made_for
from workbook.receive.intake import Book


def changed_path(book: Book, where: str, now: Scenario) -> list[Fault]:
    """A question where the path in the plan is not the one of the months before; none where it is, or none is entered.

    Before work has begun, any path may be picked. Later, it must be the one that the workbook was made with: the one named, or
    the one recommended then.
    """
    then = made_for(book, where).scenario
    if then is None or not is_tracked(now.actuals):
        return []
    before, after = path_followed(then), path_followed(now)
    picked_first = now.actuals.path is not None and not is_tracked(then.actuals)
    if before is None or before == after or picked_first:
        return []
    says = f"{before} was the path in the plan when this workbook was made, and {after or 'none'} is now: which is followed?"
    hint = f'pick it under "Path in the plan" on the sheet Inputs: {before} if it still is. '
    hint += f"If {after} was from the first month on, build the workbook again from what engagement read says. "
    hint += "If it was changed half-way, build one of what was left then, and enter the months since"
    return [problem(f"{KEY}.{PATH}", says, hint)]
