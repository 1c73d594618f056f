"""The published figures, each with its unit and its source down to the passage."""

from __future__ import annotations

from functools import cache
from typing import Any

from calc import catalogue
from calc.text.suggestion import near
from calc.udfs.cells import UnusableError, choice, grid, is_blank, omitted, shown, text
from calc.udfs.function import excel_function
from calc.udfs.output import NO_VALUE, rows, table

COLUMNS = ("low", "likely", "high", "unit", "basis", "source", "label")


@excel_function(
    fact="Id of a figure, such as freelancer.rate, decision.core_weight or firm_fee; a range of them; all if left out.",
    what=f"One of {', '.join(COLUMNS)}; all of these side by side if left out.",
)
def tco_fact(fact=None, what=None):
    """A published figure: low, likely and high (money in USD), unit, basis, source with place, and label."""
    wanted = choice("what", what, COLUMNS, "") or None
    if omitted(fact):
        return table(["Id", *COLUMNS], [[key, *columns] for key, columns in facts().items()])
    if wanted:
        return rows([[_fact(cell)[COLUMNS.index(wanted)] for cell in row] for row in grid(fact)])
    return rows([_fact(cell) for row in grid(fact) for cell in row])


@cache
def facts() -> dict[str, list[Any]]:
    """Id -> the columns of a figure: parameters by model, values of the decision, figures of the sources."""
    known = {
        f"{model}.{name}": [parameter.range.low, parameter.range.likely, parameter.range.high, *_ground(parameter)]
        for model, name, parameter in catalogue.parameter_rows()
    }
    known |= {
        f"decision.{name}": [None, setting.value, None, *_ground(setting)]
        for name, setting in catalogue.settings().items()
    }
    for name, figure in catalogue.figures().items():
        cited = "; ".join(reference.citation for reference in figure.references)
        known[name] = [figure.low, figure.likely, figure.high, figure.unit, "source", cited, figure.label]
    return known


def _ground(item: Any) -> list[str]:
    return [item.unit, item.basis, item.citation or item.note, item.label]


def _fact(cell: Any) -> list[Any]:
    if is_blank(cell):
        return [NO_VALUE] * len(COLUMNS)
    known, name = facts(), text(cell).lower().removeprefix("overrides.")
    if name not in known:
        like = near(name, known)
        hint = f"; did you mean {like}?" if like else ", for example freelancer.rate"
        raise UnusableError("fact", f"found {shown(cell)}", f"an id of a figure{hint}")
    return known[name]
