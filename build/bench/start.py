"""How long people wait for the command, from help to the check of a workbook. Ends with 1 where a limit is passed.

    python build/bench/start.py [--runs N]

Processor time of whole processes, the interpreter's own start included, as multiples of what a bare process takes on
the same machine in the same run that only imports the libraries underneath. So neither a slow machine nor a busy one
passes or misses a limit. Each figure is the least of all runs, taken in turns.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from figures import noted

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "build" / "examples" / "regulated_product.toml"
BARE = "import numpy, openpyxl, pydantic"
# So many times as long as the bare process the command may take. For comparison: with 0.2 s for that, help answers in
# less than 0.2 s, calc in 1 s, and a workbook with all its studies is there after 2 s, or checked after 3 s.
LIMITS = {"--help": 0.9, "calc": 6.0, "build": 11.0, "build --runs 0": 7.5, "read": 6.0, "check": 15.0}
# The process itself says what it has used, which every system can tell it, its start included.
MEASURED = "import atexit, sys, time; atexit.register(lambda: sys.stderr.write('\\n%r' % time.process_time())); "
COMMAND = "from workbook.command import main; sys.argv[0] = 'engagement'; main()"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        # The first run of each makes byte code and layouts, as with a new version; what counts is every other.
        os.environ |= {"XDG_CACHE_HOME": folder, "PYTHONDONTWRITEBYTECODE": ""}
        lines = {
            "bare": (BARE,),
            "--help": (COMMAND, "--help"),
            "calc": (COMMAND, "calc", str(EXAMPLE)),
            "build": (COMMAND, "build", str(EXAMPLE), "-o", str(made := Path(folder) / "out.xlsx")),
            "build --runs 0": (COMMAND, "build", str(EXAMPLE), "-o", str(Path(folder) / "out0.xlsx"), "--runs", "0"),
            "read": (COMMAND, "read", str(made)),
            "check": (COMMAND, "check", str(made)),
        }
        for line in lines.values():
            seconds(*line)  # once for nothing, so that byte code and disk caches are there
        taken = {name: [] for name in lines}
        for _ in range(runs):
            for name, line in lines.items():
                taken[name].append(seconds(*line))
    least = {name: min(found) for name, found in taken.items()}
    print(f"processor time, least of {runs}; a bare process ({BARE}): {least['bare']:.3f} s")
    print(f"{'engagement':14} {'seconds':>8} {'x bare':>8} {'limit':>8}")
    missed = 0
    for name, limit in LIMITS.items():
        ratio = least[name] / least["bare"]
        missed += ratio > limit
        noted(**{f"command: s, {name}": least[name], f"command: times bare, {name}": ratio})
        late = "  TOO SLOW" if ratio > limit else ""
        print(f"{name:14} {least[name]:8.3f} {ratio:8.1f} {limit:8.1f}{late}")
    return 1 if missed else 0


def seconds(program: str, *arguments: str) -> float:
    """Processor time of one process that runs the program with these arguments, which must end well."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    line = [sys.executable, "-c", MEASURED + program, *arguments]
    ended = subprocess.run(line, capture_output=True, env=environment, text=True)
    if ended.returncode:
        sys.exit(f"{' '.join(line)} ended with {ended.returncode}: {ended.stderr}")
    return float(ended.stderr.rpartition("\n")[2])


if __name__ == "__main__":
    sys.exit(main())
