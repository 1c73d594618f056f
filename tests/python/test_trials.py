"""How many trials may be asked for from Python."""

import engagement_calculator as ec
import pytest

JOB = {"project": {"name": "Rescue", "start": "2026-12-01"}}


@pytest.mark.parametrize("trials", [-1, 1_000_001])
def test_fewer_trials_than_none_or_more_than_a_million_are_an_error(trials):
    with pytest.raises(ValueError, match=r"trials; allowed: 1 to 1,000,000"):
        ec.calc(JOB, trials=trials)
    with pytest.raises(ValueError, match=r"trials; allowed: 1 to 1,000,000"):
        ec.build(JOB, runs=trials, edition="light")
