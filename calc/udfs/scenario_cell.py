"""A scenario in one cell, read once for all the functions that take it."""

from __future__ import annotations

from calc.udfs.descriptions import EVERYWHERE, SCENARIO
from calc.udfs.function import excel_function
from calc.udfs.scenarios import handle_of, one_scenario


@excel_function(scenario=SCENARIO, **EVERYWHERE)
def tco_scenario(scenario, answers=None, parameters=None):
    """The scenario as the text of one cell, checked: other functions take that cell in place of the ranges."""
    return handle_of(one_scenario(scenario, answers, parameters))
