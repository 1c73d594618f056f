"""Where break-evens are looked for, as data: calc/catalogue/data/break_even.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from calc import catalogue
from calc.catalogue.schema import Cited


class Reach(Cited):
    """From where to where a break-even is looked for; in USD it is multiplied by the exchange rate."""

    low: float
    high: float
    unit: str


@cache
def reaches() -> dict[str, Reach]:
    """Estimate -> the range in which its break-evens are looked for."""
    text = files("calc.catalogue").joinpath("data", "break_even.toml").read_text(encoding="utf-8")
    return catalogue.validated(tomllib.loads(text), dict[str, Reach], "break_even")
