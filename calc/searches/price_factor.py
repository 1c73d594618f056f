"""What a path in the band would have to cost: the factor on its own prices with which it would be recommended."""

from __future__ import annotations

import numpy as np

from calc.graph import Graph
from calc.model import Model
from calc.native import rounded
from calc.scenario import Scenario

COST, TARGETS = "same_scope", ("recommended", "same_scope", "in_band")
# What is paid for people's work: by the hour, by the engagement, or as a salary.
PRICES = frozenset({"rate", "run_rate", "fee", "annual_cost"})
CENT = 0.01


def price_factors(model: Model, scenario: Scenario) -> dict[str, float | None]:
    """Path -> factor, for every path in the band that is not recommended; None where no price is low enough.

    All prices of the path's own phases and feature work are multiplied by it; those of other paths stay. The cost of the
    same scope is linear in it, so two points determine it; the decision is then made again at that factor.
    """
    prices = Prices(model, scenario)
    today = prices.decided(np.zeros(1, int), np.ones(1))
    now = int(today["recommended"][0])
    band = np.flatnonzero(today["in_band"][0]) + 1
    band = band[band != now]
    if not len(band):
        return {}
    own = np.arange(len(band)), band - 1
    at_full_price = today[COST][0, band - 1]
    for_nothing = prices.decided(band, np.zeros(len(band)))[COST][own]
    # The earlier path wins a tie; a later one has to be a cent cheaper.
    needed = rounded(today[COST][0, now - 1], 2) - np.where(band > now, CENT, 0)
    # Where the path pays no such price at all, no factor changes anything.
    factors = np.divide(
        needed - for_nothing, at_full_price - for_nothing, out=np.ones(len(band)), where=at_full_price > for_nothing
    )
    wins = prices.decided(band, factors)["recommended"].astype(int) == band
    paths = model.structure.path_ids
    return {
        paths[position - 1]: float(factor) if factor > 0 and won else None
        for position, factor, won in zip(band, factors, wins, strict=True)
    }


class Prices:
    """One scenario in which the prices of one path at a time are multiplied by a factor."""

    def __init__(self, model: Model, scenario: Scenario) -> None:
        self.model, self.inputs = model, model.inputs([scenario])
        self.read = _read(model.graph)
        self.prices = model.graph.evaluate(self.inputs, self.read)

    def decided(self, paths: np.ndarray, factors: np.ndarray) -> dict[str, np.ndarray]:
        """The decision in a row for each position of a path and factor; position 0 leaves all as it is."""
        known = {key: self._multiplied(key, paths, factors) for key in self.read}
        found = self.model.graph.evaluate(self.inputs, TARGETS, known)
        return {key: np.broadcast_to(found[key], (len(paths), *found[key].shape[1:])) for key in TARGETS}

    def _multiplied(self, key: str, paths: np.ndarray, factors: np.ndarray) -> np.ndarray:
        """The prices that one node reads, by row: of an audit or core phase, or of the path's feature work."""
        [dimension] = self.model.graph.node(key).over
        of_path = self.model.structure.columns[dimension]["path_number" if dimension == "phase" else "path"]
        own = of_path[:, np.newaxis] == paths
        return (self.prices[key].T * np.where(own, factors, 1)).T


def _read(graph: Graph) -> tuple[str, ...]:
    """The nodes by which phases and paths read the price of a model."""
    keys = (key for key in graph.order(TARGETS) if key.partition("@")[0] in PRICES and "@" in key)
    return tuple(key for key in keys if "@" not in graph.node(key).arguments[0].node)
