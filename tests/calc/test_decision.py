"""What the decision says in words; over random scenarios it is compared with the definition in tests/definition."""

from __future__ import annotations

from calc.results import results
from calc.scenario import scenario
from tests.definition.judged import by_the_product


def test_an_empty_form_is_open_and_recommends_nothing():
    [blank] = results([scenario({"project": {"name": "Blank", "start": "2026-12-01"}})], flips=False, trials=0)
    assert (blank["recommendation"]["status"], blank["recommendation"]["path"]) == ("open", None)


def test_every_path_that_is_not_recommended_says_why_and_every_alert_is_a_sentence():
    for number, result in enumerate(by_the_product()):
        texts = [path["why_not"]["text"] for path in result["paths"].values() if path["why_not"]]
        texts += [alert["text"] for alert in result["recommendation"]["alerts"]]
        for text in texts:
            assert text.endswith("."), (number, text)
            assert not any(odd in text for odd in ("  ", " nan", "..")), (number, text)
            assert not any(word in text.lower().split() for word in ("gate", "lens", "lean")), (number, text)
