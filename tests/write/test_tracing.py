"""Tracing: a plain NumPy function writes its own Excel formula, or is refused; it is never written as something else."""

import math
import random

import numpy as np
import pytest

import calc.quantities  # noqa: F401  registers the formulas
from calc.model import model_for
from calc.quantity import QUANTITIES
from calc.reductions import largest, largest_given, picked, position, summed
from tests import engines
from tests.engines import formualizer_engine, ironcalc_engine, libreoffice
from tests.engines.test_engines import workbook
from workbook.files.address import column_letters, quoted
from workbook.files.agreed import DECLARED_NUMBERS
from workbook.receive.soundness.functions import messages
from workbook.receive.soundness.literals import undeclared
from workbook.receive.soundness.tokens import Patterns
from workbook.write.formula.expression import Home, Reference, Untraceable, literal, reference
from workbook.write.formula.text import amount, formatted, joined
from workbook.write.formula.tracing import Symbol, traced

SHEET = "S"
CELLS = {name: reference(Reference(Home(SHEET, 1, at), SHEET)) for at, name in enumerate("abcd", 1)}
RANGES = {name: reference(Reference(Home(SHEET, 1, at, "n"), SHEET, 9, "n")) for at, name in enumerate("pqr", 7)}
RANGES["row"] = reference(Reference(Home(SHEET, 1, 7, None, "n"), SHEET, 3, "n"))


def written(function, **more):
    names = function.__code__.co_varnames[: function.__code__.co_argcount]
    return traced(function, {name: (CELLS | RANGES | more)[name] for name in names}).printed({})


# What is written


@pytest.mark.parametrize(
    ("function", "formula"),
    [
        (lambda a, b, c: a * b * (1 + c), "$A$1*$B$1*(1+$C$1)"),
        (lambda a, b: (1 + a) ** (-b / 12), "(1+$A$1)^(-$B$1/12)"),
        (lambda a: -(a**2), "-($A$1^2)"),
        (lambda a: (-a) ** 2, "(-$A$1)^2"),
        (lambda a, b, c: (a**b) ** c, "($A$1^$B$1)^$C$1"),
        (lambda a, b, c: a**b**c, "$A$1^($B$1^$C$1)"),
        (lambda a, b, c: a - (b - c), "$A$1-($B$1-$C$1)"),
        (lambda a, b, c: a / (b * c), "$A$1/($B$1*$C$1)"),
        (lambda a, b: np.where(a >= b, "yes", np.nan), 'IF($A$1>=$B$1,"yes","")'),
        (lambda a, b: np.maximum(0, np.minimum(a, b)), "MAX(0,MIN($A$1,$B$1))"),
        (lambda a: np.where(np.isnan(a), 1, a), 'IF($A$1="",1,$A$1)'),
        (lambda p: summed(p), "SUM($G$1:$G$9)"),
        (lambda p, q, a: summed((p == a) * q), "SUMPRODUCT(($G$1:$G$9=$A$1)*$H$1:$H$9)"),
        (lambda p, a: summed(p <= a), "SUMPRODUCT(($G$1:$G$9<=$A$1)*1)"),
        (lambda p: largest(p), "MAX($G$1:$G$9)"),
        (lambda p: position(largest_given(p), p), "MATCH(MAX($G$1:$G$9),$G$1:$G$9,0)"),
        (lambda p, a: picked(p, a), "INDEX($G$1:$G$9,$A$1,1)"),
        (lambda row, a: picked(row, a), "INDEX($G$1:$I$1,1,$A$1)"),
        (lambda a, b, c: np.choose(a - 1, [b, c]), "CHOOSE($A$1,$B$1,$C$1)"),
        (lambda a: joined("a ", formatted(a, "0")), '"a "&TEXT(ROUND($A$1,0),"0")'),
        (lambda a: joined("a ", formatted(a, "0%")), '"a "&TEXT(ROUND($A$1,2),"0%")'),
        (lambda a: joined("a ", amount(a)), '"a "&FIXED(ROUND($A$1,0),0)'),
    ],
)
def test_a_function_writes_its_formula(function, formula):
    assert written(function) == formula


@pytest.mark.parametrize("name", ["Inputs", "Cash flow", "Owner's", "2nd", "Ab-c"])
def test_a_sheets_name_stands_in_quotes_where_it_has_to(name):
    assert quoted(name) == (name if name == "Inputs" else "'" + name.replace("'", "''") + "'")


def test_a_reference_moves_with_its_formula_in_the_dimensions_that_they_share():
    table = Home("Cash flow", 9, 4, down="path", along="month")
    assert reference(Reference(table, "Cash flow")).printed({"path": 2, "month": 1}) == "E11"
    assert reference(Reference(table, "Summary", 60, "month")).printed({"path": 2}) == "'Cash flow'!$D11:$BK11"
    assert reference(Reference(table, "Cash flow", 13, "path")).printed({"month": 3}) == "G$9:G$21"
    assert reference(Reference(table, "Cash flow", fixed=(("path", 0), ("month", 0)))).printed({}) == "$D$9"


# What is refused


REFUSED = {
    "a number that has no cell": lambda a: a * 0.5,
    "a large number": lambda a: a + 1000,
    "infinity": lambda a: a + np.inf,
    "a branch on a value": lambda a: 1 if a > 0 else a,
    "a value asked with not": lambda a: not a,
    "two conditions joined with and": lambda a, b: np.where(a > 0 and b > 0, a, b),
    "a chain of comparisons": lambda a, b: np.where(0 < a < b, a, b),
    "membership": lambda a: a in (a, 1),
    "a constant": lambda a: 1,
    "a constant array": lambda a: np.zeros(3),
    "a constant text": lambda a: "text",
    "a float of a cell": lambda a: float(a) + a,
    "an int of a cell": lambda a: int(a) + a,
    "math on a cell": lambda a: math.sqrt(a),
    "a cell within a Python text": lambda a: joined(a, f" {a}"),
    "a cell made a Python text": lambda a: joined(a, str(a)),
    "a cell formatted by Python": lambda a: joined(a, f"{a:.2f}"),
    "a comparison as the result": lambda a, b: a > b,
    "a comparison of ranges as the result": lambda p, a: p == a,
    "a range that nothing sums": lambda p: p,
    "a product that nothing sums": lambda p, q: p * q,
    "a choice over a range": lambda p: summed(np.where(p > 0, p, 0)),
    "a maximum with a range inside a sum": lambda p, a: summed(np.maximum(p, a)),
    "a rounding inside a sum": lambda p: summed(np.floor(p)),
    "a sum over all axes": lambda p: np.sum(p),
    "a sum over the first axis": lambda p: np.sum(p, axis=0),
    "a sum of a single cell": lambda a: summed(a),
    "a largest of a product": lambda p, q: largest(p * q),
    "a mean": lambda p: np.mean(p, axis=-1),
    "a cubic root": lambda a: np.cbrt(a),
    "an exponential": lambda a: np.exp(a),
    "a logarithm": lambda a: np.log(a),
    "a division without rest": lambda a: a // 2,
    "a logical and": lambda a, b: np.where((a > 0) & (b > 0), 1, 0),
    "a logical not": lambda a: np.where(~(a > 0), 1, 0),
    "NumPy's logical and": lambda a, b: np.where(np.logical_and(a > 0, b > 0), 1, 0),
    "NumPy's own rounding, half to even": lambda a: np.round(a, 2),
    "NumPy's rint": lambda a: np.rint(a),
    "Python's round": lambda a: round(a, 2),
    "truncation": lambda a: np.trunc(a),
    "a cumulated sum": lambda p: np.cumsum(p),
    "sorting": lambda p: np.sort(p),
    "a range by its index": lambda p: p[0],
    "going through a range": lambda p: sum(x for x in p),
    "the length of a range": lambda p: len(p) + p,
    "a masked operation": lambda a, b: np.add(a, b, where=False),
    "an accumulation": lambda p: np.add.accumulate(p),
    "a sum by a ufunc": lambda p: np.add.reduce(p),
    "a number with decimals in a text": lambda a: formatted(a, "0.00"),
    "thousands grouped by a code": lambda a: formatted(a, "#,##0"),
    "a date in a text": lambda a: formatted(a, "yyyy-mm-dd"),
    "quotation marks within a text": lambda a: joined('say "', a),
    "None": lambda a: a + None,
    "a list": lambda a: np.where(a > 0, [1, 2], 0),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_has_no_excel_form_is_refused(what):
    # Python's own protocols raise TypeErrors of their own, and Untraceable is one: nothing comes back, that is what counts.
    with pytest.raises(TypeError):
        written(REFUSED[what])


@pytest.mark.parametrize("number", sorted(DECLARED_NUMBERS))
def test_a_declared_number_may_stand_in_a_formula(number):
    assert literal(number).printed({}) == str(number)
    assert literal(-number).printed({}) == (f"-{number}" if number else "0")


@pytest.mark.parametrize("number", [3, 10, 0.5, 1.0000001, 1e9, float("inf")])
def test_any_other_number_is_refused(number):
    with pytest.raises(Untraceable):
        literal(number)


def test_a_refusal_says_what_is_wrong_and_what_to_do():
    with pytest.raises(Untraceable, match=r"0\.5 may not stand in a formula; give it a cell"):
        written(lambda a: a * 0.5)
    with pytest.raises(Untraceable, match=r"use np\.where"):
        written(lambda a: 1 if a > 0 else a)


# Every quantity of the model


def arguments(node):
    """A cell for each argument of a quantity, or a range where it takes every element of a dimension."""
    symbols = {}
    for at, (name, argument) in enumerate(zip(QUANTITIES[node.key].arguments, node.arguments, strict=True), 1):
        down, length = ("n", LENGTH) if argument.collapsed else (None, 0)
        symbols[name] = reference(Reference(Home(SHEET, 1, at, down), SHEET, length, down))
    return symbols


LENGTH = 6


@pytest.mark.parametrize("key", QUANTITIES)
def test_every_quantity_can_be_traced_by_the_rules_of_the_workbook(key):
    node = model_for().graph.node(key)
    text = traced(QUANTITIES[key].function, arguments(node)).printed({})
    pattern = Patterns().formula(text, SHEET, 1, 50).pattern
    assert messages(pattern) == []
    assert undeclared(pattern) == []
    assert len(text) <= 500


VALUES = [0.0, 0.0, 1.0, 1.0, 1.0, -1.0, 2.0, 3.0, 0.5, 0.25, 1.125, 12.005, 0.3, 7.0, 1234.565]
ROUNDS = 60
# What has to be among what, for a formula that looks for it.
AMONG = {
    "best_fitting": ("best_candidate_fit", "all_candidate_fit"),
    "path_at_place": ("place_number", "all_place_of"),
    "explained_at": ("place_number", "all_explained_place"),
    "alert_at": ("alert_number", "all_alert_place"),
    "reason_at": ("reason_number", "all_reason_place"),
}
# What has to be a position in a range, and a range that has to hold a 1.
POSITIONS = {"horizon_lead": "horizon_months"}
WITH_ONE = {"break_even_month": "all_ahead_for_good", "first_on_frontier": "all_frontier"}
# What lies below a number, and days: engines disagree on those before March 1900.
WITHIN = {"discount_rate": 1, "month": 61, "horizon_months": 61}
DAYS = (46053.0, 46081.0, 73050.0)
JUDGES = [
    pytest.param(libreoffice, libreoffice.values, id="libreoffice"),
    pytest.param(ironcalc_engine, ironcalc_engine.recalculate, id="ironcalc"),
    pytest.param(formualizer_engine, formualizer_engine.recalculate, id="formualizer"),
]


@pytest.fixture(scope="module")
def quantities():
    """A sheet with every quantity at random arguments, halves and zeros among them, and what NumPy gives for each."""
    rng = random.Random(7)
    rows, wanted = [], []
    for key in QUANTITIES:
        node = model_for().graph.node(key)
        for _ in range(ROUNDS):
            values = [[rng.choice(VALUES) for _ in range(LENGTH if a.collapsed else 1)] for a in node.arguments]
            by_array = by_numpy(node, values)
            if by_array is not None:
                rows.append(row_of(node, values, len(rows) + 1))
                wanted.append((key, values, by_array))
    return f"<sheetData>{''.join(rows)}</sheetData>", wanted


def by_numpy(node, values):
    """What the quantity gives, or None where an engine would show an error that no cell of the model ever has."""
    names = QUANTITIES[node.key].arguments
    if node.key in AMONG:
        one, others = (values[names.index(name)] for name in AMONG[node.key])
        one[0] = max(others)
    if node.key in POSITIONS:
        at = values[names.index(POSITIONS[node.key])]
        at[0] = float(1 + int(abs(at[0])) % LENGTH)
    if node.key in WITH_ONE:
        values[names.index(WITH_ONE[node.key])][-1] = 1.0
    for name, limit in WITHIN.items():
        if name in names:
            values[names.index(name)][0] %= limit
    if "start_day" in names:
        values[names.index("start_day")][0] = DAYS[len(names) % len(DAYS)]
    arrays = [np.array([one]) for one in values]
    if "case_number" in names:
        case = values[names.index("case_number")]
        case[0] = float(1 + int(abs(case[0])) % 3)
        arrays[names.index("case_number")] = np.array([case]).astype(int)
    try:
        with np.errstate(all="raise"):
            (number,) = np.ravel(node.function(*arrays))
    except (FloatingPointError, IndexError, ValueError, NotImplementedError):
        return None
    return float(number) if np.isfinite(number) else None


def row_of(node, values, row):
    cells, symbols, column = [], {}, 2
    for name, one in zip(QUANTITIES[node.key].arguments, values, strict=True):
        along = "n" if len(one) > 1 else None
        symbols[name] = reference(
            Reference(Home(SHEET, row, column, None, along), SHEET, len(one) if along else 0, along)
        )
        cells += [f'<c r="{column_letters(column + at)}{row}"><v>{value!r}</v></c>' for at, value in enumerate(one)]
        column += len(one)
    formula = traced(node.function, symbols).printed({}).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'<row r="{row}"><c r="A{row}"><f>{formula}</f><v>0</v></c>{"".join(cells)}</row>'


@pytest.mark.parametrize(("engine", "values"), JUDGES)
def test_a_quantity_gives_in_a_cell_what_it_gives_in_python(engine, values, quantities, tmp_path):
    engines.need(engine)
    data, wanted = quantities
    assert len({key for key, _, _ in wanted}) > 0.9 * len(QUANTITIES)
    calculated = {ref: value for (_, ref), value in values(workbook(tmp_path / "quantities.xlsx", data)).items()}
    wrong = {}
    for row, (key, given, number) in enumerate(wanted, 1):
        value = calculated.get(f"A{row}")
        if not isinstance(value, float) or not math.isclose(value, number, rel_tol=1e-9, abs_tol=1e-9):
            wrong.setdefault(key, f"{given} wanted {number!r} got {value!r}")
    assert wrong == {}


def test_a_symbol_is_no_number():
    symbol = Symbol(CELLS["a"])
    for convert in (bool, float, int, complex, round, math.floor, len, iter, hash, sum, str, "{:,.0f}".format):
        with pytest.raises(TypeError):
            convert(symbol)
