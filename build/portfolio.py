"""Writes a portfolio of made-up projects: python build/portfolio.py [--rows N] [--seed N] [-o FILE.csv]

Without options it writes build/portfolio.csv again, byte for byte: 240 projects of a company with many products. They
are variations on four kinds, those of build/examples: an app that AI built and that keeps failing, an AI feature, a
product built from scratch, a bug with clear bounds. Each row draws its kind, its size (log-normal around the kind's),
whether the estimate is a number or a range, its answers (those of the kind, each left open or turned round now and
then), its currency at a fixed rate, and sometimes a budget, a rate of its own, or a weight. All figures are rounded as
people round. The same seed gives the same rows, and more rows begin with the same ones.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from calc import catalogue

FILE = Path(__file__).with_name("portfolio.csv")
ROWS, SEED = 240, 2026
FIRST_START = date(2026, 12, 1)
# Rates of no particular day: units of the currency per US dollar.
CURRENCIES = {"USD": 1.0, "EUR": 0.92, "GBP": 0.79, "CHF": 0.88, "SEK": 10.4, "PLN": 3.95}
PRODUCTS = ("Checkout", "Search", "Billing", "Onboarding", "Fraud watch", "Claims", "Dispatch", "Loyalty", "Inventory",
            "Forecast", "Chat desk", "Reporting", "Scheduling", "Payroll", "Telemetry", "Catalogue")  # fmt: skip
OWNERS = (
    "",
    "Head of Product",
    "CTO",
    "Operations",
    "Finance",
    "Anna Kovalenko",
    "Łukasz Żak",
    "Zoë Müller-Lüdenscheidt",
)
COLUMNS = (
    "id", "project.name", "project.owner", "project.currency", "project.usd_rate", "project.start",
    "project.horizon_months", "work.core_hours", "work.core_hours.low", "work.core_hours.high",
    "work.feature_hours_per_month", "work.specialists", "work.hires", "money.leader_rate",
    "money.revenue_loss_per_month", "money.incidents_per_month", "money.incident_cost", "money.budget",
    "overrides.freelancer.rate.low", "overrides.freelancer.rate.likely", "overrides.freelancer.rate.high",
    "weights.prodfirm", *(f"answers.{question}" for question in catalogue.questions()),
)  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """What projects of a kind have in common. hours: the middle; yes, no: the answers of the kind, else open."""

    title: str
    hours: float
    horizon: tuple[int, ...]
    features: tuple[int, ...]
    specialists: tuple[int, ...]
    loss: tuple[int, ...]
    yes: str
    no: str


KINDS = (
    Kind("repair of the AI-built app", 275, (9, 12, 18), (20, 40, 60), (2, 3, 4), (0, 2000, 5000, 10000),
         "architecture unknown_cause shifting ai_generated losing deadline on_fire",
         "bounded isolated specialist stable leadership can_wait from_scratch one_off experiment"),
    Kind("AI feature", 420, (12, 18), (20, 40, 80), (2, 3), (0,),
         "vision scope_evolves parallel conversations failure_modes iterate architecture ai_core",
         "bounded contained verifiable leadership one_off experiment data_work ai_generated unknown_cause on_fire"),
    Kind("new product", 2400, (18, 24, 36), (60, 120, 160), (3, 4, 5), (0,),
         "from_scratch regulated ai_core long architecture parallel lifecycle scale ip",
         "bounded isolated one_off experiment quick data_work ai_generated unknown_cause shifting on_fire"),
    Kind("bounded fix", 12, (3, 6), (0, 0, 10), (1,), (0, 0, 500),
         "bounded isolated verifiable contained leadership stable",
         "architecture conversations scope_evolves vision long unknown_cause shifting losing on_fire regulated "
         "parallel"),
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("-o", "--output", type=Path, default=FILE)
    options = parser.parse_args()
    with options.output.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(project(number, options.seed) for number in range(1, options.rows + 1))
    print(f"wrote {options.rows:,} rows to {options.output}", file=sys.stderr)


def project(number: int, seed: int) -> dict[str, object]:
    """The row of that number, by column."""
    draw = random.Random(f"{seed} {number}")
    kind = draw.choices(KINDS, (4, 3, 2, 3))[0]
    product = draw.choice(PRODUCTS)
    currency = draw.choices(list(CURRENCIES), (8, 5, 2, 1, 1, 1))[0]
    rate = CURRENCIES[currency]
    hours = _round(kind.hours * draw.lognormvariate(0, 0.45))
    row: dict[str, object] = {
        "id": f"{product}-{number:05}".lower().replace(" ", "-"),
        "project.name": f"{product}: {kind.title}",
        "project.owner": draw.choice(OWNERS),
        "project.currency": currency,
        "project.usd_rate": rate,
        "project.start": (FIRST_START + timedelta(weeks=draw.randrange(52))).isoformat(),
        "project.horizon_months": draw.choice(kind.horizon),
        "work.core_hours": hours,
        "work.feature_hours_per_month": draw.choice(kind.features),
        "work.specialists": draw.choice(kind.specialists),
        "work.hires": draw.choice((1, 1, 2)),
        "money.leader_rate": _round(draw.choice((100, 130, 160)) * rate),
        "money.revenue_loss_per_month": _round(draw.choice(kind.loss) * rate),
        "money.incidents_per_month": draw.choice((0, 0, 1, 2, 4)),
        "money.incident_cost": _round(draw.choice((0, 250, 500)) * rate),
    }
    if draw.random() < 0.6:
        row |= {
            "work.core_hours.low": _round(hours * 0.75),
            "work.core_hours.high": _round(hours * draw.choice((1.3, 1.5, 2))),
        }
    if draw.random() < 0.25:
        row["money.budget"] = _round(hours * 110 * rate * draw.choice((0.8, 1, 1.5)))
    if draw.random() < 0.3:
        likely = draw.choice((70, 85, 110)) * rate
        ends = zip(("low", "likely", "high"), (0.75, 1, 1.5), strict=True)
        row |= {f"overrides.freelancer.rate.{end}": _round(likely * share) for end, share in ends}
    if draw.random() < 0.1:
        row["weights.prodfirm"] = draw.choice((0, 0.5, 2))
    return row | {f"answers.{question}": _answer(draw, kind, question) for question in catalogue.questions()}


def _answer(draw: random.Random, kind: Kind, question: str) -> str:
    """The kind's answer, left open once in seven times, turned round once in twenty; others are mostly open."""
    told = "yes" if question in kind.yes.split() else "no" if question in kind.no.split() else ""
    chance = draw.random()
    if not told:
        return "" if chance < 0.7 else draw.choice(("yes", "no", "unknown"))
    if chance < 1 / 7:
        return ""
    return {"yes": "no", "no": "yes"}[told] if chance > 0.95 else told


def _round(value: float) -> int:
    """To two leading digits, as people estimate."""
    if value < 100:
        return round(value)
    step = 10 ** (len(str(int(value))) - 2)
    return round(value / step) * step


if __name__ == "__main__":
    main()
