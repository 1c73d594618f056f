"""The same input gives the same bytes and digits in every process and on every processor."""

import ast
import hashlib
import io
import os
import random
import re
import subprocess
import sys
import tempfile
import zipfile
from decimal import Decimal, localcontext
from functools import cache
from pathlib import Path

import numpy as np
import orjson
import pytest
from numpy._core._multiarray_umath import __cpu_dispatch__ as kernels

from calc import elementary
from calc.native import power
from calc.results import results
from calc.scenario import scenario
from calc.simulation.incomplete_beta import log_beta
from tests.definition.scenarios import random_scenario
from workbook.files.archive import contents
from workbook.files.content import content_hashes, is_packed, packed_hash
from workbook.files.digits import DIGITS, json_numbers, number_text, significant, typed_text
from workbook.write.build import build

ROOT = Path(__file__).parents[2]
THOROUGH = os.environ.get("ENGAGEMENT_THOROUGH") == "1"
SCRIPT = """
import hashlib, sys
import orjson
from calc.results import results
from calc.scenario import from_text
from workbook.write.build import build
given = from_text(sys.stdin.read(), "json")
for made in (build(given), orjson.dumps(results([given], trials=2000))):
    print(hashlib.sha256(made).hexdigest())
"""
# What a process may have from its surroundings, that of the tests apart.
PLACES = [
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "77", "TZ": "America/Anchorage", "LC_ALL": "de_DE.UTF-8"},
    *({"PYTHONHASHSEED": str(seed)} for seed in range(100, 300 if THOROUGH else 100)),
]
# Names that NumPy knows; without those it takes what an older processor has. C libraries and BLAS choose by themselves.
AVX512 = [name for name in kernels if "AVX512" in name or name == "X86_V4"]
PROCESSORS = {
    "without AVX-512": {"NPY_DISABLE_CPU_FEATURES": " ".join(AVX512)},
    "with the least that NumPy needs": {
        "NPY_DISABLE_CPU_FEATURES": " ".join(kernels),
        "OPENBLAS_CORETYPE": "Nehalem",
        "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-AVX512F",
    },
}


def given():
    data = random_scenario(random.Random(11))
    data["work"] |= {"core_hours": [320, 410, 690]}
    return scenario(data)


@cache
def made():
    return build(given())


@cache
def here():
    """SHA-256 of the workbook and of the results as JSON, from this process."""
    both = made(), orjson.dumps(results([given()], trials=2000))
    return tuple(hashlib.sha256(content).hexdigest() for content in both)


def hashes(environment):
    """The same from a process of its own, in another folder."""
    line = [sys.executable, "-c", SCRIPT]
    known = os.environ | {"PYTHONPATH": str(ROOT)} | environment
    asked = given().model_dump_json().encode()
    with tempfile.TemporaryDirectory() as folder:
        ran = subprocess.run(line, input=asked, env=known, cwd=folder, capture_output=True, check=True)
    return tuple(ran.stdout.decode().split())


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place["PYTHONHASHSEED"])
def test_one_scenario_gives_one_workbook_and_one_json_whatever_the_hash_seed_time_zone_and_language(place):
    assert hashes(place) == here()


@pytest.mark.skipif(not kernels, reason="this NumPy has no kernels to choose from")
def test_no_kernel_of_numpy_blas_or_the_c_library_changes_a_byte():
    assert {hashes(environment) for environment in PROCESSORS.values()} == {here()}


# What a processor or an operating system decides the last digit of, or the order of equals.
UNSTABLE = {
    "numpy": set(
        "exp exp2 expm1 log log2 log10 log1p power float_power sin cos tan arcsin arccos arctan arctan2 sinh cosh tanh "
        "cbrt hypot logaddexp logaddexp2 dot vdot inner matmul tensordot einsum linalg argsort argpartition".split()
    ),
    "math": set(
        "exp exp2 expm1 log log2 log10 log1p pow sin cos tan atan2 sinh cosh tanh erf erfc gamma lgamma".split()
    ),
}


def unstable(tree):
    """Names in a module, and operators, whose result depends on the machine."""
    names = {"np": "numpy", "math": "math"}
    uses_numpy = any(isinstance(node, ast.Import) and node.names[0].name == "numpy" for node in ast.walk(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.attr in UNSTABLE.get(names.get(node.value.id), ()):
                yield f"{node.value.id}.{node.attr}"
        elif isinstance(node, ast.ImportFrom) and node.module in UNSTABLE:
            yield from (each.name for each in node.names if each.name in UNSTABLE[node.module])
        elif isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.MatMult):
            yield "@"
        elif uses_numpy and isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
            yield from () if ast.Constant in map(type, (node.left, node.right)) else ["**"]


def test_nothing_calculates_with_what_a_processor_decides_the_last_digit_of():
    unstable_names = {
        str(file.relative_to(ROOT)): names
        for folder in ("calc", "workbook")
        for file in sorted((ROOT / folder).rglob("*.py"))
        if (names := sorted(set(unstable(ast.parse(file.read_text(encoding="utf-8"))))))
    }
    # The tracer names NumPy's power to write it as ^.
    assert unstable_names == {"workbook/write/formula/tracing.py": ["np.power"]}


def units_apart(value, exact):
    """How many units of the last digit of a double a number is from the exact one."""
    return abs(float((Decimal(float(value)) - exact) / Decimal(float(np.spacing(abs(float(exact)))))))


def test_exp_log_and_power_are_within_two_units_of_the_last_digit():
    rng = np.random.Generator(np.random.PCG64(1))
    count = 20_000 if THOROUGH else 1_000
    positive = np.concatenate([np.ldexp(1 + rng.random(count), rng.integers(-60, 60, count)), 1 + rng.random(count)])
    small = rng.uniform(-0.7, 1, count)
    exponents = rng.uniform(-40, 40, count)
    months = -rng.integers(1, 121, count) / 12
    with localcontext(prec=50):
        pairs = [
            *((one, Decimal(x).exp()) for x, one in zip(exponents, elementary.exp(exponents), strict=True)),
            *((one, Decimal(x).ln()) for x, one in zip(positive, elementary.log(positive), strict=True)),
            *((one, (1 + Decimal(x)).ln()) for x, one in zip(small, elementary.log1p(small), strict=True)),
            *(
                (one, (Decimal(1 + abs(rate)).ln() * Decimal(x)).exp())
                for rate, x, one in zip(small, months, power(1 + np.abs(small), months), strict=True)
            ),
        ]
        assert max(units_apart(*pair) for pair in pairs) < 2
    assert np.isnan(elementary.log([0.0, -1.0, np.nan])).all()
    assert elementary.exp([-1e9, 0, 1e9]).tolist() == [0, 1, np.inf]
    assert log_beta(2, 3) == float(-Decimal(12).ln())


def test_calculated_values_carry_at_most_fifteen_digits():
    members = contents(made())
    cells = [
        (name, value)
        for name, text in members.items()
        if name.startswith(("xl/worksheets/sheet", "xl/charts/chart"))
        for value in re.findall(rb"(?:</f>|<f [^>]*/>|<pt idx=\"\d+\">)<v>(-?[0-9][0-9.eE+-]*)</v>", text)
    ]
    assert len(cells) > 10_000
    assert [cell for cell in cells if float(f"{float(cell[1]):.{DIGITS}g}") != float(cell[1])] == []


def test_no_value_is_a_zero_with_a_minus():
    assert [name for name, text in contents(made()).items() if b">-0<" in text] == []
    assert [number_text(-0.0), typed_text(-0.0), *json_numbers(np.array([-0.0, -2.5]))] == ["0", "0", b"0", b"-2.5"]


def test_the_texts_of_numbers_are_the_same_however_many_are_whole():
    values = np.array([0.0, -0.0, 3.0, -12.5, 1e-7, 1e15, 1e16, 2.5e300, 1e22, np.nan, 0.1])
    texts = b"0 0 3 -12.5 1e-7 1000000000000000 1e+16 2.5e+300 1e+22 null 0.1".split()
    assert json_numbers(values) == json_numbers(values, few_whole=True) == texts


def test_fifteen_digits_are_the_nearest_stay_as_they_are_and_read_back():
    rng = np.random.Generator(np.random.PCG64(2))
    tens = [float(f"1e{n}") for n in range(-300, 300)]
    values = np.concatenate(
        [rng.standard_normal(3000) * 10.0 ** rng.integers(-20, 20, 3000), tens, [0.0, np.nan, 0.1 + 0.2]]
    )
    # At a half of the last digit, and so close to one that scaling hides on which side they are.
    halves = (rng.integers(10**10, 10**11, 500) + 0.5) / 10.0 ** rng.integers(0, 12, 500)
    values = np.concatenate([values, *(halves, np.nextafter(halves, 0), np.nextafter(halves, np.inf))])
    for digits in (DIGITS, 11):
        rounded = significant(values, digits)
        assert np.array_equal(rounded, significant(rounded, digits), equal_nan=True)
        assert np.array_equal(rounded, [float(f"{one:.{digits}g}") for one in values], equal_nan=True)
    assert significant(np.array([0.1 + 0.2])).tolist() == [0.3]
    assert significant(np.full((3, 2), 0.1 + 0.2).T).tolist() == [[0.3] * 3] * 2  # whatever its order in memory


# The content, whatever the zip


def packed_anew(data, level=9):
    """The same members, deflated by another program."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in reversed(contents(data).items()):
            archive.writestr(name, bytes(content))
    return buffer.getvalue()


def test_a_zip_that_was_packed_anew_holds_the_same_and_a_changed_member_does_not():
    data = made()
    again = packed_anew(data)
    assert again != data
    assert packed_hash(again) == packed_hash(data)
    assert is_packed(again, packed_hash(data))
    other = contents(data)
    other["xl/workbook.xml"] += b" "
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in other.items():
            archive.writestr(name, bytes(content))
    assert not is_packed(buffer.getvalue(), packed_hash(data))
    assert not is_packed(data[:-100], packed_hash(data))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (b"<v>1234.56789012345</v>", b"<v>1234.56789012399</v>", True),
        (b"<v>1234.56789012345</v>", b"<v>1234.56799012345</v>", False),
        (b"<v>123456789012</v>", b"<v>123456789013</v>", True),
        (b"<t>123456789012</t>", b"<t>123456789013</t>", False),
        (b"<f>A1+123456789012</f>", b"<f>A1+123456789013</f>", False),
    ],
)
def test_a_workbook_says_the_same_where_its_values_agree_to_ten_digits(one, other, same):
    sheet, saved = "xl/worksheets/sheet1.xml", "docProps/core.xml"
    assert (content_hashes({sheet: one, saved: b"1"}) == content_hashes({sheet: other, saved: b"2"})) == same
