"""What a reader is told of a quote: its price beside the published range, what it leaves out, and the price at which it wins."""

from __future__ import annotations

from typing import Any

import numpy as np

from calc import catalogue
from calc.native import rounded
from calc.scenario.payment_terms import Terms
from calc.scenario.quotes import price_of
from calc.scenario.schema import Quote
from calc.text.live import formatted, joined
from calc.text.uncapitalized import uncapitalized

UNITS = {"rate": "an hour", "price": "", "fee": "an engagement", "salary": "a year"}
NO_PRICE = {"no_evidence": "no answer so far speaks for it", "fits_worse": "it fits the answers less well"}
PARTS = {"hidden_scope": "hidden scope", "rework": "rework", "review": "review", "support": "support"}


def said_of(quote: dict[str, Any], currency: str) -> str:
    """One quote in a few sentences, as in the results."""
    model = uncapitalized(catalogue.models()[quote["model"]].label)
    sentences = [
        f"{quote['vendor']} ({model}): {_price(quote, currency)}, {beside_in_words(np.array(quote['beside']))}."
    ]
    if quote["not_included"]:
        left_out = listed([PARTS[part] for part in quote["not_included"]])
        sentences.append(f"Not included, and added as its model has it: {left_out}.")
    if quote["payment_terms"]:
        sentences.append(f"Paid: {quote['payment_terms']}.")
    sentences.append(f"For the same scope as the others it costs {currency} {quote['same_scope']:,.0f}.")
    if quote["wins_at"] is not None:
        at = quote["wins_at"]
        # Where it reads like the price that is offered, to the cent.
        digits = ",.2f" if f"{at:,.0f}" == f"{quote['amount']:,.0f}" else ",.0f"
        price = f"{currency} {at:{digits}} {UNITS[quote['priced_by']]}".rstrip()
        sentences.append(f"It would win at {price}, if all its prices were {lower_in_words(quote['factor'])} lower.")
    if quote["why_not"] in NO_PRICE:
        sentences.append(f"No price makes it win: {NO_PRICE[quote['why_not']]}.")
    if quote["why_not"] is None:
        sentences.append("It is what is recommended.")
    if quote["excluded_by"]:
        reasons = listed([uncapitalized(catalogue.gates()[gate].label) for gate in quote["excluded_by"]])
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


def lower_in_words(factor: float) -> str:
    """How much lower prices are by a factor below 1, never as nothing."""
    lower = 1 - factor
    return f"{lower:.1%}" if round(lower, 3) else "less than 0.1%"


def _price(quote: dict[str, Any], currency: str) -> str:
    price = f"{currency} {quote['amount']:,.0f} {UNITS[quote['priced_by']]}".rstrip()
    if quote["priced_by"] == "price":
        return f"{price} for {quote['hours']:,.0f} h, which compares with {currency} {quote['equivalent']:,.0f} an hour"
    return price


def beside_in_words(beside):
    """How a price lies to the published range. beside: share above it, below where negative, 0 within."""
    far = joined(formatted(np.abs(beside), "0%"), np.where(beside > 0, " above", " below"), " the published range")
    return np.where(rounded(beside, 2) == 0, "within the published range", far)


def part_in_words(figure):
    """Whether a part of the work that the offer leaves out costs anything. figure: what its model has for it, a share."""
    return np.where(figure > 0, "not included: added", "not included: costs nothing")


def support_in_words(support, months):
    """Whether support after delivery is in the price. support: a share of the cost a month; months: that are included."""
    said = joined(formatted(months, "0"), np.where(rounded(months, 0) == 1, " month included", " months included"))
    return np.where(months > 0, said, np.where(support > 0, "not included: added", "not included: costs nothing"))


def validity_in_words(until, start_day):
    """Whether the offer still holds when the project starts. Both are day numbers; until is missing where it is not said."""
    return np.where(
        np.isnan(until), "not said", np.where(until < start_day, "no longer valid: ask again", "still valid")
    )


def price_for(quote: Quote) -> str:
    """What the price of a quote is for."""
    by, _ = price_of(quote)
    return "for all these hours" if by == "price" else UNITS[by]


def listed(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
