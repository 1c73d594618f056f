"""Random scenarios, their values spelled as in any country, mean the same through every door that takes text."""

import random
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calc.scenario import as_given, normal_form, scenario
from calc.scenario.number_text import AMBIGUOUS
from calc.scenario.value import asked
from tests.definition.scenarios import random_scenario
from tests.receive.reading.test_spellings import DOORS

DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d", "%d %b %Y", "%B %d, %Y", "%Y-%m-%d 00:00:00")
ANSWERS = {"yes": ["yes", "Yes", " ja ", "TRUE", "x"], "no": ["no", "NO", "nein", "FALSE"], "unknown": ["unknown", "?"]}


def spelled(field, value, chance, currency):
    about = asked(field)
    if about.kind == "date":
        return date.fromisoformat(value).strftime(chance.choice(DAYS))
    if about.kind == "answer":
        return chance.choice(ANSWERS[value])
    if about.kind != "number":
        return value
    exact, ending = Decimal(repr(float(value))), ""
    if about.is_share:
        exact, ending = exact * 100, chance.choice(["%", " %", "\u00a0%"])
    whole, _, fraction = f"{exact:f}".partition(".")
    text = f"{whole}{chance.choice('.,')}{fraction}" if fraction.strip("0") else whole
    text = f"{text}0" if AMBIGUOUS.fullmatch(text) else text
    if about.unit.startswith("currency") and chance.random() < 0.5:
        text = f"{text} {currency}"
    return f"{chance.choice(['', ' '])}{text}{ending}"


def flat(plain, chance):
    currency = plain["project"]["currency"]
    for section in ("project", "work", "money", "answers", "weights"):
        for name, value in plain[section].items():
            ends = zip((".low", "", ".high"), value, strict=True) if isinstance(value, list | tuple) else [("", value)]
            for end, one in ends:
                if one is not None:
                    yield f"{section}.{name}{end}", spelled(f"{section}.{name}", one, chance, currency)
    for model, own in plain["overrides"].items():
        for name, value in own.items():
            field = f"overrides.{model}.{name}"
            ends = {f".{end}": one for end, one in value.items()} if isinstance(value, dict) else {"": value}
            for end, one in ends.items():
                yield field + end, spelled(field, one, chance, "USD" if model == "decision" else currency)


@pytest.mark.parametrize("door", ["comma", "semicolon", "tab", "json lines"])
@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_a_scenario_spelled_in_any_way_is_read_back(door, tmp_path_factory, seed):
    chance = random.Random(seed)
    given_one = scenario(random_scenario(chance) | {"paths": {}})
    cells = dict(flat(as_given(given_one), chance))
    read = DOORS[door](None, cells, tmp_path_factory.mktemp("spelled"))
    assert normal_form(read) == normal_form(given_one)
