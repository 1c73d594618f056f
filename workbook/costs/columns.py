"""What stands in a row of the table of costs, and how projects are taken together to evaluate them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from calc.quantities.lines import LINES, LOSSES, OWN_TIME
from calc.results.monthly import Monthly, monthly
from calc.scenario import Scenario

# Of the project, then of the path, then of the line, then of the month.
COLUMNS = (
    "row", "id", "project", "owner", "currency", "path", "eligible", "recommended", "line", "kind", "month", "month_start",
    "fiscal_year", "amount",
)  # fmt: skip
# Line -> kind of cost.
KINDS = {line: "own_time" if line in OWN_TIME else "losses" if line in LOSSES else "paid" for line in LINES}
# Projects that are evaluated together: enough to make it fast, few enough to take little memory.
TOGETHER = 32


class Project(NamedTuple):
    """A scenario with its number and its id, as the manifest of a batch has them."""

    row: int
    id: str
    scenario: Scenario


def evaluated(projects: Iterable[Project]) -> Iterator[list[tuple[Project, Monthly]]]:
    """The projects with their months, some at a time."""
    left = iter(projects)
    while some := list(islice(left, TOGETHER)):
        yield list(zip(some, monthly([project.scenario for project in some]), strict=True))
