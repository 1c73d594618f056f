"""What a workbook was built from, or filled in with, is read from it."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import calc
from calc import catalogue
from calc.scenario import from_text, normal_form, scenario
from calc.scenario.bounds import DECISION, bounds
from calc.scenario.schema import FIELDS
from tests.definition.scenarios import random_scenario
from tests.receive.reading.filled_in import RICH, THOROUGH, filled, rich_file, says, scenarios_of
from workbook.receive.reading import read
from workbook.receive.reading.toml import as_toml
from workbook.write.build import build
from workbook.write.edition import Edition


@pytest.mark.parametrize("seed", range(100 if THOROUGH else 2))
def test_what_a_workbook_was_built_from_is_read_back(seed, tmp_path):
    plain = random_scenario(random.Random(seed), seed % 2)
    given = scenario(plain)
    (tmp_path / "built.xlsx").write_bytes(build(given, 0, Edition.light))
    found = read(tmp_path / "built.xlsx")
    assert normal_form(found.scenario) == normal_form(given)
    assert (found.notes, found.version) == ((), calc.__version__)


def test_ranges_own_figures_paths_and_texts_that_look_like_formulas_are_read_back(tmp_path):
    (tmp_path / "built.xlsx").write_bytes(rich_file())
    assert normal_form(read(tmp_path / "built.xlsx").scenario) == normal_form(scenario(RICH))


def test_a_share_of_one_is_read_back_wherever_one_may_be_entered(tmp_path):
    # In a cell that is not shown in percent, 1 could be meant as 1%, and is asked about.
    names = ((field.section, field.name) for field in FIELDS.values() if field.unit.startswith("share"))
    plain = {"project": {"name": "All of it", "start": "2026-12-01"}}
    for section, name in names:
        plain.setdefault(section, {})[name] = 1
    units = {model: {name: one.unit for name, one in known.items()} for model, known in catalogue.parameters().items()}
    units[DECISION] = {name: setting.unit for name, setting in catalogue.settings().items()}
    plain["overrides"] = {
        model: {name: 1 for name, unit in known.items() if unit.startswith("share") and bounds(model, name).high >= 1}
        for model, known in units.items()
    }
    assert len(plain["overrides"][DECISION]) >= 4
    given = scenario(plain)
    (tmp_path / "built.xlsx").write_bytes(build(given, 0, Edition.light))
    assert normal_form(read(tmp_path / "built.xlsx").scenario) == normal_form(given)


@given(st.integers(0, 10**9), st.booleans())
def test_what_is_filled_in_is_read(seed, wild):
    plain = scenarios_of(seed, wild)
    assert says(filled(plain), plain).notes == []


NAMES = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=80).filter(str.strip)


@given(NAMES, NAMES)
def test_names_are_read_as_they_were_typed(name, owner):
    plain = RICH | {"project": RICH["project"] | {"name": name, "owner": owner}}
    says(filled(plain), plain)


@given(st.integers(0, 10**9), st.booleans(), NAMES)
def test_toml_is_read_back_as_the_same_scenario(seed, wild, name):
    plain = random_scenario(random.Random(seed), wild)
    given = scenario(plain | {"project": plain["project"] | {"name": name}})
    assert normal_form(from_text(as_toml(given, "Read from x.xlsx"), "x")) == normal_form(given)
