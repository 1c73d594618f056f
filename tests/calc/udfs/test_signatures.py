"""Every UDF is one that xlwings, VBA and Excel can handle."""

import datetime
import inspect
import math
import random
import re

from tests.calc.udfs.excel import NOT_AVAILABLE
from tests.calc.udfs.reserved import RESERVED
from tests.calc.udfs.samples import SMALL


def test_every_udf_keeps_the_rules_of_xlwings_and_vba(functions):
    assert len(functions) > 150
    for name, function in functions.items():
        assert re.fullmatch(r"tco_[a-z][a-z0-9_]{1,60}", name)
        assert not re.fullmatch(r"[A-Za-z]{1,3}\d{1,7}|[Rr]\d*[Cc]\d*", name)
        parameters = inspect.signature(function).parameters.values()
        assert len(parameters) <= 60
        for parameter in parameters:
            assert parameter.kind is parameter.POSITIONAL_OR_KEYWORD
            assert parameter.annotation is parameter.empty
            assert parameter.default in (parameter.empty, None)
            assert re.fullmatch(r"[a-z][a-z0-9_]*", parameter.name)
            assert parameter.name not in RESERVED, name
        assert function.__annotations__ == {}
        about = function.__xlfunc__
        assert about["category"] == "Engagement"
        assert [argument["options"] for argument in about["args"]] == [{"ndim": 2, "err_to_str": True}] * len(
            parameters
        )
        assert "expand" not in about["ret"]["options"]
        assert not inspect.iscoroutinefunction(function)
    lower = [name.lower() for name in functions]
    assert len(set(lower)) == len(lower)


def test_every_udf_and_every_argument_is_described(functions):
    for name, function in functions.items():
        about = function.__xlfunc__
        assert len(about["ret"]["doc"].strip()) > 15, name
        for argument in about["args"]:
            assert not argument["doc"].startswith("Positional argument"), (name, argument["name"])
            assert 3 < len(argument["doc"]) <= 255, (name, argument["name"])
        assert about["ret"]["doc"][:255].isprintable(), name


def test_every_udf_returns_a_rectangle_of_finite_cells_for_any_arguments(excel, functions):
    odd = [
        None,
        "x",
        True,
        NOT_AVAILABLE,
        0.0,
        -1e300,
        1e300,
        datetime.datetime(2026, 1, 1),
        [[1.0, "x"], [None, 2.0]],
        SMALL,
    ]
    chance = random.Random(2)
    for name, function in functions.items():
        count = len(inspect.signature(function).parameters)
        for _ in range(4):
            rows = excel(name, *(chance.choice(odd) for _ in range(count)))
            assert len({len(row) for row in rows}) == 1
            for cell in (cell for row in rows for cell in row):
                assert type(cell) in (int, float, str), (name, cell)
                assert not isinstance(cell, float) or math.isfinite(cell)
                assert "internal error" not in str(cell), (name, cell)
