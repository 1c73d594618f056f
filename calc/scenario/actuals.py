"""What really happened, month by month: the section `[actuals]` of a scenario, checked before anything is calculated.

    [actuals]
    path = "remediate_then_hire"     # the path that is followed; without it the recommended one
    labour = [12000, 9500]           # paid in month 1, month 2, ...
    leader_hours = [14, 10]
    core_done = [0.3, 0.55]          # of the whole core, at the end of each month

A list has a place for every month from the first; `""` (in JSON also null) stands where nothing is known.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import zip_longest
from typing import Any, NamedTuple

from calc import catalogue
from calc.scenario.faults import Fault, problem, short, shown
from calc.scenario.quotes import KEY as QUOTES
from calc.scenario.quotes import quote_id
from calc.scenario.schema import LARGEST_AMOUNT, MOST_MONTHS, Actuals

KEY = "actuals"
PATH = "path"
NOT_KNOWN = ("", None)


class Allowed(NamedTuple):
    """The bounds of a month's figure."""

    low: float
    high: float
    unit: str
    says: str
    example: str


AMOUNT = Allowed(-LARGEST_AMOUNT, LARGEST_AMOUNT, "currency", "an amount; below 0 for a correction", "[12000, 9500]")
HOURS = Allowed(-1e6, 1e6, "h", "hours; below 0 for a correction", "[14, 10]")
FEATURES = Allowed(0, 1e6, "h", "hours, 0 or more", "[0, 40]")
COUNT = Allowed(0, 1e6, "incidents", "a number, 0 or more", "[3, 1]")
DONE = Allowed(0, 1, "share", "the share of the whole core that is done by then, from 0 to 1", "[0.3, 0.55]")
SERIES = {
    name: {"leader_hours": HOURS, "core_done": DONE, "feature_hours": FEATURES, "incidents": COUNT}.get(name, AMOUNT)
    for name in Actuals.model_fields
    if name != PATH
}


# Lists that people know by another name than their own: the cost line is called feature work everywhere.
LABELS = {"run": "Feature work"}

# What heads the sheet that asks for it, beside a column for each month.
HEADINGS = ("What happened", "Field", "Unit")


def label_of(name: str) -> str:
    """What people call a list: Leader hours."""
    return LABELS.get(name) or name.replace("_", " ").capitalize()


def month_heading(month: int) -> str:
    """The heading of a month's column."""
    return f"Month {month}"


def actuals_faults(data: Mapping[str, Any]) -> list[Fault]:
    """Every fault of the section in plain data."""
    given = data.get(KEY, {})
    if not isinstance(given, Mapping):
        return []  # named with the sections
    faults = [
        problem(f"{KEY}.{short(str(name))}", "unknown name", f"known: {', '.join((PATH, *SERIES))}")
        for name in given
        if name != PATH and name not in SERIES
    ]
    faults += _path_faults(given, data)
    of_months = [fault for name in SERIES if name in given for fault in _series_faults(name, given[name])]
    return faults + (of_months or _skipped([given[name] for name in SERIES if name in given]))


def _path_faults(given: Mapping[str, Any], data: Mapping[str, Any]) -> list[Fault]:
    own, quotes = data.get("paths"), data.get(QUOTES)
    known = [*catalogue.paths(), *(own if isinstance(own, Mapping) else ())]
    for quote in quotes if isinstance(quotes, list) else ():
        if isinstance(quote, Mapping) and isinstance(quote.get("vendor"), str):
            known.append(quote_id(quote["vendor"]))
    if given.get(PATH) is None or given[PATH] in known:
        return []
    return [Fault(f"{KEY}.{PATH}", shown(given[PATH]), f"one of {', '.join(known)}", known[0])]


def _series_faults(name: str, months: Any) -> list[Fault]:
    field, allowed = f"{KEY}.{name}", SERIES[name]
    if not isinstance(months, list | tuple):
        return [Fault(field, shown(months), f"a list with a place for each month: {allowed.says}", allowed.example)]
    faults = []
    if len(months) > MOST_MONTHS:
        faults.append(Fault(field, f"{len(months)} months", f"at most {MOST_MONTHS}", allowed.example))
    return faults + [
        Fault(f"{field}, month {month}", shown(value), f'{allowed.says}; "" where nothing is known')
        for month, value in enumerate(months, 1)
        if value not in NOT_KNOWN and not _holds(allowed, value)
    ]


def _holds(allowed: Allowed, value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return False
    return allowed.low <= value <= allowed.high


def _skipped(series: list[Any]) -> list[Fault]:
    """A question for each month in which nothing is entered, although something is for a later one."""
    entered = [any(value not in NOT_KNOWN for value in month) for month in zip_longest(*series, fillvalue="")]
    last = max((month for month, is_entered in enumerate(entered, 1) if is_entered), default=0)
    return [
        problem(
            f"{KEY}, month {month}", "nothing is entered, but something is for a later month", "0 if nothing was paid"
        )
        for month, is_entered in enumerate(entered[:last], 1)
        if not is_entered
    ]


def in_form(given: Mapping[str, Any]) -> dict[str, Any]:
    """A checked section as `Actuals` holds it: numbers by month, None where nothing is known, none of these at the end."""
    return {name: value if name == PATH else _months(value) for name, value in given.items()}


def _months(values: Any) -> tuple[float | None, ...]:
    months = [None if value in NOT_KNOWN else float(value) for value in values]
    while months and months[-1] is None:
        months.pop()
    return tuple(months)


def is_tracked(actuals: Actuals) -> bool:
    """Whether anything is entered of what really happened."""
    return is_tracked_as_plain(dict(actuals))


def is_tracked_as_plain(plain: Mapping[str, Any]) -> bool:
    """The same of the section as plain data, as `as_plain` gives it. The path alone says only which is followed."""
    return any(months for name, months in plain.items() if name != PATH)


def as_plain(actuals: Actuals) -> dict[str, Any]:
    """The section as plain data, without what is empty."""
    plain = actuals.model_dump(mode="json")
    return {name: value for name, value in plain.items() if value}
