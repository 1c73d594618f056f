"""The choices that a reader makes on the sheet Inputs, as a new workbook has them."""

from __future__ import annotations

from collections.abc import Mapping

# The path on the sheets Plan and Gantt, and the two that Sensitivity compares.
PATHS: Mapping[str, str] = {"plan_path": "recommended", "compare_path": "recommended", "compare_with": "next best"}
STANDARD: Mapping[str, str] = {"case": "likely", **PATHS}
