"""The functions for Excel that people use, without those of single formulas, under the name by which the add-in asks for them."""

from __future__ import annotations

from calc.udfs.of_scenarios import *  # noqa: F403
