"""Where the time of one workbook goes, in a process that has built one before, and what checking its rules takes.

    python build/bench/build.py

Seconds of processor time, best of three. It only prints; `start.py` holds the promised limits.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from figures import noted

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "build" / "examples" / "regulated_product.toml"
ROUNDS = 3


def main() -> None:
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
    }

    def packing(book: object) -> float:
        return clock(lambda: Package(book).bytes())

    print(f"{'in a warm process':28} {'seconds':>8}")
    for name, stage in stages.items():
        taken = best(stage)
        print(f"{name:28} {taken:8.3f}")
        noted(**{f"one workbook: s, {name}": taken})
    # So long that once is enough.
    taken = clock(lambda: broken(whole))
    print(f"{'checking every rule':28} {taken:8.3f}")
    noted(**{"one workbook: s, checking every rule": taken})
    print(f"\n{len(whole):,} bytes")
    noted(**{"one workbook: kB": len(whole) / 1e3})


def clock(stage: Callable[[], object]) -> float:
    start = time.process_time()
    stage()
    return time.process_time() - start


def best(measured: Callable[[], float]) -> float:
    return min(measured() for _ in range(ROUNDS))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
