"""Which texts are units."""

from __future__ import annotations

import re
from functools import cache

import calc.quantities  # noqa: F401  registers the formulas
from calc import catalogue
from calc.quantity import QUANTITIES
from calc.scenario.schema import FIELDS

# Units that do not belong to a quantity of the model: positions, choices, counts and texts of the workbook itself.
OF_THE_WORKBOOK = {
    "number", "text", "answer", "choice", "weight", "0 to 5", "0/1", "share", "%", "date", "day", "days",
    "week", "weeks", "month", "months", "rows", "checks", "answers", "paths", "path", "rank", "trial", "trials",
    "position", "percentile", "of the trials", "ISO 4217",
}  # fmt: skip
MONEY = re.compile(r"[A-Z]{3}(?=$|[^A-Za-z])")


def is_unit(text: object) -> bool:
    """Whether a text is a unit; an amount's unit begins with a currency of three capital letters."""
    if not isinstance(text, str):
        return False
    return text in known() or bool(MONEY.match(text) and MONEY.sub("currency", text, count=1) in known())


@cache
def known() -> frozenset[str]:
    """Every unit of the quantities, parameters, settings and fields, with `currency` for any currency in front."""
    units = {quantity.unit for quantity in QUANTITIES.values()}
    units |= {parameter.unit for _, _, parameter in catalogue.parameter_rows()}
    units |= {setting.unit for setting in catalogue.settings().values()}
    units |= {field.unit for field in FIELDS.values()}
    return frozenset(
        {unit.replace("USD", "currency") if unit.startswith("USD") else unit for unit in units} | OF_THE_WORKBOOK
    )
