"""What a UDF costs over a range of 1,000 rows against one row: a whole call, with the rows as Excel hands them over.

    python build/bench/udfs.py

Allowed: 20 times. The least processor time of several rounds of each, in turns. Scenarios differ from row to row;
nothing is kept from call to call.

And a sheet of 150 scenarios with 12 calls each, over lists of fields and over cells with tco_scenario: column by column,
as a spreadsheet may calculate it, and scenario by scenario, the first look at each scenario among them. Allowed for the 12
calls of a scenario: column by column, 0.7 of the time that one evaluation of all that is usually asked for takes alone.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from figures import noted

from calc import udfs
from calc.udfs.scenarios import ALL_TARGETS, REMEMBERED, one_scenario

ROWS, ROUNDS, ALLOWED = 1_000, 40, 20
SCENARIOS, SHEET_ROUNDS, SHEET_ALLOWED = 150, 5, 0.7
FIGURES = (
    "real_rate", "core_cost", "peak_month", "headline_rate", "cost_per_stable_month", "cost_per_delivered_hour",
)  # fmt: skip
HEADER = [
    "project.name", "work.core_hours", "work.feature_hours_per_month", "work.hires", "money.revenue_loss_per_month",
    "answers.shifting", "answers.bounded", "answers.long", "freelancer.rate",
]  # fmt: skip


def main() -> None:
    random.seed(1)
    table = [HEADER, *(_scenario(number) for number in range(ROWS))]
    column = [[random.uniform(0.1, 1)] for _ in range(ROWS)]
    calls = {
        "tco_total": (udfs.tco_total, table, ["freelancer"]),
        "tco_npv": (udfs.tco_npv, table, ["freelancer"]),
        "tco_line": (udfs.tco_line, table, ["labour", "freelancer"]),
        "tco_fit": (udfs.tco_fit, table, ["freelancer"]),
        "tco_figure": (udfs.tco_figure, table, ["real_rate", "freelancer"]),
        "tco_recommend": (udfs.tco_recommend, table, []),
        "tco_hours": (udfs.tco_hours, column, [0.25, 0.2]),
        "tco_duration": (udfs.tco_duration, column, [0.5, 3.0, 4.0, 1.0]),
        "tco_replacement_cost": (udfs.tco_replacement_cost, column, [0.29, 40_000.0, 50.0, 2.0, 20.0, 0.0, 90_000.0]),
    }
    ratios = {name: _ratio(name, *call) for name, call in calls.items()}
    noted(**{f"udf: times one row, {name}": ratio for name, ratio in ratios.items()})
    slow = [name for name, ratio in ratios.items() if ratio >= ALLOWED]
    print(f"allowed: {ALLOWED} times" + (f"; too slow: {', '.join(slow)}" if slow else ""))
    raise SystemExit(bool(slow) | (_sheet() > SHEET_ALLOWED))


def _sheet() -> float:
    """How long the calls of one scenario take, column by column, against an evaluation of it alone; the slower form."""
    lists = [[list(field) for field in zip(HEADER, _scenario(at), strict=True)] for at in range(SCENARIOS)]
    sheets = {"lists of fields": lists, "cells with tco_scenario": [udfs.tco_scenario(one) for one in lists]}
    of_path = (udfs.tco_total, udfs.tco_npv, udfs.tco_fit)
    calls = [partial(_called, call, "freelancer") for call in of_path]
    calls += [partial(_called, udfs.tco_recommend), partial(_called, udfs.tco_line, "labour", "freelancer")]
    calls += [partial(_called, udfs.tco_figure, figure, "freelancer") for figure in FIGURES]
    calls += [partial(_called, udfs.tco_line, "run", "freelancer")]
    orders = {
        f"{form}, {order}": pairs
        for form, sheet in sheets.items()
        for order, pairs in (
            ("column by column", [(call, one) for call in calls for one in sheet]),
            ("scenario by scenario", [(call, one) for one in sheet for call in calls]),
        )
    }
    least, alone = dict.fromkeys(orders, float("inf")), float("inf")
    first = one_scenario(lists[0])
    for _ in range(SHEET_ROUNDS):
        for name, order in orders.items():
            REMEMBERED.forget()
            begin = time.process_time()
            for call, one in order:
                call(one)
            least[name] = min(least[name], (time.process_time() - begin) * 1e3 / len(order))
        for _ in range(SHEET_ROUNDS):
            begin = time.process_time()
            first.model.evaluate([first.scenario], ALL_TARGETS)
            alone = min(alone, (time.process_time() - begin) * 1e3)
    for name, taken in least.items():
        print(f"{SCENARIOS} scenarios with {len(calls)} calls each, {name}: {taken:.3f} ms a call")
    ratio = max(taken for name, taken in least.items() if name.endswith("column by column")) * len(calls) / alone
    noted(
        **{"udf: ms a call of a sheet": least["lists of fields, column by column"], "udf: times one evaluation": ratio}
    )
    print(
        f"column by column, the calls of a scenario: {ratio:.2f} of an evaluation alone, {alone:.2f} ms; allowed: {SHEET_ALLOWED}"
    )
    return ratio


def _called(function: Callable, *given: object) -> None:
    """A call whose range, the last one given here, comes first."""
    *more, cells = given
    found = function(cells, *more)
    assert isinstance(found, list), found


def _ratio(name: str, function: Callable, rows: list[list], more: list) -> float:
    """How many times as long the call takes over all rows as over one."""
    header = len(rows) - ROWS
    one, many = partial(function, rows[: header + 1], *more), partial(function, rows, *more)
    times = {one: [], many: []}
    for _ in range(ROUNDS):
        for call, taken in times.items():
            begin = time.process_time()
            found = call()
            taken.append((time.process_time() - begin) * 1e3)
            assert isinstance(found, list), found
    single, whole = min(times[one]), min(times[many])
    print(f"{name:<22} 1 row {single:7.3f} ms   {ROWS:,} rows {whole:8.3f} ms   {whole / single:5.1f} times")
    return whole / single


def _scenario(number: int) -> list:
    return [
        f"project {number}", random.uniform(100, 900), random.uniform(10, 90), float(random.randint(1, 3)),
        random.uniform(0, 9000), random.choice(["yes", "no", "unknown", None]), random.choice(["yes", "no"]), None,
        random.uniform(60, 150),
    ]  # fmt: skip


if __name__ == "__main__":
    main()
