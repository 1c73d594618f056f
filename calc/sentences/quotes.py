"""What a reader is told of a quote: its price beside the published range, what it leaves out, and the price at which it wins."""

from __future__ import annotations

from typing import Any

from calc import catalogue
from calc.scenario.payment_terms import Terms

UNITS = {"rate": "an hour", "price": "", "fee": "an engagement", "salary": "a year"}
NO_PRICE = {"no_evidence": "no answer so far speaks for it", "fits_worse": "it fits the answers less well"}
PARTS = {"hidden_scope": "hidden scope", "rework": "rework", "review": "review", "support": "support"}


def said_of(quote: dict[str, Any], currency: str) -> str:
    """One quote in a few sentences, as in the results."""
    model = catalogue.models()[quote["model"]].label.lower()
    sentences = [f"{quote['vendor']} ({model}): {_price(quote, currency)}, {_beside(quote['beside'])}."]
    if quote["not_included"]:
        left_out = listed([PARTS[part] for part in quote["not_included"]])
        sentences.append(f"Not included, and added as its model has it: {left_out}.")
    if quote["payment_terms"]:
        sentences.append(f"Paid: {quote['payment_terms']}.")
    sentences.append(f"For the same scope as the others it costs {currency} {quote['same_scope']:,.0f}.")
    if quote["wins_at"] is not None:
        price = f"{currency} {quote['wins_at']:,.0f} {UNITS[quote['priced_by']]}".rstrip()
        sentences.append(f"It would win at {price}, {quote['factor'] - 1:+.0%} on all its prices.")
    if quote["why_not"] in NO_PRICE:
        sentences.append(f"No price makes it win: {NO_PRICE[quote['why_not']]}.")
    if quote["why_not"] is None:
        sentences.append("It is what is recommended.")
    if quote["excluded_by"]:
        reasons = listed([catalogue.gates()[gate].label.lower() for gate in quote["excluded_by"]])
        sentences.append(f"No price makes it win, since it is ruled out: {reasons}.")
    if quote["expired"]:
        sentences.append(f"It is valid until {quote['valid_until']} only, before the project starts.")
    return " ".join(sentences)


def terms_in_words(terms: Terms) -> str:
    """When a vendor is paid, without a stop at its end."""
    parts = [f"{terms.deposit:.0%} at the start"] if terms.deposit else []
    for share, at in terms.milestones:
        parts.append(f"{share:.0%} {'when the work is done' if at == 1 else f'when {at:.0%} of the work is done'}")
    if terms.monthly:
        parts.append(f"{terms.monthly:.0%} month by month" if parts else "month by month")
    days = f", {terms.net_days:.0f} days after the invoice" if terms.net_days else ""
    return f"{listed(parts)}{days}"


def _price(quote: dict[str, Any], currency: str) -> str:
    price = f"{currency} {quote['amount']:,.0f} {UNITS[quote['priced_by']]}".rstrip()
    if quote["priced_by"] == "price":
        return f"{price} for {quote['hours']:,.0f} h, which compares with {currency} {quote['equivalent']:,.0f} an hour"
    return price


def _beside(share: float) -> str:
    if round(share, 2) == 0:
        return "within the published range"
    return f"{abs(share):.0%} {'above' if share > 0 else 'below'} the published range"


def listed(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
