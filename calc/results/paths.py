"""A path's part of a result: what it costs, by line, month and case, how well it fits, and its phases."""

from __future__ import annotations

from typing import Any

from calc.quantities.lines import LINES, PHASE_LINES, RUN_LINES
from calc.results.evaluation import BEYOND, FIGURES, Evaluation
from calc.results.searched import searched_path
from calc.results.simulated import simulated_of
from calc.searches import Searches
from calc.structure import QuoteRow


def paths_of(evaluation: Evaluation, row: int, searches: Searches | None) -> dict[str, dict]:
    """Path -> its figures, in the project's currency; those that cannot be given are None."""
    horizon = evaluation.scenarios[row].project.horizon_months
    paths = {}
    for number, path in enumerate(evaluation.model.structure.paths):

        def here(name: str, number: int = number) -> Any:
            return evaluation.of(name, row)[number]

        paths[path.id] = {
            "label": path.label,
            "eligible": here("eligible") == 1,
            "fit": here("fit"),
            "core_fit": here("path_core_fit"),
            "run_fit": here("run_fit"),
            "first_step": here("first_step"),
            "total": here("total"),
            "npv": here("npv"),
            **searched_path(searches, path.id),
            "beyond": {part: here(quantity) for part, quantity in BEYOND.items()},
            "lines": {line: here(quantity) for line, quantity in LINES.items()},
            "months": here("spend")[:horizon],
            "weeks_to_stable": here("weeks_to_stable"),
            "finished": here("finished") == 1,
            "best": evaluation.totals["best"][row][number],
            "worst": evaluation.totals["worst"][row][number],
            **simulated_of(evaluation, row, number),
            **{figure: here(figure) for figure in FIGURES},
            "phases": phases_of(evaluation, row, number),
        }
    return paths


def phases_of(evaluation: Evaluation, row: int, number: int) -> list[dict]:
    """The phases of a path in order, in weeks from the start of the project.

    Lines of audit and core phases are those of the whole phase; the feature work and the retainer run to the horizon. What
    is paid by then is all that has been paid on the path when the phase ends: whoever stops there pays no more.
    """
    structure = evaluation.model.structure
    path = structure.paths[number]
    first = structure.phases.index(path.phases[0])
    phases = []
    for at, phase in enumerate(path.phases, first):
        lines = {line: evaluation.of(quantity, row)[at] for line, quantity in PHASE_LINES.items()}
        start, end = evaluation.of("start_week", row)[at], evaluation.of("end_week", row)[at]
        paid = evaluation.of("paid_by_end", row)[at]
        phases.append(_phase(phase.model, phase.work, start, end, lines, paid, phase.quote))
    paid = evaluation.of("paid", row)[number] + evaluation.of("phases_paid_past", row)[number]
    weeks_per_month, horizon = evaluation.of("weeks_per_month", row), evaluation.of("horizon_weeks", row)
    start = evaluation.of("run_start", row)[number] * weeks_per_month
    lines = {line: evaluation.of(quantity, row)[number] for line, quantity in RUN_LINES.items()}
    phases.append(_phase(path.runner, "run", start, max(start, horizon), lines, paid, path.runner_quote))
    if path.keeper:
        start = evaluation.of("core_end", row)[number] * weeks_per_month
        lines = {"retainer": evaluation.of("retainer_total", row)[number]}
        phases.append(_phase(path.keeper, "retainer", start, max(start, horizon), lines, paid))
    return phases


def _phase(
    model: str, work: str, start: float, end: float, lines: dict, paid: float, quote: QuoteRow | None = None
) -> dict:
    """quote: who does it in the place of the model, if anybody has offered to."""
    by = {"model": model} | ({"quote": quote.vendor} if quote else {})
    dated = by | {"work": work, "start_week": start, "end_week": end}
    return dated | {"lines": lines, "paid_by_then": paid}
