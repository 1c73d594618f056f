"""What stands in a row of the table of costs, and how projects are taken together to evaluate them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from calc.native import rounded
from calc.results.monthly import Monthly, monthly
from calc.scenario import Scenario

# Of the project, then of the path, then of the line, then of the month.
COLUMNS = (
    "row", "id", "project", "owner", "currency", "path", "eligible", "recommended", "line", "kind", "month", "month_start",
    "fiscal_year", "amount",
)  # fmt: skip
# Projects that are evaluated together: enough to make it fast, few enough to take little memory.
TOGETHER = 32
# Decimals of an amount: so many that the months of a line, five years of them, add up to its total to the cent.
DECIMALS = 6


class Project(NamedTuple):
    """A scenario with its number and its id, as the manifest of a batch has them."""

    row: int
    id: str
    scenario: Scenario


def evaluated(projects: Iterable[Project]) -> Iterator[list[tuple[Project, Monthly]]]:
    """The projects with their months, some at a time."""
    left = iter(projects)
    while some := list(islice(left, TOGETHER)):
        of_each = monthly([project.scenario for project in some])
        yield [
            (project, months._replace(amounts=rounded(months.amounts, DECIMALS) + 0.0))
            for project, months in zip(some, of_each, strict=True)
        ]
