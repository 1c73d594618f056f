"""How far a figure without a range of its own is moved, as data: calc/catalogue/data/swings.toml."""

from __future__ import annotations

from functools import cache

from calc import catalogue
from calc.catalogue.cited import Cited
from calc.catalogue.data_files import data_of
from calc.scenario.exchange import Exchange
from calc.scenario.limits import Between


class Swing(Cited):
    """relative: share of the value, down and up, None for all that is allowed; whole: in whole steps, at least one."""

    relative: float | None = None
    whole: bool = False

    def around(self, value: float, limit: Between, exchange: Exchange) -> tuple[float, float]:
        """Low and high around a value, within its limit at that exchange rate."""
        lowest, highest = limit.ends(exchange)
        if self.relative is None:
            return lowest, highest
        reach = abs(value) * self.relative
        if self.whole:
            reach = max(1, round(reach))
        return max(lowest, value - reach), min(highest, value + reach)


@cache
def swings() -> dict[str, Swing]:
    """The swing of every field (`work.core_hours`), of any lens's weight (`weights`) and of any setting."""
    said = data_of(catalogue.__name__, "data", "swings.toml")
    return catalogue.validated(said, dict[str, Swing], "swings")
