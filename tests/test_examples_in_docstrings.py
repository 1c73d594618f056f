"""The examples in docstrings run, and give what they show."""

import doctest
import importlib

import pytest

from tests.test_imports import modules

WITH_EXAMPLES = [module for module, file in modules().items() if ">>> " in file.read_text(encoding="utf-8")]
READ_FIRST = {
    "calc.quantity",
    "calc.graph",
    "calc.native",
    "calc.reductions",
    "calc.elementary",
    "calc.scenario.limits",
}


@pytest.mark.parametrize("module", WITH_EXAMPLES)
def test_the_examples_of_a_module_give_what_they_show(module):
    outcome = doctest.testmod(importlib.import_module(module))
    assert outcome.attempted > 0, "no example of this module stands in a docstring"
    assert outcome.failed == 0


def test_the_modules_that_a_newcomer_reads_first_have_examples():
    assert set(WITH_EXAMPLES) >= READ_FIRST
