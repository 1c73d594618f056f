"""Descriptions of arguments that many functions share, for the function wizard."""

from calc.model import CASES

SCENARIO = (
    "Two columns, field and value (and low, high), in any order, like the sheet Inputs from column B; "
    "or a table: fields as its header, a scenario in each row; or a cell with tco_scenario."
)
PATH = "Id or label of a path, or a range of them; the recommended path if left out."
COST_CASE = f"{', '.join(CASES)}: which end of every range counts; as the scenario says (view.case), else likely."
ANSWERS = "More fields in the same form, for example the sheet Answers, columns C and D."
PARAMETERS = "More fields in the same form, for example the sheet Parameters, columns C to J: one's own values count."
EVERYWHERE = {"answers": ANSWERS, "parameters": PARAMETERS}
