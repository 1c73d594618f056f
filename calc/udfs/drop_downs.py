"""What an argument may be, where a spreadsheet can offer it as a drop-down list."""

from __future__ import annotations

from collections.abc import Mapping

from calc import catalogue
from calc.model import CASES, model_for
from calc.quantities.alerts import ALERTS
from calc.quantities.lines import LINES
from calc.udfs import break_even, decision, fact
from calc.udfs.figures import FIGURES


def drop_downs(function: str) -> Mapping[str, tuple[str, ...]]:
    """Argument -> the words it takes, in their order, of the function of that name."""
    paths = tuple(model_for().structure.path_ids)
    everywhere = {"path": paths, "first": paths, "second": paths, "cost_case": CASES}
    return {
        **everywhere,
        "cost_line": tuple(LINES),
        "figure": FIGURES,
        "lens": tuple(catalogue.lenses()),
        "alert": tuple(ALERTS),
        **({"what": WHAT[function]} if function in WHAT else {}),
    }


WHAT: Mapping[str, tuple[str, ...]] = {
    "tco_recommend": (*decision.POSITIONS, *decision.MEASURES),
    "tco_lens": (*decision.LENS_FIGURES, "verdict"),
    "tco_break_even": break_even.CROSSINGS,
    "tco_fact": fact.COLUMNS,
}
