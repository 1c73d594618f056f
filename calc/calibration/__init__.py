"""A team's own history: how much longer past jobs took than they were estimated, and what that makes of the ranges.

- `Job`: one past job
- `calibrated(jobs)`: the distributions, the ranges for a file of defaults, and how well they would have held
"""

from calc.calibration.calibrated import Calibration, calibrated
from calc.calibration.distribution import Distribution
from calc.calibration.held import Held
from calc.calibration.job import Job
from calc.calibration.ranges import OwnRange

__all__ = ["Calibration", "Distribution", "Held", "Job", "OwnRange", "calibrated"]
