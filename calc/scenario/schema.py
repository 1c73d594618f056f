"""The scenario: what a user says of one project. Names, ranges and defaults are those of docs/model.md, "Scenario"."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from calc.scenario.kinds import Currency, Date, estimate, number, text, whole

LARGEST_AMOUNT = 1e12
# The longest horizon, and so the months that every time axis has.
MOST_MONTHS = 60
Answer = Literal["yes", "no", "unknown"]
Estimate = float | tuple[float, float, float]


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def described(default: Any, label: str, unit: str, allowed: str, example: str, about: str = "") -> Any:
    """A field with what a person needs to know of it: label, unit, what is allowed, an example, and what it is about."""
    extra = {"unit": unit, "allowed": allowed, "example": example}
    return Field(default, title=label, description=about, json_schema_extra=extra)


# fmt: off
class Project(Section):
    name: text(1, 80) = described(
        ..., "Project", "text", "text of 1 to 80 characters, without tabs or control characters", "Checkout rescue",
        "Name of the project, as it stands on the summary.",
    )
    owner: text(0, 80) = described(
        "", "Owner", "text", "text of up to 80 characters, without tabs or control characters", "Head of Product",
        "Who answers for the estimate; may be empty.",
    )
    currency: Currency = described(
        "USD", "Currency", "ISO 4217", "an ISO 4217 code of three capital letters", "EUR",
        "Currency of every amount in this workbook.",
    )
    usd_rate: number(0, 1e6, above=True) = described(
        1.0, "Exchange rate", "currency per USD", "a number above 0, up to 1,000,000", "0.92",
        "Units of the currency per US dollar: published figures are in US dollars and are multiplied by it.",
    )
    start: Date = described(
        ..., "Start", "date", "a date from 2000-01-01 to 2100-12-31", "2026-12-01", "First day of the project."
    )
    horizon_months: whole(3, MOST_MONTHS) = described(
        12, "Horizon", "months", f"a whole number from 3 to {MOST_MONTHS}", "12", "How far costs are counted."
    )
    discount_rate: number(0, 1) = described(
        0.08, "Discount rate", "share a year", "a number from 0 to 1 (0.08 is 8%)", "0.08",
        "Yearly rate at which later costs weigh less.",
    )  # fmt: skip


class Work(Section):
    core_hours: estimate(1, 100_000) = described(
        400.0, "Core job", "h", "a number from 1 to 100,000, or [low, likely, high]", "400",
        "Estimate of the core job, remediation or build, as specified today.",
    )
    feature_hours_per_month: estimate(0, 10_000) = described(
        40.0, "Feature work", "h/month", "a number from 0 to 10,000, or [low, likely, high]", "40",
        "Feature work a month once the core is done.",
    )
    specialists: whole(1, 50) = described(
        2, "Specialists", "people", "a whole number from 1 to 50", "2", "People whose skills the core needs side by side."
    )
    hires: whole(1, 50) = described(
        1, "Hires", "people", "a whole number from 1 to 50", "1", "Full-time people on the path that hires."
    )


class Money(Section):
    leader_rate: number(0, 2000) = described(
        130.0, "Leader's time", "currency/h", "a number from 0 to 2,000", "130",
        "What an hour of the founder, CTO or lead is worth.",
    )
    revenue_loss_per_month: estimate(0, LARGEST_AMOUNT) = described(
        0.0, "Revenue lost", "currency/month", "0 or more, or [low, likely, high]", "8000",
        "Revenue lost a month while the product is unstable.",
    )
    incidents_per_month: estimate(0, 1e6) = described(
        0.0, "Incidents", "incidents/month", "0 or more, or [low, likely, high]", "3",
        "Incidents a month while the product is unstable.",
    )
    incident_cost: estimate(0, LARGEST_AMOUNT) = described(
        0.0, "Cost of an incident", "currency", "0 or more, or [low, likely, high]", "500", "What one incident costs."
    )
    budget: number(0, LARGEST_AMOUNT) | None = described(
        None, "Budget for the core", "currency", "empty, or 0 or more", "30000", "What the core may cost; empty for no limit."
    )
# fmt: on


class Range(Section):
    low: number(0)
    likely: number(0)
    high: number(0)


class PathPhase(Section):
    work: Literal["audit", "core", "run", "retainer"]
    model: str
    share: number(0.001, 1) | None = None
    weeks: number(0.1, 52) | None = None


class UserPath(Section):
    label: text(1, 60)
    phases: list[PathPhase]


class Scenario(Section):
    """One project. `calc.scenario.scenario` reads it from plain data and names every fault at once."""

    project: Project
    work: Work = Work()
    money: Money = Money()
    answers: dict[str, Answer] = {}
    overrides: dict[str, dict[str, number(0) | Range]] = {}
    weights: dict[str, number(0, 5)] = {}
    paths: dict[str, UserPath] = {}


SECTIONS: dict[str, type[Section]] = {"project": Project, "work": Work, "money": Money}
# The inputs that may be a range, in the order of the `estimate` dimension.
ESTIMATES = {
    "core_hours": "work",
    "feature_hours_per_month": "work",
    "revenue_loss_per_month": "money",
    "incidents_per_month": "money",
    "incident_cost": "money",
}


def field_of(dotted: str) -> Any:
    """The pydantic field of `section.name`, or None."""
    section, _, name = dotted.partition(".")
    return SECTIONS[section].model_fields.get(name) if section in SECTIONS else None
