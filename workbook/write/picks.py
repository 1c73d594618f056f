"""The choices that a reader makes on the sheet Inputs, as a new workbook has them."""

from __future__ import annotations

from collections.abc import Mapping

from calc.scenario import Scenario

# The path on the sheets Plan and Gantt, and the two that Sensitivity compares.
PATHS: Mapping[str, str] = {"plan_path": "recommended", "compare_path": "recommended", "compare_with": "next best"}
STANDARD: Mapping[str, str] = {"case": "likely", **PATHS}


def picks_for(given: Scenario) -> dict[str, str]:
    """The choices in a new workbook of the scenario: the plan shows the path that is followed."""
    return dict(STANDARD) | ({"plan_path": given.actuals.path} if given.actuals.path else {})
