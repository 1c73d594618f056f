"""Actuals against the plan of a scenario: where it stands, the forecast, and whether to stay or to switch."""

from calc.tracking.outlook import outlook
from calc.tracking.path_followed import path_followed
from calc.tracking.track import came_back, late, questions, track, track_and_advise

__all__ = ["came_back", "late", "outlook", "path_followed", "questions", "track", "track_and_advise"]
