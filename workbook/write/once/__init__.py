"""One-off results: calculated in Python when a workbook is made, and valid for its inputs of that moment.

large_run      how many trials the large simulation has, and where a workbook says it
studies        the large simulation, the sensitivities, the searches
live_trials    the values of the trials that follow the inputs in the workbook itself
fingerprint    of the template: everything that a workbook holds whatever its scenario says
"""

from workbook.write.once.large_run import LARGE_RUN

__all__ = ["LARGE_RUN"]
