"""The JSON Schemas of what goes in and what comes out, by name: `engagement facts --schema NAME`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

NAMES = (
    "scenario", "defaults", "results", "explain", "manifest", "check", "diff", "design", "sensitivity", "calibrate",
    "track", "facts", "build", "read", "batch", "merge", "quotes", "mail", "doctor",
)  # fmt: skip


def schemas() -> dict[str, Callable[[], dict[str, Any]]]:
    """Name -> what makes the schema."""
    from calc.calibration.json_form import calibrate_schema
    from calc.difference.json_form import difference_schema
    from calc.facts_form import facts_schema
    from calc.json_form import described
    from calc.results.json_form import explanation_schema, results_schema
    from calc.scenario.json_schema import defaults_schema, scenario_schema
    from calc.sequences.json_form import design_schema
    from calc.tracking.json_form import track_schema
    from workbook.bulk.batch import manifest_schema
    from workbook.command import json_forms as forms
    from workbook.receive.checking import check_schema

    made = (
        scenario_schema, defaults_schema, results_schema, explanation_schema, manifest_schema, check_schema,
        difference_schema, design_schema, lambda: described(forms.Sensitivity, "Sensitivity"), calibrate_schema,
        track_schema, facts_schema, lambda: described(forms.Built, "Build"), lambda: described(forms.ReadBack, "Read"),
        lambda: described(forms.BatchDone, "Batch"), lambda: described(forms.Merged, "Merge"),
        lambda: described(forms.QuotesTaken, "Quotes"), lambda: described(forms.Mailed, "Mail"),
        lambda: described(forms.Diagnosis, "Doctor"),
    )  # fmt: skip
    return dict(zip(NAMES, made, strict=True))
