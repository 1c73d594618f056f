"""What a workbook answers, read from its cells: recommendation, costs, budget, alerts, and why not the cheapest path.

The manifest of a batch, its check by `merge`, and messages have their figures from here, so that they say what the
workbook shows.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from calc import catalogue, reasons
from calc.model import CASES
from calc.quantities.alerts import ALERTS
from calc.results.decision import WHY_NOT, colliding
from calc.sentences.answer import STATUSES
from workbook.write.book import Book
from workbook.write.sheets import cash_flow, simulation

# What a cell holds, by sheet, row and column.
Read = Callable[[str, int, int], object]

OF_PATH = ("total", "npv", "paid", "own_time", "losses", "same_scope", "invoiced", "weeks_to_stable", "core_cost")
# Name -> column of the sheet Simulation.
SIMULATED = {
    "best": simulation.CASE + CASES.index("best"),
    "worst": simulation.CASE + CASES.index("worst"),
    "p10": simulation.P10,
    "p50": simulation.P50,
    "p80": simulation.P80,
    "p90": simulation.P90,
}
SENTENCES = {"answer": "headline", "why": "because", "cost": "cost_sentence"}


def answer(layout: Book, read: Read) -> dict[str, Any]:
    """The answer under the names of `calc --json`; None where there is none. layout: where everything stands."""
    return _Answer(layout, read).all()


def opening(layout: Book, read: Read) -> str:
    """The first sentence of `calc`: what is recommended and what it costs, or that nothing is."""
    return _Answer(layout, read).opening()


def reading(made: Book, scenario: int) -> Read:
    """Reads the cells of a finished book as they are for one scenario."""

    def read(sheet: str, row: int, column: int) -> object:
        value = made.sheets[sheet].cells[row, column].value
        if getattr(value, "ndim", 0):
            value = value[scenario if len(value) > 1 else 0]
        return value

    return read


class _Answer:
    def __init__(self, layout: Book, read: Read) -> None:
        self._layout, self._read = layout, read
        self._paths = layout.structure.paths
        self._chosen, self._cheapest, self._second = map(self._position, ("recommended", "cheapest", "runner_up"))
        self._path = None if self._chosen is None else self._paths[self._chosen]
        self._status = STATUSES[int(self._number("status") or 0)]

    def opening(self) -> str:
        label, cost = self._path.label if self._path else "", self._sentence(SENTENCES["cost"])
        return reasons.opening(self._status, label, cost, self._colliding() if self._status == "none_left" else [])

    def _colliding(self) -> list[str]:
        """The gates that together leave no path."""
        ids = [path.id for path in self._paths]
        excluded = {
            gate: {"excludes": [path for at, path in enumerate(ids) if self._of_path(f"gate_{gate}", at)]}
            for gate in catalogue.gates()
        }
        return colliding(excluded, ids)

    def all(self) -> dict[str, Any]:
        return {
            "recommendation": self._path and self._path.id,
            "label": self._path and self._path.label,
            "status": self._status,
            "provisional": self._number("provisional") == 1,
            **{key: self._of_path(key, self._chosen) for key in OF_PATH},
            **{name: self._simulated(column) for name, column in SIMULATED.items()},
            "cheapest": None if self._cheapest is None else self._paths[self._cheapest].id,
            "runner_up": self._runner_up(),
            "contenders": self._contenders(),
            "by_year": self._by_year(),
            "budget": self._budget(),
            "alerts": self._alerts(),
            "why_not": self._why_not(),
            **{name: self._sentence(cell) for name, cell in SENTENCES.items()},
        }

    def _position(self, key: str) -> int | None:
        at = int(self._number(key) or 0) - 1
        if at >= len(self._paths):
            raise ValueError("it recommends a path that it does not contain")
        return at if at >= 0 else None

    def _runner_up(self) -> dict[str, Any] | None:
        """What would be recommended without the recommended path; None where nothing would."""
        at = self._second
        if at is None:
            return None
        figures = {key: self._of_path(key, at) for key in ("total", "same_scope")}
        return {"path": self._paths[at].id, "label": self._paths[at].label, **figures}

    def _contenders(self) -> list[dict[str, Any]]:
        """The paths with evidence within the fit band: those between which the same scope decides."""
        return [
            {"path": path.id, "label": path.label} | {key: self._of_path(key, at) for key in ("invoiced", "same_scope")}
            for at, path in enumerate(self._paths)
            if self._of_path("in_band", at) == 1
        ]

    def _by_year(self) -> list[dict[str, Any]]:
        """What the path in the plan costs by fiscal year and line, where it costs anything."""
        top, years = cash_flow.years_top(self._layout), self._layout.size("fiscal_year")
        costs: list[dict[str, Any]] = []
        for row in range(top, top + years):
            if year := self._read(cash_flow.NAME, row, cash_flow.LABEL):
                amounts = {
                    line: _number(self._read(cash_flow.NAME, row, column))
                    for line, column in cash_flow.LINE_COLUMNS.items()
                }
                costs += [
                    {"year": str(year), "line": line, "amount": amount} for line, amount in amounts.items() if amount
                ]
        return costs

    def _budget(self) -> dict[str, Any] | None:
        """How the recommended path stands to the budget; None without a budget."""
        amount = _number(self._named("in_budget"))
        if amount is None:
            return None
        return {
            "amount": amount,
            "invoiced": self._number("recommended_invoiced"),
            "headroom": self._number("headroom"),
            "chance_above": self._simulated(simulation.BUDGET),
            "text": self._sentence("budget_sentence"),
        }

    def _alerts(self) -> list[dict[str, str]]:
        texts = {alert: self._sentence(f"alert_text_{alert}") for alert in ALERTS}
        return [{"id": alert, "text": text} for alert, text in texts.items() if text]

    def _why_not(self) -> dict[str, Any] | None:
        """Why the cheapest path for the same scope is not recommended; None where it is, or where no path is left."""
        at = self._cheapest
        if at is None or at == self._chosen:
            return None
        return {
            "path": self._paths[at].id,
            "label": self._paths[at].label,
            "kind": WHY_NOT[int(self._of_path("why_not", at) or 0)],
            "amount": self._of_path("same_scope_difference", at),
            "break_even_chance": self._of_path("break_even_chance", at),
            "text": self._sentence(f"why_not_text_{self._paths[at].id}"),
        }

    def _number(self, key: str) -> float | None:
        home = self._layout.homes[key]
        return _number(self._read(home.sheet, home.row, home.column))

    def _of_path(self, key: str, path: int | None) -> float | None:
        if path is None:
            return None
        home = self._layout.homes[key]
        return _number(self._read(home.sheet, *home.cell({"path": path})))

    def _simulated(self, column: int) -> float | None:
        if self._chosen is None:
            return None
        return _number(self._read(simulation.NAME, simulation.TOP + 2 + self._chosen, column))

    def _named(self, name: str) -> object:
        return self._read(*self._layout.names[name])

    def _sentence(self, name: str) -> str:
        text = self._named(name)
        return text if isinstance(text, str) else ""


def _number(value: object) -> float | None:
    """The number in a cell; None for one that is empty or shows nothing."""
    if value is None or isinstance(value, str):
        return None
    number = float(value)  # type: ignore[arg-type]
    return number if math.isfinite(number) else None
