"""How far a figure without a range of its own is moved, as data: calc/catalogue/data/swings.toml."""

from __future__ import annotations

import math
import tomllib
from functools import cache
from importlib.resources import files

from pydantic import Field

from calc import catalogue
from calc.catalogue.schema import Cited


class Swing(Cited):
    """relative: share of the value, down and up, None for all that is allowed; whole: in whole steps, at least one."""

    relative: float | None = None
    whole: bool = False
    allowed: dict[str, float] = Field({})

    def around(self, value: float, allowed: dict[str, float] | None = None) -> tuple[float, float]:
        """Low and high around a value, within what is allowed."""
        limits = {"min": 0, "max": math.inf} | self.allowed | (allowed or {})
        if self.relative is None:
            return limits["min"], limits["max"]
        reach = abs(value) * self.relative
        if self.whole:
            reach = max(1, round(reach))
        return max(limits["min"], value - reach), min(limits["max"], value + reach)


@cache
def swings() -> dict[str, Swing]:
    """The swing of every field (`work.core_hours`), of any lens's weight (`weights`) and of any setting."""
    text = files("calc.catalogue").joinpath("data", "swings.toml").read_text(encoding="utf-8")
    return catalogue.validated(tomllib.loads(text), dict[str, Swing], "swings")
