"""When a quote is paid: what its vendor invoices, as payments at moments in time, from the text of docs/model.md, "Quotes"."""

import math

DAYS_PER_MONTH = 7 * 52 / 12


def shares_of(terms):
    """(deposit, [(share, at), ...], monthly) of the terms as given, made to add up to 1; None where they say nothing."""
    deposit, monthly = terms.get("deposit", 0), terms.get("monthly", 0)
    milestones = [(one["share"], one["at"]) for one in terms.get("milestones", [])]
    if not any(name in terms for name in ("deposit", "milestones", "monthly")):
        return (0, [], 1) if "net_days" in terms else None
    whole = deposit + monthly + sum(share for share, _ in milestones)
    return deposit / whole, [(share / whole, at) for share, at in milestones], monthly / whole


def invoices_of(terms, start, end):
    """[(moment of payment in months, share of the phase's work)] in the order in which they are paid."""
    deposit, milestones, monthly = shares_of(terms)
    work = end - start
    dated = [(start, deposit)] + [(start + at * work, share) for share, at in milestones]
    over = 1
    while over < round(work, 9):
        dated.append((start + over, monthly / work))
        over += 1
    dated.append((end, monthly * (work - (over - 1)) / work))
    late = terms.get("net_days", 0) / DAYS_PER_MONTH
    return sorted((moment + late, share) for moment, share in dated)


def paid_by_month(terms, start, end, horizon):
    """[share paid in month 1, 2, ...]: no more than is done within the horizon, and whatever is left in its last month."""
    left = min(1, max(0, (horizon - start) / (end - start)))
    months = [0.0] * horizon
    for moment, share in invoices_of(terms, start, end):
        paid = min(left, share)
        # Paid at the moment n is paid in the month that begins then.
        month = math.floor(round(moment, 9))
        months[min(month, horizon - 1)] += paid
        left -= paid
    months[horizon - 1] += left
    return months
