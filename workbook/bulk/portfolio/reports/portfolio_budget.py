"""A budget for the whole portfolio: which path for which project, beside what is recommended without it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from calc.budget import Choice, chosen
from workbook.bulk.portfolio.reports.totals import DOLLARS


class _Project(NamedTuple):
    """What is kept of a row. paths: id and name, in the order of the choices; recommended: position among them."""

    row: int
    id: str
    paths: tuple[tuple[str, str], ...]
    choices: tuple[Choice, ...]
    recommended: int


def within(amount: float, currency: str | None, records: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The choice for every project that has a recommended path, as JSON-ready data.

    currency: that of all rows, None if they have several; the amount is then in US dollars. Raises NoSolverError where
    SciPy is missing.
    """
    projects, left_out = [], 0
    for record in records:
        if record.get("contenders"):
            projects.append(_project(record, currency))
        else:
            left_out += 1
    choices = [project.choices for project in projects]
    answer = chosen(choices, _cents(amount))
    usual = [project.recommended for project in projects]
    without, together = _sums(choices, usual), _sums(choices, answer.positions)
    return {
        "amount": amount,
        "currency": currency or DOLLARS,
        "short_by": answer.short_by / 100,
        "gap": answer.gap / 100,
        "unconstrained": _amounts(without),
        "chosen": _amounts(together),
        "costs_more": (together.same_scope - without.same_scope) / 100,
        "left_out": left_out,
        "in_the_way": [_choice(projects[at], answer.positions[at]) for at in answer.in_the_way],
        "projects": [
            _choice(project, at)
            | {
                **dict(
                    zip(("recommendation", "recommendation_label"), project.paths[project.recommended], strict=True)
                ),
                "unconstrained": _amounts(project.choices[project.recommended]),
            }
            for project, at in zip(projects, answer.positions, strict=True)
        ],
    }


def _project(record: dict[str, Any], currency: str | None) -> _Project:
    rate = 1 if currency else record["usd_rate"]
    paths = tuple((one["path"], one["label"]) for one in record["contenders"])
    choices = tuple(
        Choice(_cents(one["invoiced"] / rate), _cents(one["same_scope"] / rate)) for one in record["contenders"]
    )
    return _Project(
        record["row"], record["id"], paths, choices, [id for id, _ in paths].index(record["recommendation"])
    )


def _choice(project: _Project, at: int) -> dict[str, Any]:
    path, label = project.paths[at]
    return {"row": project.row, "id": project.id, "path": path, "label": label} | _amounts(project.choices[at])


def _amounts(choice: Choice) -> dict[str, float]:
    return {name: cents / 100 for name, cents in choice._asdict().items()}


def _cents(amount: float) -> int:
    return round(amount * 100)


def _sums(choices: Sequence[Sequence[Choice]], positions: Sequence[int]) -> Choice:
    taken = [options[at] for options, at in zip(choices, positions, strict=True)]
    return Choice(sum(choice.invoiced for choice in taken), sum(choice.same_scope for choice in taken))
