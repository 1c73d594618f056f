"""What a history says of overruns: against the numbers of Kitchenham et al. (2002), NumPy's own draws and plain loops."""

import csv
import math
from datetime import date, timedelta
from pathlib import Path
from statistics import fmean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc import catalogue
from calc.calibration import Job, calibrated
from calc.calibration.credibility import JOBS_OF_PUBLISHED
from calc.calibration.published import published

KITCHENHAM = Path(__file__).parents[1] / "history" / "data" / "kitchenham.csv"
ROWS = list(csv.DictReader(KITCHENHAM.read_text(encoding="utf-8").splitlines()))
RATIOS = [float(row["actual_hours"]) / float(row["estimated_hours"]) for row in ROWS]
ratios = st.lists(st.floats(0.2, 8), min_size=1, max_size=40)


def kitchenham(model=None):
    return [
        Job(row["name"], float(row["estimated_hours"]), float(row["actual_hours"]), model, finished=_finished(row))
        for row in ROWS
    ]


def _finished(row):
    return date.fromisoformat(row["start"]) + timedelta(days=int(row["duration_days"]))


def jobs(ratios, model="freelancer", **told):
    return [Job(f"row {at}", 100, 100 * ratio, model, **told) for at, ratio in enumerate(ratios, 1)]


def test_the_distribution_of_kitchenham_is_the_one_that_its_readers_state():
    found = calibrated(kitchenham()).all
    stated = (0.65, 0.97, 1.13, 1.34)
    assert (found.n, tuple(round(float(value), 2) for value in found.quantiles)) == (145, stated)


def test_the_first_half_of_kitchenham_holds_its_second_half_and_errs_less_than_the_published_range_and_the_estimate():
    for model in (None, "freelancer"):
        found = calibrated(kitchenham(model))
        for held in (found.held, found.one_out):
            assert 0.7 <= held.within_p10_p90 <= 0.9
            assert held.history < min(held.published, held.as_estimated)
    assert found.held.n == 73


def test_the_pinball_loss_is_that_of_its_definition():
    ordered = [job.ratio for job in sorted(kitchenham(), key=lambda job: job.finished)]
    first, second = ordered[:72], ordered[72:]
    losses = []
    for chance in (0.1, 0.5, 0.8, 0.9):
        quantile = np.percentile(first, 100 * chance)
        losses += [chance * (y - quantile) if y >= quantile else (1 - chance) * (quantile - y) for y in second]
    assert calibrated(kitchenham()).held.history == pytest.approx(fmean(losses), rel=1e-12)


def test_without_the_days_the_order_of_the_rows_counts():
    plain = [Job(job.place, job.estimated_hours, job.actual_hours) for job in kitchenham()]
    low, high = np.percentile(RATIOS[:72], [10, 90])
    assert calibrated(plain).held.within_p10_p90 == fmean(low <= ratio <= high for ratio in RATIOS[72:])


def test_the_published_range_weighs_as_many_jobs_as_clients_of_kitchenham_differ_less_than_their_jobs():
    of_client = {}
    for row, ratio in zip(ROWS, RATIOS, strict=True):
        of_client.setdefault(row["client"], []).append(math.log(ratio))
    groups, n = list(of_client.values()), len(RATIOS)
    mean = fmean(x for group in groups for x in group)
    within = sum(sum((x - fmean(group)) ** 2 for x in group) for group in groups) / (n - len(groups))
    between = sum(len(group) * (fmean(group) - mean) ** 2 for group in groups) / (len(groups) - 1) - within
    between /= (n - sum(len(group) ** 2 for group in groups) / n) / (len(groups) - 1)
    assert math.ceil(within / between) == JOBS_OF_PUBLISHED


@pytest.mark.parametrize("model", [*catalogue.models(), None])
def test_the_published_quantiles_are_those_of_random_draws(model):
    draws, size = np.random.default_rng(1), 40_000
    found = []
    for name in [model] if model else list(catalogue.models()):
        rework, hidden = (_pert(draws, catalogue.parameters()[name].get(p), size) for p in ("rework", "hidden_scope"))
        found.append((1 + rework) * (1 + hidden * (draws.random(size) < 0.5)))
    assert published(model).quantiles == pytest.approx(np.quantile(found, (0.1, 0.5, 0.8, 0.9)), abs=0.015)


def _pert(draws, parameter, size):
    if parameter is None or parameter.range.high == parameter.range.low:
        return np.full(size, parameter.range.likely if parameter else 0.0)
    low, likely, high = parameter.range.low, parameter.range.likely, parameter.range.high
    return low + (high - low) * draws.beta(
        1 + 4 * (likely - low) / (high - low), 1 + 4 * (high - likely) / (high - low), size
    )


def test_many_jobs_are_their_own_range_and_one_job_moves_the_published_one_a_quarter_of_the_way():
    many = calibrated(jobs([1.5] * 3000)).ranges["freelancer"]["rework"]
    assert many.ends == pytest.approx([0.5] * 3, abs=1e-3)
    one = calibrated(jobs([1.5])).ranges["freelancer"]["rework"]
    before = published("freelancer")
    towards = [0.25 * 1.5 + 0.75 * q - 1 for q in (before.p10, before.p50, before.p90)]
    assert one.ends == pytest.approx(towards)


def test_overruns_hold_the_hidden_scope_and_a_model_without_it_gets_none():
    found = calibrated(jobs([1.2, 1.4]) + jobs([1.1], "production_firm")).ranges
    assert found["freelancer"]["hidden_scope"].ends == [0, 0, 0]
    for model, of_model in found.items():
        assert set(of_model) <= set(catalogue.parameters()[model])


def test_an_estimate_gets_the_hours_that_such_jobs_took():
    assert calibrated(jobs([0.5, 1.0, 1.5]), 400).core_hours == pytest.approx([240, 400, 560])


def test_departures_lie_between_what_was_counted_and_what_is_published_and_close_in_with_more_months():
    published_rate = catalogue.parameters()["freelancer"]["departures_per_month"].range.likely
    few, many = (
        calibrated(jobs([1.0] * n, people=4, departures=1, months=5)).ranges["freelancer"]["departures_per_month"]
        for n in (2, 2000)
    )
    assert few.low < few.likely < few.high
    assert min(published_rate, 0.05) <= few.likely <= max(published_rate, 0.05)
    assert many.likely == pytest.approx(0.05, rel=0.01)
    assert many.high - many.low < few.high - few.low


def test_nobody_left_where_nobody_leaves_as_published():
    found = calibrated(jobs([1.0], "fixed_price_shop", people=4, departures=0, months=5)).ranges
    assert found["fixed_price_shop"]["departures_per_month"].ends == [0, 0, 0]


def test_an_end_that_no_scenario_may_have_stands_at_its_limit_and_says_so():
    found = calibrated(jobs([0.1] * 100 + [20.0] * 100)).ranges["freelancer"]["rework"]
    assert (found.low, found.high, found.limited) == (-0.5, 5, True)


def test_a_job_far_from_the_rest_is_named_and_counts():
    found = calibrated(jobs([1, 1.1, 0.9, 1.05, 0.95, 40]))
    assert ([job.ratio for job in found.far], found.all.n) == ([40], 6)


@given(ratios)
def test_a_range_is_in_order_and_within_the_bounds_of_an_override(ratios):
    for own in calibrated(jobs(ratios, lead_weeks=3.0)).ranges["freelancer"].values():
        assert own.low <= own.likely <= own.high


@given(ratios, st.floats(1.0, 3.0))
def test_a_history_that_overran_more_expects_no_less(ratios, factor):
    less, more = (
        calibrated(jobs([factor**k * ratio for ratio in ratios])).ranges["freelancer"]["rework"] for k in (0, 1)
    )
    assert all(a <= b + 1e-12 for a, b in zip(less.ends, more.ends, strict=True))


@given(
    st.lists(st.tuples(st.sampled_from([None, "freelancer", "full_time"]), st.sampled_from(RATIOS[:12])), min_size=4)
)
def test_each_job_is_judged_by_the_others_of_its_model(told):
    given = [Job(f"row {at}", 100, 100 * ratio, model) for at, (model, ratio) in enumerate(told)]
    inside = []
    for at, job in enumerate(given):
        others = [other.ratio for other in given[:at] + given[at + 1 :] if other.model == job.model]
        low, high = published(job.model).p10, published(job.model).p90
        if others:
            weight = len(others) / (len(others) + JOBS_OF_PUBLISHED)
            own_low, own_high = np.percentile(others, [10, 90])
            low, high = (1 - weight) * low + weight * own_low, (1 - weight) * high + weight * own_high
        inside.append(low - 1e-9 <= job.ratio <= high + 1e-9)
    assert calibrated(given).one_out.within_p10_p90 == pytest.approx(fmean(inside))
