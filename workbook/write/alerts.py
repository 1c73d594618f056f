"""The remark of a command about the exchange rate of a scenario; the alert itself is a sentence of `calc.sentences.alerts`."""

from __future__ import annotations

from calc.scenario.exchange import DOLLAR, Exchange
from calc.text.uncapitalized import uncapitalized


def note(exchange: Exchange) -> str:
    """What to ask or to know about the exchange rate; an empty text where there is nothing."""
    is_other, is_one = exchange.currency != DOLLAR, exchange.per_usd == 1
    if is_other and is_one:
        # What every command asks, and few have to hear, need not load the sentences.
        from calc.sentences import alerts, told

        sentence = told(alerts.currency, {"alert_currency": 1, "code": exchange.currency})
        return uncapitalized(sentence)
    if not is_other and not is_one:
        return f"project.usd_rate is {exchange.per_usd:g}: published figures in {DOLLAR} are multiplied by it"
    return ""
