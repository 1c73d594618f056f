"""DataFrames of pandas and polars: answers as one, and scenarios from one."""

from datetime import date, datetime

import engagement_calculator as ec
import pytest
from engagement_calculator.frames import frame

from calc.quantities.lines import LINES
from workbook.receive.checking import Finding

JOB = {"project": {"name": "Rescue", "start": "2026-12-01"}, "work": {"core_hours": 300}, "answers": {"bounded": "yes"}}
ROWS = [
    {"id": "A", "project.name": "First", "project.start": date(2026, 12, 1), "work.core_hours": 300.0, "answers.bounded": "yes"},
    {"id": "B", "project.name": "Second", "project.start": date(2027, 1, 1), "work.core_hours": 500.0, "answers.bounded": None},
]  # fmt: skip


@pytest.fixture(params=["pandas", "polars"])
def library(request):
    return pytest.importorskip(request.param)


def records(made):
    """The rows of a frame, column -> value."""
    return (
        made.to_dict("records")
        if hasattr(made, "to_dict") and hasattr(made, "iloc")
        else list(made.iter_rows(named=True))
    )


def test_every_path_is_a_row_with_the_figures_of_the_answer(library):
    answer = ec.calc(JOB, trials=0)
    made = answer.to_frame(library.__name__)
    assert isinstance(made, library.DataFrame)
    rows = records(made)
    assert [row["path"] for row in rows] == list(answer.paths)
    assert [row["path"] for row in rows if row["recommended"]] == [answer.recommendation.path]
    for row in rows:
        path = answer.paths[row["path"]]
        assert (row["total"], row["beyond.core"]) == (path.total, path.beyond.core)
        assert {line: row[f"lines.{line}"] for line in LINES} == path.lines


def test_a_column_has_the_same_type_whatever_it_holds(library):
    without, with_trials = (ec.calc(JOB, trials=trials).to_frame(library.__name__) for trials in (0, 200))
    assert list(map(str, without.dtypes)) == list(map(str, with_trials.dtypes))
    assert list(without.columns) == list(with_trials.columns)
    late = frame(
        {"text": str, "number": float}, [*[{"number": 1}] * 300, {"text": "late", "number": 0.5}], library.__name__
    )
    assert records(late)[-1] == {"text": "late", "number": 0.5}
    assert frame({"text": str}, [], library.__name__).shape == (0, 1)


def test_scenarios_from_a_frame_are_those_of_a_mapping(library):
    answers = ec.calc(library.DataFrame(ROWS), trials=0)
    assert answers.ids == ("A", "B")
    first = {
        "project": {"name": "First", "start": date(2026, 12, 1)},
        "work": {"core_hours": 300},
        "answers": {"bounded": "yes"},
    }
    assert answers[0] == ec.calc(first, trials=0)
    both = records(answers.to_frame(library.__name__))
    assert [row["id"] for row in both] == ["A"] * 13 + ["B"] * 13


def test_a_time_at_midnight_is_its_day(library):
    start = [datetime(2026, 12, 1), datetime(2027, 1, 1)]
    made = library.DataFrame({"project.name": ["First", "Second"], "project.start": start})
    answers = ec.calc(made, trials=0)
    assert [answer.scenario["project"]["start"] for answer in answers] == ["2026-12-01", "2027-01-01"]
    assert answers.ids == ("1", "2")


def test_every_fault_of_every_row_is_named_with_its_row(library):
    bad = [{**ROWS[0], "work.core_hours": -1.0}, {**ROWS[1], "answers.bounded": "perhaps"}]
    with pytest.raises(ec.Refused) as refused:
        ec.calc(library.DataFrame(bad), trials=0)
    assert [fault.field for fault in refused.value.faults] == ["row 1, work.core_hours", "row 2, answers.bounded"]


@pytest.fixture(scope="module")
def design():
    return ec.design(JOB, top=2)


FINDINGS = ec.Findings("job.xlsx", None, True, (Finding("input", "Inputs", "C9", 300.0, "45O", "work.core_hours"),), ())


def test_sequences_facts_and_findings_are_frames_too(library, design):
    name = library.__name__
    assert [row["name"] for row in records(design.to_frame(name))] == [one.name for one in design.frontier]
    rate = next(row for row in records(ec.facts("freelancer rate").to_frame(name)) if row["parameter"] == "rate")
    assert rate["unit"] == "USD/h"
    [changed] = records(FINDINGS.to_frame(name))
    assert (changed["field"], changed["expected"], changed["found"]) == ("work.core_hours", "300.0", "45O")


def test_a_library_that_is_not_installed_is_named():
    with pytest.raises(ImportError, match="needs nothing_such"):
        frame({"a": str}, [], "nothing_such")


def test_a_sequence_that_a_vendor_does_in_part_names_the_vendor_there():
    given = {
        "project": {"name": "Quoted", "start": "2026-12-01"},
        "answers": {"shifting": "yes", "leadership": "yes", "ai_generated": "yes"},
        "quotes": [{"vendor": "Zed", "model": "freelancer", "rate": 60}],
    }
    phases = [phase for one in ec.design(given).frontier for phase in one.phases]
    assert {(phase.model is None, phase.quote) for phase in phases} == {(False, None), (True, "Zed")}
