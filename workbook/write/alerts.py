"""What a reader should know before trusting the figures: sentences that follow the inputs live, empty where all is well.

Each is one function, traced for its cell's formula and called for its text, as the quantities are.
"""

from __future__ import annotations

import numpy as np

from calc.scenario.exchange import DOLLAR, Exchange
from workbook.write.formula.text import joined


def currency(code, rate):
    """Another currency than the US dollar at a rate of 1. code: of the project's currency; rate: its units per dollar."""
    asked = joined(
        "Alert: how many ", code, f" is one {DOLLAR}? The exchange rate is 1, so published figures in {DOLLAR} "
    )
    sentence = joined(asked, "count as ", code, " unchanged.")
    return np.where(code == DOLLAR, "", np.where(rate == 1, sentence, ""))


def note(exchange: Exchange) -> str:
    """The remark of a command about the exchange rate of a scenario; an empty text where there is none."""
    if alert := str(currency(np.array(exchange.currency, dtype=object), np.array(exchange.per_usd))):
        return alert.removeprefix("Alert: ")
    if exchange.currency == DOLLAR and exchange.per_usd != 1:
        return f"project.usd_rate is {exchange.per_usd:g}: published figures in {DOLLAR} are multiplied by it"
    return ""
