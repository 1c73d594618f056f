"""Columns of the dimension `billed`: the audit and core phases by quotes with payment terms, and those terms."""

from calc.structure.given import given, relation
from calc.structure.rows import BilledRow


def _milestone(billed: BilledRow, at: int) -> tuple[float, float]:
    """(share of the cost, share of the work that is done then) of a milestone, counted from 0; nothing where there is none."""
    milestones = billed.terms.milestones
    return milestones[at] if at < len(milestones) else (0.0, 0.0)


@given("billed", unit="number", label="Phase row", says="Row of the phase among the audit and core phases")
def billed_phase(billed):
    return billed.phase


@given("billed", unit="number", label="Path no.", says="Number of the path that the phase belongs to")
def billed_path(billed, path_numbers):
    return path_numbers[billed.path]


@given("billed", unit="share", label="Deposit", says="Share of the paid work that is invoiced when the phase starts")
def deposit_share(billed):
    return billed.terms.deposit


@given("billed", unit="share", label="First milestone", says="Share of the paid work invoiced at the first milestone")
def first_milestone(billed):
    return _milestone(billed, 0)[0]


@given("billed", unit="share", label="Done at the first", says="Share of the work that is done at the first milestone")
def first_milestone_at(billed):
    return _milestone(billed, 0)[1]


@given("billed", unit="share", label="Second milestone", says="Share of the paid work invoiced at the second milestone")
def second_milestone(billed):
    return _milestone(billed, 1)[0]


@given(
    "billed", unit="share", label="Done at the second", says="Share of the work that is done at the second milestone"
)
def second_milestone_at(billed):
    return _milestone(billed, 1)[1]


@given("billed", unit="share", label="Third milestone", says="Share of the paid work invoiced at the third milestone")
def third_milestone(billed):
    return _milestone(billed, 2)[0]


@given("billed", unit="share", label="Done at the third", says="Share of the work that is done at the third milestone")
def third_milestone_at(billed):
    return _milestone(billed, 2)[1]


@given("billed", unit="share", label="Monthly", says="Share of the paid work invoiced at the end of each month of it")
def monthly_share(billed):
    return billed.terms.monthly


@given("billed", unit="days", label="Days to pay", says="Days from an invoice to its payment")
def days_to_pay(billed):
    return billed.terms.net_days


relation("billed", "billed", "phase", by="billed_phase", label="", says="of the invoiced phase")
