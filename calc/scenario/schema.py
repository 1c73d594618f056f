"""The scenario: a user's description of one project. Names, ranges and defaults are those of docs/model.md, "Scenario".

A field is one declaration: its limit in the annotation, and `described` for the texts that people read. Everything else follows.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from calc.scenario.input_field import InputField, input_field
from calc.scenario.limits import Between, Choice, CurrencyCode, Days, Length

LARGEST_AMOUNT, LONGEST_LABEL = 1e12, 60
# The longest horizon, and so the months that every time axis has.
MOST_MONTHS = 60
# Where people work, by the words of the field and as numbers: opposite places have opposite signs.
PLACES = {"published": 0.0, "us": 1.0, "eastern_europe": -1.0}
# Which end of every range counts.
CASES = ("best", "likely", "worst")
Answer = Literal["yes", "no", "unknown"]
ANSWERS: tuple[str, ...] = get_args(Answer)
# As numbers, opposite answers have opposite signs, as opposite places have.
ANSWER_CODES = {"yes": 1.0, "no": -1.0, "unknown": 0.0}
Estimate = float | tuple[float, float, float]
# How much a source counts of which the scenario says nothing.
USUAL_WEIGHT = 1.0
WEIGHT, SHARE, AUDIT_WEEKS = Between(0, 5), Between(0.001, 1), Between(0.1, 52)
Amount = Between(0, LARGEST_AMOUNT, money=True)
DATES = Days(date(2000, 1, 1), date(2100, 12, 31))


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def described(default: Any, label: str, unit: str, example: str, about: str = "", **more: str) -> Any:
    """A field with what a person needs to know of it: label, unit, an example, and what it is about.

    more: `published` or `otherwise`, for a default that depends on the scenario, and `example_of`
    (calc/scenario/input_field.py).
    """
    extra: dict[str, Any] = {"unit": unit, "example": example} | more
    return Field(default, title=label, description=about, json_schema_extra=extra)


# fmt: off
class Project(Section):
    name: Annotated[str, Length(1, 80)] = described(
        ..., "Project", "text", "Checkout rescue", "Name of the project, as it stands on the summary."
    )
    owner: Annotated[str, Length(0, 80)] = described(
        "", "Owner", "text", "Head of Product", "Who answers for the estimate; may be empty."
    )
    currency: Annotated[str, CurrencyCode()] = described(
        "USD", "Currency", "ISO 4217", "EUR", "Currency of every amount in this workbook."
    )
    usd_rate: Annotated[float, Between(0, 1e6, above=True)] = described(
        1.0, "Exchange rate", "currency per US dollar", "0.92",
        "Units of the currency per US dollar: published figures are in US dollars and are multiplied by it.",
        otherwise="1 for USD; asked for in any other currency", example_of="EUR",
    )
    start: Annotated[date, DATES] = described(
        ..., "Start", "date", "2026-12-01", "First day of the project."
    )
    horizon_months: Annotated[int, Between(3, MOST_MONTHS)] = described(
        12, "Horizon", "months", "12", "How far costs are counted."
    )
    fiscal_month: Annotated[int, Between(1, 12)] = described(
        1, "Fiscal year starts in month", "month of the year", "1", "First month of the fiscal year, 1 for January."
    )
    discount_rate: Annotated[float, Between(0, 1)] = described(
        0.08, "Discount rate", "share a year", "0.08", "Yearly rate at which later costs weigh less."
    )


class Work(Section):
    core_hours: Annotated[Estimate, Between(1, 100_000)] = described(
        400.0, "Core job", "h", "400", "Estimate of the core job, remediation or build, as specified today."
    )
    feature_hours_per_month: Annotated[Estimate, Between(0, 10_000)] = described(
        40.0, "Feature work", "h/month", "40", "Feature work a month once the core is done."
    )
    specialists: Annotated[int, Between(1, 50)] = described(
        2, "Specialists", "people", "2", "People whose skills the core needs side by side."
    )
    hires: Annotated[int, Between(1, 50)] = described(
        1, "Hires", "people", "1", "Full-time people on the path that hires."
    )
    location: Annotated[str, Choice(tuple(PLACES))] = described(
        "published", "Place of work", "place", "us",
        "Where everybody works: their prices follow. Published: each model where its source has it.",
    )
    reviews_per_year: Annotated[int, Between(0, 12)] = described(
        4, "Reviews of a retainer", "reviews/year", "4", "Reviews a year; 0 where they come at milestones of scale only."
    )
    systemic_chance: Annotated[float, Between(0, 1)] = described(
        0.5, "Chance of a systemic problem", "share", "0.5",
        "How likely it is that the cause lies in the system, while nobody knows; it weighs what finding out is worth.",
    )


class Money(Section):
    leader_rate: Annotated[float | None, Between(0, 2_000, money=True)] = described(
        None, "Leader's time", "currency/h", "130", "What an hour of the founder, CTO or lead is worth.",
        published="usual_leader_rate",
    )
    revenue_loss_per_month: Annotated[Estimate, Amount] = described(
        0.0, "Revenue lost", "currency/month", "8000", "Revenue lost a month while the product is unstable."
    )
    incidents_per_month: Annotated[Estimate, Between(0, 1e6)] = described(
        0.0, "Incidents", "incidents/month", "3", "Incidents a month while the product is unstable."
    )
    incident_cost: Annotated[Estimate, Amount] = described(
        0.0, "Cost of an incident", "currency", "500", "What one incident costs."
    )
    budget: Annotated[float | None, Amount] = described(
        None, "Budget for the job", "currency", "30000", "What may be invoiced for the job; empty for no limit."
    )
# fmt: on


class Range(Section):
    """The ends of an override, whose bounds are those of its parameter (bounds.py)."""

    low: float
    likely: float
    high: float


ENDS = tuple(Range.model_fields)


class PathPhase(Section):
    work: Literal["audit", "core", "run", "retainer"]
    model: str
    share: Annotated[float | None, SHARE] = None
    weeks: Annotated[float | None, AUDIT_WEEKS] = None
    # The vendor of a quote who does it, on the terms of the quote.
    quote: str | None = None


class UserPath(Section):
    label: Annotated[str, Length(1, LONGEST_LABEL)]
    phases: list[PathPhase]


class Milestone(Section):
    """An invoice on the way: its share of the price, and the share of the work that is done then."""

    share: Annotated[float, SHARE]
    at: Annotated[float, Between(0, 1)]


class Quote(Section):
    """An offer on the table. What it does not say is taken from the model that it comes closest to (quotes.py)."""

    vendor: Annotated[str, Length(1, 30)]
    model: str
    # How it is priced: an hour, the whole of `hours`, an engagement, or a year.
    rate: Annotated[Estimate | None, Amount] = None
    price: Annotated[float | None, Amount] = None
    fee: Annotated[float | None, Amount] = None
    salary: Annotated[float | None, Amount] = None
    run_rate: Annotated[float | None, Amount] = None
    hours: Annotated[float | None, Between(1, 100_000)] = None
    weeks: Annotated[float | None, Between(0.1, 520)] = None
    lead_weeks: Annotated[float | None, Between(0, 520)] = None
    support_months: Annotated[float | None, Between(0, MOST_MONTHS)] = None
    includes: list[Literal["hidden_scope", "rework", "review"]] = []
    valid_until: Annotated[date | None, DATES] = None
    # When it is paid (payment_terms.py): shares of the price, and the days from an invoice to its payment.
    deposit: Annotated[float | None, Between(0, 1)] = None
    milestones: list[Milestone] = []
    monthly: Annotated[float | None, Between(0, 1)] = None
    net_days: Annotated[float | None, Between(0, 365)] = None
    # Where it was read from: the file's name and the SHA-256 of its bytes.
    file: Annotated[str, Length(0, 120)] = ""
    sha256: Annotated[str, Length(0, 64)] = ""


Months = tuple[float | None, ...]


class Actuals(Section):
    """What really happened by month, from the first (actuals.py): paid by line, the leader's hours, and what came of it."""

    path: str | None = None
    labour: Months = ()
    hidden_scope: Months = ()
    rework: Months = ()
    onboarding: Months = ()
    review: Months = ()
    replacement: Months = ()
    rewrite: Months = ()
    hiring: Months = ()
    run: Months = ()
    retainer: Months = ()
    support: Months = ()
    leader_hours: Months = ()
    losses: Months = ()
    core_done: Months = ()
    feature_hours: Months = ()
    incidents: Months = ()


class Scenario(Section):
    """One project. `calc.scenario.scenario` reads it from plain data and names every fault at once."""

    project: Project
    work: Work = Work()
    money: Money = Money()
    answers: dict[str, Answer] = {}
    overrides: dict[str, dict[str, float | Range]] = {}
    weights: dict[str, Annotated[float, WEIGHT]] = {}
    paths: dict[str, UserPath] = {}
    quotes: list[Quote] = []
    # What the figures are based on, by section or model and name (calc/scenario/basis.py).
    basis: dict[str, dict[str, str]] = {}
    actuals: Actuals = Actuals()


SECTIONS: dict[str, type[Section]] = {"project": Project, "work": Work, "money": Money}
FIELDS: dict[str, InputField] = {
    f"{section}.{name}": input_field(section, name, info)
    for section, schema in SECTIONS.items()
    for name, info in schema.model_fields.items()
}
# Name -> section. The inputs that may be a range, in the order of the `estimate` dimension; the other numbers.
ESTIMATES = {field.name: field.section for field in FIELDS.values() if field.is_estimate}
SCALARS = {field.name: field.section for field in FIELDS.values() if field.is_number and not field.is_estimate}
