"""Cells that a UDF is given are read like a file: the same table of spellings, in a list of fields and in a table."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from calc.scenario import normal_form
from calc.udfs import tco_table, tco_total
from calc.udfs.cells import UnusableError
from calc.udfs.from_cells import scenario_of
from calc.udfs.ranges import listed

TABLE = tomllib.loads((Path(__file__).parents[2] / "spellings.toml").read_text(encoding="utf-8"))["of"]
CASES = [(of["field"], spelled, meant) for of in TABLE for spelled, meant in of["means"] if "name" not in of["field"]]
BASE = [
    ["project.name", "A"], ["project.start", "2026-12-01"], ["project.currency", "EUR"], ["project.usd_rate", 0.92],
    ["work.core_hours", 400.0],
]  # fmt: skip


def cells(field, value):
    return [*([name, given] for name, given in BASE if name != field), [field, value]]


def value_in(read, field):
    found = normal_form(read)
    for name in field.split("."):
        found = found[name]
    return found


def test_a_spelling_means_the_same_in_a_list_of_fields():
    wrong = []
    for field, spelled, meant in CASES:
        try:
            value = value_in(scenario_of("x", listed("x", cells(field, spelled))), field)
        except UnusableError as error:
            value = str(error)
        if value != (meant.isoformat() if isinstance(meant, date) else meant):
            wrong.append((field, spelled, value))
    assert wrong == []


def test_a_doubtful_spelling_is_asked_about_in_a_cell():
    for field, spelled, _ in [(of["field"], *entry) for of in TABLE for entry in of["asks"]]:
        said = tco_total(cells(field, spelled), "freelancer")
        assert isinstance(said, str), (field, spelled)
        assert field in said
        assert "internal error" not in said


@pytest.mark.parametrize(
    "field", ["work.core_hours", "overrides.freelancer.rate", "project.discount_rate", "answers.shifting"]
)
def test_a_table_reads_a_cell_as_a_list_does(field):
    spelled = [spelling for of in TABLE if of["field"] == field for spelling, _ in of["means"]]
    head = [name for name, _ in cells(field, None)]
    rows = [[given for _, given in cells(field, spelling)] for spelling in spelled]
    found = tco_total([head, *rows], "freelancer")
    by_list = [tco_total(cells(field, spelling), "freelancer")[0] for spelling in spelled]
    assert len(found) == len(spelled)
    for row, one in zip(found, by_list, strict=True):
        assert row == pytest.approx(one, rel=1e-12)


def test_no_spelling_raises_into_excel():
    for of in TABLE:
        for spelled in of["refused"]:
            for function in (tco_table, tco_total):
                said = function(cells(of["field"], spelled))
                assert isinstance(said, str | list)
                assert "internal error" not in str(said)
