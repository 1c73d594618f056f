"""The Excel functions: everything `engagement` calculates, in any cell, through xlwings, which only this room needs.

Functions that take a scenario (`tco_total`, `tco_table`, ...) are written out in the modules here; a function for
each formula of the model (`tco_hours`, `tco_duration`, `tco_replacement_cost`, ...) is made from the quantities
themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import xlwings as xw

from calc.udfs.break_even import tco_break_even
from calc.udfs.decision import tco_lens, tco_recommend, tco_status, tco_why
from calc.udfs.design import tco_design
from calc.udfs.fact import tco_fact
from calc.udfs.figures import tco_figure, tco_fit, tco_line, tco_months, tco_npv, tco_same_scope, tco_table, tco_total
from calc.udfs.function import ExcelFunction
from calc.udfs.plan import tco_plan
from calc.udfs.scenario_cell import tco_scenario
from calc.udfs.sentences import tco_alerts, tco_why_not
from calc.udfs.simulation import tco_simulate
from calc.udfs.single_formulas import formulas

CATEGORY = "Engagement"


def registered(excel: ExcelFunction) -> Callable[..., Any]:
    """The function as xlwings calls it from Excel: two dimensions for every argument, and errors as their texts."""
    function: Callable[..., Any] = excel
    for name, description in excel.descriptions.items():
        function = xw.arg(name, ndim=2, err_to_str=True, doc=description)(function)
    return xw.func(category=CATEGORY, call_in_wizard=excel.call_in_wizard)(function)


# What people use; the single formulas are for those who ask for all functions.
OF_SCENARIOS = (
    tco_scenario, tco_total, tco_npv, tco_same_scope, tco_line, tco_figure, tco_months, tco_table, tco_recommend, tco_status,
    tco_alerts, tco_fit, tco_lens, tco_why, tco_why_not, tco_plan, tco_design, tco_break_even, tco_simulate, tco_fact,
)  # fmt: skip
FUNCTIONS = {function.__name__: registered(function) for function in (*OF_SCENARIOS, *formulas())}
globals().update(FUNCTIONS)
__all__ = list(FUNCTIONS)
