"""The JSON Schemas of what goes in and what comes out, by name: `engagement facts --schema NAME`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

NAMES = ("scenario", "defaults", "results", "explain", "manifest", "check", "diff")


def schemas() -> dict[str, Callable[[], dict[str, Any]]]:
    """Name -> what makes the schema."""
    from calc.difference.json_form import difference_schema
    from calc.results.json_form import explanation_schema, results_schema
    from calc.scenario.json_schema import defaults_schema, scenario_schema
    from workbook.bulk.batch import manifest_schema
    from workbook.receive.checking import check_schema

    made = (
        scenario_schema, defaults_schema, results_schema, explanation_schema, manifest_schema, check_schema,
        difference_schema,
    )  # fmt: skip
    return dict(zip(NAMES, made, strict=True))
