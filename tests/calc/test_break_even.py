"""Break-evens against the second program in tests/definition: at the value the totals meet, around it they change order."""

import os
import random
import tomllib
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from calc.break_even import break_even, break_evens
from calc.break_even.core_hours import turns
from calc.facts import facts
from calc.model import model_for, user_paths
from calc.scenario import scenario
from calc.scenario.schema import MOST_MONTHS
from tests.definition import given as given_values
from tests.definition import model as reference
from tests.definition.scenarios import random_scenario
from workbook.write.build import book
from workbook.write.edition import Edition

EXAMPLES = Path(__file__).parents[2] / "build" / "examples"
THOROUGH = os.environ.get("ENGAGEMENT_THOROUGH") == "1"
# In the last two the totals meet at a revenue loss that lies beyond the range.
SEEDS = range(60) if THOROUGH else [*range(4), 33, 43]
LOSS, MONTH = "Revenue loss a month at which both cost the same", "Month from which one path stays ahead"
SECTIONS = {"revenue_loss_per_month": "money", "core_hours": "work"}


def plain_example(name):
    return tomllib.loads((EXAMPLES / f"{name}.toml").read_text(encoding="utf-8"))


def lead(plain, field, value, first, second):
    """How much cheaper the first path is by the second program, at a value of a field."""
    changed = plain | {SECTIONS[field]: plain.get(SECTIONS[field], {}) | {field: value}}
    costs = reference.costs(changed, facts())
    return costs[second]["total"] - costs[first]["total"]


def likely(plain, field):
    return given_values.as_range(given_values.field(plain, SECTIONS[field], field))[1]


@pytest.mark.parametrize("field", SECTIONS)
@pytest.mark.parametrize("name", ["ai_built_app", "regulated_product"])
def test_at_a_break_even_the_totals_meet_and_the_order_changes(name, field):
    plain = plain_example(name)
    found = [b for b in break_evens(model_for(), scenario(plain)) if getattr(b, field)]
    assert len(found) > 10
    for each in found[::4]:
        crossing = getattr(each, field)
        at = lead(plain, field, crossing.at, each.first, each.second)
        total = reference.costs(plain, facts())[each.first]["total"]
        assert abs(at) < 1e-6 * total
        beyond = crossing.at + (crossing.at - likely(plain, field)) * 1e-4
        ahead = each.first if lead(plain, field, beyond, each.first, each.second) > 0 else each.second
        assert ahead == crossing.cheaper
        now = lead(plain, field, likely(plain, field), each.first, each.second)
        assert (each.first if now > 0 else each.second) != crossing.cheaper


def test_the_break_even_is_the_nearest_one():
    plain = plain_example("ai_feature")
    for each in break_evens(model_for(), scenario(plain))[::7]:
        now = lead(plain, "core_hours", 400, each.first, each.second)
        reach = abs(each.core_hours.at - 400) * 0.999 if each.core_hours else 9600
        for hours in 400 + reach * np.linspace(-1, 1, 21):
            if 1 <= hours <= 10_000:
                assert lead(plain, "core_hours", hours, each.first, each.second) * now > 0


@pytest.mark.parametrize("field", SECTIONS)
def test_never_within_the_range_is_none(field):
    plain = plain_example("ai_feature")
    never = [b for b in break_evens(model_for(), scenario(plain)) if getattr(b, field) is None]
    assert never
    for each in never[::6]:
        high = {"revenue_loss_per_month": 100_000, "core_hours": 10_000}[field]
        order = [lead(plain, field, value, each.first, each.second) > 0 for value in np.linspace(1, high, 12)]
        assert len(set(order)) == 1


def test_two_paths_that_cost_the_same_never_break_even():
    """Without feature work and retainer within the horizon a remediation costs the same whoever would take over."""
    given = scenario(plain_example("bounded_bug") | {"work": {"core_hours": 8, "feature_hours_per_month": 0}})
    totals = model_for().evaluate([given], ["total"])["total"][0]
    ids = model_for().structure.path_ids
    same = [(a, b) for a, b in combinations(range(len(ids)), 2) if abs(totals[a] - totals[b]) < 1e-9]
    for first, second in same:
        assert break_even(model_for(), given, ids[first], ids[second]).revenue_loss_per_month is None


def test_the_range_follows_the_currency_and_a_larger_estimate():
    yen = plain_example("ai_built_app")
    yen["project"] |= {"currency": "JPY", "usd_rate": 150.0}
    yen["money"] = {"leader_rate": 1900, "revenue_loss_per_month": 8000 * 150}
    found = break_evens(model_for(), scenario(yen))
    assert max(b.revenue_loss_per_month.at for b in found if b.revenue_loss_per_month) > 100_000
    large = plain_example("regulated_product")
    large["work"] |= {"core_hours": [9000, 12_000, 20_000]}
    assert break_evens(model_for(), scenario(large))


def test_a_pair_by_itself_gives_what_all_pairs_give():
    model, given = model_for(), scenario(plain_example("ai_built_app"))
    every = break_evens(model, given)
    assert len(every) == 13 * 12 / 2
    for each in every[::9]:
        assert break_even(model, given, each.first, each.second) == each


def test_the_order_of_the_pair_does_not_matter():
    model, given = model_for(), scenario(plain_example("ai_built_app"))
    one, other = (
        break_even(model, given, "freelancer", "production_firm"),
        break_even(model, given, "production_firm", "freelancer"),
    )
    assert one.revenue_loss_per_month == other.revenue_loss_per_month
    assert (one.core_hours, one.month) == (other.core_hours, other.month)


def test_the_month_is_the_first_from_which_the_cheaper_path_has_spent_less_for_good():
    plain = plain_example("ai_built_app")
    costs = reference.costs(plain, facts())
    for each in break_evens(model_for(), scenario(plain)):
        spent = {path: np.round(np.cumsum(costs[path]["months"]), 2) for path in (each.first, each.second)}
        cheaper, other = sorted(spent, key=lambda path: spent[path][-1])
        behind = spent[cheaper] > spent[other]
        assert bool(each.month) == bool(behind.any())
        if each.month:
            month = int(each.month.at)
            assert each.month.cheaper == cheaper
            assert (spent[cheaper][month - 1 :] <= spent[other][month - 1 :]).all()
            assert spent[cheaper][month - 2] >= spent[other][month - 2]


@pytest.mark.parametrize(
    ("lead", "month"),
    [
        ([1, 1, 1], None),
        ([-1, -1, 1, 1], 3),
        ([1, -1, 1, 1], 3),
        ([-1, 0, 1], 3),
        ([0, 1, 1], None),
        ([-1, 1, 0], None),
        ([0, 0, 0], None),
        ([1, 1, -1], 3),
    ],
)
def test_who_was_behind_and_leads_at_the_end_overtakes_in_the_month_in_which_it_last_takes_the_lead(lead, month):
    given = scenario(plain_example("ai_built_app"))
    inputs = model_for().inputs([given]) | {"horizon_months": np.array([float(len(lead))])}
    known = {"month_lead": np.array([lead + [0] * (MOST_MONTHS - len(lead))], dtype=float)}
    [found] = model_for().graph.evaluate(inputs, ["break_even_month"], known)["break_even_month"]
    assert found == month if month else np.isnan(found)


@pytest.mark.parametrize(
    ("leads", "now", "found"),
    [
        ([1, 1, 1], 1, []),
        ([1, 1, -1, -1], 0, [(1, 2)]),
        ([-1, 1, 1, 0, -1], 2, [(3, 4), (1, 0)]),
        ([-1, 0, 1], 1, [(1, 2), (1, 0)]),
        ([0, 0, 0], 1, []),
        ([1, -1, 1, -1], 0, [(0, 1)]),
    ],
)
def test_the_nearest_turn_is_sought_on_either_side(leads, now, found):
    assert turns(np.array(leads), now) == found


def on_sensitivity(given, **shown):
    """What the sheet Sensitivity says of both break-evens: label -> the number, or None, and the texts beside it."""
    made = book([given], 0, shown, edition=Edition.light)
    made.finish()
    cells = {place: np.ravel(cell.value)[0] for place, cell in made.sheets["Sensitivity"].cells.items()}
    rows = {label: row for (row, column), label in cells.items() if column == 1 and label in (LOSS, MONTH)}
    return {
        label: (None if np.isnan(cells[row, 3]) else cells[row, 3], cells.get((row, 5)), cells.get((row + 1, 1)))
        for label, row in rows.items()
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_the_workbook_gives_the_break_evens_that_the_command_gives(seed):
    given = scenario(random_scenario(random.Random(seed), wild=seed % 4 == 3))
    model = model_for(user_paths(given))
    ids, labels = model.structure.path_ids, {path.id: path.label for path in model.structure.paths}
    decided = model.evaluate([given], ("recommended", "runner_up"))
    pair = [ids[int(decided[name][0]) - 1] for name in ("recommended", "runner_up") if decided[name][0] > 0]
    if len(pair) < 2:
        pair = ["full_time", "freelancer"]
    said = on_sensitivity(given, compare_path=pair[0], compare_with=pair[1])
    expected = break_even(model, given, *pair)
    loss, month = expected.revenue_loss_per_month, expected.month
    assert said[LOSS][0] == (pytest.approx(loss.at) if loss else None)
    assert (labels[loss.cheaper] if loss else "never within the range") in said[LOSS][1]
    assert said[MONTH][0] == (month.at if month else None)
    if month:
        assert said[MONTH][1] == labels[month.cheaper]


def test_where_the_gates_leave_one_path_the_workbook_names_no_leader_and_no_break_even():
    said = on_sensitivity(scenario(plain_example("bounded_bug")))
    assert said[LOSS][:2] == (None, "")
    assert said[MONTH] == (None, "none", "There are no two paths to compare.")


def test_a_break_even_beyond_the_range_is_none_and_one_at_its_end_counts():
    """Two paths 12 apart, unstable for one month more: the totals meet 12 above today's loss of 100."""
    known = {"is_pair": [1.0], "total_gap": [12.0], "first_unstable_months": [3.0], "second_unstable_months": [2.0],
             "revenue_loss_per_month": [100.0], "searched_from_revenue_loss_per_month": [0.0]}  # fmt: skip
    for high, expected in ((112, 112.0), (112.004, 112.0), (111.99, None)):
        values = known | {"searched_to_revenue_loss_per_month": [high]}
        arrays = {name: np.array(value) for name, value in values.items()}
        [found] = model_for().graph.evaluate({}, ["break_even_loss"], arrays)["break_even_loss"]
        assert (None if np.isnan(found) else found) == expected
