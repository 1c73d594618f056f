"""What the product publishes is the table of the definition: figures, models, paths, settings."""

import pytest

from calc.facts import facts
from tests.definition.parameters import HIGH_IS_BETTER
from tests.definition.paths import PATH_ORDER
from tests.definition.settings import SETTINGS
from tests.definition.table import FACTS

PUBLISHED = facts()


def ends(figure):
    return figure["low"], figure["likely"], figure["high"]


@pytest.mark.parametrize("model", FACTS["models"])
def test_every_figure_of_a_model_is_the_definitions(model):
    ours, theirs = PUBLISHED["parameters"][model], FACTS["parameters"][model]
    for name in ours.keys() | theirs.keys():
        # A parameter that a model does not have reads 0.
        assert ends(ours.get(name, NOTHING)) == ends(theirs.get(name, NOTHING)), name


@pytest.mark.parametrize("model", FACTS["models"])
def test_the_better_end_and_the_currency_of_a_figure_are_the_definitions(model):
    for name, about in PUBLISHED["parameters"][model].items():
        assert (about["better"] == "high") == (name in HIGH_IS_BETTER), name
        if name in FACTS["parameters"][model]:
            assert about["unit"].startswith("USD") == FACTS["parameters"][model][name]["unit"].startswith("USD"), name


@pytest.mark.parametrize("model", FACTS["models"])
def test_what_a_model_is_is_the_definitions(model):
    ours = PUBLISHED["models"][model]
    assert {name: ours[name] for name in FACTS["models"][model]} == FACTS["models"][model]


def test_the_paths_are_the_definitions_in_its_order():
    assert list(PUBLISHED["paths"]) == PATH_ORDER
    for path, about in FACTS["paths"].items():
        assert len(PUBLISHED["paths"][path]["phases"]) == len(about["phases"]), path
        for ours, theirs in zip(PUBLISHED["paths"][path]["phases"], about["phases"], strict=True):
            assert {name: ours[name] for name in theirs} == theirs, path


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_the_definitions(name):
    assert PUBLISHED["settings"][name]["value"] == pytest.approx(SETTINGS[name], rel=1e-15)


NOTHING = {"low": 0, "likely": 0, "high": 0}
