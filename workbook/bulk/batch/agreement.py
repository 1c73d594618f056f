"""Whether a line of the manifest says what the cells of its workbook say: every figure, and whose it is."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

from calc.model import CASES
from calc.scenario import scenario
from calc.scenario.faults import Fault, shown
from workbook.bulk.batch.cells import Cells
from workbook.bulk.batch.making import template_of
from workbook.bulk.batch.manifest_line import Record
from workbook.write.book import Book
from workbook.write.build import book
from workbook.write.sheets import about, recorded_inputs, simulation

# What is compared with an input, by the name of its cell.
INPUTS = {"name": "in_name", "owner": "in_owner", "currency": "in_currency", "usd_rate": "in_usd_rate"}
OF_PATH = ("total", "npv", "weeks_to_stable", "core_cost")
# Cells hold what a spreadsheet keeps of a number, which is less than the manifest does.
CLOSE, CENT = 1e-9, 1e-6
STAND_IN = {"project": {"name": "any", "start": "2026-01-01"}, "work": {"core_hours": 1}}


class Contradiction(Fault):
    """An entry that is well formed, and not what the workbook says."""


class Agreement:
    """Compares one workbook after the other; layouts are kept, since most workbooks share one."""

    def __init__(self) -> None:
        self._layouts: dict[str, tuple[Book, str]] = {}

    def faults(self, line: Record, content: bytes, where: str) -> Iterator[Fault]:
        """A fault for every entry of the line that the workbook contradicts."""
        try:
            told = self._told(Cells(content))
        except ValueError as error:  # Refused is one too
            yield Fault(
                where, f"a workbook that cannot be compared: {str(error).splitlines()[0]}", "one of this version"
            )
            return
        for entry, value in told.items():
            if not _same(line.get(entry), value):
                yield Contradiction(f"{where}, {entry}", shown(line.get(entry)), f"{shown(value)}, as in its workbook")

    def _told(self, cells: Cells) -> dict[str, Any]:
        """What the workbook says, under the names of the manifest. Raises ValueError."""
        changed = cells.names.get("inputs_changed")
        if changed is None:
            raise ValueError("no record of its inputs")
        layout, template = self._layout(str(cells.at(changed.sheet, changed.row + 1, 3)))

        def scalar(key: str) -> float:
            home = layout.homes[key]
            return float(cells.at(home.sheet, home.row, home.column) or 0)

        told: dict[str, Any] = {"template": template, "input": cells.at(about.NAME, 7, 2)}
        told |= {entry: cells.named(name) for entry, name in INPUTS.items()}
        told |= {"owner": told["owner"] or "", "budget": cells.named("in_budget")}
        paths, chosen = layout.structure.paths, int(scalar("recommended")) - 1
        cheapest = int(scalar("cheapest")) - 1
        if not max(chosen, cheapest) < len(paths):
            raise ValueError("it recommends a path that it does not have")
        told["provisional"] = scalar("provisional") == 1
        told["cheapest"] = paths[cheapest].id if cheapest >= 0 else None
        known = chosen >= 0
        told |= {"recommendation": paths[chosen].id if known else None, "label": paths[chosen].label if known else None}
        for key in OF_PATH:
            home = layout.homes[key]
            told[key] = cells.at(home.sheet, home.row + chosen, home.column) if known else None
        row = simulation.TOP + 2 + chosen
        for entry, column in _columns().items():
            told[entry] = cells.at(simulation.NAME, row, column) if known else None
        return told

    def _layout(self, own_paths: str) -> tuple[Book, str]:
        """The places of all quantities where a scenario has these paths of its own, and the template."""
        if own_paths not in self._layouts:
            layout = book([scenario({**STAND_IN, recorded_inputs.PATHS: json.loads(own_paths)})], 0)
            layout.finish()
            self._layouts = {own_paths: (layout, template_of(layout))}
        return self._layouts[own_paths]


def _columns() -> dict[str, int]:
    ends = {"best": CASES.index("best"), "worst": CASES.index("worst")}
    levels = {"p10": 0, "p90": len(simulation.LEVELS) - 1}
    return {name: simulation.CASE + at for name, at in ends.items()} | {
        name: simulation.LEVEL + at for name, at in levels.items()
    }


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float) and not isinstance(one, bool):
        return math.isclose(one, other, rel_tol=CLOSE, abs_tol=CENT)
    return one == other
