"""Quotes against the second program, to which a quote is a model of its own with these figures."""

import random

import pytest

from calc.results import results
from calc.scenario import scenario
from tests.definition import model
from tests.definition.comparison import FIT, close
from tests.definition.given import as_range, field
from tests.definition.invoices import shares_of
from tests.definition.parameters import parameters_in_case
from tests.definition.scenarios import number, random_scenario, three
from tests.definition.table import FACTS

MONEY = ("total", "npv", "same_scope", "invoiced", "paid", "own_time", "losses", "weeks_to_stable")
PRICE_OF = {"fee": "fee", "salary": "salary"}


def random_quotes(rng, rate_of_currency):
    """A quote of some models, each priced as its model is; what else it says is chance."""
    quotes = []
    for at, kind in enumerate(rng.sample(sorted(FACTS["models"]), 4)):
        pricing = FACTS["models"][kind]["pricing"]
        by = PRICE_OF.get(pricing) or rng.choice(["rate", "price"])
        low, high = {"rate": (30, 250), "price": (5000, 90000), "fee": (6000, 60000), "salary": (6e4, 3e5)}[by]
        low, high = low * rate_of_currency, high * rate_of_currency
        quote = {"vendor": f"Vendor {at}", "model": kind, by: number(rng, low, high), "hours": number(rng, 300, 700)}
        if by == "rate" and rng.random() < 0.5:
            quote["rate"] = three(rng, low, high)
        if rng.random() < 0.6:
            quote["weeks"] = number(rng, 20, 40)
        if rng.random() < 0.5:
            quote["lead_weeks"] = number(rng, 0, 12)
        if rng.random() < 0.5:
            quote["support_months"] = number(rng, 0, 6)
        if pricing != "salary" and rng.random() < 0.3:
            quote["run_rate"] = number(rng, 30 * rate_of_currency, 250 * rate_of_currency)
        quote["includes"] = [part for part in ("hidden_scope", "rework", "review") if rng.random() < 0.4]
        quotes.append(quote | random_terms(rng))
    return quotes


def random_terms(rng):
    """Sometimes none, sometimes nothing but days to pay, else a deposit, milestones and a monthly part as it comes."""
    terms = {"net_days": rng.choice([0, 14, 30, 120])} if rng.random() < 0.6 else {}
    kinds = rng.sample(["deposit", "first", "second", "third", "monthly"], rng.choice([0, 1, 2, 3, 5]))
    if not kinds:
        return terms
    cuts = [0, *sorted(round(rng.random(), 2) for _ in kinds[1:]), 1]
    shares = {kind: round(to - start, 2) for kind, start, to in zip(kinds, cuts, cuts[1:], strict=False)}
    terms |= {kind: share for kind, share in shares.items() if kind in ("deposit", "monthly")}
    milestones = [
        {"share": share, "at": rng.choice([0.25, 0.5, 1, 0.37])}
        for kind, share in shares.items()
        if kind not in ("deposit", "monthly") and share > 0
    ]
    return terms | ({"milestones": milestones} if milestones else {})


def said_by(quote, likely, plain):
    """{parameter: number or range} of a quote, from the text of docs/model.md, "Quotes"."""
    kind, said = FACTS["models"][quote["model"]], {}
    overhead = likely[quote["model"]].get("price_overhead", 0)
    if "rate" in quote:
        said["rate"] = said["run_rate"] = quote["rate"]
    if "price" in quote:
        said["rate"] = quote["price"] / quote["hours"] / (1 + overhead)
        said["price_overhead"] = overhead
    for name, parameter in (("fee", "fee"), ("salary", "annual_cost"), ("run_rate", "run_rate"),
                            ("lead_weeks", "lead_weeks"), ("support_months", "support_included_months")):  # fmt: skip
        if name in quote:
            said[parameter] = quote[name]
    if kind["pricing"] == "fee":
        said["fee_covers_hours"] = quote["hours"]
        if "weeks" in quote:
            said["weeks_per_engagement"] = quote["weeks"]
    elif "weeks" in quote:
        people = 1
        if kind["scales"] in ("specialists", "hires"):
            people = field(plain, "work", kind["scales"])
        said["hours_per_week"] = quote["hours"] * (1 + overhead) / people / quote["weeks"]
    return said | dict.fromkeys(quote["includes"], 0)


def as_models(plain):
    """The scenario and the facts with each quote as a model of its own, and the path that it takes throughout."""
    likely = parameters_in_case(plain, FACTS, "likely")
    facts = {name: dict(part) for name, part in FACTS.items()}
    overrides = dict(plain.get("overrides") or {})
    for at, quote in enumerate(plain["quotes"]):
        key, kind = f"quote_vendor_{at}", quote["model"]
        terms = quote if shares_of(quote) else None
        facts["models"][key], facts["parameters"][key] = FACTS["models"][kind], FACTS["parameters"][kind]
        overrides[key] = (plain.get("overrides") or {}).get(kind, {}) | {
            name: dict(zip(("low", "likely", "high"), as_range(value), strict=True))
            for name, value in said_by(quote, likely, plain).items()
        }
        phases = [
            phase | ({"model": key, "terms": terms} if phase["work"] != "retainer" else {})
            for phase in FACTS["paths"][kind]["phases"]
        ]
        facts["paths"][key] = {"phases": phases}
    return plain | {"overrides": overrides}, facts


def cases(count):
    rng = random.Random(17)
    while count:
        plain = random_scenario(rng, wild=False)
        plain.pop("paths", None)  # four quotes take all the room that there is
        plain["quotes"] = random_quotes(rng, field(plain, "project", "usd_rate"))
        count -= 1
        yield plain


@pytest.mark.parametrize("plain", list(cases(8)), ids=lambda plain: plain["project"]["name"])
def test_a_quote_costs_what_a_model_with_its_figures_costs_and_fits_as_its_model_does(plain):
    [result] = results([scenario(plain)], flips=False, trials=50)
    widened, facts = as_models(plain)
    for case, shown in (("likely", "total"), ("best", "best"), ("worst", "worst")):
        costs = model.costs(widened, facts, case)
        for at, quote in enumerate(plain["quotes"]):
            ours, theirs = result["paths"][f"quote_vendor_{at}"], costs[f"quote_vendor_{at}"]
            assert close(ours[shown], theirs["total"]), (case, quote)
            if case == "likely":
                assert len(ours["months"]) == len(theirs["months"])
                for mine, amount in zip(ours["months"], theirs["months"], strict=True):
                    assert close(mine, amount, theirs["total"]), quote
            for name in MONEY if case == "likely" else ():
                assert close(ours[name], theirs[name], theirs["total"]), (name, quote)
            assert abs(ours["fit"] - result["paths"][quote["model"]]["fit"]) <= FIT
            assert ours["evidence"] == result["paths"][quote["model"]]["evidence"]
