"""Actuals against the plan: as planned is forecast as planned, what is unclear is asked, and the rest follows the progress."""

import numpy as np
import pytest

from calc import catalogue
from calc.model import model_for, user_paths
from calc.quantities.cash_lines import MONTHLY
from calc.results import results
from calc.scenario import Refused, as_given, from_text, scenario
from calc.sentences.stay_or_switch import advice
from calc.tracking import came_back, track
from workbook.receive.reading import as_toml

PROJECT = {
    "project": {"name": "Rescue", "start": "2026-12-01"},
    "work": {"core_hours": 900},
    "money": {"revenue_loss_per_month": 8_000, "incidents_per_month": 2, "incident_cost": 500},
    "answers": {"unknown_cause": "yes", "from_scratch": "yes"},
}
LISTS = {"coordination": "leader_hours", "instability": "losses"}
PLAN = ("leader_rate_in_force", "in_plan", "share", "start_month", "end_month", "core_end", "total")


def as_planned(path: str, months: int, project: dict = PROJECT) -> dict:
    """Actuals equal to the plan: its lines by month, and the core spread evenly over each of its phases."""
    of_project = scenario(project)
    model = model_for(user_paths(of_project))
    number = model.structure.path_numbers[path]
    inputs = model.inputs([of_project]) | {"plan_choice": np.array([float(number)])}
    plan = {name: values[0] for name, values in model.graph.evaluate(inputs, (*MONTHLY.values(), *PLAN)).items()}
    given = {"path": path}
    for line, name in MONTHLY.items():
        by = (float(plan["leader_rate_in_force"].reshape(-1)[0]) or 1) if line == "coordination" else 1
        given[LISTS.get(line, line)] = [float(amount) / by for amount in plan[name][:months]]
    length = plan["end_month"] - plan["start_month"]
    over = [np.clip((month - plan["start_month"]) / length, 0, 1) for month in range(1, months + 1)]
    given["core_done"] = [min(1.0, float((plan["in_plan"] * plan["share"] * part).sum())) for part in over]
    return given | {"expected": (float(plan["total"][number - 1]), float(plan["core_end"][number - 1]) * 52 / 12)}


def _tracked(given: dict) -> dict:
    return track(scenario(PROJECT | {"actuals": {name: value for name, value in given.items() if name != "expected"}}))


@pytest.mark.parametrize("path", catalogue.paths())
@pytest.mark.parametrize("months", [0, 1, 3, 6, 12])
def test_actuals_equal_to_the_plan_forecast_the_plan_to_the_cent(path: str, months: int) -> None:
    given = as_planned(path, months)
    total, weeks = given["expected"]
    found = _tracked(given)
    assert found["month"] == months
    assert found["forecast"]["total"] == pytest.approx(total, abs=0.005)
    assert found["forecast"]["end_week"] == pytest.approx(weeks, abs=1e-6)
    assert found["actual"]["to_date"] == pytest.approx(found["plan"]["to_date"], abs=0.005)


@pytest.mark.parametrize(
    "terms",
    [
        {"net_days": 45},
        {"deposit": 0.3, "milestones": [{"share": 0.7, "at": 1}], "net_days": 30},
        {"deposit": 0.9, "milestones": [{"share": 0.1, "at": 0.5}]},
    ],
    ids=["monthly", "in the end", "beforehand"],
)
@pytest.mark.parametrize("months", [0, 1, 2, 4, 12])
def test_what_is_done_and_not_yet_due_is_still_to_come(terms: dict, months: int) -> None:
    """Paid as the terms say and done as planned, a job is forecast as planned; its budget has the headroom of the plan."""
    quote = {"vendor": "Nordlicht", "model": "fixed_price_shop", "price": 140_000, "hours": 900, "weeks": 16}
    project = PROJECT | {"quotes": [quote | terms], "money": PROJECT["money"] | {"budget": 200_000}}
    given = as_planned("quote_nordlicht", months, project)
    found = track(scenario(project | {"actuals": {name: one for name, one in given.items() if name != "expected"}}))
    assert found["forecast"]["total"] == pytest.approx(given["expected"][0], abs=0.005)
    assert found["lines"]["labour"]["forecast"] == pytest.approx(140_000, abs=0.005)
    untouched = track(scenario(project | {"actuals": {"path": "quote_nordlicht"}}))
    assert found["budget"]["headroom"] == pytest.approx(untouched["budget"]["headroom"], abs=0.01)


def test_what_was_paid_beforehand_is_not_paid_back_where_the_work_is_ahead() -> None:
    quote = {"vendor": "Nordlicht", "model": "fixed_price_shop", "price": 140_000, "hours": 900, "weeks": 16}
    terms = {"deposit": 0.9, "milestones": [{"share": 0.1, "at": 0.5}]}
    project = PROJECT | {"quotes": [quote | terms], "money": PROJECT["money"] | {"budget": 200_000}}
    given = as_planned("quote_nordlicht", 2, project)
    ahead = [1.5 * done for done in given["core_done"]]
    actuals = {name: one for name, one in given.items() if name != "expected"} | {"core_done": ahead}
    found = track(scenario(project | {"actuals": actuals}))
    assert found["lines"]["labour"]["actual"] == pytest.approx(126_000)
    assert all(line["forecast"] >= line["actual"] - 0.005 for line in found["lines"].values())
    assert found["budget"]["forecast"] >= found["budget"]["invoiced"] - 0.005


def test_half_the_progress_doubles_what_is_left_of_the_core() -> None:
    given = as_planned("freelancer_team", 3)
    whole = sum(as_planned("freelancer_team", 12)["labour"])
    given["core_done"] = [done / 2 for done in given["core_done"]]
    found = _tracked(given)
    assert found["performance"] == pytest.approx(0.5)
    left = whole * (1 - given["core_done"][-1])
    assert found["lines"]["labour"]["forecast"] == pytest.approx(sum(given["labour"]) + left / 0.5)
    assert found["forecast"]["end_week"] > given["expected"][1]


@pytest.mark.parametrize(
    ("done", "week"),
    [
        # Planned for the fourth month; a month has 52 / 12 weeks.
        ([0.1, 0.3, 0.6, 1], None),
        (["", "", "", 1], None),
        ([0.1, "", "", 1], None),
        ([0.1, "", 1, 1], 3 * 52 / 12),
        ([0.5, 1, 0.8, "", 1], None),
        ([0.5, 1, 1, 0.9, 1], 4 * 52 / 12),
    ],
)  # fmt: skip
def test_a_core_that_is_done_ended_after_the_last_month_without_and_by_the_first_month_with_that_entry(
    done, week
) -> None:
    given = as_planned("engineering_partner", 5)
    assert _tracked(given | {"core_done": done})["forecast"]["end_week"] == pytest.approx(week or given["expected"][1])


def test_a_core_that_ends_after_the_year_9999_ends_with_the_last_day_of_the_calendar() -> None:
    slow = {"work": {"core_hours": 100_000}, "overrides": {"freelancer": {"hours_per_week": 1}}}
    lines = (*LISTS.values(), "labour", "rework", "hidden_scope", "onboarding", "replacement", "review", "core_done")
    of_month = {name: [0] for name in lines} | {"path": "freelancer"}
    late = PROJECT | slow | {"project": {"name": "Late", "start": "2100-12-31"}, "actuals": of_month}
    found = track(scenario(late))["forecast"]
    assert found["end_week"] > (9999 - 2100) * 53
    assert found["end_date"] == "9999-12-31"


def test_performance_stays_within_its_bounds_and_a_scenario_may_set_them() -> None:
    given = as_planned("freelancer", 3)
    slow = given | {"core_done": [0.0, 0.0, 0.0]}
    assert _tracked(slow)["performance"] == 0.2
    assert _tracked(given | {"core_done": [0.0, 0.0, 0.9]})["performance"] == 2
    own = {"overrides": {"decision": {"performance_low": 0.5}}}
    data = {name: value for name, value in slow.items() if name != "expected"}
    assert track(scenario(PROJECT | own | {"actuals": data}))["performance"] == 0.5


@pytest.mark.parametrize("path", catalogue.paths())
def test_actuals_equal_to_the_plan_leave_the_headroom_that_the_plan_has(path: str) -> None:
    budget = PROJECT | {"money": PROJECT["money"] | {"budget": 100_000}}
    [invoiced] = model_for().evaluate([scenario(PROJECT)], ("invoiced",))["invoiced"]
    planned = 100_000 - float(invoiced[list(catalogue.paths()).index(path)])
    for months in (1, 4, 12):
        given = {name: one for name, one in as_planned(path, months, budget).items() if name != "expected"}
        found = track(scenario(budget | {"actuals": given}))["budget"]
        assert found["headroom"] == pytest.approx(planned, abs=0.01)
        assert found["forecast"] == pytest.approx(100_000 - planned, abs=0.01)
    assert _tracked(given)["budget"] is None


def _with_labour(budget: float, spent: float, **answered: str) -> dict:
    """Two months of freelancers who were paid so much for their labour, on a job that speaks for continuity."""
    asked = ("from_scratch", "ai_core", "lifecycle", "long", "traction", "scope_evolves", "afford_hire", "iterate")
    answers = dict.fromkeys(asked, "yes") | answered
    project = PROJECT | {"money": PROJECT["money"] | {"budget": budget}, "answers": answers}
    given = as_planned("freelancer_team", 2, project) | {"labour": [spent, 0]}
    given |= {name: [0, 0] for name in ("hidden_scope", "rework", "onboarding", "hiring")}
    return track(scenario(project | {"actuals": {name: one for name, one in given.items() if name != "expected"}}))


def test_what_is_left_is_held_against_what_is_left_of_the_budget() -> None:
    """Of 200,000 with 140,000 invoiced there are 60,000 left, and they decide like a budget of 60,000 of which nothing is."""
    spent, small, large = (
        _with_labour(*of)["stay_or_switch"] for of in ((200_000, 140_000), (60_000, 0), (200_000, 0))
    )
    assert spent == small != large


def test_a_budget_that_is_nearly_spent_makes_no_small_job_of_a_large_one() -> None:
    assert _with_labour(2_000, 0, bounded="yes")["recommended"] == "freelancer"
    assert _with_labour(200_000, 198_000, bounded="yes")["recommended"] != "freelancer"


def test_a_negative_correction_lowers_actual_and_forecast_by_its_amount() -> None:
    given = as_planned("freelancer", 3)
    corrected = given | {"labour": [*given["labour"][:2], given["labour"][2] - 50_000]}
    before, after = _tracked(given), _tracked(corrected)
    assert after["actual"]["to_date"] == pytest.approx(before["actual"]["to_date"] - 50_000)
    assert after["forecast"]["total"] == pytest.approx(before["forecast"]["total"] - 50_000)


def test_a_month_half_filled_is_asked_for_every_figure_that_the_plan_has() -> None:
    given = as_planned("freelancer", 3)
    with pytest.raises(Refused) as refused:
        _tracked(given | {"labour": given["labour"][:2], "core_done": given["core_done"][:2]})
    assert [fault.field for fault in refused.value.faults] == ["actuals.labour, month 3", "actuals.core_done, month 3"]


def test_a_skipped_month_is_asked_for() -> None:
    with pytest.raises(Refused, match="actuals, month 2"):
        scenario(PROJECT | {"actuals": {"labour": [1, "", 3], "losses": [8000]}})


@pytest.mark.parametrize(
    ("actuals", "field"),
    [
        ({"labor": [1]}, "actuals.labor"),
        ({"labour": 5}, "actuals.labour"),
        ({"labour": [float("nan")]}, "actuals.labour, month 1"),
        ({"core_done": [0.5, 50]}, "actuals.core_done, month 2"),
        ({"incidents": [-1]}, "actuals.incidents, month 1"),
        ({"labour": [1] * 61}, "actuals.labour"),
        ({"path": "nobody"}, "actuals.path"),
    ],
)
def test_what_cannot_have_happened_is_refused(actuals: dict, field: str) -> None:
    with pytest.raises(Refused) as refused:
        scenario(PROJECT | {"actuals": actuals})
    assert [fault.field for fault in refused.value.faults] == [field]


def test_what_is_left_is_decided_without_lead_time_onboarding_and_hiring_of_whoever_is_at_work() -> None:
    given = as_planned("full_time", 5)
    found = _tracked(given)
    stay = next(one for one in found["stay_or_switch"] if one["path"] == "full_time")
    elsewhere = scenario(PROJECT)
    anew = model_for().evaluate([elsewhere], ("same_scope", "weeks_to_stable"))
    at = list(catalogue.paths()).index("full_time")
    # What is left takes the time that the plan has for it, but for the onboarding in it; nobody is searched or hired.
    assert 0 < stay["weeks"] <= given["expected"][1] - 5 * 52 / 12 + 1e-6
    assert stay["remaining"] < float(anew["same_scope"][0, at])
    assert {one["path"] for one in found["stay_or_switch"]} == set(catalogue.paths())


QUOTE = {"vendor": "Nordlicht", "model": "fixed_price_shop", "price": 140_000, "hours": 400, "weeks": 16}
STEADY = {"onboarding_weeks": 0, "departures_per_month": 0}


@pytest.mark.parametrize(
    ("path", "hours", "months"),
    [
        ("production_firm", 100, 1),
        ("production_firm", 400, 1),
        ("remediate_then_freelancers", 100, 1),
        ("quote_nordlicht", 400, 2),
        ("audit_then_freelancers", 400, 2),
    ],
)
def test_to_stay_costs_what_the_forecast_has_still_to_come(path: str, hours: int, months: int) -> None:
    """A fee is not paid twice, an offer keeps its price, and an audit has documented the system for the feature work too.

    Compared where nothing of what was done is part of what is to come (nobody to get on board or to replace, no support), in
    money of today; the same scope has feature work in all months that are left, the forecast from the core's end on.
    """
    project = {
        "project": PROJECT["project"] | {"horizon_months": 24, "discount_rate": 0},
        "work": {"core_hours": hours, "feature_hours_per_month": 40, "reviews_per_year": 0},
        "money": {"leader_rate": 0},
        "answers": {"unknown_cause": "yes", "contained": "yes"},
        "overrides": {"freelancer": STEADY, "freelancer_team": STEADY},
        "quotes": [QUOTE],
    }
    given = as_planned(path, months, project)
    behind = [0.8 * done for done in given["core_done"]]
    actuals = {name: one for name, one in given.items() if name != "expected"} | {"core_done": behind}
    found = track(scenario(project | {"actuals": actuals}))
    stay = next(one for one in found["stay_or_switch"] if one["path"] == path)
    end, run = found["forecast"]["end_week"] * 12 / 52, found["lines"]["run"]["forecast"]
    to_come = found["forecast"]["total"] - found["actual"]["to_date"]
    assert found["performance"] == pytest.approx(0.8)
    assert stay["remaining"] == pytest.approx(to_come - run + run * (24 - months) / (24 - end))
    assert stay["weeks"] == pytest.approx(found["forecast"]["end_week"] - months * 52 / 12)


@pytest.mark.parametrize("path", catalogue.paths())
def test_before_anything_is_entered_to_stay_takes_and_costs_what_the_plan_does(path: str) -> None:
    [plan] = results([scenario(PROJECT)], flips=False)
    planned = plan["paths"][path]
    found = _tracked({"path": path})
    stay = next(way for way in found["stay_or_switch"] if way["path"] == path)
    assert (stay["weeks"], stay["remaining"]) == pytest.approx((planned["weeks_to_stable"], planned["same_scope"]))


def test_a_rebuild_is_expected_in_the_same_month_however_much_of_the_time_is_over() -> None:
    """Month 9 lies within a horizon of 12 months, also when four of them are over and 8 are left."""
    left = {}
    for chance in (0, 0.5):
        project = PROJECT | {"overrides": {"freelancer": {"rewrite": chance}}}
        given = as_planned("freelancer", 4, project)
        actuals = {name: one for name, one in given.items() if name != "expected"}
        for one in track(scenario(project | {"actuals": actuals}))["stay_or_switch"]:
            left[one["path"], chance] = one["remaining"]
    assert left["freelancer", 0.5] > left["freelancer", 0] + 1_000
    assert left["production_firm", 0.5] == left["production_firm", 0]


def test_whoever_is_at_work_is_the_vendor_and_not_all_of_his_kind() -> None:
    project = PROJECT | {"quotes": [QUOTE]}
    given = as_planned("quote_nordlicht", 2, project)
    found = track(scenario(project | {"actuals": {name: one for name, one in given.items() if name != "expected"}}))
    stay, shop = (
        next(one for one in found["stay_or_switch"] if one["path"] == path)
        for path in ("quote_nordlicht", "fixed_price_shop")
    )
    # The shop without a name takes its own pace for the hours of the core, after a week in which it is found.
    work = float(model_for().evaluate([scenario(PROJECT)], ("weeks_to_stable",))["weeks_to_stable"][0, 2]) - 1
    assert shop["weeks"] == pytest.approx(1 + work * (1 - given["core_done"][-1]))
    assert stay["weeks"] < given["expected"][1] - 2 * 52 / 12 + 1e-6


def test_a_switch_that_saves_nothing_is_none() -> None:
    path = "pilot_then_partner"
    found = _tracked(as_planned(path, 3))
    left = {one["path"]: one["remaining"] for one in found["stay_or_switch"]}
    # After the pilot, what is left is the partner's either way; by itself, the tie goes to the earlier path.
    assert left[path] == pytest.approx(left["engineering_partner"], abs=0.005)
    assert list(catalogue.paths()).index("engineering_partner") < list(catalogue.paths()).index(path)
    assert (found["recommended"], found["stay_or_switch"][0]["path"]) == (path, path)


def test_after_its_audit_a_path_of_freelancers_is_not_ruled_out_for_want_of_one() -> None:
    yes = dict.fromkeys(("unknown_cause", "leadership", "one_off", "experiment", "specialist", "data_work"), "yes")
    project = PROJECT | {"answers": yes}
    assert model_for().evaluate([scenario(project)], ("gate_keeps_shifting",))["gate_keeps_shifting"].any()
    given = as_planned("audit_then_freelancers", 3, project)
    assert 0 < given["core_done"][-1] < 1
    found = track(scenario(project | {"actuals": {name: one for name, one in given.items() if name != "expected"}}))
    assert found["recommended"] == "audit_then_freelancers" == found["stay_or_switch"][0]["path"]


def test_where_no_answer_speaks_for_a_path_neither_to_stay_nor_to_switch_is_recommended() -> None:
    project = PROJECT | {"answers": {}}
    given = as_planned("production_firm", 1, project)
    found = track(scenario(project | {"actuals": {name: one for name, one in given.items() if name != "expected"}}))
    assert found["recommended"] is None
    assert len(found["stay_or_switch"]) == len(catalogue.paths())


def test_once_the_core_is_done_nothing_is_left_to_decide() -> None:
    assert _tracked(as_planned("engineering_partner", 12))["stay_or_switch"] == []


def test_what_came_back_is_counted() -> None:
    actuals = {"core_done": [0.5, 0.4, 1, 1, 1], "incidents": [3, 3, 1, 0, 2]}
    assert came_back(scenario(PROJECT | {"actuals": actuals})) == 2
    assert came_back(scenario(PROJECT)) == 0


def test_actuals_are_part_of_the_scenario_and_survive_its_file() -> None:
    given = scenario(PROJECT | {"actuals": {"path": "freelancer", "labour": [1000, ""], "core_done": ["", 0.25]}})
    assert as_given(given)["actuals"]["core_done"] == [None, 0.25]
    assert from_text(as_toml(given), "x.toml").actuals == given.actuals
    assert "actuals" not in as_given(scenario(PROJECT))


def test_where_every_other_path_is_ruled_out_the_rule_that_does_most_of_it_is_named():
    """A board asks why it must stay with what fails, and whether it is the budget, which it can raise."""
    way = {"label": "A path", "remaining": 9.0, "weeks": 2.0, "standing": 0, "eligible": False}
    others = [["over_budget"], ["no_salary", "over_budget"], ["nothing_to_audit"]]
    ways = [way | {"path": "stays", "gates": []}, *(way | {"path": "other", "gates": gates} for gates in others)]
    assert advice(ways, "stays", "stays", "USD")[1] == (
        "Every other path is ruled out, 2 of 3 by “Too far over budget”."
    )
    assert (
        advice(ways[:3], "stays", "stays", "USD")[1] == "Every other path is ruled out, all by “Too far over budget”."
    )
