"""The plan of one path: its rows among those of all paths, and the reviews of its retainer."""

import tomllib
from pathlib import Path

import numpy as np
import pytest

from calc.model import model_for
from calc.scenario import scenario

EXAMPLE = Path(__file__).parents[2] / "build" / "examples" / "regulated_product.toml"
TARGETS = ("plan_stage_row", "plan_step_row", "plan_retainer_start", "review_week", "review_date", "weeks_to_stable")


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
        assert planned_rows["review_date"][given] == pytest.approx(
            [planned_rows["start"] + int(week * 7 + 1e-9) for week in weeks]
        )
        assert np.isnan(planned_rows["plan_retainer_start"][0]) == (path.keeper is None)


def test_where_the_gates_leave_no_path_the_plan_is_empty():
    planned_rows = planned(0, 24)
    assert not planned_rows["plan_stage_row"].any()
    assert not planned_rows["plan_step_row"].any()
    assert np.isnan(planned_rows["review_week"]).all()
    assert np.isnan(planned_rows["plan_retainer_start"][0])
