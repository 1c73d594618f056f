"""The workbook that a check compares with, and the few sheets that it looks at first, against whole files."""

import random
from dataclasses import fields
from datetime import date
from functools import cache

import pytest

from calc.scenario import Refused, scenario
from tests.definition.scenarios import random_scenario
from tests.receive.checking.sent_out import RUNS, SENT, THOROUGH, sent_file
from workbook.files.archive import archive, contents, deflated
from workbook.receive.checking.expected import as_made, edition_of, expected, runs_of
from workbook.receive.checking.inspection import check
from workbook.receive.checking.made_by import made_on
from workbook.receive.checking.recorded_scenario import fingerprint, made_for
from workbook.receive.checking.untouched import SAYING
from workbook.receive.intake.reader import read as read_here
from workbook.receive.reading import gathered
from workbook.receive.reading.picks import picks
from workbook.write import build
from workbook.write.edition import Edition

# What is gathered of a workbook, beside the book itself.
SAID = ("scenario", "version", "places", "values", "data", "faults", "notes")
# The whole of what a workbook may hold beside its inputs, and a name that is hard to write.
FULL = SENT | {
    "project": SENT["project"] | {"name": " =1+1 _x000D_ <&>\"'"},
    "quotes": [{"vendor": "Acme", "model": "freelancer", "rate": 80}],
    "actuals": {"path": "freelancer", "labour": [5000, 6000.5], "core_done": [0.1, 0.25]},
}


@cache
def full():
    return expected(scenario(FULL), scenario(FULL), 0, {}, Edition.full, date(2026, 11, 26))


def written_out(book):
    """Everything of a book but the numbers of its styles, with the kind of every value."""
    sheets = [
        {one.name: getattr(sheet, one.name) for one in fields(sheet) if one.name != "cells"}
        | {"cells": [(place, type(cell.value), cell._replace(style=None)) for place, cell in sheet.cells.items()]}
        for sheet in book.sheets.values()
    ]
    return {one.name: getattr(book, one.name) for one in fields(book) if one.name != "sheets"} | {"sheets": sheets}


def test_the_expected_workbook_is_the_same_in_memory_and_packed_and_read():
    now = scenario(SENT | {"money": {"revenue_loss_per_month": 9000}})
    picked = {"case": "worst", "plan_path": "full_time"}
    for meant in (full(), expected(now, scenario(SENT), RUNS, picked, Edition.light)):
        assert written_out(meant.book) == written_out(read_here(meant.package.bytes()))


@pytest.mark.parametrize("seed", range(10 if THOROUGH else 1))
def test_the_expected_workbook_of_any_scenario_is_the_same_in_memory_and_packed_and_read(seed):
    given = scenario(random_scenario(random.Random(seed), wild=bool(seed % 2)))
    meant = expected(given, given, 0, {}, Edition.light)
    assert written_out(meant.book) == written_out(read_here(meant.package.bytes()))


@pytest.mark.parametrize("edition", Edition)
def test_the_values_as_made_are_those_of_the_workbook_as_made_without_running_its_studies_again(edition, monkeypatch):
    then = scenario(SENT)
    whole = expected(then, then, RUNS, {}, edition)
    meant = expected(
        scenario(SENT | {"money": {"revenue_loss_per_month": 9000}}), then, RUNS, {"case": "worst"}, edition
    )
    monkeypatch.setattr(build, "Studies", None)
    before = as_made(meant, then)
    assert {name: sheet.cells for name, sheet in before.sheets.items()} == {
        name: sheet.cells for name, sheet in whole.book.sheets.items()
    }


def altered(old, new, sheet):
    """The workbook as it was sent, with these bytes of a sheet changed, and packed as here."""
    names = list(read_here(sent_file(Edition.light)).sheets)
    members = {name: bytes(member) for name, member in contents(sent_file(Edition.light)).items()}
    name = f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"
    assert old in members[name]
    members[name] = members[name].replace(old, new, 1)
    return archive(deflated(name, member) for name, member in members.items())


def test_what_a_workbook_says_of_its_inputs_stands_on_the_few_sheets_that_are_read_first():
    faulty = altered(b"<v>412.5</v>", b"<v>-412.5</v>", "Inputs")
    for data in (full().package.bytes(), faulty):
        whole, few = read_here(data), read_here(data, only=SAYING)
        assert [name for name, sheet in few.sheets.items() if sheet.cells] == [
            name for name in whole.sheets if name in SAYING
        ]
        for read in (
            lambda book: (all_of := gathered(book, "x")) and {one: getattr(all_of, one) for one in SAID},
            lambda book: vars(made_for(book, "x")),
            lambda book: (picks(book), runs_of(book), edition_of(book), made_on(book), fingerprint(book)),
        ):
            assert read(few) == read(whole)
    assert gathered(read_here(faulty, only=SAYING), "x").faults


def test_what_is_dangerous_on_a_sheet_that_is_not_read_first_is_refused_all_the_same(tmp_path):
    (tmp_path / "sent.xlsx").write_bytes(altered(b"</f><v>", b"+WEBSERVICE(A1)</f><v>", "Phases"))
    with pytest.raises(Refused, match=r"Phases!.*WEBSERVICE"):
        check(tmp_path / "sent.xlsx")
