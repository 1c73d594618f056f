"""What differs between two scenarios, and how much each changed input explains."""

import itertools
import json
import math
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from calc.difference import difference
from calc.difference.inputs import changed, mixed
from calc.difference.shares import EXACT, shapley
from calc.difference.totals import Mixture
from calc.results import results
from calc.scenario import normal_form, scenario
from tests.definition.scenarios import random_scenario
from workbook import command
from workbook.write.build import build
from workbook.write.edition import Edition

BASE = {
    "project": {"name": "A", "start": "2026-12-01"},
    "work": {"core_hours": [300, 400, 700]},
    "money": {"revenue_loss_per_month": 5000},
}
OWN = [{"work": "core", "model": "fixed_price_shop", "share": 1}, {"work": "run", "model": "freelancer"}]


def with_(**sections):
    return scenario({key: BASE.get(key, {}) | sections.get(key, {}) for key in (*BASE, *sections)})


def pair(seed):
    chance = random.Random(seed)
    return scenario(random_scenario(chance)), scenario(random_scenario(chance, chance.random() < 0.3))


def game(changes, seed):
    """Any outcome for any set of changes, of two kinds at once."""
    table = np.random.default_rng(seed).normal(size=(2**changes, 2)) * 100
    return lambda made: table[(made * 2 ** np.arange(changes)).sum(axis=1)]


# ------------------------------------------------------------------------------------------------------- shares


@given(st.integers(1, 5), st.integers(0, 10**6))
def test_a_share_is_what_a_change_moves_on_the_average_over_all_orders(changes, seed):
    outcome, expected = game(changes, seed), np.zeros((changes, 2))
    for order in itertools.permutations(range(changes)):
        made = np.zeros((1, changes), dtype=int)
        for change in order:
            before = outcome(made)[0]
            made[0, change] = 1
            expected[change] += outcome(made)[0] - before
    assert np.allclose(shapley(changes, outcome), expected / math.factorial(changes))


@given(st.sampled_from([1, EXACT, EXACT + 1, 12]), st.integers(0, 10**6))
def test_the_shares_add_up_to_the_whole_difference(changes, seed):
    outcome = game(changes, seed)
    whole = outcome(np.ones((1, changes), dtype=int))[0] - outcome(np.zeros((1, changes), dtype=int))[0]
    assert np.allclose(shapley(changes, outcome).sum(axis=0), whole)


@pytest.mark.parametrize("changes", [3, 40])
def test_changes_that_do_not_touch_each_other_explain_what_each_moves_alone(changes):
    alone = np.arange(changes, dtype=float)
    assert np.allclose(shapley(changes, lambda made: made @ alone[:, np.newaxis])[:, 0], alone)


def test_two_changes_that_only_work_together_share_alike():
    assert shapley(2, lambda made: made.prod(axis=1, keepdims=True) * 10.0).tolist() == [[5.0], [5.0]]


# --------------------------------------------------------------------------------------------------- differences


def test_a_scenario_does_not_differ_from_itself():
    one = with_()
    compared = difference(one, with_())
    assert compared["same"]
    assert compared["inputs"] == []
    assert all(path["total"]["difference"] == 0 for path in compared["paths"].values())
    assert compared["recommendation"]["path"]["a"] == compared["recommendation"]["path"]["b"]


def test_every_field_that_differs_is_named_with_both_values():
    one = with_(overrides={"freelancer": {"rate": 80}}, answers={"shifting": "yes"})
    other = with_(work={"core_hours": 500}, overrides={"freelancer": {"rework": [0.1, 0.2, 0.3]}}, weights={"leval": 2})
    assert changed(one, other) == {
        "work.core_hours": ([300.0, 400.0, 700.0], 500.0),
        "answers.shifting": ("yes", "unknown"),
        "weights.leval": (1.0, 2.0),
        "overrides.freelancer.rate": (80.0, None),
        "overrides.freelancer.rework": (None, [0.1, 0.2, 0.3]),
    }


@given(st.integers(0, 10**9))
def test_taking_over_field_by_field_ends_at_the_other_scenario(seed):
    one, other = pair(seed)
    for field in changed(one, other):
        one = mixed(one, other, field)
    assert normal_form(one) == normal_form(other)


@given(st.integers(0, 10**9))
def test_the_results_are_those_of_both_scenarios_and_what_explains_them_adds_up(seed):
    one, other = pair(seed)
    compared = difference(one, other)
    first, second = results([one, other], flips=False, trials=0)
    for path, figures in compared["paths"].items():
        for name in ("total", "npv", "weeks_to_stable", "fit"):
            assert (figures[name]["a"], figures[name]["b"]) == (first["paths"][path][name], second["paths"][path][name])
        if path in compared["explained"]["paths"]:
            explained = math.fsum(compared["explained"]["paths"][path].values())
            size = max(first["paths"][path]["total"], second["paths"][path]["total"])
            assert math.isclose(explained, figures["total"]["difference"], rel_tol=1e-9, abs_tol=1e-9 * size)
    assert set(compared["only_a"]) == first["paths"].keys() - second["paths"].keys()
    assert json.loads(json.dumps(compared)) == json.loads(json.dumps(compared, allow_nan=False))


def test_a_single_change_explains_everything_and_a_name_nothing():
    compared = difference(with_(), with_(project={"name": "B"}, work={"core_hours": 500}))
    for path, figures in compared["paths"].items():
        assert compared["explained"]["paths"][path] == pytest.approx(
            {"work.core_hours": figures["total"]["difference"]}
        )
    assert compared["explained"]["without_effect"] == ["project.name"]


def test_a_path_of_ones_own_that_was_redefined_is_shown_and_not_explained():
    one = with_(paths={"own": {"label": "Own", "phases": OWN}})
    other = with_(
        paths={"own": {"label": "Own", "phases": [OWN[0], {"work": "run", "model": "full_time"}]}}, work={"hires": 2}
    )
    compared = difference(one, other)
    assert "own" in compared["paths"]
    assert "own" not in compared["explained"]["paths"]
    assert [field["field"] for field in compared["inputs"]] == ["work.hires", "paths.own"]


@given(st.integers(0, 10**9))
def test_a_mixture_of_two_scenarios_is_one_or_the_other_at_its_ends(seed):
    one, other = (given.model_copy(update={"paths": {}}) for given in pair(seed))
    mixture = Mixture(one, other, list(changed(one, other)))
    ends = mixture.totals(np.repeat([[0], [1]], len(mixture.changes), axis=1))
    for totals, result in zip(ends, results([one, other], flips=False, trials=0), strict=True):
        assert totals.tolist() == pytest.approx([path["total"] for path in result["paths"].values()], rel=1e-12)


# -------------------------------------------------------------------------------------------------------- command


def run(*arguments, given=None):
    return CliRunner(env={"COLUMNS": "80"}).invoke(
        command.app, [str(a) for a in arguments], input=given, prog_name="engagement"
    )


@pytest.fixture
def files(tmp_path):
    def write(name, plain):
        (tmp_path / name).write_text(json.dumps(plain), encoding="utf-8")
        return tmp_path / name

    return write


def test_diff_takes_a_scenario_and_a_workbook_and_says_that_they_are_the_same(files, tmp_path):
    (tmp_path / "built.xlsx").write_bytes(build(scenario(BASE), 0, Edition.light))
    ended = run("diff", files("a.json", BASE), tmp_path / "built.xlsx")
    assert ended.exit_code == 0
    assert "They are the same, input by input." in ended.stdout


def test_diff_shows_inputs_paths_and_what_explains_them_within_the_terminal(files):
    other = BASE | {
        "project": {"name": "B\x1b[31m", "start": "2026-12-01"},
        "work": {"core_hours": 40},
        "answers": {"shifting": "no"},
    }
    ended = run(
        "diff", files("a.json", BASE), "-", given=json.dumps(other | {"project": BASE["project"] | {"name": "B"}})
    )
    assert ended.exit_code == 0
    text = " ".join(ended.stdout.split())
    for said in (
        "work.core_hours [300, 400, 700] 40",
        "Total A",
        "What explains the difference of the totals",
        "Shapley values",
    ):
        assert said in text
    assert max(map(len, ended.stdout.splitlines())) <= 80


def test_diff_as_json_is_the_difference(files):
    other = BASE | {"work": {"core_hours": 40}, "project": BASE["project"] | {"currency": "EUR", "usd_rate": 0.92}}
    ended = run("diff", files("a.json", BASE), files("b.json", other), "--json")
    compared = json.loads(ended.stdout)
    assert compared == json.loads(
        json.dumps(difference(scenario(BASE), scenario(other), (compared["a"], compared["b"])))
    )
    assert "A counts in USD, B in EUR" in " ".join(
        run("diff", files("a.json", BASE), files("b.json", other)).stdout.split()
    )


def test_diff_shows_actuals_and_quotes_of_one_scenario_that_the_other_lacks(files):
    quote = {"vendor": "N", "model": "freelancer", "rate": 90, "includes": ["rework"], "valid_until": "2026-12-31"}
    tracked = BASE | {"actuals": {"labour": [9000], "core_done": [0.1]}, "quotes": [quote]}
    other = BASE | {"work": {"core_hours": 40}}
    for line in itertools.permutations((files("a.json", tracked), files("b.json", other))):
        ended = run("diff", *line)
        assert ended.exit_code == 0
        text = " ".join(ended.stdout.split())
        assert "actuals.labour" in text
        assert "rate 90" in text
        assert json.loads(run("diff", *line, "--json").stdout)["explained"]["paths"]["freelancer"]["work.core_hours"]


def test_rows_in_which_nothing_differs_are_left_out(files):
    tracked = BASE | {"actuals": {"path": "freelancer", "labour": [9000], "core_done": [0.1]}}
    assert "+0" not in run("diff", files("a.json", BASE), files("b.json", tracked)).stdout
    dearer = BASE | {"overrides": {"freelancer": {"rate": 200}}}
    shown = run("diff", files("a.json", BASE), files("c.json", dearer)).stdout
    assert "Freelancer" in shown
    assert "Full-time hire throughout" not in shown


def test_diff_refuses_what_is_no_scenario(files):
    ended = run("diff", files("a.json", BASE), files("b.json", {"work": {"core_hours": -1}}))
    assert ended.exit_code == 4
    assert run("diff", "-", "-", given="").exit_code == 2
