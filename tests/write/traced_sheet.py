"""Functions written as Excel by tracing them, in one sheet that every judge calculates."""

import math
import os

import numpy as np
import pytest

from calc.native import calendar_month, calendar_year, month_later, normal_chance, normal_quantile, rounded
from calc.reductions import largest, largest_given, picked, position, smallest_given, summed
from tests.engines import formualizer_engine, ironcalc_engine, libreoffice
from tests.engines.test_engines import workbook
from workbook.files.address import column_letters
from workbook.write.formula.expression import Home, Reference, reference
from workbook.write.formula.text import amount, formatted, joined
from workbook.write.formula.tracing import traced

JUDGES = [
    pytest.param(libreoffice, libreoffice.values, id="libreoffice"),
    pytest.param(ironcalc_engine, ironcalc_engine.recalculate, id="ironcalc"),
    pytest.param(formualizer_engine, formualizer_engine.recalculate, id="formualizer"),
]
COUNT = 4000 if os.environ.get("ENGAGEMENT_THOROUGH") == "1" else 300
SHEET = "Costs & more"  # the sheet of the smallest workbook

COMMON = {
    "np": np, "summed": summed, "largest": largest, "largest_given": largest_given, "smallest_given": smallest_given,
    "position": position, "picked": picked,
}  # fmt: skip

TRACING = COMMON | {
    "node": lambda x: x,
    "apart": lambda one, other: one,
    "whole_or_not": lambda x: x,
    "no_zero": lambda x: x,
    "sizable": lambda x: x,
}


def function(source, names, space):
    return eval(f"lambda {', '.join(names)}: {source}", space)


class Sheet:
    """A formula in every row, with its own cells and ranges in that row; nothing else."""

    def __init__(self):
        self.rows, self.formulas, self.expected = [], [], []

    def add(self, source, arguments, wanted):
        row = len(self.rows) + 1
        cells, symbols, column = [], {}, 2
        for name, given_ in arguments.items():
            values = given_ if isinstance(given_, list) else [given_]
            length, kind = (len(values), "n") if isinstance(given_, list) else (0, None)
            symbols[name] = reference(Reference(Home(SHEET, row, column, None, kind), SHEET, length, kind))
            cells += [cell(f"{column_letters(column + at)}{row}", value) for at, value in enumerate(values)]
            column += len(values)
        made = function(source, arguments, TRACING | TEXTS | DATES | NORMAL) if isinstance(source, str) else source
        formula = traced(made, symbols).printed({})
        escaped = formula.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        self.rows.append(f'<row r="{row}"><c r="A{row}"><f>{escaped}</f><v>0</v></c>{"".join(cells)}</row>')
        self.formulas.append((source, formula, arguments))
        self.expected.append(wanted)

    def differing(self, values, path):
        """The formulas that a judge calculates differently, the shortest first."""
        calculated = values(workbook(path / "formulas.xlsx", f"<sheetData>{''.join(self.rows)}</sheetData>"))
        wrong = []
        for row, (formula, wanted) in enumerate(zip(self.formulas, self.expected, strict=True), 1):
            value = calculated.get((SHEET, f"A{row}"))
            if not agree(value, wanted):
                wrong.append((*formula, f"wanted {wanted}", f"got {value!r}"))
        return sorted(wrong, key=lambda difference: len(difference[1]))[:5]


TEXTS = {"joined": joined, "formatted": formatted, "amount": amount}
DATES = {"month_later": month_later, "calendar_month": calendar_month, "calendar_year": calendar_year}
NORMAL = {"rounded": rounded, "normal_chance": normal_chance, "normal_quantile": normal_quantile}


def agree(value, wanted):
    if isinstance(wanted, str):
        return (value or "") == wanted
    number, scale = wanted
    return isinstance(value, float | int) and math.isclose(value, number, rel_tol=1e-9, abs_tol=1e-9 * scale)


def cell(address, value):
    """None is an empty cell; a text is one that a formula gives, as an empty text is."""
    if value is None:
        return ""
    if isinstance(value, str):
        return f'<c r="{address}" t="str"><f>"{value}"</f><v>{value}</v></c>'
    return f'<c r="{address}"><v>{float(value)!r}</v></c>'
