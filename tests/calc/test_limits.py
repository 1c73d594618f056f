"""A field's limit is said once: texts, faults, prompts, validations and the JSON Schema follow from it."""

import random
import re
import shutil
import subprocess
import sys
from math import inf, nextafter
from pathlib import Path

import numpy as np
import pytest

from calc.scenario import Refused, scenario
from calc.scenario.exchange import Exchange
from calc.scenario.limits import Between
from calc.scenario.schema import ESTIMATES, FIELDS, SCALARS, SECTIONS, Scenario
from calc.sensitivity.swings import swings
from workbook.write.sheets import validation

ROOT = Path(__file__).parents[2]
NUMBERS = [field for field in FIELDS.values() if field.is_number]
BASE = {"project": {"name": "x", "start": "2026-12-01", "usd_rate": 1}}


def takes(field, value):
    data = BASE | {field.section: BASE.get(field.section, {}) | {field.name: value}}
    try:
        scenario(data)
    except Refused as refused:
        (fault,) = refused.faults
    else:
        return True
    assert fault.field == field.dotted
    assert field.limit.said(Exchange(), "") in fault.allowed
    return False


@pytest.mark.parametrize("field", NUMBERS, ids=lambda field: field.dotted)
def test_a_number_is_taken_up_to_its_limits_and_refused_beyond(field):
    low, high = field.limit.low, field.limit.high
    step = 1 if field.is_whole else 1e-6 * max(1, high)
    assert takes(field, high)
    assert not takes(field, high + step)
    assert takes(field, low) != field.limit.above
    assert not takes(field, low - step)
    assert not takes(field, True)
    assert not takes(field, f"about {high}")
    assert not takes(field, inf)


@pytest.mark.parametrize("field", NUMBERS, ids=lambda field: field.dotted)
def test_excel_lets_somebody_type_what_the_limit_allows(field):
    rule = validation.of_field(field)
    low, high = (str(rule[end]).replace("*in_usd_rate", "") for end in ("formula1", "formula2"))
    assert float(high) == field.limit.high
    assert float(low) == pytest.approx(field.limit.low, abs=1e-12)
    assert (float(low) > field.limit.low) == field.limit.above
    assert field.of_one() in rule["prompt"] + rule["error"]
    assert rule["allow_blank"] == field.is_optional
    assert ("in_usd_rate" in rule["formula2"]) == field.limit.money


def test_the_json_schema_has_the_limits():
    found = Scenario.model_json_schema()["$defs"]
    rate = found["Project"]["properties"]["usd_rate"]
    assert (rate["exclusiveMinimum"], rate["maximum"]) == (0, 1e6)
    months = found["Project"]["properties"]["horizon_months"]
    assert (months["type"], months["minimum"], months["maximum"]) == ("integer", 3, 60)
    one, three = found["Work"]["properties"]["core_hours"]["anyOf"]
    assert (one["minimum"], one["maximum"], three["maxItems"]) == (1, 100_000, 3)
    name = found["Project"]["properties"]["name"]
    assert (name["minLength"], name["maxLength"]) == (1, 80)
    # A bound of money depends on the exchange rate, which no schema of one field knows.
    leader, empty = found["Money"]["properties"]["leader_rate"]["anyOf"]
    assert (leader["minimum"], "maximum" in leader, empty["type"]) == (0, False, "null")


def test_a_limit_says_its_bounds_in_the_currency_of_the_project():
    limit = Between(0, 2_000, money=True)
    assert limit.said() == "a number from 0 to 2,000 USD at the exchange rate"
    assert limit.said(Exchange()) == "a number from 0 to 2,000"
    assert limit.said(Exchange("INR", 84)) == "a number from 0 to 168,000 (2,000 USD at 84 INR per USD)"
    assert Between(0, 1e6, above=True).said() == "a number above 0, up to 1,000,000"


def test_one_number_and_a_column_of_numbers_are_judged_alike():
    rng = random.Random(3)
    for limit in {field.limit for field in NUMBERS}:
        ends = [limit.low, limit.high, nextafter(limit.low, -inf), limit.high * 1.001]
        values = ends + [rng.uniform(limit.low - 1, limit.high * 1.5) for _ in range(50)]
        alone = [not limit.holds(value, Exchange("INR", 84)) for value in values]
        assert limit.refuses(np.array(values), 84).tolist() == alone
    assert not Between(0, 1).refuses(np.array([np.nan]))[0]


def test_every_number_of_the_schema_is_an_input_of_the_model_and_every_swing_belongs_to_one():
    assert {*SCALARS, *ESTIMATES} == {field.name for field in NUMBERS}
    assert {name for name in swings() if "." in name and not name.startswith("overrides")} <= {*FIELDS}


def test_no_field_says_its_limits_a_second_time():
    for schema in SECTIONS.values():
        for info in schema.model_fields.values():
            assert not re.search(r"\bfrom \d|\bup to \d", f"{info.description} {info.json_schema_extra}")


FIELD = """    deputies: Annotated[int, Between(0, 12)] = described(
        1, "Deputies", "people", "1", "People who can stand in for the leader."
    )
"""
FOLLOWS = """
from datetime import date
from calc.model import model_for
from calc.scenario import Refused, from_text, scenario
from calc.scenario.new_text import template
from workbook.write.build import build
from workbook.write.edition import Edition
from workbook.receive.intake.reader import read
from workbook.receive.reading import gathered

given = {"project": {"name": "x", "start": "2026-12-01"}, "work": {"deputies": 9}}
one = scenario(given)
try:
    scenario(given | {"work": {"deputies": 13}})
except Refused as refused:
    assert "work.deputies   found 13   allowed: a whole number from 0 to 12, for example 1" in str(refused)
text = template("x", date(2026, 12, 1))
assert "a whole number from 0 to 12" in text and from_text(text, "x").work.deputies == 1
assert model_for().inputs([one])["deputies"].tolist() == [9.0]
content = build(one, 0, Edition.light)
found = gathered(read(content), "x")
assert found.scenario.work == one.work, found.faults
assert found.places.cells["work.deputies", "likely"][0] == "Inputs"
print("follows")
"""


def test_a_field_that_is_declared_is_read_checked_written_and_read_back(tmp_path):
    """The recipe in docs/carry-on.md, followed in a copy."""
    for package in ("calc", "workbook"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    assert FIELD in (ROOT / "docs" / "carry-on.md").read_text(encoding="utf-8")
    schema = tmp_path / "calc" / "scenario" / "schema.py"
    declared = schema.read_text(encoding="utf-8")
    assert declared.count("\n\nclass Money") == 1
    schema.write_text(declared.replace("\n\nclass Money", f"{FIELD}\n\nclass Money"), encoding="utf-8")
    script = tmp_path / "follows.py"
    script.write_text(FOLLOWS, encoding="utf-8")
    ended = subprocess.run([sys.executable, script], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert ended.stdout == "follows\n", ended.stderr
