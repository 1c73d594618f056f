"""The functions of Excel: what `engagement` calculates, from any cell, by xlwings. Needs xlwings; nothing else in `calc` does.

Functions that take a scenario (`tco_total`, `tco_table`, ...) are written out in the modules here; a function for each formula
of the model (`tco_hours`, `tco_duration`, `tco_replacement_cost`, ...) is made from the quantities themselves.
"""

from calc.udfs.break_even import tco_break_even  # noqa: F401
from calc.udfs.decision import tco_lens, tco_recommend, tco_why  # noqa: F401
from calc.udfs.fact import tco_fact  # noqa: F401
from calc.udfs.figures import tco_figure, tco_fit, tco_line, tco_months, tco_npv, tco_table, tco_total  # noqa: F401
from calc.udfs.formulas import formulas
from calc.udfs.plan import tco_plan  # noqa: F401
from calc.udfs.simulation import tco_simulate  # noqa: F401

globals().update({formula.__name__: formula for formula in formulas()})

__all__ = [name for name in globals() if name.startswith("tco_")]  # noqa: PLE0605
