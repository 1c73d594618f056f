"""What one workbook costs: a fresh process that builds it, where the time goes, and what checking its rules takes.

    python build/bench/build.py

Seconds, best of five, and how many times as long as a bare interpreter, or NumPy's import, takes on the same machine.
It only prints; `start.py` holds the promised limits.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "build" / "examples" / "regulated_product.toml"
ROUNDS = 5
BUILD = f"""
from pathlib import Path
from calc.scenario import from_text
from workbook.write.build import build
build(from_text(Path({str(EXAMPLE)!r}).read_text(encoding="utf-8"), "example"))
"""
PROCESSES = {
    "a bare interpreter": ["-c", "pass"],
    "import numpy": ["-c", "import numpy"],
    "import workbook.write.build": ["-c", "import workbook.write.build"],
    "one workbook": ["-c", BUILD],
}
HELP = ["-c", "from workbook.command import main; main()", "--help"]


def main() -> None:
    processes = dict(PROCESSES)
    if find_spec("workbook.command"):
        processes["engagement --help"] = HELP
    print(f"{'in a fresh process':28} {'seconds':>8} {'x bare':>8} {'x numpy':>8}")
    taken: dict[str, float] = {}
    for name, line in processes.items():
        taken[name] = best(lambda line=line: run(line))
        bare, numpy = taken["a bare interpreter"], taken.get("import numpy", taken[name])
        print(f"{name:28} {taken[name]:8.3f} {taken[name] / bare:8.1f} {taken[name] / numpy:8.1f}")
    inside()


def inside() -> None:
    """The stages in one process, and the check of the rules."""
    from calc.scenario import from_text
    from workbook.receive.soundness import broken
    from workbook.write import build
    from workbook.write.pack import Package

    scenario = from_text(EXAMPLE.read_text(encoding="utf-8"), EXAMPLE.name)
    whole = build.build(scenario)
    stages: dict[str, Callable[[], float]] = {
        "the whole build": lambda: clock(lambda: build.build(scenario)),
        "without the large simulation": lambda: clock(lambda: build.build(scenario, 0)),
        "values and layout": lambda: clock(lambda: build.book([scenario])),
        "formulas, styles and the zip": lambda: packing(build.book([scenario])),
        "checking every rule": lambda: clock(lambda: broken(whole)),
    }

    def packing(book: object) -> float:
        return clock(lambda: Package(book).bytes())

    print(f"\n{'in a warm process':28} {'seconds':>8}")
    for name, stage in stages.items():
        print(f"{name:28} {best(stage):8.3f}")
    print(f"\n{len(whole):,} bytes")


def run(line: list[str]) -> float:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    start = time.perf_counter()
    subprocess.run([sys.executable, *line], check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def clock(stage: Callable[[], object]) -> float:
    start = time.perf_counter()
    stage()
    return time.perf_counter() - start


def best(measured: Callable[[], float]) -> float:
    return min(measured() for _ in range(ROUNDS))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
