"""A workbook of a batch, against openpyxl and against the floor, and as the portfolio grows. Ends with 1 if too slow.

    python build/bench/batch.py [--rows 100,1000] [--sample 128]

Everything runs on one core, and is compared with what runs beside it on the same machine: ratios, not seconds, are the
result. `--rows 100,1000,10000` shows the growth to 10,000 rows, and takes 15 GB of disk and some minutes.

- openpyxl: the same cells (values, formulas, styles), set and saved by openpyxl, which neither calculates them nor
  writes the values of formulas. Promised: a batch is 30 times faster.
- the floor: deflating what differs from one workbook to the next, and writing it down to the disk. Promised: a batch
  takes at most 4 times that.
- growth: whole batches of more and more rows, each in a process of its own. Promised: time a workbook and memory stay.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from copy import copy
from pathlib import Path

ROOT = Path(__file__).parents[2]
OPENPYXL_TIMES, FLOOR_TIMES, GROWTH = 30, 4, 1.25
ROUNDS = 5
PYTHON = [sys.executable, "-c"]
BATCH = """
import json, resource, sys, time
from pathlib import Path
def memory():
    try:
        # What the process itself had at most; the other figure begins with that of the process that started it.
        [line] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
        return int(line.split()[1]) / 1024
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
began = time.perf_counter()
from workbook.bulk.batch import Options, run
from workbook.bulk.portfolio import Portfolio
loaded = time.perf_counter()
first = []
def watch(tally, said):
    if not first:
        first.append(time.perf_counter())
run(Portfolio(Path(sys.argv[1])), Path(sys.argv[2]), Options(), watch)
ended = time.perf_counter()
print(json.dumps({
    "loading": loaded - began, "first": first[0] - loaded, "all": ended - loaded,
    "memory": memory()}))
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", default="100,1000", help="portfolios of so many rows, the smallest first")
    parser.add_argument("--sample", type=int, default=128, help="rows of which a workbook's parts are measured")
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory(dir=ROOT) as folder:
        missed = parts(Path(folder), options.sample)
        missed += growth(Path(folder), [int(count) for count in options.rows.split(",")])
    return 1 if missed else 0


def parts(folder: Path, sample: int) -> int:
    """The batch of a sample against openpyxl and the floor, in turns; and its evaluation alone."""
    from workbook.bulk.batch.executor import Here, Workshop
    from workbook.bulk.batch.making import Kind, Order
    from workbook.bulk.batch.running import CHUNK
    from workbook.bulk.portfolio import Portfolio
    from workbook.write.build import book, package
    from workbook.write.edition import Edition

    entries = list(Portfolio(portfolio(folder, sample)))
    scenarios = [entry.scenario() for entry in entries]
    orders = [Order(entry.number, entry.id, "", one) for entry, one in zip(entries, scenarios, strict=True)]
    made = package(scenarios[:8], 0)
    members = [made.members(at) for at in range(8)]
    changed = [name for name in members[0] if any(one[name] != members[0][name] for one in members)]
    size = sum(len(members[0][name]) for name in changed)
    laid_out = book(scenarios[:1], 0)
    laid_out.finish()
    place = folder / "sample"
    place.mkdir()

    chunks = [orders[first : first + CHUNK] for first in range(0, sample, CHUNK)]

    def batch() -> None:
        for found in Here(Workshop(place, Kind(0, Edition.full))).run(chunks):
            (place / found.temporary).replace(place / f"{found.id}.xlsx")

    times: dict[str, list[float]] = {"batch": [], "floor": [], "openpyxl": [], "evaluation": []}
    for _ in range(ROUNDS):
        # As many of each, so that what else the machine does meets them alike.
        times["batch"].append(seconds(batch) / sample)
        times["floor"].append(seconds(lambda: [floor(place, members[n % 8], changed) for n in range(sample)]) / sample)
        times["openpyxl"].append(seconds(lambda: by_openpyxl(laid_out, place)))
        times["evaluation"].append(seconds(lambda: evaluated(scenarios)) / sample)
    best = {name: min(taken) for name, taken in times.items()}
    against_openpyxl, against_floor = best["openpyxl"] / best["batch"], best["batch"] / best["floor"]
    print(f"one workbook, best of {ROUNDS}, on one core; {len(changed)} members differ, {size / 1e6:.1f} MB of XML")
    for name, what in (
        ("batch", f"batch: evaluated by {CHUNK}, stamped, checked, on the disk"),
        ("openpyxl", "openpyxl, setting and saving the same cells"),
        ("floor", "floor: deflating and writing what differs"),
        ("evaluation", "evaluation alone, with 259 trials in the sheet"),
    ):
        print(f"  {what:50} {1000 * best[name]:9.1f} ms")
    missed = told("openpyxl takes", against_openpyxl, "times as long as the batch", against_openpyxl >= OPENPYXL_TIMES)
    return missed + told("the batch takes", against_floor, "times the floor", against_floor <= FLOOR_TIMES)


def told(before: str, ratio: float, after: str, good: bool) -> int:
    print(f"  {before} {ratio:.1f} {after}{'' if good else '  TOO SLOW'}")
    return int(not good)


def portfolio(folder: Path, count: int) -> Path:
    """A portfolio of so many rows, all different."""
    path = folder / f"portfolio{count}.csv"
    line = [sys.executable, str(ROOT / "build" / "portfolio.py"), "--rows", str(count), "-o", str(path)]
    subprocess.run(line, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=True, capture_output=True)
    return path


def floor(place: Path, members: dict[str, bytes], changed: list[str]) -> None:
    """The least that any way of writing the workbook takes."""
    from workbook.files.archive import archive, deflated
    from workbook.files.whole import written

    (place / "floor").unlink(missing_ok=True)
    written(place / "floor", archive(deflated(name, members[name]) for name in changed))


def evaluated(scenarios: list) -> None:
    """Every quantity of every scenario, and the trials that stand in the sheet."""
    from workbook.bulk.batch.making import figures
    from workbook.write.build import book

    laid_out = book(scenarios, 0)
    for at in range(len(scenarios)):
        figures(laid_out, at)


def by_openpyxl(laid_out, place: Path) -> None:
    """The same cells, each style registered once, by openpyxl in the way that its documentation shows."""
    from openpyxl import Workbook

    from workbook.write.pack.style import FORMATS, STYLES

    workbook = Workbook()
    workbook.remove(workbook.active)
    known: dict[tuple[str, str], object] = {}

    def put(sheet, row: int, column: int, value: object, style: str, format: str) -> None:
        cell = sheet.cell(row, column, value)
        if (style, format) not in known:
            for name in ("font", "fill", "border", "alignment"):
                if name in STYLES[style]:
                    setattr(cell, name, STYLES[style][name])
            cell.number_format = FORMATS[format]
            known[style, format] = cell._style
        cell._style = copy(known[style, format])

    for name, source in laid_out.sheets.items():
        sheet = workbook.create_sheet(name)
        for (row, column), cell in source.cells.items():
            value = plain(cell.value) if cell.formula is None else f"={cell.formula}"
            put(sheet, row, column, value, cell.style, cell.format)
        for column in source.block.columns if source.block else ():
            for at in range(source.block.rows):
                if column.formula is None:
                    value = float(column.values[0, at])
                else:
                    value = "=" + column.formula.printed({source.block.down: source.block.first + at})
                put(sheet, source.block.row + at, column.column, value, column.style, column.format)
    workbook.save(place / "by_openpyxl.xlsx")


def plain(value: object) -> object:
    """A value as openpyxl takes it."""
    value = value[0] if hasattr(value, "shape") and value.shape else value
    return None if value is None or value != value else str(value) if isinstance(value, str) else float(value)


def growth(folder: Path, counts: list[int]) -> int:
    """Whole batches of more and more rows: time for a workbook, memory, and how long before the first one is there."""
    print("\nwhole batches, each in a process of its own on one core, checks, manifest and reports included")
    heads = (("rows", 7), ("seconds", 9), ("ms a workbook", 14), ("MB at most", 11), ("s to load", 10), ("s to one", 9))
    print(" ", " ".join(f"{head:>{width}}" for head, width in heads))
    found = {}
    for count in counts:
        path, out = portfolio(folder, count), folder / f"out{count}"
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        ended = subprocess.run([*PYTHON, BATCH, str(path), str(out)], env=environment, capture_output=True, text=True)
        if ended.returncode:
            sys.exit(ended.stderr)
        taken = found[count] = json.loads(ended.stdout)
        figures = f"{taken['all']:9.1f} {1000 * taken['all'] / count:14.1f} {taken['memory']:11.0f}"
        print(f"  {count:7,} {figures} {taken['loading']:10.2f} {taken['first']:9.2f}", flush=True)
        subprocess.run(["rm", "-rf", str(out)], check=False)
    if len(counts) < 2:
        return 0
    one, other = found[counts[-2]], found[counts[-1]]
    time_ratio = (other["all"] / counts[-1]) / (one["all"] / counts[-2])
    memory_ratio = other["memory"] / one["memory"]
    span = f"from {counts[-2]:,} to {counts[-1]:,} rows"
    missed = told(f"{span}, a workbook takes", time_ratio, "times as long", time_ratio <= GROWTH)
    return missed + told(f"{span}, memory grows to", memory_ratio, "times", memory_ratio <= GROWTH)


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
