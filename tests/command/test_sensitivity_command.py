"""The command `engagement sensitivity`: the tornado, what flips the recommendation, and break-evens, as people see them."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from calc.break_even import break_even
from calc.model import model_for, user_paths
from calc.results import results
from calc.scenario import from_text
from calc.sensitivity import Flips, tornado
from workbook import command
from workbook.command.sensitivity import BARS, NOTHING

EXAMPLES = sorted((Path(__file__).parents[2] / "build" / "examples").glob("*.toml"))
APP_BUILT, BOUNDED, REGULATED = (
    next(path for path in EXAMPLES if path.stem == name)
    for name in ("ai_built_app", "bounded_bug", "regulated_product")
)
HEAD = '[project]\nname = "Near a tie"\nstart = 2026-12-01\ncurrency = "EUR"\nusd_rate = 0.92\n'
# Few answers, so that two paths fit about equally well and much can change the choice between them.
NEAR_A_TIE = HEAD + '[answers]\nai_core = "yes"\nlifecycle = "yes"\nlong = "yes"\nfrom_scratch = "yes"\n'
STUCK = HEAD + '[answers]\nisolated = "yes"\nbounded = "yes"\nai_generated = "yes"\n'
# Nobody builds features afterwards, so that both paths of the firm cost the same whatever else changes.
NO_FEATURES = HEAD + '[work]\nfeature_hours_per_month = 0\n[answers]\nai_generated = "yes"\nshifting = "yes"\n'
# A budget just above the limit of small jobs, which is published in dollars.
NEAR_THE_LIMIT = HEAD + '[work]\ncore_hours = 20\nspecialists = 1\n[money]\nbudget = 2800\n[answers]\nbounded = "yes"\n'
OWN_PATH = """
[paths.shop_then_freelancer]
label = "Shop, then a freelancer"
phases = [{ work = "core", model = "fixed_price_shop", share = 1 }, { work = "run", model = "freelancer" }]
"""


def run(*arguments, given=None, width="80", **environment):
    runner = CliRunner(env={"COLUMNS": width, "NO_COLOR": None} | environment)
    line = ["sensitivity", *map(str, arguments)]
    return runner.invoke(command.app, line, input=given, prog_name="engagement")


def shown(*arguments, **options):
    """What is printed on a terminal so wide that nothing wraps, with single spaces."""
    ended = run(*arguments, width="400", **options)
    assert (ended.exit_code, ended.stderr) == (0, "")
    return re.sub(r" +", " ", ended.stdout)


def as_json(*arguments, given=None):
    ended = run(*arguments, "--json", given=given)
    assert (ended.exit_code, ended.stderr) == (0, "")
    return json.loads(ended.stdout)


def read(text, where="x"):
    given = from_text(text, where)
    return model_for(user_paths(given)), given


def example(path):
    return read(path.read_text(encoding="utf-8"), path.name)


# ---------------------------------------------------------------------------------------------------- as JSON


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_json_holds_every_bar_and_every_flip_that_is_calculated(path):
    model, given = example(path)
    found, hangs, flips = as_json(path), tornado(model, given), Flips(model, given)
    assert (found["recommended"], found["runner_up"], found["gap"]) == (hangs.recommended, hangs.runner_up, hangs.gap)
    bars = [(bar["id"], bar["low"], bar["high"], bar["at_low"], bar["at_high"]) for bar in found["tornado"]]
    assert bars == [(bar.id, bar.low, bar.high, bar.at_low, bar.at_high) for bar in hangs.bars]
    [result] = results([given], trials=0)
    assert found["flips"]["answers"] == result["recommendation"]["flips"]
    figures = [(flip["id"], flip["value"], flip["path"]) for flip in found["flips"]["figures"]]
    assert figures == [(flip.factor.id, flip.value, flip.path) for flip in flips.values()]


def test_the_break_even_is_that_of_the_recommended_path_and_the_runner_up():
    model, given = example(REGULATED)
    found = as_json(REGULATED)["break_even"]
    expected = break_even(model, given, "pilot_then_partner", "engineering_partner")
    assert (found["first"], found["second"]) == ("pilot_then_partner", "engineering_partner")
    assert found["core_hours"] == {"at": expected.core_hours.at, "cheaper": "engineering_partner"}
    assert found["month"] is None
    assert found["now"] == {"revenue_loss_per_month": 0, "core_hours": 2800}


def test_the_break_even_of_two_named_paths():
    found = as_json(APP_BUILT, "--between", "full_time", "--and", "dedicated_engineer")["break_even"]
    expected = break_even(*example(APP_BUILT), "full_time", "dedicated_engineer")
    assert (found["first"], found["second"]) == ("full_time", "dedicated_engineer")
    for name in ("revenue_loss_per_month", "core_hours", "month"):
        crossing = getattr(expected, name)
        assert found[name] == (crossing and {"at": crossing.at, "cheaper": crossing.cheaper})


@pytest.mark.parametrize(
    ("options", "pair"),
    [
        (["--and", "fixed_price_shop"], ["remediate_then_freelancers", "fixed_price_shop"]),
        (["--between", "fixed_price_shop"], ["fixed_price_shop", "production_firm"]),
        (["--and", "Full-time hire THROUGHOUT"], ["remediate_then_freelancers", "full_time"]),
    ],
)
def test_a_path_that_is_not_named_is_the_recommended_one_or_the_runner_up(options, pair):
    found = as_json(APP_BUILT, *options)["break_even"]
    assert [found["first"], found["second"]] == pair


def test_a_path_of_the_users_own_can_be_named():
    options = ("--between", "shop_then_freelancer", "--and", "Shop, then a freelancer")
    assert as_json("-", *options[:2], given=NEAR_A_TIE + OWN_PATH)["break_even"]["first"] == "shop_then_freelancer"
    assert as_json("-", *options[2:], given=NEAR_A_TIE + OWN_PATH)["break_even"]["second"] == "shop_then_freelancer"


# ---------------------------------------------------------------------------------------------------- in the terminal


@pytest.mark.parametrize("given", [*EXAMPLES, NEAR_A_TIE, STUCK, NO_FEATURES], ids=str)
def test_nothing_is_wider_than_a_terminal_of_80_columns_and_nothing_is_coloured_off_a_terminal(given):
    ended = run(given) if isinstance(given, Path) else run("-", given=given)
    assert (ended.exit_code, ended.stderr) == (0, "")
    assert max(map(len, ended.stdout.splitlines())) <= 80
    assert "\x1b" not in ended.stdout


def test_the_answer_comes_first_then_the_tornado_the_flips_and_the_break_even():
    text = shown("-", given=NEAR_A_TIE)
    parts = [
        "Near a tie",
        "Recommended, provisionally: Dedicated engineer throughout.",
        "Next best: Prototype, then a dedicated engineer.",
        "What moves the gap of EUR",
        "Single answers that would change the recommendation",
        "Three months or more: no (now yes): Full-time hire throughout",
        "Single figures that would change the recommendation",
        "Specialists, people 2 3 Engineering partner throughout",
        "Break-even: Dedicated engineer throughout, and Prototype, then a dedicated engineer",
        "Revenue lost a month (now EUR 0): above EUR",
        "Month: from the end of month 2 on, Prototype, then a dedicated engineer has spent less and stays ahead.",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_the_table_shows_the_twelve_largest_bars_with_their_ranges_and_gaps():
    text, [largest, *_] = shown(APP_BUILT), as_json(APP_BUILT)["tornado"]
    gaps = f"{largest['at_low']:,.0f} {largest['at_high']:,.0f}"
    assert f"Freelancer: Hourly rate and hourly rate after the core, USD/h 60 150 {gaps}" in text
    table = text[text.index("What moves") : text.index("Gap: how much")]
    assert len(table.strip().splitlines()) == 4 + BARS
    moving = [bar for bar in as_json(APP_BUILT)["tornado"] if bar["swing"] >= NOTHING]
    assert f"{len(moving) - BARS} more figures move it less; --json has them." in text


def test_a_figure_that_is_moved_by_an_assumed_share_is_marked():
    text = shown(APP_BUILT)
    assert "Horizon, months * 6 18" in text
    assert "Leader's time, USD/h * 91 169" in text
    assert "Freelancer: Rework, share 0.1 0.375" in text
    assert "* A figure without a range of its own, moved by an assumed share." in text


def test_amounts_are_in_the_currency_of_the_project_but_settings_stay_as_they_are_published():
    text = shown("-", given=NEAR_A_TIE)
    assert "Dedicated engineer: Hourly rate and hourly rate after the core, EUR/h 73.6 138" in text
    assert "USD/h" not in text
    text = shown("-", given=NEAR_THE_LIMIT)
    assert "Freelancer: Hourly rate and hourly rate after the core, EUR/h 92" in text


def test_a_value_that_reads_like_todays_says_on_which_side_of_it_the_change_lies():
    assert "Specialties that one person covers, specialties 2 just below 2 Engineering partner throughout" in shown(
        "-", given=NEAR_A_TIE
    )


def test_the_runner_up_costs_more_or_less_for_the_same_scope():
    found = as_json("-", given=NEAR_A_TIE)
    side = "more" if found["gap"] > 0 else "less"
    assert f"For the same scope it would cost EUR {abs(found['gap']):,.0f} {side}." in shown("-", given=NEAR_A_TIE)


def test_without_a_runner_up_there_is_no_tornado_and_the_flips_stay():
    text = shown(BOUNDED)
    assert "There is no next best path: the answers speak for no other that can be taken." in text
    assert "What moves" not in text
    assert "Cause unknown: yes (now no): Audit, then freelancers" in text
    assert "name two paths with --between and --and" in text
    assert "Break-even: Freelancer throughout, and Full-time hire throughout" in shown(BOUNDED, "--and", "full_time")


def test_an_answer_after_which_nothing_is_recommended_says_so():
    text = shown("-", given=NEAR_THE_LIMIT)
    assert "Clear, bounded task: no (now yes): no recommendation" in text
    assert as_json("-", given=NEAR_THE_LIMIT)["break_even"] is None


def test_two_paths_that_cost_the_same_whatever_changes():
    found, text = as_json("-", given=NO_FEATURES), shown("-", given=NO_FEATURES)
    assert found["gap"] == 0
    assert "For the same scope it would cost the same." in text
    assert "No figure moves the gap between the two." in text
    assert "Month: both have spent the same at the horizon." in text


# ---------------------------------------------------------------------------------------------------- wrong usage


def test_a_path_that_is_not_there_is_refused_with_the_nearest_one():
    ended = run(APP_BUILT, "--and", "full_tim")
    assert (ended.exit_code, ended.stdout) == (2, "")
    assert "no path is called full_tim; did you mean: full_time?" in ended.stderr
    assert "known: freelancer, " in run(APP_BUILT, "--between", "\x1b[2J").stderr
    assert "\x1b" not in run(APP_BUILT, "--between", "\x1b[2J").stderr


@pytest.mark.parametrize(
    "options", [["--and", "remediate_then_freelancers"], ["--between", "full_time", "--and", "full_time"]]
)
def test_a_path_against_itself_is_refused(options):
    ended = run(APP_BUILT, *options)
    assert (ended.exit_code, ended.stdout) == (2, "")
    assert "both name the same path" in ended.stderr


def test_a_refused_scenario_ends_with_4():
    assert run("-", given="[project]\n").exit_code == 4
