"""Formulas that Excel and Python read differently are written so that both mean the same."""

import math

import numpy as np
import pytest

from calc import catalogue
from calc.model import CASES
from tests import engines
from tests.write.traced_sheet import DATES, JUDGES, NORMAL, TEXTS, TRACING, Sheet, function

# Source, arguments, value.
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
    ("np.mod(a, b)", {"a": 1234567.0, "b": 250.0}, 67.0),
    ("np.mod(a, b)", {"a": -7.0, "b": 3.0}, 2.0),
    ("np.minimum(np.minimum(a, b), c)", {"a": 7.0, "b": 2.0, "c": 1.0}, 1.0),
    ("1 - np.minimum(np.minimum(a, b) + b, c)", {"a": 7.0, "b": 2.0, "c": 5.0}, -3.0),
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
    ("month_later(a, b)", {"a": 46053.0, "b": 1.0}, 46081.0),  # from the last of January 2026
    ("month_later(a, b)", {"a": 46053.0, "b": 25.0}, 46812.0),  # to that of February in a leap year
    ("month_later(a, b)", {"a": 46357.0, "b": 0.0}, 46357.0),
    ("calendar_month(a)", {"a": 46387.0}, 12.0),
    ("calendar_year(a)", {"a": 46388.0}, 2027.0),
    ("np.sqrt(a)", {"a": 0.25}, 0.5),
    ("rounded(normal_quantile(a), 9)", {"a": 0.9}, 1.281551566),  # as tables of the distribution have it
    ("rounded(normal_chance(a), 9)", {"a": 1.2815515655446004}, 0.9),
]  # fmt: skip


@pytest.mark.parametrize(("engine", "values"), JUDGES)
def test_a_formula_that_excel_reads_differently_from_python_is_written_to_mean_the_same(engine, values, tmp_path):
    engines.need(engine)
    sheet = Sheet()
    for source, arguments, value in READINGS:
        sheet.add(source, arguments, value if isinstance(value, str) else (value, 1.0))
    assert sheet.differing(values, tmp_path) == []


@pytest.mark.parametrize(("source", "arguments", "value"), READINGS)
def test_numpy_gives_the_value_that_the_judges_must_find(source, arguments, value):
    def as_array(given_):
        if isinstance(given_, list):
            return np.array([np.nan if part in ("", None) else part for part in given_])
        return np.array([np.nan if given_ in ("", None) else given_])

    with np.errstate(all="ignore"):
        made = function(source, arguments, TRACING | TEXTS | DATES | NORMAL)(
            **{name: as_array(argument) for name, argument in arguments.items()}
        )
    (result,) = np.ravel(made)
    assert result == value or (value == "" and math.isnan(result))


def test_texts_that_formulas_compare_never_differ_by_case_alone():
    """Excel takes yes and Yes for the same, NumPy does not."""
    for texts in (("yes", "no", "unknown"), CASES, catalogue.paths(), catalogue.models(), catalogue.questions()):
        assert len({text.casefold() for text in texts}) == len(texts)
