"""Fiscal years, quarters and the first day of every month, against the calendar of Python and sums of its own."""

import datetime
import random

import numpy as np
import pytest

from calc.model import DAY_ZERO, model_for, user_paths
from calc.quantities.cash_lines import MONTHLY
from calc.quantities.lines import LINES
from calc.scenario import scenario
from calc.sentences import told
from calc.sentences.calendar import quarter_label, year_label
from tests.definition.scenarios import random_scenario

SMALL = {"project": {"name": "Small", "start": datetime.date(2026, 12, 1), "horizon_months": 60}}
RANDOM = 40


def of(targets, known=None, **project):
    """Quantities of a small project, without the axis of scenarios."""
    model = model_for()
    plain = {"project": SMALL["project"] | project}
    values = model.graph.evaluate(model.inputs([scenario(plain)]), targets, known)
    return [np.asarray(values[name][0]) for name in targets]


def first_days(start, count):
    """The n-th month from the start begins on its day of the month, or the month's last: counted day by day."""
    days = []
    for number in range(count):
        year, month = divmod(start.year * 12 + start.month - 1 + number, 12)
        day = start.day
        while True:
            try:
                days.append(datetime.date(year, month + 1, day))
                break
            except ValueError:
                day -= 1
    return days


def fiscal(day, first_month):
    """The calendar year in which the fiscal year of a day begins, and its quarter there, from 1."""
    year = day.year if day.month >= first_month else day.year - 1
    return year, (day.month - first_month) % 12 // 3 + 1


STARTS = [
    datetime.date(2026, 1, 31),
    datetime.date(2027, 10, 31),
    datetime.date(2028, 2, 29),
    datetime.date(2026, 12, 1),
    datetime.date(2027, 6, 30),
    datetime.date(2000, 1, 1),
    datetime.date(2100, 12, 31),
]


@pytest.mark.parametrize("start", STARTS)
def test_each_month_begins_on_the_day_of_the_start_or_on_the_last_of_the_month(start):
    (found,) = of(["month_start"], start=start)
    assert [DAY_ZERO + datetime.timedelta(days=float(day)) for day in found] == first_days(start, 60)


def test_a_project_that_starts_on_the_last_of_january_has_its_second_month_from_the_last_of_february():
    (found,) = of(["month_start"], start=datetime.date(2027, 1, 31))
    days = [DAY_ZERO + datetime.timedelta(days=float(day)) for day in found[:4]]
    assert [(day.month, day.day) for day in days] == [(1, 31), (2, 28), (3, 31), (4, 30)]


@pytest.mark.parametrize("first_month", [1, 2, 4, 7, 12])
@pytest.mark.parametrize("start", STARTS)
def test_a_month_is_in_the_fiscal_year_and_quarter_of_its_first_day(start, first_month):
    names = ["year_of_month", "quarter_of_month", "fiscal_year_begins", "quarter_year", "quarter_number"]
    names += ["years_in_horizon", "quarters_in_horizon"]
    project = {"start": start, "fiscal_month": first_month}
    years, quarters, begins, of_quarter, number, last_year, last_quarter = of(names, **project)
    expected = [fiscal(day, first_month) for day in first_days(start, 60)]
    assert [begins[int(year) - 1] for year in years] == [year for year, _ in expected]
    at = [int(quarter) - 1 for quarter in quarters]
    assert [(of_quarter[one], number[one]) for one in at] == expected
    assert (last_year, last_quarter) == (years[-1], quarters[-1])


@pytest.mark.parametrize(
    ("first_month", "years", "quarters"),
    [
        (1, ["FY 2026", "FY 2027", "FY 2028", ""], ["Q4 2026", "Q1 2027", "Q2 2027"]),
        (7, ["FY 2026/2027", "FY 2027/2028", "", ""], ["Q2 2026/2027", "Q3 2026/2027", "Q4 2026/2027"]),
    ],
)
def test_fiscal_years_and_quarters_bear_the_years_that_they_lie_in(first_month, years, quarters):
    names = ["years_in_horizon", "fiscal_year_begins", "quarters_in_horizon", "quarter_number", "quarter_year"]
    last_year, begins, last_quarter, number, year = of(names, fiscal_month=first_month, horizon_months=14)
    known = {"years_in_horizon": last_year, "quarters_in_horizon": last_quarter, "fiscal_month": first_month}
    labels = [
        told(year_label, known | {"fiscal_year": at + 1, "fiscal_year_begins": begins[at]}) for at in range(len(years))
    ]
    assert labels == years
    labels = [
        told(quarter_label, known | {"quarter": at + 1, "quarter_number": number[at], "quarter_year": year[at]})
        for at in range(len(quarters))
    ]
    assert labels == quarters


@pytest.mark.parametrize("seed", range(RANDOM))
def test_lines_months_quarters_years_and_the_plan_add_up_to_the_cent(seed):
    """Of random scenarios: every sum reaches the results of the path, whichever way it is taken."""
    rng = random.Random(seed)
    plain = random_scenario(rng, wild=seed % 4 == 3)
    plain["project"]["start"] = datetime.date.fromisoformat(plain["project"]["start"])
    given = scenario(plain)
    model = model_for(user_paths(given))
    months = [*MONTHLY.values(), "plan_paid", "plan_spend"]
    results = ["paid", "own_time", "losses", "total", "beyond", *LINES.values()]
    names = [*results, *months, "paid_by_year", "paid_first_quarter", "paid_spend", "plan_stages_paid"]
    names += ["plan_stages_beyond", "beyond_rewrite", "beyond_instability", "beyond_features"]
    for path in range(len(model.structure.paths)):
        known = {"plan_path": np.array([float(path + 1)])}
        values = model.graph.evaluate(model.inputs([given]), names, known)
        here = {name: np.asarray(values[name][0]) for name in names}
        cent = max(0.005, 1e-12 * float(here["total"][path]))
        for line, total in LINES.items():
            assert here[MONTHLY[line]].sum() == pytest.approx(here[total][path], abs=cent)
        assert here["plan_paid"] == pytest.approx(here["paid_spend"][path], abs=cent)
        assert here["plan_paid"].sum() == pytest.approx(here["paid"][path], abs=cent)
        assert here["plan_spend"].sum() == pytest.approx(here["total"][path], abs=cent)
        assert here["paid_by_year"][path].sum() == pytest.approx(here["paid"][path], abs=cent)
        assert here["paid_first_quarter"][path] == pytest.approx(here["paid_spend"][path][:3].sum(), abs=cent)
        parts = here["plan_stages_paid"] + here["support_total"][path] + here["rewrite_total"][path]
        assert float(parts) == pytest.approx(here["paid"][path], abs=cent)
        past = here["plan_stages_beyond"] + here["beyond_rewrite"][path] + here["beyond_instability"][path]
        assert float(past + here["beyond_features"][path]) == pytest.approx(here["beyond"][path], abs=cent)


def test_whoever_stops_after_the_audit_has_paid_the_audit_and_saves_all_the_rest():
    model = model_for()
    plain = SMALL | {"work": {"core_hours": 400}}
    names = ["stage_paid", "stage_paid_so_far", "stage_saves", "paid"]
    values = model.graph.evaluate(model.inputs([scenario(plain)]), names)
    paid, so_far, saves, whole = (values[name][0] for name in names)
    for key in ("audit_then_freelancers", "pilot_then_partner", "prototype_then_hire"):
        rows = [at for at, stage in enumerate(model.structure.stages) if stage.path == key]
        number = model.structure.path_ids.index(key)
        assert so_far[rows[0]] == pytest.approx(paid[rows[0]])
        assert so_far[rows[1]] == pytest.approx(paid[rows[0]] + paid[rows[1]])
        for row in rows[:2]:
            assert so_far[row] + saves[row] == pytest.approx(whole[number])
        assert saves[rows[-1]] == 0
        assert so_far[rows[-1]] == pytest.approx(whole[number])


def test_where_the_core_ends_past_the_horizon_what_is_paid_past_it_is_told_apart():
    """What is paid by the end of a path, less that, is what the path is paid within the horizon, support and rewrite aside."""
    model = model_for()
    late = SMALL | {"work": {"core_hours": 3000}, "project": SMALL["project"] | {"horizon_months": 6}}
    names = [
        "stage_paid_so_far",
        "stage_paid_past",
        "stage_weeks",
        "paid",
        "support_total",
        "rewrite_total",
        "finished",
    ]
    values = model.graph.evaluate(model.inputs([scenario(late)]), names)
    so_far, past, weeks, paid, support, rewrite, finished = (values[name][0] for name in names)
    ends = [at for at, one in enumerate(model.structure.stages) if one.work == "core"]
    for number, key in enumerate(model.structure.path_ids):
        rows = [at for at, stage in enumerate(model.structure.stages) if stage.path == key]
        core = [row for row in rows if row in ends][-1]
        assert not finished[number]
        assert past[core] > 0
        assert all(weeks[row] == 0 for row in rows if row > core)
        assert all(so_far[row] >= so_far[core] - 1e-6 for row in rows if row > core)
        assert so_far[core] - past[core] == pytest.approx(paid[number] - support[number] - rewrite[number])
