"""The figures of paths: total, present value, cost lines, months, any other figure, and the whole table."""

from __future__ import annotations

from typing import Any

import numpy as np

from calc.quantities.lines import LINES
from calc.quantity import QUANTITIES
from calc.udfs.cells import UnusableError, grid, is_blank, omitted, shown, text
from calc.udfs.descriptions import COST_CASE, EVERYWHERE, PATH, SCENARIO
from calc.udfs.function import excel_function
from calc.udfs.output import rows, table
from calc.udfs.paths import by_path, filled, positions
from calc.udfs.scenarios import named_case, one_scenario, scenarios_in

# Every figure that a path has one of.
FIGURES = tuple(name for name, quantity in QUANTITIES.items() if quantity.over == ("path",))
# The columns of tco_table after the path itself.
COLUMNS = (
    "eligible", "evidence", "fit", "total", "npv", "same_scope", "paid", "own_time", "losses", "invoiced", *LINES.values(),
    "weeks_to_stable", "finished",
)  # fmt: skip


@excel_function(scenario=SCENARIO, path=PATH, cost_case=COST_CASE, **EVERYWHERE)
def tco_total(scenario, path=None, cost_case=None, answers=None, parameters=None):
    """Total cost of a path within the horizon, undiscounted, in the project's currency."""
    return by_path(scenarios_in(scenario, answers, parameters), path, named_case(cost_case), "total")


@excel_function(scenario=SCENARIO, path=PATH, cost_case=COST_CASE, **EVERYWHERE)
def tco_npv(scenario, path=None, cost_case=None, answers=None, parameters=None):
    """Net present value of what a path costs: each month discounted to the start of the project."""
    return by_path(scenarios_in(scenario, answers, parameters), path, named_case(cost_case), "npv")


@excel_function(scenario=SCENARIO, path=PATH, cost_case=COST_CASE, **EVERYWHERE)
def tco_same_scope(scenario, path=None, cost_case=None, answers=None, parameters=None):
    """What the same scope costs on a path, in present value: what lies past the horizon is in it. The decision compares this."""
    return by_path(scenarios_in(scenario, answers, parameters), path, named_case(cost_case), "same_scope")


@excel_function(scenario=SCENARIO, path=PATH, cost_case=COST_CASE, **EVERYWHERE)
def tco_fit(scenario, path=None, cost_case=None, answers=None, parameters=None):
    """How well a path fits the answers, from -1 to 1 and above it with a good first step."""
    return by_path(scenarios_in(scenario, answers, parameters), path, named_case(cost_case), "fit")


@excel_function(
    scenario=SCENARIO,
    cost_line=f"One of {', '.join(LINES)}; or a range of them.",
    path=PATH,
    cost_case=COST_CASE,
    **EVERYWHERE,
)
def tco_line(scenario, cost_line, path=None, cost_case=None, answers=None, parameters=None):
    """One cost line of a path within the horizon; for a range of lines all of them, in its shape."""
    given, case = scenarios_in(scenario, answers, parameters), named_case(cost_case)
    lines, at = _names("cost_line", cost_line, tuple(LINES)), positions(given, path, case)
    try:
        lines, at = np.broadcast_arrays(lines, at)
    except ValueError:
        raise UnusableError(
            "cost_line", f"found {_size(lines)} lines for {_size(at)} paths", "lines below and paths beside each other"
        ) from None
    if given.number not in (1, len(at)):
        raise UnusableError("cost_line", f"found {len(at)} rows for {given.number} scenarios", "lines side by side")
    wanted = list(dict.fromkeys(lines.ravel()))
    values = given.values([LINES[line] for line in wanted if line], case)
    blank = np.full((given.number, len(given.model.structure.paths)), np.nan)
    stacked = np.stack([values[LINES[line]] if line else blank for line in wanted])
    number = np.array([wanted.index(line) for line in lines.ravel()])
    return filled(given, at, lambda row, place: stacked[number, row, place])


@excel_function(
    scenario=SCENARIO,
    figure="Id of a figure that every path has: paid, own_time, losses, invoiced, weeks_to_stable, real_rate ...",
    path=PATH,
    cost_case=COST_CASE,
    **EVERYWHERE,
)
def tco_figure(scenario, figure, path=None, cost_case=None, answers=None, parameters=None):
    """Any figure of a path that the workbook calculates, by the id that stands over its column."""
    [name] = _names("figure", figure, FIGURES).ravel()[:1]
    return by_path(scenarios_in(scenario, answers, parameters), path, named_case(cost_case), name)


@excel_function(scenario=SCENARIO, path=PATH, cost_case=COST_CASE, **EVERYWHERE)
def tco_months(scenario, path=None, cost_case=None, answers=None, parameters=None):
    """What a path costs in each month of the horizon, side by side; a row for each scenario or path."""
    given, case = scenarios_in(scenario, answers, parameters), named_case(cost_case)
    at = positions(given, path, case).reshape(-1, 1) if given.number == 1 else positions(given, path, case)
    if at.shape[1] > 1:
        raise UnusableError("path", f"found {at.shape[1]} paths side by side", "one path for each scenario")
    values = given.values(["spend", "horizon_months"], case)
    horizon = np.broadcast_to(values["horizon_months"], given.number).astype(int)
    row = np.arange(len(at)) if given.number > 1 else np.zeros(len(at), int)
    marks = filled(given, at, lambda _, place: place)
    spend = values["spend"][row, np.maximum(at[:, 0], 0)][:, : horizon.max()]
    within = np.arange(spend.shape[1]) < horizon[row][:, np.newaxis]
    cells = rows(np.where(within, spend, np.nan).tolist())
    return [cell if isinstance(mark, int) else [mark] * len(cell) for [mark], cell in zip(marks, cells, strict=True)]


@excel_function(scenario=SCENARIO, cost_case=COST_CASE, **EVERYWHERE)
def tco_table(scenario, cost_case=None, answers=None, parameters=None):
    """All paths of one scenario under a header: standing, fit, total, same scope, kinds and lines of cost, weeks, cases."""
    given, case = one_scenario(scenario, answers, parameters), named_case(cost_case)
    values = given.values([*COLUMNS, "recommended"], case)
    best, worst = (given.values(["total"], end)["total"][0] for end in ("best", "worst"))
    heads = ["Id", "Path", "Recommended", *(QUANTITIES[name].label for name in COLUMNS), "Best case", "Worst case"]
    lines = [
        [
            path.id,
            path.label,
            at + 1 == values["recommended"][0],
            *(values[name][0, at] for name in COLUMNS),
            best[at],
            worst[at],
        ]
        for at, path in enumerate(given.model.structure.paths)
    ]
    return table(heads, lines)


def _names(argument: str, cells: Any, allowed: tuple[str, ...]) -> np.ndarray:
    """Names in the shape of their cells, "" for blanks; each must be one of those allowed."""
    if omitted(cells):
        raise UnusableError(argument, "found nothing", ", ".join(allowed))
    names = [["" if is_blank(cell) else text(cell).lower() for cell in row] for row in grid(cells)]
    for row, originals in zip(names, grid(cells), strict=True):
        for name, cell in zip(row, originals, strict=True):
            if name and name not in allowed:
                raise UnusableError(argument, f"found {shown(cell)}", ", ".join(allowed))
    return np.array(names, dtype=object)


def _size(cells: np.ndarray) -> str:
    return " x ".join(map(str, cells.shape))
