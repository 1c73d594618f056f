"""A workbook with four quotes: each a path, by the same formulas in another engine, sound, mailable, and read back whole."""

import json

import pytest

from calc.results import results
from calc.scenario import as_given, scenario
from tests.engines import libreoffice
from tests.engines.cells import differences, read_cached
from workbook.receive.reading import read
from workbook.receive.soundness import broken
from workbook.write.build import build

COMMON = {"hours": 400, "weeks": 8, "lead_weeks": 1, "support_months": 3, "valid_until": "2027-01-31"}
QUOTES = [
    {"vendor": "Nordlicht", "model": "fixed_price_shop", "price": 40_000, **COMMON},
    {"vendor": "Jane", "model": "freelancer", "rate": [90, 100, 110], "includes": ["rework"]},
    {"vendor": "Fixers", "model": "production_firm", "fee": 28_000, **COMMON},
    {"vendor": "Łódź <& Co>", "model": "full_time", "salary": 150_000},
]


@pytest.fixture(scope="module")
def given():
    answers = {"from_scratch": "yes", "unknown_cause": "yes"}
    own = {"freelancer": {"rework": 0.3}}
    return scenario(
        {
            "project": {"name": "Quoted", "start": "2026-12-01"},
            "answers": answers,
            "overrides": own,
            "quotes": QUOTES,
        }
    )


@pytest.fixture(scope="module")
def file(given, tmp_path_factory):
    path = tmp_path_factory.mktemp("quotes") / "quoted.xlsx"
    path.write_bytes(build(given, 0))
    return path


def test_it_is_sound_and_small_enough_to_be_mailed(file):
    assert [str(breach) for breach in broken(file)] == []
    assert file.stat().st_size < 1_000_000


@pytest.mark.skipif(not libreoffice.available(), reason="LibreOffice is not installed")
def test_every_cell_is_calculated_alike_and_every_quote_shows_its_result(file, given):
    calculated = libreoffice.values(file)
    assert list(differences(read_cached(file)[0], calculated)) == []
    [result] = results([given], flips=False, trials=0)
    shown = [value for (sheet, _), value in calculated.items() if sheet == "Costs" and isinstance(value, float)]
    for quote in result["quotes"]:
        assert any(abs(value - result["paths"][quote["path"]]["total"]) < 0.01 for value in shown), quote["vendor"]


def test_the_quotes_are_read_back(file, given):
    assert json.dumps(as_given(read(file).scenario)["quotes"]) == json.dumps(as_given(given)["quotes"])
