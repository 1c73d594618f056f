"""An interview about one project: what to ask first, when to stop, and the scenario that comes of it."""

from calc.interview.completed_text import completed_text
from calc.interview.deciding import DecidingField, deciding_fields, deciding_questions
from calc.interview.interview import Interview, Step, why_asked
from calc.interview.short_form import short_form
from calc.interview.standing import Standing, standing

__all__ = [
    "DecidingField",
    "Interview",
    "Standing",
    "Step",
    "completed_text",
    "deciding_fields",
    "deciding_questions",
    "short_form",
    "standing",
    "why_asked",
]
