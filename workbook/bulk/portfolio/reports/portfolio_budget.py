"""A budget for the whole portfolio: which path for which project, beside what is recommended without it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from calc.budget import Choice, chosen


def within(amount: float, currencies: Sequence[str], records: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The choice for every project that has a recommended path, as JSON-ready data.

    amount: in the currency of all, if they share one, else in US dollars. Raises NoSolverError where SciPy is missing.
    """
    shared = len(currencies) == 1
    rows = [record for record in records if record.get("contenders")]
    choices = [[_choice(one, 1 if shared else record["usd_rate"]) for one in record["contenders"]] for record in rows]
    answer = chosen(choices, _cents(amount))
    paths = [[one["path"] for one in record["contenders"]] for record in rows]
    usual = [of.index(record["recommendation"]) for of, record in zip(paths, rows, strict=True)]
    projects = [
        {"row": record["row"], "id": record["id"], "recommendation": record["recommendation"], "path": of[at]}
        | {name: value / 100 for name, value in options[at]._asdict().items()}
        for record, of, options, at in zip(rows, paths, choices, answer.positions, strict=True)
    ]
    return {
        "amount": amount,
        "currency": currencies[0] if shared else "USD",
        "short_by": answer.short_by / 100,
        "gap": answer.gap / 100,
        "unconstrained": _sums(choices, usual),
        "chosen": _sums(choices, answer.positions),
        "in_the_way": [{"row": rows[at]["row"], "id": rows[at]["id"]} for at in answer.in_the_way],
        "projects": projects,
    }


def _choice(one: dict[str, Any], rate: float) -> Choice:
    return Choice(_cents(one["invoiced"] / rate), _cents(one["same_scope"] / rate))


def _cents(amount: float) -> int:
    return round(amount * 100)


def _sums(choices: Sequence[Sequence[Choice]], positions: Sequence[int]) -> dict[str, float]:
    taken = [options[at] for options, at in zip(choices, positions, strict=True)]
    return {name: sum(getattr(choice, name) for choice in taken) / 100 for name in Choice._fields}
