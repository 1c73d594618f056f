"""The buttons in workbooks whose scenarios hold more than their cells ask for: quotes, bases, what happened."""

import pytest

from calc.model import model_for
from calc.scenario import as_given, scenario
from calc.sensitivity import moved_by_public_data
from tests.buttons.lite_book import Book
from tests.buttons.workbooks import laid_out, opened, place_of
from tests.calc.udfs.samples import EXAMPLES, scenario_at
from workbook.buttons.checking import IN_ORDER
from workbook.buttons.open_sheets import scenario_now, scenario_then, sheets_of
from workbook.buttons.scripts import check_workbook, explain_cell, renew
from workbook.write.edition import Edition

QUOTES = [
    {"vendor": "Northlight", "model": "freelancer", "price": 30000, "hours": 300, "deposit": 0.3, "monthly": 0.7, "net_days": 30},
    {"vendor": "Ünï", "model": "production_firm", "fee": 30000, "hours": 200, "milestones": [{"share": 1, "at": 1}]},
]  # fmt: skip
ACTUALS = {"labour": [12000, 9500], "leader_hours": [14, ""], "core_done": [0.3, 0.55]}
OWN = {"overrides": {"freelancer": {"rate": 95, "rework": {"low": 0.1, "likely": 0.2, "high": 0.4}}}}
BASIS = {
    "freelancer": {"rate": "company default", "rework": "own history, n = 41"},
    "work": {"hires": "company default"},
}


def whole(**more):
    return scenario(as_given(scenario_at(EXAMPLES[0])) | OWN | {"basis": BASIS} | more)


@pytest.fixture(scope="module")
def given():
    return whole(quotes=QUOTES, actuals=ACTUALS)


@pytest.fixture(scope="module")
def workbook(given):
    return opened(laid_out(given))


@pytest.fixture(scope="module")
def full():
    return opened(laid_out(whole(), Edition.full))


def said(script, book):
    script(book)
    return book.sheets.all.pop().rows


def put(book, sheet, row, right, value):
    book.sheets[sheet].cells[place_of(book.sheets[sheet].rows, row, right)] = value


def test_the_inputs_and_the_record_are_the_whole_scenario(given, workbook):
    sheets = sheets_of(Book(workbook))
    assert scenario_now(sheets)[0] == scenario_then(sheets) == given


@pytest.mark.parametrize("runs", [0, 500])
def test_a_workbook_with_another_number_of_trials_or_none_is_in_order(runs):
    assert said(check_workbook, Book(opened(laid_out(whole(), runs=runs))))[1][0] == IN_ORDER


def test_such_a_workbook_is_found_in_order_and_has_nothing_to_renew(workbook):
    assert said(check_workbook, Book(workbook))[1][0] == IN_ORDER
    assert "Nothing to renew" in said(renew, Book(workbook))[0][0]


def test_a_figure_of_a_quote_is_explained_by_the_quote_and_what_it_replaces(workbook):
    place = place_of(workbook["Parameters"], "quote_northlight.rate", 6)
    told = dict(row[:2] for row in said(explain_cell, Book(workbook, ("Parameters", place, place)))[1:])
    assert told["Quote"].startswith("Northlight")
    assert told["Published figure"].startswith("freelancer.rate:")


def test_what_was_run_once_is_renewed_with_the_quotes_and_without_the_basis_of_a_changed_figure(given, workbook):
    book = Book(workbook)
    put(book, "Parameters", "freelancer.rate", 6, 105.0)
    assert "cells renewed" in said(renew, book)[0][0]
    renewed = scenario_then(sheets_of(book))
    assert renewed.overrides["freelancer"]["rate"] == 105
    assert (renewed.quotes, renewed.actuals) == (given.quotes, given.actuals)
    assert "rate" not in renewed.basis["freelancer"]
    assert renewed.basis["freelancer"]["rework"] == BASIS["freelancer"]["rework"]
    left = [row for row in said(check_workbook, book) if row[4] == "none, a constant"]
    assert left == []


def test_what_happened_is_read_from_its_sheet_and_the_path_from_the_plan(full):
    book = Book(full)
    put(book, "Actuals", "actuals.labour", 2, 12000.0)
    put(book, "Actuals", "actuals.labour", 3, "9 500")
    put(book, "Actuals", "actuals.core_done", 2, 0.3)
    put(book, "Inputs", "view.plan_path", 1, "full_time")
    actuals = scenario_now(sheets_of(book))[0].actuals
    assert (actuals.path, actuals.labour, actuals.core_done) == ("full_time", (12000, 9500), (0.3,))


def test_what_public_data_would_move_is_renewed(full):
    book = Book(full)
    put(book, "Parameters", "freelancer.rate", 6, 105.0)
    assert "cells renewed" in said(renew, book)[0][0]
    renewed = scenario_then(sheets_of(book))
    [moved] = [
        one
        for one in moved_by_public_data(model_for(), renewed)
        if (one.evidence, one.model) == ("tasks_overrun", "freelancer")
    ]
    row, _ = place_of(full["Evidence"], "Freelancer: rework (tasks overrun)")
    shown = [book.sheets["Evidence"].cells[row, column] for column in (8, 12)]
    assert shown == pytest.approx([moved.recommended, moved.by])
    assert full["Evidence"][row - 1][11] != pytest.approx(moved.by)


@pytest.mark.parametrize(
    ("sheet", "row", "right", "value", "says"),
    [
        ("Actuals", "actuals.labour", 2, "soon", "Actuals: D6 found"),
        ("Actuals", "actuals.core_done", 2, 3.0, "Actuals: D19 found 3; allowed: the share"),
        ("Actuals", "actuals.core_done", 3, 0.3, "workbook: actuals, month 1 nothing is entered"),
        ("Record", "quotes", 2, "{", "Record: quotes is no longer readable"),
        ("Record", "quotes", 2, "5", "Record: quotes is no longer readable"),
        ("Record", "basis", 2, '{"freelancer": 5}', "workbook: basis.freelancer"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_sentence(full, sheet, row, right, value, says):
    book = Book(full)
    put(book, sheet, row, right, value)
    [[found]] = said(renew, book)
    assert found.startswith(says)
    assert "internal error" not in found
