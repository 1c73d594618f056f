"""What a traced formula gives in a spreadsheet is what NumPy gives for the function that it was traced from.

Random functions are built from everything that formulas may use, written as Excel by tracing them, and calculated by every
judge that is installed, all of them in one workbook, so that LibreOffice starts once.
"""

import math
import os
import re

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from calc import catalogue, native
from calc.model import CASES
from calc.reductions import largest, largest_given, picked, position, smallest_given, summed
from tests import engines
from tests.engines import formualizer_engine, ironcalc_engine, libreoffice
from tests.engines.test_engines import workbook
from workbook.files.address import column_letters
from workbook.write.formula.expression import Home, Reference, Untraceable, reference
from workbook.write.formula.text import amount, formatted, joined
from workbook.write.formula.tracing import traced

JUDGES = [
    pytest.param(libreoffice, libreoffice.values, id="libreoffice"),
    pytest.param(ironcalc_engine, ironcalc_engine.recalculate, id="ironcalc"),
    pytest.param(formualizer_engine, formualizer_engine.recalculate, id="formualizer"),
]
COUNT = 4000 if os.environ.get("ENGAGEMENT_THOROUGH") == "1" else 300
SHEET = "Costs & more"  # the sheet of the smallest workbook
SINGLES, RANGES, LENGTH = "abcd", "pqr", 5


class UnsureError(Exception):
    """A value that two sound engines may take differently: infinite, huge, or a hair's breadth from where it would jump."""


def collected(strategy, count=COUNT):
    """So many examples of a strategy."""
    found = []

    @settings(
        max_examples=count,
        phases=[Phase.generate],
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(example):
        found.append(example)

    collect()
    return found


# Functions as source text, so that a failure can be read. `node`, `less` and the others are told apart while they are
# calculated with numbers: there they look at what they get.

leaves = st.sampled_from([*SINGLES, *SINGLES, "0", "1", "2", "12", "-1"])


def grown(inner):
    pair = st.tuples(inner, inner)
    three = st.tuples(inner, inner, inner)
    return st.one_of(
        st.tuples(pair, st.sampled_from("+-*/")).map(lambda x: f"node({x[0][0]} {x[1]} {x[0][1]})"),
        pair.map(lambda x: f"node(sizable(no_zero({x[0]}) ** {x[1]}))"),
        inner.map(lambda x: f"node(-{x})"),
        inner.map(lambda x: f"node(np.abs({x}))"),
        inner.map(lambda x: f"node(np.floor(whole_or_not({x})))"),
        inner.map(lambda x: f"node(np.ceil(whole_or_not({x})))"),
        pair.map(lambda x: f"node(np.maximum({x[0]}, {x[1]}))"),
        pair.map(lambda x: f"node(np.minimum({x[0]}, {x[1]}))"),
        three.map(lambda x: f"node(np.clip({x[0]}, np.minimum({x[1]}, {x[2]}), np.maximum({x[1]}, {x[2]})))"),
        st.tuples(pair, pair, st.sampled_from(["<", "<=", ">", ">=", "==", "!="])).map(
            lambda x: f"node(np.where(apart({x[0][0]}, {x[0][1]}) {x[2]} {x[0][1]}, {x[1][0]}, {x[1][1]}))"
        ),
        st.tuples(pair, pair).map(
            lambda x: (
                f"node((apart({x[0][0]}, {x[0][1]}) < {x[0][1]}) * 1 - (apart({x[1][0]}, {x[1][1]}) == {x[1][1]}))"
            )
        ),
    )


single_functions = st.recursive(leaves, grown, max_leaves=8).filter(lambda source: re.search(r"\b[abcd]\b", source))
numbers = st.one_of(
    st.integers(-3, 12).map(float),
    st.integers(-40, 40).map(lambda n: n / 8),
    st.integers(1, 10**6).map(lambda n: n / 100),
    st.sampled_from([0.1, 0.2, 0.3, 0.07, 1 / 3, 4.333333333333333, 1e6 + 0.1]),
)
single_values = st.lists(numbers, min_size=len(SINGLES), max_size=len(SINGLES))

range_leaves = st.sampled_from([*RANGES, *RANGES, "a", "b", "1"])
products = st.recursive(
    range_leaves,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda x: f"({x[0]} {x[1]} {x[2]})"),
        st.tuples(inner, st.sampled_from(["<", "<=", ">", "==", "!="]), inner).map(
            lambda x: f"((apart({x[0]}, {x[2]}) {x[1]} {x[2]}) * 1)"
        ),
    ),
    max_leaves=6,
).filter(lambda source: re.search(r"\b[pqr]\b", source))
range_functions = st.one_of(
    products.map(lambda source: f"summed({source})"),
    products.map(lambda source: f"summed({source}) / node(1 + a * a)"),
    st.sampled_from(RANGES).map(lambda name: f"largest({name})"),
    st.sampled_from(RANGES).map(lambda name: f"largest_given({name}) - smallest_given({name})"),
    st.sampled_from(RANGES).map(lambda name: f"position(smallest_given({name}), {name})"),
    st.sampled_from(RANGES).map(lambda name: f"picked({name}, position(largest({name}), {name}))"),
)
range_values = st.tuples(
    single_values,
    st.lists(st.lists(numbers, min_size=LENGTH, max_size=LENGTH), min_size=len(RANGES), max_size=len(RANGES)),
)

COMMON = {
    "np": np, "summed": summed, "largest": largest, "largest_given": largest_given, "smallest_given": smallest_given,
    "position": position, "picked": picked,
}  # fmt: skip


def looks_closely(scale):
    """The helpers of a source text while it is calculated with numbers; the largest value seen goes to scale."""

    def node(value):
        if not np.all(np.isfinite(value)) or np.max(np.abs(value)) > 1e9:
            raise UnsureError
        scale.append(float(np.max(np.abs(value))))
        return value

    def apart(one, other):
        gap = np.abs(np.subtract(one, other))
        if np.any((gap > 0) & (gap < 1e-6 * np.maximum(1, np.abs(one)))):
            raise UnsureError
        return one

    def whole_or_not(value):
        gap = np.abs(value - np.rint(value))
        if np.any((gap > 0) & (gap < 1e-6)):
            raise UnsureError
        return value

    def no_zero(value):
        if np.any(value == 0):  # to the power of 0 it is 1 for NumPy and an error for Excel
            raise UnsureError
        return value

    def sizable(value):
        if np.any(np.abs(value) < 1e-12):  # LibreOffice has no number as small as some of these
            raise UnsureError
        return value

    closely = {"node": node, "apart": apart, "whole_or_not": whole_or_not, "no_zero": no_zero, "sizable": sizable}
    return COMMON | closely


TRACING = COMMON | {
    "node": lambda x: x,
    "apart": lambda one, other: one,
    "whole_or_not": lambda x: x,
    "no_zero": lambda x: x,
    "sizable": lambda x: x,
}


def function(source, names, space):
    return eval(f"lambda {', '.join(names)}: {source}", space)


def expected(source, arguments):
    """What NumPy gives, and how large the largest number on the way is; None where engines may differ."""
    scale = [1.0]
    try:
        with np.errstate(all="ignore"):
            value = function(source, arguments, looks_closely(scale))(
                **{n: np.asarray(v, dtype=float) for n, v in arguments.items()}
            )
    except UnsureError:
        return None
    except ValueError as error:  # NumPy's whole numbers have no negative powers
        assert "negative integer powers" in str(error)  # noqa: PT017
        return None
    value = float(np.ravel(value)[0])
    return (value, max(scale)) if math.isfinite(value) and abs(value) < 1e12 else None


class Sheet:
    """A formula in every row, with its own cells and ranges in that row; nothing else."""

    def __init__(self):
        self.rows, self.formulas, self.expected = [], [], []

    def add(self, source, arguments, value):
        row = len(self.rows) + 1
        cells, symbols, column = [], {}, 2
        for name, given_ in arguments.items():
            values = given_ if isinstance(given_, list) else [given_]
            length, kind = (len(values), "n") if isinstance(given_, list) else (0, None)
            symbols[name] = reference(Reference(Home(SHEET, row, column, None, kind), SHEET, length, kind))
            cells += [cell(f"{column_letters(column + at)}{row}", one) for at, one in enumerate(values)]
            column += len(values)
        made = function(source, arguments, TRACING | TEXTS) if isinstance(source, str) else source
        formula = traced(made, symbols).printed({})
        escaped = formula.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        self.rows.append(f'<row r="{row}"><c r="A{row}"><f>{escaped}</f><v>0</v></c>{"".join(cells)}</row>')
        self.formulas.append((source, formula, arguments))
        self.expected.append(value)

    def differing(self, values, path):
        """What a judge calculates differently, the shortest formula first."""
        found = values(workbook(path / "formulas.xlsx", f"<sheetData>{''.join(self.rows)}</sheetData>"))
        wrong = []
        for row, (told, wanted) in enumerate(zip(self.formulas, self.expected, strict=True), 1):
            value = found.get((SHEET, f"A{row}"))
            if not agree(value, wanted):
                wrong.append((*told, f"wanted {wanted}", f"got {value!r}"))
        return sorted(wrong, key=lambda one: len(one[1]))[:5]


TEXTS = {"joined": joined, "formatted": formatted, "amount": amount}


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


@pytest.fixture(scope="module")
def random_formulas():
    """One sheet of random functions over single cells and over ranges."""
    sheet = Sheet()
    for source, values in collected(st.tuples(single_functions, single_values)):
        add_if_sure(sheet, source, dict(zip(SINGLES, values, strict=True)))
    for source, (singles, ranges) in collected(st.tuples(range_functions, range_values)):
        add_if_sure(sheet, source, dict(zip(SINGLES, singles, strict=True)) | dict(zip(RANGES, ranges, strict=True)))
    return sheet


def add_if_sure(sheet, source, arguments):
    wanted = expected(source, arguments)
    if wanted:
        try:
            sheet.add(source, arguments, wanted)
        except Untraceable as refused:
            # Numbers among themselves make other numbers, which may not stand in a formula.
            assert any(said in str(refused) for said in ("may not stand", "a constant", "bool cannot stand"))  # noqa: PT017


@pytest.mark.parametrize(("engine", "values"), JUDGES)
def test_a_traced_formula_gives_what_numpy_gives(engine, values, random_formulas, tmp_path):
    engines.need(engine)
    assert len(random_formulas.rows) > COUNT // 2
    assert random_formulas.differing(values, tmp_path) == []


# What Excel and Python read differently, one by one: source, arguments, value.
READINGS = [
    ("-a ** 2", {"a": 3.0}, -9.0),
    ("(-a) ** 2", {"a": 3.0}, 9.0),
    ("a ** -b", {"a": 2.0, "b": 1.0}, 0.5),
    ("a ** b ** c", {"a": 2.0, "b": 3.0, "c": 2.0}, 512.0),
    ("(a ** b) ** c", {"a": 2.0, "b": 3.0, "c": 2.0}, 64.0),
    ("a - (b - c)", {"a": 1.0, "b": 2.0, "c": 3.0}, 2.0),
    ("a / (b / c)", {"a": 1.0, "b": 2.0, "c": 4.0}, 2.0),
    ("a / (b * c)", {"a": 1.0, "b": 2.0, "c": 4.0}, 0.125),
    ("-(a + b)", {"a": 1.0, "b": 2.0}, -3.0),
    ("a - -b", {"a": 1.0, "b": 2.0}, 3.0),
    ("a * -1 ** 2", {"a": 2.0}, -2.0),
    ("1 + (a - 1)", {"a": 5.0}, 5.0),
    ("((a < b) * 1 == (b > c) * 1) * 1", {"a": 1.0, "b": 2.0, "c": 3.0}, 0.0),
    ("((a == b) * 1 == c) * 1", {"a": 1.0, "b": 2.0, "c": 0.0}, 1.0),
    ("np.floor(a)", {"a": -1.5}, -2.0),
    ("np.ceil(a)", {"a": -1.5}, -1.0),
    ("np.ceil(a)", {"a": 1.0000001}, 2.0),
    ("np.clip(a, b, c)", {"a": 7.0, "b": 2.0, "c": 1.0}, 1.0),  # where the ends are crossed NumPy gives the upper one
    ("np.where(np.isnan(a), 1, 2)", {"a": None}, 1.0),
    ("np.where(np.isnan(a), 1, 2)", {"a": ""}, 1.0),
    ("np.where(np.isnan(a), 1, 2)", {"a": 0.0}, 2.0),
    ("np.where(np.isnan(a), 1, a * 2)", {"a": ""}, 1.0),
    ("np.where(a > 0, np.nan, 1)", {"a": 1.0}, ""),
    ("np.where(a > 0, b / a, 0)", {"a": 0.0, "b": 1.0}, 0.0),
    ("np.choose(a - 1, [b, c, 0])", {"a": 2, "b": 5.0, "c": 6.0}, 6.0),
    ("largest_given(p)", {"p": [1.0, "", 3.0, None, -2.0]}, 3.0),
    ("smallest_given(p)", {"p": [1.0, "", 3.0, None, -2.0]}, -2.0),
    ("position(smallest_given(p), p)", {"p": ["", 3.0, -2.0, -2.0]}, 3.0),
    ("picked(p, a)", {"p": [4.0, 5.0, 6.0], "a": 3.0}, 6.0),
    ("summed((p == 0) * (q > 0))", {"p": [0.0, 1.0, 0.0], "q": [1.0, 1.0, 0.0]}, 1.0),
    ("summed((p == a) * 1)", {"p": [0.1, 0.2, 0.3], "a": 0.3}, 1.0),
    ("np.where(a == 'yes', 1, 0)", {"a": "yes"}, 1.0),
    ("joined(amount(a), ' h')", {"a": 12345.6}, "12,346 h"),
    ("joined(amount(a), ' h')", {"a": 1234567.5}, "1,234,568 h"),
    ("joined(amount(a), ' h')", {"a": -1234.5}, "-1,235 h"),
    ("joined(amount(a), ' h')", {"a": 999.4}, "999 h"),
    ("joined(amount(a), ' h')", {"a": -0.4}, "0 h"),
    ("joined(formatted(a, '0%'), '')", {"a": 0.256}, "26%"),
    ("joined('a “b” ', a)", {"a": "c"}, "a “b” c"),
]  # fmt: skip


@pytest.mark.parametrize(("engine", "values"), JUDGES)
def test_what_excel_reads_in_another_way_than_python_is_written_so_that_it_means_the_same(engine, values, tmp_path):
    engines.need(engine)
    sheet = Sheet()
    for source, arguments, value in READINGS:
        sheet.add(source, arguments, value if isinstance(value, str) else (value, 1.0))
    assert sheet.differing(values, tmp_path) == []


@pytest.mark.parametrize(("source", "arguments", "value"), READINGS)
def test_numpy_gives_what_the_judges_are_asked_for(source, arguments, value):
    def as_array(given_):
        if isinstance(given_, list):
            return np.array([np.nan if one in ("", None) else one for one in given_])
        return np.array([np.nan if given_ in ("", None) else given_])

    with np.errstate(all="ignore"):
        made = function(source, arguments, TRACING | TEXTS)(**{name: as_array(one) for name, one in arguments.items()})
    (found,) = np.ravel(made)
    assert found == value or (value == "" and math.isnan(found))


# Rounding. Excel rounds half away from zero, what 15 digits show of a number; NumPy rounds half to even what the binary
# number is. One function for both: `calc.native.rounded`.

HALVES = [
    0.125,
    -0.125,
    2.5,
    0.5,
    -2.5,
    1.005,
    2.675,
    30.005,
    57600.085,
    100.125,
    -1.005,
    1234567.005,
    0.285,
    1e-9,
    0.0,
    49.995,
]
DIGITS = (0, 1, 2, 9)


def half_away(value, digits):
    from decimal import ROUND_HALF_UP, Decimal

    return float(Decimal(f"{value:.15g}").quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


def same(one, other):
    """Equal in what 15 digits show."""
    return math.isclose(one, other, rel_tol=1e-14, abs_tol=1e-14)


def test_rounding_in_python_is_rounding_in_excel():
    wrong = {}
    for digits in DIGITS:
        found = native.rounded(np.array(HALVES), digits)
        wrong |= {(x, digits): y for x, y in zip(HALVES, found, strict=True) if not same(y, half_away(x, digits))}
    assert wrong == {}


@settings(max_examples=COUNT)
@given(st.integers(-(10**11), 10**11), st.integers(0, 4), st.sampled_from(DIGITS))
def test_rounding_agrees_with_decimal_arithmetic(number, places, digits):
    value = number / 10**places
    assert same(native.rounded(np.array([value]), digits)[0], half_away(value, digits))


@pytest.mark.parametrize(("engine", "values"), JUDGES)
def test_a_half_is_rounded_in_the_cell_as_in_python(engine, values, tmp_path):
    engines.need(engine)
    sheet = Sheet()
    for digits in (0, 1, 2, 9):
        for value in HALVES:
            made = eval(f"lambda a: rounded(a, {digits})", {"rounded": native.rounded})
            sheet.add(made, {"a": value}, (half_away(value, digits), 1.0))
    assert sheet.differing(values, tmp_path) == []


@pytest.mark.parametrize(("engine", "values"), JUDGES)
def test_a_number_in_a_text_is_rounded_alike_everywhere(engine, values, tmp_path):
    engines.need(engine)
    sheet = Sheet()
    for source in ("formatted(a, '0')", "formatted(a, '0%')", "amount(a)"):
        made = eval(f"lambda a: joined({source}, '')", TEXTS.copy())
        # IronCalc drops the minus sign of a negative number that TEXT shows without decimals.
        for value in HALVES if source == "amount(a)" else np.abs(HALVES):
            (text,) = made(np.array([value]))
            sheet.add(made, {"a": value}, text)
    assert sheet.differing(values, tmp_path) == []


def test_texts_that_formulas_compare_never_differ_by_case_alone():
    """Excel takes yes and Yes for the same, NumPy does not."""
    for texts in (("yes", "no", "unknown"), CASES, catalogue.paths(), catalogue.models(), catalogue.questions()):
        assert len({text.casefold() for text in texts}) == len(texts)
