"""Compares a line of the manifest with the cells of its workbook: every figure, and whose it is."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from calc.scenario import scenario
from calc.scenario.actuals import KEY as ACTUALS
from calc.scenario.actuals import PATH
from calc.scenario.faults import Fault, problem, shown
from calc.scenario.quotes import KEY as QUOTES
from workbook.bulk.batch.cells import Cells
from workbook.bulk.batch.making import template_of
from workbook.bulk.batch.manifest_line import Record
from workbook.write.answer import answer
from workbook.write.book import Book
from workbook.write.build import SAYS_NOTHING, book
from workbook.write.edition import Edition
from workbook.write.sheets import about, recorded_inputs

# Entry of the manifest -> name of the input cell that it repeats.
INPUTS = {"name": "in_name", "owner": "in_owner", "currency": "in_currency", "usd_rate": "in_usd_rate"}
# A spreadsheet keeps fewer digits of a number than the manifest does.
CLOSE, CENT = 1e-9, 1e-6
TRACKED = {ACTUALS: {"core_done": [0]}}
# How many layouts are kept: those of a portfolio in which some rows are under way.
LAYOUTS = 2


class Contradiction(Fault):
    """An entry that is well formed but differs from the workbook."""


class Agreement:
    """Compares one workbook after another; their last layouts are kept, since most workbooks share one."""

    def __init__(self) -> None:
        self._layout = lru_cache(LAYOUTS)(_layout)

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
        edition = cells.at(about.NAME, about.EDITION, 2)
        if edition not in list(Edition):
            raise ValueError("it does not say which edition it is")
        layout, template = self._layout(
            str(cells.at(changed.sheet, changed.row + 1, 3)),
            str(cells.at(changed.sheet, changed.row + 3, 3)),
            _is_tracked(str(cells.at(changed.sheet, changed.row + 4, 3))),
            Edition(edition),
        )
        figures: dict[str, Any] = {
            "template": template,
            "edition": edition,
            "input": cells.at(about.NAME, about.INPUTS, 2),
        }
        figures |= {name: cells.named(cell_name) for name, cell_name in INPUTS.items()}
        figures |= {"owner": figures["owner"] or ""}
        return figures | answer(layout, cells.at)


def _is_tracked(actuals: str) -> bool:
    """Whether anything but the path stands in the recorded actuals: such a workbook is laid out in its own way."""
    recorded = json.loads(actuals)
    return isinstance(recorded, dict) and bool(recorded.keys() - {PATH})


def _layout(user_paths: str, quotes: str, tracked: bool, edition: Edition) -> tuple[Book, str]:
    """The places of all quantities in a workbook with these user-defined paths and quotes, and its template."""
    own = {recorded_inputs.PATHS: json.loads(user_paths), QUOTES: json.loads(quotes)}
    laid_out = book([scenario(SAYS_NOTHING | own | (TRACKED if tracked else {}))], 0, edition=edition)
    laid_out.finish()
    return laid_out, template_of(laid_out)


def _same(in_manifest: object, in_workbook: object) -> bool:
    if isinstance(in_manifest, dict) and isinstance(in_workbook, dict):
        return set(in_manifest) == set(in_workbook) and all(
            _same(in_manifest[key], in_workbook[key]) for key in in_workbook
        )
    if isinstance(in_manifest, list) and isinstance(in_workbook, list):
        return len(in_manifest) == len(in_workbook) and all(map(_same, in_manifest, in_workbook))
    if isinstance(in_manifest, bool):
        return in_manifest == in_workbook
    if isinstance(in_manifest, int | float) and isinstance(in_workbook, int | float):
        return math.isclose(in_manifest, in_workbook, rel_tol=CLOSE, abs_tol=CENT)
    return in_manifest == in_workbook
