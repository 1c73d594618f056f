"""The plan of one path: its rows among those of all paths, and the reviews of its retainer."""

import tomllib
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from calc.model import model_for
from calc.results import results
from calc.scenario import scenario

EXAMPLE = Path(__file__).parents[2] / "build" / "examples" / "regulated_product.toml"
TARGETS = ("plan_stage_row", "plan_step_row", "plan_retainer_start", "review_week", "review_date", "weeks_to_stable")


def later(start, weeks):
    """The day number of the working day that lies so many weeks after the start, counted day by day."""
    day, left = date(1899, 12, 30) + timedelta(days=int(start)), int(weeks * 5 + 1e-9)
    while left or day.weekday() > 4:
        day += timedelta(days=1)
        left -= left > 0 and day.weekday() < 5
    return (day - date(1899, 12, 30)).days


def planned(path, horizon):
    """The plan's quantities for a path by its position from 1, or 0 for none, over so many months."""
    model, plain = model_for(), tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    plain["project"]["horizon_months"] = horizon
    inputs = model.inputs([scenario(plain)])
    known = {"plan_path": np.array([float(path)])}
    planned_rows = model.graph.evaluate(inputs, TARGETS, known)
    return {name: np.ravel(planned_rows[name]) for name in TARGETS} | {"start": inputs["start_day"][0]}


@pytest.mark.parametrize("path", range(1, 14))
def test_the_plan_lists_the_phases_and_steps_of_its_path_and_no_others(path):
    structure, planned_rows = model_for().structure, planned(path, 24)
    key = structure.path_ids[path - 1]
    stages = [row for row, stage in enumerate(structure.stages, 1) if stage.path == key]
    steps = [number for number, (row, _) in enumerate(structure.steps, 1) if row in stages]
    assert [row for row in planned_rows["plan_stage_row"] if row] == stages
    assert [row for row in planned_rows["plan_step_row"] if row] == steps


@pytest.mark.parametrize("horizon", [6, 24, 60])
def test_the_retainer_is_reviewed_every_thirteen_weeks_from_its_start_up_to_the_horizon(horizon):
    for number, path in enumerate(model_for().structure.paths, 1):
        planned_rows = planned(number, horizon)
        weeks, start = [], planned_rows["weeks_to_stable"][number - 1]
        while path.keeper and start + 13 * (len(weeks) + 1) <= horizon * 52 / 12 + 1e-9:
            weeks.append(start + 13 * (len(weeks) + 1))
        given = ~np.isnan(planned_rows["review_week"])
        assert planned_rows["review_week"][given] == pytest.approx(weeks)
        assert list(planned_rows["review_date"][given]) == [later(planned_rows["start"], week) for week in weeks]
        assert np.isnan(planned_rows["plan_retainer_start"][0]) == (path.keeper is None)


def test_where_the_gates_leave_no_path_the_plan_is_empty():
    planned_rows = planned(0, 24)
    assert not planned_rows["plan_stage_row"].any()
    assert not planned_rows["plan_step_row"].any()
    assert np.isnan(planned_rows["review_week"]).all()
    assert np.isnan(planned_rows["plan_retainer_start"][0])


def dated(start, key, names):
    """Dates of the rows whose label holds a name, for the path with this id and a project that starts on this day."""
    model = model_for()
    plain = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    plain["project"]["start"] = start
    plain["overrides"] = {"fixed_price_shop": {"lead_weeks": 1}}
    inputs = model.inputs([scenario(plain)])
    found = model.graph.evaluate(inputs, ("step_start_date",))["step_start_date"].ravel()
    structure = model.structure
    rows = {
        step.label: date(1899, 12, 30) + timedelta(days=float(found[at]))
        for at, (row, step) in enumerate(structure.steps)
        if structure.stages[row - 1].path == key
    }
    return [day for label, day in rows.items() if any(name in label for name in names)]


@pytest.mark.parametrize(
    ("start", "review"),
    [
        (date(2026, 11, 30), date(2026, 12, 11)),
        (date(2026, 12, 1), date(2026, 12, 14)),
        (date(2026, 12, 4), date(2026, 12, 17)),
        (date(2026, 12, 5), date(2026, 12, 18)),
        (date(2026, 12, 6), date(2026, 12, 18)),
    ],
)
def test_the_architecture_review_is_on_the_fifth_working_day_of_the_shop(start, review):
    """The shop begins a week after the start; the first working day of a weekend is the Monday after it."""
    assert dated(start, "fixed_price_shop", ["Architecture review"]) == [review]


def test_no_date_of_the_plan_is_on_a_weekend():
    model = model_for()
    names = ("stage_start_date", "stage_end_date", "step_start_date", "step_end_date", "review_date")
    for day in range(1, 15):
        plain = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
        plain["project"]["start"] = date(2026, 12, day)
        found = model.graph.evaluate(model.inputs([scenario(plain)]), names)
        days = np.concatenate([found[name].ravel() for name in names])
        assert set((days[~np.isnan(days)] - 2) % 7) <= {0, 1, 2, 3, 4}


def opened(path):
    """What `calc --json` says of the example, and the ways on with that path in the plan."""
    plain = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    model, given = model_for(), scenario(plain)
    known = {"plan_path": np.array([float(model.structure.path_numbers[path])])}
    targets = ("first_step_paid", "go_on_costs", "switch_path", "switch_costs", "may_switch")
    found = model.graph.evaluate(model.inputs([given]), targets, known)
    [result] = results([given], flips=False, trials=0)
    return result, {name: np.ravel(found[name]) for name in targets}


@pytest.mark.parametrize("path", model_for().structure.path_ids)
def test_after_the_first_phase_its_bills_are_paid_and_the_rest_of_the_same_scope_is_left(path):
    result, found = opened(path)
    own = result["paths"][path]
    before = [phase for phase in own["phases"] if phase["work"] in ("audit", "core")]
    if len(before) == 1:
        assert np.isnan([found["go_on_costs"][0], found["switch_costs"][0]]).all()
        assert found["first_step_paid"][0] == 0
        return
    paid = sum(cost for line, cost in before[0]["lines"].items() if line != "coordination")
    assert found["first_step_paid"][0] == pytest.approx(paid)
    assert found["go_on_costs"][0] == pytest.approx(own["same_scope"] - paid)
    others = {}
    for other, of in result["paths"].items():
        steps = [phase for phase in of["phases"] if phase["work"] in ("audit", "core")]
        if of["eligible"] and of["evidence"] and steps[-1]["model"] != before[-1]["model"]:
            begins_alike = len(steps) > 1 and steps[0]["lines"] == before[0]["lines"]
            others[other] = of["same_scope"] - (paid if begins_alike else 0)
    if others:
        cheapest = min(others, key=others.get)
        assert model_for().structure.path_ids[int(found["switch_path"][0]) - 1] == cheapest
        assert found["switch_costs"][0] == pytest.approx(others[cheapest])
    else:
        assert not found["switch_path"][0]


@pytest.mark.parametrize("path", range(1, 14))
def test_feature_work_that_there_is_none_of_is_no_phase_of_the_plan(path):
    """A demo of three months had "Feature work by a freelancer, USD 0: at the horizon go on or stop" among its next steps."""
    model, plain = model_for(), tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    plain["work"] |= {"feature_hours_per_month": 0, "core_hours": 100}
    found = model.graph.evaluate(
        model.inputs([scenario(plain)]),
        ("plan_stage_row", "next_stage_row", "run_total"),
        {"plan_path": np.array([float(path)]), "recommended": np.array([float(path)])},
    )
    key, paid = model.structure.path_ids[path - 1], found["run_total"][0, path - 1]
    stages = [
        row
        for row, stage in enumerate(model.structure.stages, 1)
        if stage.path == key and (stage.work != "run" or paid > 0)
    ]
    # Whoever is employed for the core is still paid afterwards.
    assert (paid > 0) == (key in ("full_time", "prototype_then_hire"))
    for name in ("plan_stage_row", "next_stage_row"):
        assert [row for row in np.ravel(found[name]) if row] == stages
