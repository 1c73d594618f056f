"""Scenarios in ranges: lists of fields and tables, however Excel hands them over."""

import datetime
import math
import random
from decimal import Decimal

import pytest

from calc import catalogue
from calc.model import DAY_ZERO
from calc.udfs import field_names
from calc.udfs.cells import FIRST_ERROR
from calc.udfs.scenarios import scenarios_in
from calc.udfs.table import Table
from tests.calc.udfs.excel import NOT_AVAILABLE
from tests.calc.udfs.samples import SMALL, near


@pytest.mark.parametrize(
    "cells",
    [
        [["shifting", "yes"], ["work.core_hours", 300.0]],
        [["Field", "Value"], [None, None], ["WORK.CORE_HOURS ", 300.0], ["", ""], ["answers.shifting", " Yes"]],
        [["in_core_hours", "300"], ["answer_shifting", True]],
        [["core_hours", Decimal(300)], ["shifting", "yes"], ["bounded", None], ["budget", ""]],
        [["The job", "core_hours", 300.0], [None, "shifting", "yes"]],
        [["core_hours", "shifting"], [300.0, "yes"]],
        [["id", "core_hours", "shifting"], ["a", "300.0", "YES"], [None, None, None]],
        [["work.core_hours_likely", 300.0], ["shifting", "yes"], ["project.start", 46357.0]],
        [["work.core_hours", 300.0], ["shifting", "yes"], ["project.start", "2026-12-01"], ["view.case", "likely"]],
    ],
    ids=[
        "any order", "headings, case, blank rows", "names of the workbook, text, TRUE", "currency, blank values",
        "labels before the fields", "a table", "a table with ids and spare rows", "a date as a number", "a date as text",
    ],
)  # fmt: skip
def test_a_scenario_is_read_in_every_layout_that_people_use(excel, total, cells):
    assert excel("tco_total", cells, "freelancer")[0] == [near(total)]


def test_an_array_from_another_formula_is_read_like_a_range(excel, total):
    assert excel("tco_total", tuple(map(tuple, SMALL)), "freelancer") == [[near(total)]]


def test_low_and_high_values_stand_beside_a_field_or_have_rows_of_their_own(excel):
    beside = [["core_hours", 300.0, 200.0, 500.0], ["freelancer.rate", 90.0, 70.0, 120.0]]
    by_name = [
        ["core_hours.low", 200.0], ["core_hours", 300.0], ["core_hours_high", 500.0],
        ["overrides.freelancer.rate.likely", 90.0], ["freelancer.rate_low", 70.0], ["freelancer.rate.high", 120.0],
    ]  # fmt: skip
    for case in ("best", "likely", "worst"):
        assert excel("tco_total", beside, "freelancer", case) == excel("tco_total", by_name, "freelancer", case)
    [[best]], [[likely]] = (excel("tco_total", beside, "freelancer", case) for case in ("best", "likely"))
    assert best < likely


def test_whole_columns_are_read_down_to_their_last_value(excel, total):
    column = [*SMALL, *[[None, None]] * 40_000]
    assert excel("tco_total", column, "freelancer") == [[near(total)]]
    table = [["core_hours", "shifting"], [300.0, "yes"], *[[None, None]] * 40_000]
    assert excel("tco_total", table, "freelancer") == [[near(total)]]
    many = [[300.0]] * 100_001
    assert excel("tco_hours", many, 0.0, 0.0) == [["base_hours: found 100,001 rows; allowed: up to 100,000"]]


def test_answers_and_parameters_are_read_from_separate_ranges(excel):
    parameters = [["freelancer.rate", "USD/h", 60.0, 100.0, 150.0, None, 90.0, None]]
    apart = excel("tco_total", [["core_hours", 300.0]], "freelancer", None, [["shifting", "yes"]], parameters)
    assert apart == excel("tco_total", [*SMALL, ["freelancer.rate", 90.0]], "freelancer")
    table = excel(
        "tco_total", [["core_hours"], [300.0], [400.0]], "freelancer", None, [["shifting", "yes"]], parameters
    )
    assert table[0] == [near(apart[0][0])]


def test_the_case_of_the_inputs_applies_when_no_case_is_named(excel):
    worst = [*SMALL, ["view.case", "worst"]]
    assert excel("tco_total", worst, "freelancer") == excel("tco_total", SMALL, "freelancer", "worst")
    assert excel("tco_total", worst, "freelancer", "likely") == excel("tco_total", SMALL, "freelancer")


def test_a_start_stored_as_a_date_gives_the_dates_of_the_plan(excel):
    expected = None
    for start in (datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC), 46357.0, "2026-12-01"):
        _, first, *_ = excel("tco_plan", [*SMALL, ["project.start", start]], "freelancer")
        expected = expected or first
        assert first == expected
        assert first[5] == (datetime.date(2026, 12, 1) - DAY_ZERO).days + math.floor(first[3] * 7)


def test_feature_work_that_there_is_none_of_is_no_phase_of_the_plan(excel):
    start = ["project.start", "2026-12-01"]
    some, none = (
        excel("tco_plan", [*SMALL, start, ["work.feature_hours_per_month", hours]], "freelancer") for hours in (40, 0)
    )
    assert [row[1] for row in some[1:]] == ["core", "run"]
    assert [row[1] for row in none[1:]] == ["core"]


def test_every_name_of_a_field_is_known_and_unambiguous():
    names = field_names.names()
    for section in (
        "project.name",
        "work.core_hours",
        "money.budget",
        "answers.shifting",
        "weights.leval",
        "view.case",
    ):
        assert names[section].dotted == section
    for model, name, _ in catalogue.parameter_rows():
        assert names[f"{model}.{name}"] == names[f"overrides.{model}.{name}.likely"]


def test_a_table_of_several_blocks_gives_the_same_values():
    rows = tuple((float(hours),) for hours in range(100, 1300))
    table = scenarios_in([["core_hours"], *rows])
    assert isinstance(table, Table)
    assert table.values(["total"], None)["total"].shape == (1200, 13)
    [one] = scenarios_in([["core_hours"], rows[700]]).values(["total"], None)["total"]
    assert table.values(["total"], None)["total"][700] == pytest.approx(one)


def test_a_table_reads_every_value_like_a_list_of_fields(excel):
    """Columns are read by another way than single fields; both must take and refuse the same, for random cells."""
    chance = random.Random(5)
    known = sorted({field for field in field_names.names().values() if field.kind not in ("text", "view")})
    cells = [
        None, "", 0.0, 1.0, 2.5, 300.0, -1.0, 1e13, "yes", "No", "unknown", "300", "x", True, False, Decimal("12.5"),
        NOT_AVAILABLE, FIRST_ERROR + 50, datetime.datetime(2027, 3, 1), 46357.0, "2027-03-01", 0.5, 12.0,
    ]  # fmt: skip
    for _ in range(60):
        chosen = chance.sample(known, 3)
        rows = [[chance.choice(cells) for _ in chosen] for _ in range(12)]
        rows = [row for row in rows if any(cell not in (None, "") for cell in row)]
        if not rows:
            continue
        found = excel("tco_total", [[field.dotted for field in chosen], *rows], "full_time")
        for row, [cell] in zip(rows, found, strict=True):
            listed = [[field.dotted, value] for field, value in zip(chosen, row, strict=True)]
            [[alone]] = excel("tco_total", listed, "full_time")
            assert cell == (near(alone) if isinstance(alone, float) else alone), listed
