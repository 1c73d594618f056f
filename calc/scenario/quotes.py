"""Quotes: offers on the table, checked before anything is calculated, and the figures of a model that each replaces.

A quote is a copy of the model that it comes closest to, with the figures that it names. A fixed price counts as its equivalent
an hour, so that what is not in it (hidden scope, rework, review, support, hours beyond those that it covers) is priced too.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from calc import catalogue
from calc.scenario.bounds import bounds
from calc.scenario.exchange import Exchange
from calc.scenario.faults import Fault, problem, shown
from calc.scenario.payment_terms import terms_faults
from calc.scenario.schema import ENDS, Milestone, Quote, Range, Scenario, Work
from calc.text.figure import figure

KEY, OF_QUOTES, MOST_QUOTES = "quotes", "quote_", 4
# How a model is priced -> the prices that a quote of it may name, one of them.
PRICES = {"hourly": ("rate", "price"), "fee": ("fee",), "salary": ("salary",)}
# What is written for a character in the formats of Office: in a name it would be taken for that character, as _x2026_ for an
# ellipsis. Here its beginning.
CHARACTER = re.compile("_x(?=[0-9a-f]{4}_)")
EXAMPLES: dict[str, str] = {
    "vendor": '"Nordlicht GmbH"', "rate": "95", "price": "40000", "fee": "30000", "salary": "120000", "run_rate": "95",
    "hours": "400", "weeks": "8", "lead_weeks": "2", "support_months": "3", "includes": '["rework"]',
    "valid_until": "2026-12-31", "deposit": "0.3", "milestones": "[{ share = 0.7, at = 1 }]", "monthly": "1", "net_days": "30",
    "file": '"offer.xlsx"', "sha256": "the hash of the file",
}  # fmt: skip
EXAMPLES_OF_MILESTONE = {"share": "0.7", "at": "1"}
WORDS = {
    "includes": "a list of hidden_scope, rework, review",
    "milestones": "a list of share of the price and at, the share of the work that is done then, each from 0 to 1",
}


def figures(quote: Quote, scenario: Scenario) -> dict[str, float | Range]:
    """Parameter -> the value that the quote gives it, in the project's currency; which they are depends on the quote alone."""
    said: dict[str, float | Range | None] = {
        "rate": _range(quote.rate),
        "fee": quote.fee,
        "annual_cost": quote.salary,
        # An hourly quote that says no more is for features as well.
        "run_rate": quote.run_rate if quote.run_rate is not None else _range(quote.rate),
        "lead_weeks": quote.lead_weeks,
        "support_included_months": quote.support_months,
    }
    overhead = _likely(scenario, quote.model, "price_overhead")
    if quote.price is not None and quote.hours is not None:
        said |= {"rate": quote.price / (quote.hours * (1 + overhead)), "price_overhead": overhead}
    if catalogue.models()[quote.model].pricing == "fee":
        said |= {"fee_covers_hours": quote.hours, "weeks_per_engagement": quote.weeks}
    elif quote.weeks is not None and quote.hours is not None:
        people = _people(quote.model, scenario.work.specialists, scenario.work.hires)
        said["hours_per_week"] = quote.hours * (1 + overhead) / (quote.weeks * people)
    said |= dict.fromkeys(quote.includes, 0.0)
    return {name: value for name, value in said.items() if value is not None}


def _people(model: str, specialists: int, hires: int) -> int:
    """Who works side by side on a core of the model."""
    return {"specialists": specialists, "hires": hires}.get(catalogue.models()[model].scales, 1)


def quote_id(vendor: str) -> str:
    """The id of a vendor's quote and of its path, the same wherever it stands in the list."""
    plain = re.sub("[^a-z0-9]+", "_", vendor.lower()).strip("_")
    whole = OF_QUOTES + (plain or hashlib.sha256(vendor.encode()).hexdigest()[:8])
    return CHARACTER.sub("_x_", f"{whole}_")[:-1]


def field_of_quote(name: str) -> tuple[str, ...] | None:
    """What a dotted name means: vendor, field and, of a rate, its end; None if it is no field of a quote.

    A vendor's name may have dots, so the last part is the field.

    >>> field_of_quote("quotes.Acme Inc. Ltd.rate.low")
    ('Acme Inc. Ltd', 'rate', 'low')
    """
    section, *parts = name.split(".")
    count = 2 if len(parts) > 2 and parts[-1].lower() in ENDS and parts[-2].lower() == "rate" else 1
    vendor = ".".join(parts[:-count])
    return (vendor, *parts[-count:]) if section.lower() == KEY and vendor else None


def price_of(quote: Quote) -> tuple[str, float]:
    """The field by which the quote is priced, and its likely amount. Raises ValueError for a quote without a price."""
    for name in ("rate", "price", "fee", "salary"):
        value = getattr(quote, name)
        if value is not None:
            return name, float(value[1] if isinstance(value, tuple) else value)
    raise ValueError(f"the quote of {quote.vendor} has no price")


def _range(value: Any) -> float | Range | None:
    return Range(low=value[0], likely=value[1], high=value[2]) if isinstance(value, tuple) else value


def _likely(scenario: Scenario, model: str, name: str) -> float:
    """A figure of the model that has no currency, as it is in force."""
    own = scenario.overrides.get(model, {}).get(name, catalogue.parameters()[model][name].range.likely)
    return own.likely if isinstance(own, Range) else float(own)


def quote_faults(data: Mapping[str, Any], exchange: Exchange | None) -> list[Fault]:
    """Every fault of the quotes in the data of a scenario."""
    given = data.get(KEY)
    if given is None:
        return []
    if not isinstance(given, Sequence) or isinstance(given, str):
        return [Fault(KEY, shown(given), "a list of quotes", "[[quotes]]")]
    faults = [] if len(given) <= MOST_QUOTES else [Fault(KEY, f"{len(given)} quotes", f"at most {MOST_QUOTES}")]
    vendors: list[str] = []
    for number, one in enumerate(given, 1):
        field = f"{KEY}[{number}]"
        if not isinstance(one, Mapping):
            faults.append(Fault(field, shown(one), "a quote with its fields", "[[quotes]]"))
            continue
        own = form_faults(field, one)
        if not own:
            quote = Quote.model_validate(dict(one))
            own = _meaning_faults(field, quote, exchange) or _pace_faults(field, quote, data.get("work"))
            own += terms_faults(field, quote)
            if quote_id(quote.vendor) in vendors:
                own.append(
                    problem(f"{field}.vendor", f"{shown(quote.vendor)} is there twice", "one quote for a vendor")
                )
            vendors.append(quote_id(quote.vendor))
        faults += own
    return faults


def form_faults(field: str, given: Mapping[str, Any]) -> list[Fault]:
    try:
        Quote.model_validate(dict(given))
    except ValidationError as error:
        places = dict.fromkeys(_place(wrong["loc"]) for wrong in error.errors(include_url=False, include_context=False))
        return [_fault(field, name, given.get(name), *within) for name, *within in places]
    return []


def _place(loc: tuple[int | str, ...]) -> tuple[Any, ...]:
    """The field of a quote that an error is about; of a milestone, its index and the field in it too."""
    return loc[:3] if loc[0] == "milestones" and len(loc) > 2 else loc[:1]


def _fault(field: str, name: str, value: Any, *within: Any) -> Fault:
    """A fault of a field; within: the index of a milestone and the field in it."""
    if within:
        index, part = within
        return _fault_of_milestone(f"{field}.{name}[{index + 1}].{part}", part, value[index].get(part))
    if name not in Quote.model_fields:
        return problem(f"{field}.{name}", "unknown field", f"known: {', '.join(Quote.model_fields)}")
    if name == "model":
        return Fault(f"{field}.model", shown(value), "one of " + ", ".join(catalogue.models()), '"fixed_price_shop"')
    limits = [limit.said() for limit in Quote.model_fields[name].metadata if hasattr(limit, "said")]
    said = WORDS.get(name, limits[0] if limits else "another value")
    return Fault(
        f"{field}.{name}", shown(value), said + (", or [low, likely, high]" if name == "rate" else ""), EXAMPLES[name]
    )


def _fault_of_milestone(field: str, part: str, value: Any) -> Fault:
    if part not in Milestone.model_fields:
        return problem(field, "unknown field", f"known: {', '.join(Milestone.model_fields)}")
    [limit] = [limit for limit in Milestone.model_fields[part].metadata if hasattr(limit, "said")]
    return Fault(field, shown(value), limit.said(), EXAMPLES_OF_MILESTONE[part])


def _meaning_faults(field: str, quote: Quote, exchange: Exchange | None) -> list[Fault]:
    """What does not go together: the model and its price, hours and what needs them, amounts past their bounds."""
    if quote.vendor[0] in "=+-@":
        # It names paths and rows on many sheets, and no reader of any of them shall take it for a formula.
        return [
            Fault(
                f"{field}.vendor",
                shown(quote.vendor),
                "a name that does not begin with =, +, - or @",
                EXAMPLES["vendor"],
            )
        ]
    if quote.model not in catalogue.models():
        return [_fault(field, "model", quote.model)]
    model = catalogue.models()[quote.model]
    suits, given = (
        PRICES[model.pricing],
        [name for name in sum(PRICES.values(), ()) if getattr(quote, name) is not None],
    )
    if len(given) != 1 or given[0] not in suits:
        found = " and ".join(given) or "no price"
        allowed = f"one price, as {quote.model} is paid: {' or '.join(suits)}"
        return [Fault(field, found, allowed, f"{suits[0]} = {EXAMPLES[suits[0]]}")]
    faults = []
    needs_hours = quote.price is not None or (quote.weeks is not None and model.pricing != "fee")
    if needs_hours and quote.hours is None:
        faults.append(problem(f"{field}.hours", "is missing: how many hours does the price cover, or are done in these weeks?",
                              "for example hours = 400"))  # fmt: skip
    for name, parameter in (("rate", "rate"), ("fee", "fee"), ("salary", "annual_cost"), ("run_rate", "run_rate")):
        value, limit = getattr(quote, name), bounds(quote.model, parameter)
        ends = value if isinstance(value, tuple) else (value,)
        if value is not None and (limit is None or not all(limit.holds(end, exchange) for end in ends)):
            allowed = "nothing: the model has no such price" if limit is None else limit.said(exchange)
            faults.append(Fault(f"{field}.{name}", shown(value), allowed, EXAMPLES[name]))
    return faults


def _pace_faults(field: str, quote: Quote, work: Any) -> list[Fault]:
    """Hours that nobody can work in the weeks."""
    if quote.hours is None or quote.weeks is None or catalogue.models()[quote.model].pricing == "fee":
        return []
    said = work if isinstance(work, Mapping) else {}
    counts = [said.get(name, Work.model_fields[name].default) for name in ("specialists", "hires")]
    if not all(isinstance(count, int) and count > 0 for count in counts):
        return []
    pace, limit = quote.hours / (quote.weeks * _people(quote.model, *counts)), bounds(quote.model, "hours_per_week")
    if limit is None or limit.holds(pace):
        return []
    says = f"{figure(quote.hours)} hours in {figure(quote.weeks)} weeks are {figure(round(pace, 1))} hours a week each"
    return [problem(f"{field}.weeks", says, f"allowed: {limit.said()} a week")]
