"""A traced formula gives in a spreadsheet what NumPy gives for the function that it was traced from.

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

from tests import engines
from tests.write.traced_sheet import COMMON, COUNT, JUDGES, Sheet, function
from workbook.write.formula.expression import Untraceable

SINGLES, RANGES, LENGTH = "abcd", "pqr", 5


class UnsureError(Exception):
    """A value that two sound engines may take differently: infinite, huge, or a hair's breadth from where it would jump."""


def collected(strategy, count=COUNT):
    """So many examples of a strategy."""
    examples = []

    @settings(
        max_examples=count,
        phases=[Phase.generate],
        deadline=None,
        database=None,
        # The same formulas on every run, so that a rare fault of another engine (IronCalc reads a minus before a power in
        # brackets as part of its base) is not met now and then; others when asked to be thorough.
        derandomize=os.environ.get("ENGAGEMENT_THOROUGH") != "1",
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(example):
        examples.append(example)

    collect()
    return examples


# Functions as source text, so that a failure can be read. `node`, `less` and the others differ when they are
# calculated with numbers: there they examine their arguments.

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


def looks_closely(scale):
    """The helpers of a source text while it is calculated with numbers; the largest value seen goes to scale."""

    def node(value):
        if not np.all(np.isfinite(value)) or np.max(np.abs(value)) > 1e9:
            raise UnsureError
        scale.append(float(np.max(np.abs(value))))
        return value

    def apart(left, right):
        gap = np.abs(np.subtract(left, right))
        if np.any((gap > 0) & (gap < 1e-6 * np.maximum(1, np.abs(left)))):
            raise UnsureError
        return left

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


def expected(source, arguments):
    """The value that NumPy gives, and the largest number on the way; None where engines may differ."""
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
            assert any(reason in str(refused) for reason in ("may not stand", "a constant", "cannot stand"))  # noqa: PT017


@pytest.mark.parametrize(("engine", "values"), JUDGES)
def test_a_traced_formula_gives_what_numpy_gives(engine, values, random_formulas, tmp_path):
    engines.need(engine)
    assert len(random_formulas.rows) > COUNT // 2
    assert random_formulas.differing(values, tmp_path) == []
