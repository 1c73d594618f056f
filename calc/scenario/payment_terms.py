"""When a vendor is paid: what is invoiced at the start of the work, on the way and month by month, and the days to pay."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from calc.scenario.faults import Fault, problem
from calc.scenario.schema import Quote

MOST_MILESTONES = 3
EXAMPLE = "deposit = 0.3 and milestones = [{ share = 0.7, at = 1 }]"
# Shares are typed with a few digits: a third is 0.333.
CLOSE = 0.002


class Terms(NamedTuple):
    """deposit, monthly: shares of what the work costs, invoiced when it begins, and at the end of each of its months;
    milestones: (share of the cost, share of the work that is done then), in the order of the work; net_days: from an
    invoice to its payment. The shares add up to 1."""

    deposit: float
    milestones: tuple[tuple[float, float], ...]
    monthly: float
    net_days: float


def terms_of(quote: Quote) -> Terms | None:
    """The terms of a quote; None where it has none, and is paid as the work goes on.

    Who names nothing but days to pay invoices month by month.
    """
    said = quote.deposit is not None or bool(quote.milestones) or quote.monthly is not None
    if not said and quote.net_days is None:
        return None
    whole = (
        (quote.deposit or 0.0) + sum(one.share for one in quote.milestones) + (quote.monthly or 0.0) if said else 1.0
    )
    milestones = tuple((one.share / whole, one.at) for one in sorted(quote.milestones, key=lambda one: one.at))
    monthly = (quote.monthly or 0.0) / whole if said else 1.0
    return Terms((quote.deposit or 0.0) / whole, milestones, monthly, float(quote.net_days or 0))


def terms_faults(field: str, quote: Quote) -> Iterator[Fault]:
    """What is wrong with the terms of a quote whose fields are each as they may be."""
    if len(quote.milestones) > MOST_MILESTONES:
        yield Fault(f"{field}.milestones", f"{len(quote.milestones)} milestones", f"at most {MOST_MILESTONES}")
    shares = [quote.deposit, *(one.share for one in quote.milestones), quote.monthly]
    given = [share for share in shares if share is not None]
    if given and abs(math.fsum(given) - 1) > CLOSE:
        says = f"deposit, milestones and monthly add up to {math.fsum(given):g} instead of 1"
        yield problem(
            f"{field}.{_first_said(quote)}", says, f"all of the price is invoiced once, for example {EXAMPLE}"
        )


def _first_said(quote: Quote) -> str:
    return next(name for name in ("deposit", "milestones", "monthly") if getattr(quote, name) not in (None, []))
