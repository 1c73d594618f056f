"""The space of sequences, and the best of it as own paths of a scenario."""

import pytest

from calc.results import results
from calc.scenario import from_text, scenario
from calc.scenario.schema import UserPath
from calc.sequences import NothingToAdd, design, or_better, search, with_best
from calc.sequences.space import sequences
from tests.command.runner import EXAMPLES

SHOWN = ("fit", "same_scope", "npv", "invoiced", "paid", "own_time", "losses", "weeks_to_stable")


def example(path):
    return from_text(path.read_text(encoding="utf-8"), path.name)


def test_every_sequence_has_a_name_of_its_own_that_an_own_path_may_bear():
    labels = [row.label for row in sequences()]
    assert len(set(labels)) == len(labels)
    assert "Audit, then a shop, freelancers run it" in labels
    longest = UserPath.model_fields["label"].metadata[0].longest
    assert max(map(len, labels)) <= longest


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_own_path_that_was_added_gives_the_figures_that_design_showed(path):
    given = example(path)
    shown = design(given)
    by_name = {one["name"]: one for one in [shown["recommended"], *shown["frontier"]]}
    designed, added = with_best(given)
    [result] = results([designed], flips=False, trials=0)
    assert [designed.paths[key].label for key in designed.paths][-len(added) :] == added
    for found in result["paths"].values():
        if found["label"] in added:
            for name in SHOWN:
                assert found[name] == pytest.approx(by_name[found["label"]][name], abs=0.005), (found["label"], name)


def test_the_recommended_sequence_is_added_first_unless_it_is_a_published_path():
    given = example(EXAMPLES[0])
    _, added = with_best(given)
    assert added[0] == design(given)["recommended"]["name"]


def test_what_was_added_is_not_added_again_and_no_more_than_fits():
    designed, _ = with_best(example(EXAMPLES[0]))
    with pytest.raises(NothingToAdd):
        with_best(designed)


def test_what_is_paid_and_the_way_on_add_up_to_the_same_scope():
    for one in design(example(EXAMPLES[0]))["frontier"]:
        if one["ways_on"]:
            assert one["ways_on"]["paid"] + one["ways_on"]["go_on"] == pytest.approx(one["same_scope"])


def test_whoever_switches_after_an_audit_goes_to_a_sequence_with_the_same_audit_and_another_core():
    shop = next(
        one for one in design(example(EXAMPLES[0]))["frontier"] if one["name"] == "Audit, then a shop throughout"
    )
    assert shop["ways_on"]["switch"]["name"].startswith("Audit, then a firm")


def test_the_line_says_whether_another_sequence_would_do_better_and_by_how_much():
    cheaper, dearer, none, _ = (or_better(search(example(path)), "USD") for path in EXAMPLES)
    better = "Better than the 13 published paths: “Audit, then a firm, freelancers run it”, USD 14,237 less for the same scope"
    assert cheaper == f"{better}."
    assert dearer.startswith(
        "Fits better than the 13 published paths: “Pilot, then a shop throughout”, USD 15,745 more"
    )
    assert (
        none
        == "None of the 938 possible sequences does better than “Freelancer throughout”, the best of the 13 published paths."
    )


def test_the_worst_case_is_searched_as_well():
    likely, worst = (search(example(EXAMPLES[0]), case).figures["same_scope"] for case in ("likely", "worst"))
    assert (worst >= likely).all()
    assert (worst > likely).any()


def test_a_sequence_that_ends_after_the_year_9999_ends_with_the_last_day_of_the_calendar():
    slow = {"freelancer": {"hours_per_week": 1, "rework": 5, "replacement_weeks": 50, "departures_per_month": 0.2}}
    late = {
        "project": {"name": "Late", "start": "2100-12-31", "horizon_months": 60},
        "work": {"core_hours": 100_000},
        "overrides": slow,
    }
    found = design(scenario(late | {"answers": {"bounded": "yes", "isolated": "yes"}}))
    ends = [
        phase["end"] for one in (found["recommended"], *found["frontier"]) for phase in one["phases"] if phase["end"]
    ]
    assert max(ends) == "9999-12-31"
