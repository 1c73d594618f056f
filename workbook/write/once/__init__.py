"""What is run once, in Python, for the inputs as they were, and how a workbook says so.

studies        the large simulation, the sensitivities, the flips
live_trials    the values of the trials that follow the inputs in the workbook itself
fingerprint    of everything that a workbook holds whatever its scenario says
"""

from workbook.write.once.live_trials import spread
from workbook.write.once.studies import TRIALS

__all__ = ["TRIALS", "spread"]
