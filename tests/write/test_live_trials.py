"""The trials in the workbook are those that Python calculates from the shipped draws, and its figures are theirs."""

from pathlib import Path

import numpy as np
import pytest

from calc.model import model_for
from calc.scenario import from_text
from calc.simulation import shipped_trials
from workbook.write.build import book
from workbook.write.once.live_trials import LIVE_TRIALS
from workbook.write.sheets import simulation

EXAMPLES = sorted((Path(__file__).parents[2] / "build" / "examples").glob("*.toml"))


def given(path, budget=None):
    text = path.read_text(encoding="utf-8")
    found = from_text(text, path.name)
    money = found.money.model_copy(update={"budget": budget})
    return found.model_copy(update={"money": money})


def column(laid_out, number):
    """A column of the live figures, path by path."""
    cells = laid_out.sheets[simulation.NAME].cells
    values = [cells[simulation.TOP + 2 + at, number].value for at in range(len(laid_out.structure.paths))]
    return np.array([np.ravel(value)[0] for value in values], dtype=float)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_live_figures_are_those_of_the_shipped_trials(path):
    scenario, model = given(path, 20_000.0), model_for()
    laid_out = book([scenario], 0)
    trials = dict(laid_out.trials)  # they go once they are written
    laid_out.finish()
    total, paid, beyond, invoiced = (
        shipped_trials(model, scenario, LIVE_TRIALS, key) for key in ("total", "paid", "beyond", "invoiced")
    )
    for key, expected in (("total", total), ("paid", paid), ("beyond", beyond), ("invoiced", invoiced)):
        np.testing.assert_allclose(trials[key][0, 3:], expected, rtol=1e-12, atol=1e-9)
    for at, (_, share) in enumerate(simulation.LEVELS):
        np.testing.assert_allclose(column(laid_out, simulation.LEVEL + at), np.quantile(total, share, axis=0))
    for at, (_, share) in enumerate(simulation.PAID_LEVELS, len(simulation.LEVELS)):
        np.testing.assert_allclose(column(laid_out, simulation.LEVEL + at), np.quantile(paid, share, axis=0))
    eligible = model.evaluate([scenario], ["eligible"])["eligible"][0] == 1
    costs = np.round(total + beyond, 2)
    for number, among in ((simulation.CHANCE, eligible | True), (simulation.CHANCE + 1, eligible)):
        winners = np.where(among, costs, np.inf).argmin(axis=1)
        expected = np.bincount(winners, minlength=len(among)) / LIVE_TRIALS * among
        np.testing.assert_allclose(column(laid_out, number), expected, atol=1e-12)
    above = (np.round(invoiced, 2) > 20_000).mean(axis=0)
    np.testing.assert_allclose(column(laid_out, simulation.BUDGET), above, atol=1e-12)


def test_the_chance_of_exceeding_a_budget_is_0_and_1_at_its_ends_and_empty_without_one():
    for budget, expected in ((1e8, 0.0), (0.0, 1.0)):
        laid_out = book([given(EXAMPLES[0], budget)], 0)
        laid_out.finish()
        assert set(column(laid_out, simulation.BUDGET)) == {expected}
    laid_out = book([given(EXAMPLES[0])], 0)
    laid_out.finish()
    assert np.isnan(column(laid_out, simulation.BUDGET)).all()
