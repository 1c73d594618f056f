"""How long people wait for the command: help, a recommendation, a workbook. Ends with 1 where a limit is passed.

    python build/bench/start.py [--runs N]

Wall time of whole processes, the interpreter's own start included. The limits are those that were promised.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "build" / "examples" / "regulated_product.toml"
# What is run, and after how many seconds it must have answered.
LIMITS = {"--help": 0.3, "calc": 1.0, "build": 1.5}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        lines = {
            "--help": ["--help"],
            "calc": ["calc", str(EXAMPLE)],
            "build": ["build", str(EXAMPLE), "-o", str(Path(folder) / "out.xlsx")],
        }
        print(f"{'engagement':12} {'median':>8} {'best':>8} {'worst':>8} {'limit':>8}")
        for name, line in lines.items():
            seconds(line)  # once without the clock, so that byte code and disk caches are there
            taken = [seconds(line) for _ in range(runs)]
            median = statistics.median(taken)
            late = median > LIMITS[name]
            missed += late
            figures = "".join(f" {figure:7.3f}s" for figure in (median, min(taken), max(taken), LIMITS[name]))
            print(f"{name:12}{figures}{'  TOO SLOW' if late else ''}")
    return 1 if missed else 0


def seconds(line: list[str]) -> float:
    """Wall time of one process with these arguments, which must end well."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    began = time.perf_counter()
    ended = subprocess.run([sys.executable, "-m", "workbook.command", *line], capture_output=True, env=environment)
    taken = time.perf_counter() - began
    if ended.returncode:
        sys.exit(f"engagement {' '.join(line)} ended with {ended.returncode}: {ended.stderr.decode(errors='replace')}")
    return taken


if __name__ == "__main__":
    sys.exit(main())
