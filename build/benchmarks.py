"""Runs every benchmark, and prints a table of all figures and what the README says of them.

    python build/benchmarks.py [--write] [NAME...]

`--write` renews the marked parts of README.md and docs/million.md; use it on a machine that does nothing else. NAME: only
these of build/bench. ENGAGEMENT_BENCH_ROWS=100,1000,10000 measures the growth to more rows than by default. Ends with 1 if
a benchmark misses a limit.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
BENCHES = ("batch", "build", "start", "simulation", "searches", "udfs")
BEGIN, END = "<!-- figures: make bench -->", "<!-- end of figures -->"
PEERS = ("openpyxl", "openpyxl, write-only", "XlsxWriter, with values", "PyExcelerate, no looks")
COMMANDS = ("--help", "calc", "build --no-studies", "build", "read", "check", "check of a changed one")
MILLION = 1_000_000

Figures = dict[str, float]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHES)}; default: all")
    parser.add_argument("--write", action="store_true", help="renew the marked parts of the README and docs")
    options = parser.parse_args()
    if unknown := set(options.names) - set(BENCHES):
        parser.error(f"no benchmark is named {', '.join(sorted(unknown))}")
    figures, failed = measured(options.names or BENCHES)
    print("\nall figures")
    for name, figure in figures.items():
        print(f"  {name:52} {figure:12,.2f}")
    if not options.names:
        parts = {"README.md": readme(figures), "docs/million.md": million(figures)}
        for name, text in parts.items():
            print(f"\n{name}\n\n{text}")
            if options.write:
                renew(ROOT / name, text)
    if failed:
        print(f"missed a limit, or failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def measured(names: tuple[str, ...] | list[str]) -> tuple[Figures, list[str]]:
    """What the benchmarks have noted, and which of them did not end with 0."""
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "figures.jsonl"
        place.touch()
        environment = os.environ | {"ENGAGEMENT_BENCH_FIGURES": str(place), "PYTHONPATH": str(ROOT)}
        for name in names:
            print(f"\n== {name}", flush=True)
            if subprocess.run([sys.executable, ROOT / "build" / "bench" / f"{name}.py"], env=environment).returncode:
                failed.append(name)
        lines = place.read_text(encoding="utf-8").splitlines()
    return {name: figure for line in lines for name, figure in json.loads(line).items()}, failed


def readme(figures: Figures) -> str:
    """The table of the README."""
    few, many = batches(figures)
    udfs = [figure for name, figure in figures.items() if name.startswith("udf: times one row")]
    rows = []
    for edition in ("light", "full"):
        own = f"{figures[f'{edition}: ms, ours']:.0f} ms, {figures[f'{edition}: kB']:,.0f} kB"
        rows.append((f"a {edition} workbook of a batch, evaluated, checked and on disk", own))
        for peer in PEERS:
            times = f"{figures[f'{edition}: times ours, {peer}']:.1f} times as long"
            rows.append((f"{peer}: the {figures[f'{edition}: cells']:,.0f} cells of the {edition} one", times))
        rows.append(
            (
                f"the {edition} one, against deflating, hashing and writing only what differs",
                f"{figures[f'{edition}: ours/floor']:.1f} times as long",
            )
        )
    memory = f"{figures[f'batch of {many}: MB']:,.0f} MB"
    rows += [
        (
            f"{many:,} rows against {few:,}: time for each workbook, and memory of a process",
            f"{figures['growth: time']:.1f} times, and {figures['growth: memory']:.1f} times ({memory})",
        ),
        ("proving and joining a shard with `merge`", f"{figures['merge: ms a row']:.0f} ms a workbook"),
        (
            "100,000 trials of all thirteen paths, against drawing their samples with NumPy alone",
            f"{figures['simulation: times drawing']:.1f} times as long",
        ),
        (
            "one call of the add-in over 1,000 rows, against one row",
            f"{min(udfs):.0f} to {max(udfs):.0f} times as long",
        ),
        ("a call of the add-in in a sheet of 150 scenarios", f"{figures['udf: ms a call of a sheet']:.2f} ms"),
        (
            "`engagement` " + ", ".join(map(_as_code, COMMANDS)) + ", from start to end, in processor time",
            ", ".join(f"{figures[f'command: s, {name}']:.1f}" for name in COMMANDS) + " seconds",
        ),
    ]
    return "\n".join(["| | |", "|---|---|", *(f"| {what} | {figure} |" for what, figure in rows)])


def _as_code(command: str) -> str:
    """`check` of a changed one."""
    words, of, what = command.partition(" of ")
    return f"`{words}`{of}{what}"


def million(figures: Figures) -> str:
    """The plan of a million rows."""
    few, many = batches(figures)
    a_row = figures["slope: ms a row"]
    about = f"batch of {many}: "
    rows = [
        ("time of a row, light", f"{a_row:.1f} ms of one core", f"{a_row * MILLION / 3.6e6:,.1f} hours of one core"),
        (
            "on 64 cores, one shard or worker each",
            "the same",
            f"{a_row * MILLION / 6e4 / 64:,.0f} minutes",
        ),
        (
            "proving and joining the shards",
            f"{figures['merge: ms a row']:.1f} ms of one core",
            f"{figures['merge: ms a row'] * MILLION / 3.6e6:,.1f} hours",
        ),
        (
            "memory of a process",
            f"{figures['growth: memory']:.1f} times, from {few:,} to {many:,} rows",
            f"{figures[f'{about}MB']:,.0f} MB and what grows with the rows, below",
        ),
        *(
            (label, f"{figures[about + key]:,.1f} kB", f"{figures[about + key] * MILLION / 1e6:,.0f} GB")
            for label, key in (
                ("workbooks on disk", "kB a workbook"),
                ("manifest", "kB of manifest a row"),
                ("portfolio.xlsx", "kB of overview a row"),
            )
        ),
    ]
    head = [
        f"Measured from {few:,} to {many:,} rows:",
        "",
        "| | for a row | for a million |",
        "|---|--:|--:|",
    ]
    return "\n".join([*head, *(f"| {' | '.join(row)} |" for row in rows)])


def batches(figures: Figures) -> tuple[int, int]:
    """The rows of the two largest batches."""
    counts = sorted({int(name.split(":")[0].split()[-1]) for name in figures if name.startswith("batch of ")})
    return counts[-2], counts[-1]


def renew(path: Path, text: str) -> None:
    """Replace what stands between the marks."""
    whole = path.read_text(encoding="utf-8")
    before, begin, rest = whole.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        sys.exit(f"{path} has no part between {BEGIN} and {END}")
    path.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
