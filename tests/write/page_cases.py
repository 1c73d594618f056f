"""Workbooks whose printed pages are looked at: of a systemic problem, with long names, without answers, over budget."""

from functools import cache

import numpy as np

from calc.scenario import scenario
from tests.write.printed_pages import reach
from workbook.write.build import book

RUNS = 200
SYSTEMIC = {
    "project": {"name": "Checkout rescue", "start": "2026-12-01"},
    "work": {"core_hours": [300, 400, 700]},
    "money": {"revenue_loss_per_month": 8000},
    "answers": {"shifting": "yes", "bounded": "no", "leadership": "no", "ai_generated": "yes"},
}
LONG = {
    "project": {
        "name": "Überarbeitung der Kassenabwicklung und Lagerverwaltung für sämtliche Filialen",
        "owner": "Maximiliane Freifrau von Hohenlohe", "start": "2027-02-01", "currency": "EUR", "usd_rate": 0.92,
        "horizon_months": 36,
    },
    "work": {"core_hours": [1200, 2400, 4800]},
    "money": {"revenue_loss_per_month": 80000},
    "answers": {"shifting": "yes", "bounded": "no", "ai_core": "yes", "lifecycle": "yes"},
    "paths": {
        "own": {
            "label": "An own path with a long name: freelancers, then the firm",
            "phases": [
                {"work": "audit", "model": "production_firm", "weeks": 1},
                {"work": "core", "model": "freelancer", "share": 0.4},
                {"work": "core", "model": "production_firm", "share": 0.6},
                {"work": "run", "model": "freelancer_team"},
            ],
        }
    },
}  # fmt: skip
BLANK = {"project": {"name": "Blank", "start": "2026-12-01"}, "work": {"core_hours": 400}}
OVER_BUDGET = SYSTEMIC | {"money": {"budget": 5000, "revenue_loss_per_month": 8000}}
CASES = {"systemic": SYSTEMIC, "long names": LONG, "blank": BLANK, "over budget": OVER_BUDGET}


@cache
def finished(case):
    made = book([scenario(CASES[case])], RUNS)
    made.finish()
    return made


@cache
def changed():
    """A workbook whose inputs have changed since it was made."""
    now = SYSTEMIC | {"work": {"core_hours": [300, 500, 700]}}
    made = book([scenario(now)], RUNS, originals=[scenario(SYSTEMIC)])
    made.finish()
    return made


def value(made, name):
    sheet, row, column = made.names[name]
    return one(made.sheets[sheet].cells[row, column].value)


def texts(made, name):
    """The texts of the printed part of a sheet."""
    sheet = made.sheets[name]
    last_row, last_column = reach(sheet)
    found = [
        one(cell.value) for (row, column), cell in sheet.cells.items() if row <= last_row and column <= last_column
    ]
    return [text for text in found if isinstance(text, str)]


def one(value):
    return np.atleast_1d(value)[0]
