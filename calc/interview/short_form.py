"""The short form of a scenario: what usually decides, and everything else as its default says."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from calc.interview.deciding import deciding_fields, deciding_questions
from calc.scenario.new_text import short_template
from calc.scenario.schema import FIELDS

# Without which no file can be read, and no amount be understood.
FIRST = ("project.name", "project.start", "project.currency", "project.usd_rate")


def asked_fields() -> tuple[str, ...]:
    """The fields of the short form, in the order in which they are asked."""
    return (*FIRST, *(field.dotted for field in deciding_fields()))


def short_form(values: Mapping[str, Any], elsewhere: Collection[str] = ()) -> str:
    """The scenario as commented TOML. values: what is known, by dotted name, project.name and project.start among it.

    Beside the fields and questions that usually decide, it holds every other one that has a value. elsewhere: fields that a
    company's defaults say; they are left out, since what a scenario says comes before its defaults.
    """
    known = [dotted for dotted in FIELDS if dotted in values]
    fields = dict.fromkeys([*(dotted for dotted in asked_fields() if dotted not in elsewhere), *known])
    answered = [dotted.partition(".")[2] for dotted in values if dotted.startswith("answers.")]
    return short_template(values, tuple(fields), tuple(dict.fromkeys([*answered, *deciding_questions()])))
