"""Scenarios as people lay them out in sheets."""

import datetime
import random
from pathlib import Path

import pytest

from calc.scenario import from_text, normal_form

EXAMPLES = sorted((Path(__file__).parents[3] / "build" / "examples").glob("*.toml"))
SMALL = [["work.core_hours", 300.0], ["shifting", "yes"]]


def scenario_at(path):
    return from_text(path.read_text(encoding="utf-8"), path.name)


def listed(scenario):
    """A scenario as a user lays it out: fields and values with low and high beside them, in any order, blank rows between."""
    plain, rows = normal_form(scenario), []
    for section in ("project", "work", "money"):
        for name, value in plain[section].items():
            if name == "start":
                value = datetime.datetime.fromisoformat(value)
            low, likely, high = [value[0], value[1], value[2]] if isinstance(value, list) else [None, value, None]
            rows.append([f"{section}.{name}", likely, low, high])
    rows += [[f"answers.{question}", answer, None, None] for question, answer in plain["answers"].items()]
    rows += [[f"weights.{lens}", weight, None, None] for lens, weight in plain["weights"].items()]
    for model, found in plain["overrides"].items():
        for name, value in found.items():
            ends = value if isinstance(value, dict) else {"likely": value}
            rows.append([f"{model}.{name}", ends["likely"], ends.get("low"), ends.get("high")])
    rows = [[float(c) if isinstance(c, int) else None if c == "" else c for c in row] for row in rows]
    random.Random(3).shuffle(rows)
    return [["Field", "Value", "Low", "High"], *rows[:9], [None] * 4, *rows[9:], [None] * 4, [None] * 4]


def tabulated(scenarios):
    """Scenarios as a table, a column for every field that any of them has."""
    lists = [{(row[0], end): row[at] for row in listed(s)[1:] for at, end in ENDS if row[0]} for s in scenarios]
    columns = sorted({key for found in lists for key, value in found.items() if value is not None})
    header = ["id", *(name if end == "likely" else f"{name}.{end}" for name, end in columns)]
    return [header, *([float(number), *(found.get(key) for key in columns)] for number, found in enumerate(lists))]


ENDS = ((1, "likely"), (2, "low"), (3, "high"))


def near(value):
    return pytest.approx(value, rel=1e-9, abs=1e-6)
