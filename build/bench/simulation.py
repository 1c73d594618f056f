"""How long 100,000 trials of all paths take against drawing the same PERT samples with NumPy alone, in one run.

    python build/bench/simulation.py

Allowed: three times as long. The best of five rounds of each, in turns, so that both see the same machine.
"""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
from figures import noted

from calc.model import model_for
from calc.scenario import from_text
from calc.simulation import simulate
from calc.simulation.trials import LikelyCase

TRIALS, ROUNDS, ALLOWED = 100_000, 5, 3
EXAMPLE = Path(__file__).parents[1] / "examples" / "ai_built_app.toml"


def main() -> None:
    scenario = from_text(EXAMPLE.read_text(encoding="utf-8"), EXAMPLE.name)
    model = model_for()
    ranges = LikelyCase(model, [scenario]).ranges
    columns = [figure for figure in ranges.uncertain(0) if not ranges.has_tail[0, figure]]
    low, width, alpha, beta = (
        of[0, columns][:, np.newaxis] for of in (ranges.low, ranges.width, ranges.first, ranges.second)
    )
    generator = np.random.Generator(np.random.PCG64(1))

    def draw() -> None:
        samples = generator.beta(alpha, beta, (len(columns), TRIALS))
        samples *= width
        samples += low

    drawing, simulating = [], []
    for _ in range(ROUNDS):
        drawing.append(_seconds(draw))
        simulating.append(_seconds(lambda: simulate(model, scenario, TRIALS)))
    ratio = min(simulating) / min(drawing)
    print(f"{TRIALS:,} trials x {len(model.structure.paths)} paths, {len(columns)} uncertain figures")
    print(f"drawing the PERT samples with NumPy alone  {min(drawing):.3f} s")
    print(f"the whole simulation                       {min(simulating):.3f} s (first run {simulating[0]:.3f} s)")
    print(f"ratio                                      {ratio:.2f} (allowed: {ALLOWED})")
    noted(**{"simulation: times drawing": ratio})
    raise SystemExit(ratio > ALLOWED)


def _seconds(work) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
