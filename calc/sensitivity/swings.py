"""How far a figure without a range of its own is moved, as data: calc/catalogue/data/swings.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from calc import catalogue
from calc.catalogue.schema import Cited
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
    text = files(catalogue.__name__).joinpath("data", "swings.toml").read_text(encoding="utf-8")
    return catalogue.validated(tomllib.loads(text), dict[str, Swing], "swings")
