"""Compares a line of the manifest with the cells of its workbook: every figure, and whose it is."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

from calc.model import CASES
from calc.scenario import scenario
from calc.scenario.faults import Fault, problem, shown
from workbook.bulk.batch.cells import Cells
from workbook.bulk.batch.making import template_of
from workbook.bulk.batch.manifest_line import Record
from workbook.write.book import Book
from workbook.write.build import book
from workbook.write.sheets import about, recorded_inputs, simulation

# Entry of the manifest -> name of the input cell that it repeats.
INPUTS = {"name": "in_name", "owner": "in_owner", "currency": "in_currency", "usd_rate": "in_usd_rate"}
OF_PATH = ("total", "npv", "weeks_to_stable", "core_cost")
# A spreadsheet keeps fewer digits of a number than the manifest does.
CLOSE, CENT = 1e-9, 1e-6
STAND_IN = {"project": {"name": "any", "start": "2026-01-01"}, "work": {"core_hours": 1}}


class Contradiction(Fault):
    """An entry that is well formed but differs from the workbook."""


class Agreement:
    """Compares one workbook after another; the layout is kept, since most workbooks share one."""

    def __init__(self) -> None:
        self._layouts: dict[str, tuple[Book, str]] = {}

    def faults(self, record: Record, content: bytes, where: str) -> Iterator[Fault]:
        """A fault for every entry of the record that its workbook contradicts."""
        try:
            in_workbook = self._figures(Cells(content))
        except ValueError as error:  # Refused is one too
            reason = str(error).splitlines()[0]
            yield problem(where, f"its workbook cannot be compared: {reason}", "build it with this version")
            return
        for name, value in in_workbook.items():
            if not _same(record.get(name), value):
                yield Contradiction(f"{where}, {name}", shown(record.get(name)), f"{shown(value)}, as in its workbook")

    def _figures(self, cells: Cells) -> dict[str, Any]:
        """The figures of the workbook, under the names of the manifest. Raises ValueError."""
        changed = cells.names.get("inputs_changed")
        if changed is None:
            raise ValueError("it has no record of its inputs")
        layout, template = self._layout(str(cells.at(changed.sheet, changed.row + 1, 3)))

        def scalar(key: str) -> float:
            home = layout.homes[key]
            return float(cells.at(home.sheet, home.row, home.column) or 0)

        figures: dict[str, Any] = {"template": template, "input": cells.at(about.NAME, 7, 2)}
        figures |= {name: cells.named(cell_name) for name, cell_name in INPUTS.items()}
        figures |= {"owner": figures["owner"] or "", "budget": cells.named("in_budget")}
        paths, chosen = layout.structure.paths, int(scalar("recommended")) - 1
        cheapest = int(scalar("cheapest")) - 1
        if not max(chosen, cheapest) < len(paths):
            raise ValueError("it recommends a path that it does not contain")
        figures["provisional"] = scalar("provisional") == 1
        figures["cheapest"] = paths[cheapest].id if cheapest >= 0 else None
        path = paths[chosen] if chosen >= 0 else None
        figures |= {"recommendation": path.id if path else None, "label": path.label if path else None}
        for key in OF_PATH:
            home = layout.homes[key]
            figures[key] = cells.at(home.sheet, home.row + chosen, home.column) if path else None
        row = simulation.TOP + 2 + chosen
        for name, column in _columns().items():
            figures[name] = cells.at(simulation.NAME, row, column) if path else None
        return figures

    def _layout(self, user_paths: str) -> tuple[Book, str]:
        """The places of all quantities in a workbook with these user-defined paths, and its template."""
        if user_paths not in self._layouts:
            layout = book([scenario({**STAND_IN, recorded_inputs.PATHS: json.loads(user_paths)})], 0)
            layout.finish()
            self._layouts = {user_paths: (layout, template_of(layout))}
        return self._layouts[user_paths]


def _columns() -> dict[str, int]:
    """Name in the manifest -> column of the sheet Simulation."""
    ends = {"best": CASES.index("best"), "worst": CASES.index("worst")}
    levels = {"p10": 0, "p90": len(simulation.LEVELS) - 1}
    return {name: simulation.CASE + at for name, at in ends.items()} | {
        name: simulation.LEVEL + at for name, at in levels.items()
    }


def _same(in_manifest: object, in_workbook: object) -> bool:
    if isinstance(in_manifest, bool):
        return in_manifest == in_workbook
    if isinstance(in_manifest, int | float) and isinstance(in_workbook, int | float):
        return math.isclose(in_manifest, in_workbook, rel_tol=CLOSE, abs_tol=CENT)
    return in_manifest == in_workbook
