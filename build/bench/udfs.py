"""What a UDF costs over a range of 1,000 rows against one row: a whole call, with the rows as Excel hands them over.

    python build/bench/udfs.py

Allowed: 20 times. The least processor time of several rounds of each, in turns. Scenarios differ from row to row;
nothing is kept from call to call.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from calc import udfs

ROWS, ROUNDS, ALLOWED = 1_000, 40, 20
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
        "tco_duration": (udfs.tco_duration, column, [0.5, 3.0]),
        "tco_replacement_cost": (udfs.tco_replacement_cost, column, [0.29, 40_000.0]),
    }
    slow = [name for name, call in calls.items() if _ratio(name, *call) >= ALLOWED]
    print(f"allowed: {ALLOWED} times" + (f"; too slow: {', '.join(slow)}" if slow else ""))
    raise SystemExit(bool(slow))


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
