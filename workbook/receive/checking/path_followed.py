"""Whether the path that is followed was changed half-way: the months before would then be held against another plan."""

from __future__ import annotations

from calc.model import model_for, user_paths
from calc.scenario import Scenario
from calc.scenario.actuals import KEY, PATH, is_tracked
from calc.scenario.faults import Fault, problem
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
    before, after = _followed(then), _followed(now)
    picked_first = now.actuals.path is not None and not is_tracked(then.actuals)
    if before is None or before == after or picked_first:
        return []
    says = f"{before} was the path in the plan when this workbook was made, and {after or 'none'} is now: which is followed?"
    hint = f'pick it under "Path in the plan" on the sheet Inputs: {before} if it still is. '
    hint += f"If {after} was from the first month on, build the workbook again from what engagement read says. "
    hint += "If it was changed half-way, build one of what was left then, and enter the months since"
    return [problem(f"{KEY}.{PATH}", says, hint)]


def _followed(given: Scenario) -> str | None:
    """The path that is followed: the one named, else the one recommended."""
    if given.actuals.path:
        return given.actuals.path
    model = model_for(user_paths(given))
    number = int(model.evaluate([given], ("recommended",))["recommended"].reshape(-1)[0])
    return model.structure.path_ids[number - 1] if number else None
