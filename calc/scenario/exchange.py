"""The exchange rate of a scenario, by which published figures and bounds of money, all in US dollars, are converted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from calc.scenario.currencies import CODES

DOLLAR = "USD"


@dataclass(frozen=True)
class Exchange:
    """per_usd: units of the currency that one US dollar is worth."""

    currency: str = DOLLAR
    per_usd: float = 1.0


def lacks_rate(project: Mapping[str, Any]) -> bool:
    """Whether the fields of a project name a currency other than the dollar without saying what a dollar is in it."""
    currency = project.get("currency", DOLLAR)
    return isinstance(currency, str) and currency in CODES - {DOLLAR} and "usd_rate" not in project
