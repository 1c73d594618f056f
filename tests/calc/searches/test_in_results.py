"""The searches as part of a result: plain data in the shape of the interface, and null where nobody searched."""

import json

import pytest

from calc import catalogue
from calc.results import explanation, results
from calc.scenario import scenario
from tests.calc.searches.conftest import EMPTY, example

OF_RECOMMENDATION = ("flips", "holds", "ask", "finding_out")
OF_PATH = ("must_be_true", "price_factor")


@pytest.fixture(scope="module")
def found():
    given = [EMPTY, example("ai_feature"), EMPTY | {"answers": {"bounded": "yes", "leadership": "yes"}}]
    return results([scenario(plain) for plain in given], trials=0)


def test_they_are_plain_data_in_the_shape_of_the_interface(found):
    for result in found:
        json.dumps(result, allow_nan=False)
        choice = result["recommendation"]
        assert choice["holds"] is None or 0 <= choice["holds"] <= 1
        assert all(set(one) == {"question", "swing"} and 0 <= one["swing"] <= 1 for one in choice["ask"])
        assert all(set(one) == {"question", "from", "answer", "path"} for one in choice["flips"])
        for path in result["paths"].values():
            assert isinstance(path["must_be_true"], list)
            for one in path["must_be_true"]:
                assert set(one) <= set(catalogue.questions())
                assert set(one.values()) <= {"yes", "no"}
            assert path["price_factor"] is None or path["price_factor"] > 0


def test_finding_out_has_what_a_reader_compares(found):
    fields = {"chance", "worth", "if_systemic", "if_not", "audit_price", "pilot_price"}
    assert [result["recommendation"]["finding_out"] is None for result in found] == [True, True, False]
    first = found[2]["recommendation"]["finding_out"]
    assert set(first) == fields
    assert {first["if_systemic"], first["if_not"]} <= set(found[2]["paths"])


def test_a_factor_is_given_only_for_a_path_in_the_band_that_is_not_recommended(found):
    for result in found:
        for path in result["paths"].values():
            if path["price_factor"] is not None:
                assert path["why_not"]["kind"] == "dearer"


def test_without_searches_they_are_null():
    [bare] = results([scenario(EMPTY)], flips=False, trials=0)
    assert all(bare["recommendation"][name] is None for name in OF_RECOMMENDATION)
    assert all(path[name] is None for path in bare["paths"].values() for name in OF_PATH)


def test_the_explanation_has_them_too(found):
    explained = explanation(found[1])
    assert explained["recommendation"]["holds"] == found[1]["recommendation"]["holds"]
    assert all(set(OF_PATH) <= set(path) for path in explained["paths"].values())


def test_each_scenario_is_searched_by_itself(found):
    [alone] = results([scenario(example("ai_feature"))], trials=0)
    assert alone == found[1]
