"""Writes calc/simulation/draws.toml, the polynomials that give the workbook's draws: python build/draws.py

For each column the best of some random polynomials is taken: neither its ranks nor their distance from the middle should
go with those of any column before. The seed is the one of a few whose quantiles came nearest to those of 200,000 random
trials on the examples and stories: nearer than the Sobol sequence that stood in cells before, see docs/decisions.md.
"""

from pathlib import Path

import numpy as np

from calc.simulation import draws

TRIED, SEED = 3000, 9
# Of the common draw, which meets every figure in every trial.
TRIED_OF_COMMON = 60_000
# How far two columns may go together; what goes beyond counts so many times.
BEARABLE, WEIGHT = 0.1, 10.0
# How much the distance from the middle counts beside the rank itself, and a pair of figures of different models beside
# one of the same model, or with an estimate, which meet on every path.
OF_DISTANCE, OF_STRANGERS = 0.3, 0.15
FILE = Path(draws.__file__).with_name("draws.toml")


def coefficients(seed: int = SEED) -> list[draws.Coefficients]:
    """One polynomial for each column, chosen for the estimates first and for the common draw, which meets all, last."""
    random, trials = np.random.default_rng(seed), np.arange(1, draws.POINTS + 1)
    models = [name.rpartition(".")[0] for name in draws.columns()]
    ranks, distances = np.empty((2, 0, draws.POINTS))
    chosen: dict[int, draws.Coefficients] = {}
    common = draws.columns().index(draws.COMMON)
    for column in sorted(range(len(models)), key=lambda at: (at == common, models[at] != "")):
        tried = TRIED_OF_COMMON if column == common else TRIED
        square, factor = 5 * random.integers(1, 50, tried), 5 * random.integers(0, 25, tried)
        # No multiple of 5, and odd where the square's coefficient is even.
        factor = (2 * (factor + random.integers(1, 5, tried)) + 5 * (1 - square % 2)) % draws.POINTS
        start = random.integers(0, draws.POINTS, tried)
        candidates = (each[:, np.newaxis] for each in (square, factor, start))
        own_ranks, own_distances = _standardised(draws.rank(trials, *candidates, draws.POINTS))
        together = np.abs(_correlation(own_ranks, ranks))
        apart = _correlation(own_ranks, distances) ** 2 + _correlation(own_distances, ranks) ** 2
        meet = np.array(
            [1 if models[at] in ("", models[column]) or column == common else OF_STRANGERS for at in chosen]
        )
        faults = (together**2 + OF_DISTANCE * apart + WEIGHT * np.maximum(0, together - BEARABLE) ** 2) @ meet
        best = faults.argmin()
        chosen[column] = draws.Coefficients(int(square[best]), int(factor[best]), int(start[best]))
        ranks, distances = np.vstack([ranks, own_ranks[best]]), np.vstack([distances, own_distances[best]])
    return [chosen[column] for column in range(len(models))]


def _standardised(ranks: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The ranks and their squared distances from the middle, each with mean 0 and spread 1. Shape (column, trial)."""
    middles = (2 * ranks + 1) / draws.POINTS - 1
    return middles * 3**0.5, (3 * middles**2 - 1) / 2 * 5**0.5


def _correlation(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return one @ other.T / draws.POINTS


def text(chosen: list[draws.Coefficients]) -> str:
    """The file: one row for each column."""
    rows = "\n".join(f"    [{one.square}, {one.factor}, {one.start}],  # {name}" for one, name in
                     zip(chosen, draws.columns(), strict=True))  # fmt: skip
    head = (
        "# Written by build/draws.py. Of each column's ranks: coefficient of the square, of the number, and constant."
    )
    return f"{head}\ncoefficients = [\n{rows}\n]\n"


if __name__ == "__main__":
    FILE.write_text(text(coefficients()), encoding="utf-8")
    print(f"wrote {FILE}")
