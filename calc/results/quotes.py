"""The quotes of a result: each beside the published range of its model, what it leaves out, and at which price it wins."""

from __future__ import annotations

from typing import Any

import numpy as np

from calc import catalogue
from calc.native import rounded
from calc.results.evaluation import Evaluation
from calc.scenario.payment_terms import terms_of
from calc.scenario.quotes import price_of, quote_id
from calc.scenario.schema import ENDS, Quote
from calc.sentences.quotes import said_of, terms_in_words

# The parameter that the price of a quote is compared by. A fixed price counts as its equivalent an hour.
COMPARED = {"rate": "rate", "price": "rate", "fee": "fee", "salary": "annual_cost"}
# What an offer may leave out and the payer pays beside it, by how the model is priced.
SCOPE = {"hourly": ("hidden_scope", "rework", "review", "support"), "fee": ("review", "support"), "salary": ("review",)}


def quotes_of(evaluation: Evaluation, row: int, paths: dict[str, dict], gates: dict[str, dict]) -> list[dict[str, Any]]:
    """Every quote in the order of the scenario; an empty list without any. paths, gates: of the same result."""
    scenario = evaluation.scenarios[row]
    return [_quote(evaluation, row, quote, paths[quote_id(quote.vendor)], gates) for quote in scenario.quotes]


def _quote(evaluation: Evaluation, row: int, quote: Quote, path: dict, gates: dict[str, dict]) -> dict[str, Any]:
    """factor: on all prices of the quote, with which it would win; wins_at: its own price then. Null where no price does, or
    where nobody looked. beside: how far above the published range it is, below where negative."""
    structure, scenario, key = evaluation.model.structure, evaluation.scenarios[row], quote_id(quote.vendor)
    figures, from_model = {}, {}
    for name in catalogue.parameters()[quote.model]:
        at = structure.parameter_numbers[key, name] - 1
        figure = {end: evaluation.of(end, row)[at] for end in ENDS}
        if structure.figures[at][0] == key:
            ends = {end: evaluation.of(f"published_{end}", row)[at] for end in ("from", "to")}
            figures[name] = figure | {"published": ends, "beside": evaluation.of("beside_published", row)[at]}
        else:
            from_model[name] = figure["likely"]
    pricing = catalogue.models()[quote.model].pricing
    priced_by, amount = price_of(quote)
    factor, until, terms = path.get("price_factor"), quote.valid_until, terms_of(quote)
    found = {
        "vendor": quote.vendor,
        "path": key,
        "model": quote.model,
        "priced_by": priced_by,
        "amount": amount,
        "hours": quote.hours,
        "beside": figures[COMPARED[priced_by]]["beside"],
        "equivalent": figures[COMPARED[priced_by]]["likely"],
        "published": figures[COMPARED[priced_by]]["published"],
        "figures": figures,
        "from_model": from_model,
        "not_included": [part for part in SCOPE[pricing] if from_model.get(part) and not _includes(quote, part)],
        "payment_terms": terms and terms_in_words(terms),
        "valid_until": until and until.isoformat(),
        "expired": until is not None and until < scenario.project.start,
        "same_scope": path["same_scope"],
        "excluded_by": [gate for gate, state in gates.items() if key in state["excludes"]],
        "why_not": path["why_not"] and path["why_not"]["kind"],
        "factor": factor,
        "wins_at": None if factor is None else float(wins_at(amount, factor)),
        "file": quote.file,
        "sha256": quote.sha256,
    }
    return found | {"text": said_of(found, scenario.project.currency)}


def as_offered(rate, hours, price_overhead):
    """The price of a job for so many hours, from what it comes to an hour and what a price contains on top; to the cent."""
    return rounded(rate * hours * (1 + price_overhead), 2)


def wins_at(amount, factor):
    """The price of a quote with which it would be recommended, all its prices multiplied alike; missing without a factor."""
    return np.where(factor > 0, amount * factor, np.nan)


def _includes(quote: Quote, part: str) -> bool:
    return bool(quote.support_months) if part == "support" else part in quote.includes
