"""A workbook of a batch, against other libraries and against the floor, and as the portfolio grows. Ends with 1 if too slow.

    python build/bench/batch.py [--rows 100,1000] [--sample 192]

Everything runs on one core, and is compared with what runs beside it on the same machine: ratios, not seconds, are the
result. ENGAGEMENT_BENCH_ROWS=100,1000,10000 shows the growth to 10,000 rows, and takes 4 GB of disk and some minutes.

- others: the same cells by openpyxl, openpyxl write-only, XlsxWriter and PyExcelerate. None of them calculates.
- the floor: deflating, hashing and writing down to the disk the rows that differ from one workbook to the next.
- growth: whole batches of more and more rows, each in a process of its own, and a merge.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from figures import noted, told  # noqa: E402

from workbook.files.archive import Packing  # noqa: E402

# A sixth less than what was measured, or a fifth more; to the floor, which is small, what varies from run to run as well.
OPENPYXL_TIMES, FLOOR_TIMES, GROWTH = {"full": 42, "light": 37}, {"full": 4.0, "light": 4.0}, 1.25
ROUNDS, ALIKE = 2, 8
PROCESS = """
import json, sys, time
from pathlib import Path
def memory():
    try:
        # What the process itself had at most; the other figure begins with that of the process that started it.
        [line] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
        return int(line.split()[1]) / 1024
    except OSError:
        import resource
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
began = time.perf_counter()
"""
BATCH = f"""{PROCESS}
from workbook.bulk.batch import Options, run
from workbook.bulk.portfolio import Portfolio
first = []
def watch(tally, said):
    if not first:
        first.append(time.perf_counter() - began)
outcome = run(Portfolio(Path(sys.argv[1])), Path(sys.argv[2]), Options(), watch)
print(json.dumps({{"all": time.perf_counter() - began, "first": first[0], "memory": memory(), **outcome.tally}}))
"""
MERGE = f"""{PROCESS}
from workbook.bulk.batch import merged
merged([Path(sys.argv[1])], Path(sys.argv[2]))
print(json.dumps({{"all": time.perf_counter() - began, "memory": memory()}}))
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    rows = os.environ.get("ENGAGEMENT_BENCH_ROWS", "100,1000")
    parser.add_argument("--rows", default=rows, help="portfolios of so many rows, the smallest first")
    parser.add_argument(
        "--sample",
        type=int,
        default=192,
        help="rows of which a workbook's parts are measured: whole chunks of both editions",
    )
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory(dir=ROOT) as folder:
        missed = sum(parts(Path(folder), edition, options.sample) for edition in ("full", "light"))
        missed += growth(Path(folder), [int(count) for count in options.rows.split(",")])
    return 1 if missed else 0


def parts(folder: Path, edition_name: str, sample: int) -> int:
    """A workbook of a batch in one edition against other libraries and the floor, in turns."""
    from peers import PEERS, sheets_of

    from workbook.bulk.batch.executor import Here, Workshop
    from workbook.bulk.batch.making import Kind, Order
    from workbook.bulk.batch.running import CHUNK
    from workbook.bulk.batch.shelf import Folder
    from workbook.bulk.portfolio import Portfolio
    from workbook.write.build import book, package
    from workbook.write.edition import Edition

    edition = Edition(edition_name)
    packing = edition.packing
    scenarios = [entry.scenario() for entry in Portfolio(portfolio(folder, sample))]
    orders = [Order(number, str(number), "", one) for number, one in enumerate(scenarios)]
    made = package(scenarios[:ALIKE], 0, edition)
    different = rows_that_differ([made.members(at) for at in range(ALIKE)])
    laid_out = book(scenarios[:1], 0, edition=edition)
    laid_out.finish()
    sheets = sheets_of(laid_out)
    place = folder / edition
    place.mkdir()
    chunk = CHUNK[edition]
    chunks = [orders[first : first + chunk] for first in range(0, sample, chunk)]
    workshop = Workshop(Folder(place), Kind(0, edition))

    def batch() -> None:
        for workbook in Here(workshop).run(chunks):
            workshop.shelf.settle(workbook)

    times: dict[str, list[float]] = {"ours": [], "floor": [], **{name: [] for name in PEERS}}
    for _ in range(ROUNDS):
        times["ours"].append(seconds(batch) / sample)
        times["floor"].append(
            seconds(lambda: [floor(place, different[n % ALIKE], packing) for n in range(sample)]) / sample
        )
        for name, write in PEERS.items():
            times[name].append(seconds(lambda write=write: write(sheets, place / "peer.xlsx")))
    best = {name: min(taken) for name, taken in times.items()}
    size = sum(path.stat().st_size for path in place.glob("[0-9]*.xlsx")) / sample
    count = sum(map(len, sheets.values()))
    print(f"\na {edition} workbook, processor time, best of {ROUNDS}: {count:,} cells, {size / 1e3:,.0f} kB")
    for name, taken in best.items():
        print(f"  {name:26} {1000 * taken:9.1f} ms  {taken / best['ours']:7.1f} times ours")
        noted(**{f"{edition}: ms, {name}": 1000 * taken, f"{edition}: times ours, {name}": taken / best["ours"]})
    noted(**{f"{edition}: kB": size / 1e3, f"{edition}: cells": count})
    by_openpyxl, limit = best["openpyxl"] / best["ours"], OPENPYXL_TIMES[edition]
    missed = told(f"{edition}: openpyxl/ours", "openpyxl takes", by_openpyxl, "times as long as the batch", limit, True)
    to_floor = best["ours"] / best["floor"]
    return missed + told(f"{edition}: ours/floor", "the batch takes", to_floor, "times the floor", FLOOR_TIMES[edition])


def portfolio(folder: Path, count: int) -> Path:
    """A portfolio of so many rows, all different."""
    path = folder / f"portfolio{count}.csv"
    line = [sys.executable, str(ROOT / "build" / "portfolio.py"), "--rows", str(count), "-o", str(path)]
    subprocess.run(line, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=True, capture_output=True)
    return path


def rows_that_differ(workbooks: Sequence[dict[str, bytes]]) -> list[list[bytes]]:
    """For each workbook the rows, and the parts without rows, that are not the same in all of them: one text per member."""
    different: list[list[bytes]] = [[] for _ in workbooks]
    for name in workbooks[0]:
        split = [workbook[name].split(b"</row>") for workbook in workbooks]
        same = set(split[0]).intersection(*split[1:])
        for texts, pieces in zip(different, split, strict=True):
            if rest := b"</row>".join(piece for piece in pieces if piece not in same):
                texts.append(rest)
    return different


def floor(place: Path, texts: Sequence[bytes], packing: Packing) -> None:
    """The least that any way of writing the workbook takes."""
    from workbook.files.archive import archive, deflated
    from workbook.files.whole import written

    (place / "floor").unlink(missing_ok=True)
    content = archive(deflated(str(at), text, packing.level) for at, text in enumerate(texts))
    hashlib.sha256(content).hexdigest()
    written(place / "floor", content)


def growth(folder: Path, counts: list[int]) -> int:
    """Whole batches of more and more rows: time for a workbook, memory, size; and joining the smallest as a shard."""
    print(
        "\nwhole batches of light workbooks, each in a process of its own on one core, with checks, manifest and reports"
    )
    heads = (
        "rows",
        "seconds",
        "ms a workbook",
        "MB at most",
        "s to one",
        "kB a workbook",
        "manifest, kB",
        "overview, kB",
    )
    print(" ", " ".join(f"{head:>13}" for head in heads))
    found = {}
    for count in counts:
        out = folder / f"out{count}"
        taken = found[count] = process(BATCH, portfolio(folder, count), out)
        assert taken["written"] == count, taken
        sizes = [path.stat().st_size / 1e3 for path in (out / "workbooks").iterdir()]
        manifest, overview = (
            (out / name).stat().st_size / 1e3 / count for name in ("manifest.jsonl", "portfolio.xlsx")
        )
        figures = {
            "seconds": taken["all"], "ms a row": 1000 * taken["all"] / count, "MB": taken["memory"],
            "s to the first": taken["first"], "kB a workbook": sum(sizes) / count,
            "kB of manifest a row": manifest, "kB of overview a row": overview,
        }  # fmt: skip
        print(" ", " ".join(f"{figure:>13,.2f}" for figure in (count, *figures.values())), flush=True)
        noted(**{f"batch of {count}: {name}": figure for name, figure in figures.items()})
        if count == counts[0]:
            joining = process(MERGE, out, folder / "joined")
        subprocess.run(["rm", "-rf", str(out)], check=False)
    print(f"  merge of {counts[0]:,}: {1000 * joining['all'] / counts[0]:.1f} ms a row, {joining['memory']:.0f} MB")
    noted(**{"merge: ms a row": 1000 * joining["all"] / counts[0], "merge: MB": joining["memory"]})
    if len(counts) < 2:
        return 0
    (few, one), (many, other) = list(found.items())[-2:]
    slope = (other["all"] - one["all"]) / (many - few)
    noted(**{"slope: ms a row": 1000 * slope})
    span = f"from {few:,} to {many:,} rows"
    missed = told(
        "growth: time", f"{span}, a workbook takes", other["all"] / many / (one["all"] / few), "times as long", GROWTH
    )
    return missed + told("growth: memory", f"{span}, memory grows to", other["memory"] / one["memory"], "times", GROWTH)


def process(program: str, *arguments: Path) -> dict[str, float]:
    """What a program in a process of its own prints about itself."""
    line = [sys.executable, "-c", program, *map(str, arguments)]
    ended = subprocess.run(line, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
    if ended.returncode:
        sys.exit(ended.stderr)
    return json.loads(ended.stdout)


def seconds(work: Callable[[], object]) -> float:
    """Processor time, which what else the machine does hardly changes."""
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    sys.exit(main())
