"""Faults in cells: one sentence that names the argument and the allowed values."""

import datetime

import pytest

from calc.quantities.lines import LINES
from calc.udfs.cells import FIRST_ERROR
from tests.calc.udfs.excel import DIVISION, NOT_AVAILABLE
from tests.calc.udfs.samples import SMALL, near

SENTENCES = {
    "a letter for a zero": (SMALL[:1] + [["hires", "1O"]], 'scenario: work.hires found "1O" (text); allowed: a whole number from 1 to 50'),
    "out of range": ([["core_hours", 0.0]], "scenario: work.core_hours found 0.0; allowed: a number from 1 to 100,000"),
    "an error cell": ([["core_hours", NOT_AVAILABLE]], "scenario: work.core_hours holds the error #N/A; allowed: a value"),
    "a younger error": ([["core_hours", FIRST_ERROR + 45]], "scenario: work.core_hours holds the error #SPILL!; allowed"),
    "TRUE for a number": ([["core_hours", True]], "scenario: work.core_hours found true (yes/no value); allowed"),
    "a date for a number": ([["core_hours", datetime.datetime(2026, 1, 5)]], "scenario: work.core_hours found 2026-01-05"),
    "a number for an answer": ([["shifting", 1.0]], "scenario: answers.shifting found 1.0; allowed: yes, no or unknown"),
    "an unknown field": ([["core_hours", 300.0], ["shiftin", "yes"]], 'scenario: "shiftin" is not a field; did you mean shifting?'),
    "no field": ([["hello", "world"]], 'scenario: "hello" is not a field; allowed: fields like work.core_hours'),
    "only numbers": ([[1.0, 2.0]], "scenario: found 1 and no field; allowed: two columns, field and value"),
    "nothing": ([[None, None]], "scenario: found nothing; allowed: a range with fields and their values"),
    "a field twice": ([["core_hours", 1.0], ["in_core_hours", 2.0]], "scenario: work.core_hours appears twice, with 1 and 2; allowed: once"),
    "out of order": ([["core_hours", 300.0, 400.0, 500.0]], "scenario: work.core_hours found"),
    "a lonely end": ([["freelancer.rate.low", 10.0]], "scenario: freelancer.rate has a low or high value of its own but no likely one; allowed"),
    "an unknown currency": ([["currency", "XYZ"]], 'scenario: project.currency found "XYZ" (text); allowed: an ISO 4217 code'),
    "several faults": ([["core_hours", -1.0], ["hires", 99.0]], "scenario: work.core_hours found -1.0 (and 1 more); allowed"),
    "a field without a value beside it": ([["core_hours"]], "scenario: there is nothing to the right of the fields"),
    "a header without rows": ([["core_hours", "hires"]], "scenario: found a header without rows; allowed: a scenario in each row"),
}  # fmt: skip


@pytest.mark.parametrize("case", SENTENCES)
def test_a_fault_of_the_scenario_is_one_sentence(excel, case):
    cells, said = SENTENCES[case]
    for name in ("tco_total", "tco_recommend", "tco_table", "tco_why"):
        [[found]] = excel(name, cells)
        assert found.startswith(said)
        assert len(found) <= 250
        assert "\n" not in found


def test_a_fault_of_another_argument_is_one_sentence(excel):
    assert excel("tco_total", SMALL, "freelancr")[0][0].startswith('path: found "freelancr" (text); allowed: the id')
    assert excel("tco_total", SMALL, DIVISION)[0][0].startswith("path: found the error #DIV/0!; allowed: the id")
    assert excel("tco_total", SMALL, None, "bad")[0][0] == 'cost_case: found "bad" (text); allowed: best, likely, worst'
    assert excel("tco_line", SMALL, "labor")[0][0].startswith(
        'cost_line: found "labor" (text); allowed: labour, hidden'
    )
    assert excel("tco_line", SMALL)[0][0].startswith("cost_line: found nothing; allowed: labour")
    assert excel("tco_figure", SMALL, 5.0)[0][0].startswith("figure: found 5; allowed: ")
    assert excel("tco_recommend", SMALL, "who")[0][0].startswith('what: found "who" (text); allowed: path, label')
    assert excel("tco_lens", SMALL, "x")[0][0].startswith('lens: found "x" (text); allowed: prodfirm')
    assert excel("tco_simulate", SMALL, 0.0)[0][0] == "trials: found 0; allowed: a whole number from 1 to 100,000"
    assert excel("tco_simulate", SMALL, 10.0, 1.5)[0][0].startswith("seed: found 1.5; allowed: a whole number")
    assert excel("tco_break_even", SMALL, "full_time", "full_time")[0][0].startswith(
        "second: found full_time, which is the first"
    )
    assert excel("tco_plan", SMALL)[0][0].startswith("scenario: project.start is missing; allowed: a date from 2000")
    assert excel("tco_fact", "freelancer.rat")[0][0].endswith("did you mean freelancer.rate?")
    assert excel("tco_fact", "zzz")[0][0].endswith("allowed: an id of a figure, for example freelancer.rate")
    twice = excel("tco_total", SMALL, None, None, [["core_hours", 5.0]])
    assert twice[0][0].startswith("answers: work.core_hours appears in two ranges, with 300 and 5; allowed: once")
    table = [["core_hours", "hires"], [300.0, 1.0]]
    assert excel("tco_table", table)[0][0].startswith("scenario: found a table of scenarios; allowed: one scenario")


def test_a_list_of_what_is_allowed_is_whole_or_ends_in_dots(excel):
    assert excel("tco_line", SMALL, "labor")[0][0].endswith(", ".join(LINES))
    [[many]] = excel("tco_figure", SMALL, "nothing of the kind")
    assert len(many) == 250
    assert many.endswith("...")


def test_a_faulty_row_of_a_table_shows_its_fault_and_leaves_the_others_alone(excel, total):
    table = [
        ["core_hours", "shifting"],
        [300.0, "yes"],
        ["4OO", "yes"],
        [None, None],
        [300.0, NOT_AVAILABLE],
        [300.0, "yes"],
    ]
    first, second, blank, fourth, last = (cells[0] for cells in excel("tco_total", table, "freelancer"))
    assert [first, last] == near([total, total])
    assert second.startswith('scenario: work.core_hours found "4OO" (text); allowed: a number from 1 to 100,000')
    assert fourth.startswith("scenario: answers.shifting holds the error #N/A")
    assert blank == ""


def test_the_cells_say_when_no_path_is_recommended(excel):
    nothing_answered = [["core_hours", 400.0], ["project.start", "2026-12-01"]]
    assert excel("tco_recommend", nothing_answered) == [["none"]]
    assert excel("tco_status", nothing_answered) == [["open"]]
    assert excel("tco_recommend", nothing_answered, "invoiced") == [[""]]
    for name in ("tco_total", "tco_same_scope", "tco_plan"):
        said = excel(name, nothing_answered)
        assert (said if isinstance(said, str) else said[0][0]).startswith(
            "path: none is recommended (tco_status says why)"
        )
    assert isinstance(excel("tco_total", nothing_answered, "freelancer")[0][0], float)
