"""Faults of rows and of column names, each with its place."""

import json
from datetime import date, datetime

import openpyxl
import pytest

from calc.scenario.faults import Refused
from tests.bulk.portfolios import HEAD, ROW, faults, portfolio, refusal
from workbook.bulk.portfolio import Portfolio


def test_every_fault_of_a_row_is_reported_with_its_place(tmp_path):
    head = "id,project.name,project.start,work.core_hours,answers.shifting,overrides.freelancer.rework\n"
    rows = portfolio(tmp_path, head + "a/b,,2026-13-01,4OO,maybe,11\nok,Good,2026-12-01,400,yes,0.2\n")
    bad, good = rows
    assert bad.where == "portfolio.csv, row 1 (line 2)"
    assert [fault.split("   ")[0] for fault in faults(bad)] == [
        "overrides.freelancer.rework", "id", "project.name", "project.start", "work.core_hours", "answers.shifting",
    ]  # fmt: skip
    assert 'found "4OO" (text)   allowed: a number from 1 to 100,000' in faults(bad)[4]
    assert good.scenario().project.name == "Good"


@pytest.mark.parametrize(
    "number", ["1_000", "nan", "inf", "1e999", "0x10", "٤٠٠", "1,000", "400 d", "TRUE", "--4", "4e"]
)
def test_text_that_is_not_a_number_is_never_read_as_one(tmp_path, number):
    [entry] = portfolio(tmp_path, HEAD + f'a,A,2026-12-01,"{number}"\n')
    assert len(faults(entry)) == 1


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("id,project.name,project.start,answers.shiftin\n", ["answers.shiftin", "did you mean: shifting?"]),
        ("id,project.name,project.start,core_hours\n", ["core_hours", "did you mean: work.core_hours?"]),
        ("id,project.name,project.start,work.core_hour\n", ["work.core_hour", "did you mean: core_hours?"]),
        ("id,project.name,project.start,overrides.freelancer.rat.low\n", ["rat", "did you mean: rate?"]),
        ("id,project.name,project.start,overrides.freelancer.rate.medium\n", ["rate.medium", "low, likely, high"]),
        ("id,project.name,project.start,work.core_hours.mid\n", ["core_hours.mid", "low, likely, high"]),
        ("id,project.name,project.name,project.start\n", ["project.name", "duplicated"]),
        ("id,project.name\n", ["project.start", "missing"]),
        ("\n", ["no column names"]),
        ("id,project.name,project.start," + ",".join(f"c{n}" for n in range(1000)) + "\n", ["1,003 columns"]),
    ],
)
def test_wrong_column_names_are_refused_before_any_row(tmp_path, head, words):
    message = refusal(lambda: portfolio(tmp_path, head + ROW))
    assert all(word in message for word in words)


def test_a_wrong_end_of_a_range_is_reported_by_its_column_and_value(tmp_path):
    head = "project.name,project.start,overrides.freelancer.rate.likely,work.core_hours,work.core_hours.low\n"
    one, two, three = portfolio(
        tmp_path, head + 'A,2026-12-01,"9S",400,4OO\nB,2026-12-01,€95,x,\nC,2026-12-01,95,400,500\n'
    )
    assert [fault.split("   allowed")[0] for fault in faults(one)] == [
        'work.core_hours.low   found "4OO" (text)', 'overrides.freelancer.rate.likely   found "9S" (text)',
    ]  # fmt: skip
    assert [fault.split("   allowed")[0] for fault in faults(two)] == [
        'overrides.freelancer.rate.likely   found "€95" (text): is it meant in USD, the currency of this scenario?', 'work.core_hours   found "x" (text)',
    ]  # fmt: skip
    assert "work.core_hours   found low 500, likely 400, high 400" not in faults(three)
    assert "work.core_hours   found low 500, likely 400, which is not in order   allowed" in faults(three)[0]
    plain = {
        "project": {"name": "A", "start": "2026-12-01"},
        "overrides": {"freelancer": {"rate": {"low": 1, "high": 2}}},
    }
    [entry] = portfolio(tmp_path, json.dumps(plain), "p.jsonl")
    assert "overrides.freelancer.rate.likely   found nothing, with low 1, high 2 given" in faults(entry)[0]


@pytest.mark.parametrize("order", [1, -1])
def test_a_section_that_is_not_a_table_is_reported_as_such(tmp_path, order):
    pairs = [("project", "str"), ("project.name", "A"), ("project.start", "2026-12-01")][::order]
    [entry] = portfolio(tmp_path, json.dumps(dict(pairs)), "p.jsonl")
    [fault] = faults(entry)
    assert 'project   found "str" (text)   allowed: a section with fields of its own' in fault


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ('{"project.name": "A", "project.start": "2026-12-01", "work.core_hours": NaN}', "NaN"),
        ('{"project.name": "A", "project.name": "B", "project.start": "2026-12-01"}', "duplicated"),
        ('{"project": {"name": "A"}, "project.name": "B", "project.start": "2026-12-01"}', "duplicated"),
        ("[1, 2]", "a list"),
        ('"text"', '"text"'),
        ("{", "invalid JSON"),
        ("[" * 100_000, "invalid JSON"),
        ("{" + '"a":{' * 5000, "invalid JSON"),
        ('{"x": ' + "1" * 1_100_000 + "}", "1,000,000 characters"),
        ('{"project.name": "A", "project.start": "2026-12-01", "work": 5}', "work"),
        ('{"project.name": "A", "project.start": "2026-12-01", "work.core_hours.low.x": 5}', "core_hours"),
    ],
)
def test_a_broken_line_of_json_is_refused_and_the_next_is_read(tmp_path, line, word):
    good = '{"project.name": "A", "project.start": "2026-12-01"}'
    bad, next_row = portfolio(tmp_path, f"{line}\n{good}\n", "p.jsonl")
    assert any(word in fault for fault in faults(bad))
    assert not any("project.name   found nothing" in fault for fault in faults(bad))
    assert (next_row.number, next_row.scenario().project.name) == (2, "A")


def test_cells_of_a_spreadsheet_without_a_usable_value_are_refused(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["project.name", "project.start", "work.core_hours", "answers.shifting"])
    sheet.append(["A", date(2026, 12, 1), "=400", "yes"])
    sheet.append(["B", date(2026, 12, 1), date(2026, 12, 1), True])
    sheet.append(["C", date(2026, 12, 1), 400, "yes", "too far"])
    sheet.append([2026, "2026-12-01", 400.5, "no"])
    sheet["C5"].number_format = "0.0"
    sheet["D4"] = "#N/A"
    sheet["D4"].data_type = "e"
    sheet.append(["#N/A", datetime(2026, 12, 1, 12, 31), 400, "no", " "])
    sheet["A6"].data_type = "e"
    sheet.append([" ", None, "  "])
    book.save(tmp_path / "p.xlsx")
    formula, wrong, far, good, timed = Portfolio(tmp_path / "p.xlsx")
    assert "without a saved value" in faults(formula)[0]
    assert "C2" in faults(formula)[0]
    [fault] = faults(wrong)
    assert "work.core_hours (cell C3)   found 2026-12-01 (a date): did the program take a number for a date?" in fault
    assert any("E4" in fault for fault in faults(far))
    assert any("#N/A" in fault for fault in faults(far))
    assert good.scenario().project.name == "2026"
    assert good.where == "p.xlsx, row 4 (sheet row 5)"
    [fault] = faults(timed)
    assert "project.name (cell A6)   found #N/A" in fault


NAMED = ["project.name", "project.start", "project.currency", "project.usd_rate"]
JOBS = [["A", "2026-12-01", "EUR", 0.92], ["B", "2026-12-01", "EUR", 0.92]]


def sheet_of_jobs(book, name, head=NAMED):
    sheet = book.create_sheet(name)
    for row in (head, *JOBS):
        sheet.append(row)
    return sheet


def cells_merged(book):
    book["Jobs"].merge_cells("C2:D3")


def further_rows(book):
    sheet_of_jobs(book, "Jobs of 2027")


@pytest.mark.parametrize(
    ("change", "place"), [(cells_merged, "cells C2:D3 of the sheet Jobs"), (further_rows, "sheet Jobs of 2027")]
)
def test_a_spreadsheet_that_shows_more_than_its_rows_hold_is_asked_about(tmp_path, change, place):
    book = openpyxl.Workbook()
    book.remove(book.active)
    sheet_of_jobs(book, "Jobs")
    change(book)
    book.save(tmp_path / "p.xlsx")
    with pytest.raises(Refused) as refused:
        list(Portfolio(tmp_path / "p.xlsx"))
    [fault] = refused.value.faults
    assert fault.field == place


def test_merged_heads_of_a_spreadsheet_are_named_beside_the_column_that_they_hide(tmp_path):
    book = openpyxl.Workbook()
    book.remove(book.active)
    sheet_of_jobs(book, "Jobs").merge_cells("A1:B1")
    book.save(tmp_path / "p.xlsx")
    with pytest.raises(Refused) as refused:
        list(Portfolio(tmp_path / "p.xlsx"))
    assert [(fault.field, fault.found) for fault in refused.value.faults] == [
        ("cells A1:B1 of the sheet Jobs", "are merged: whose name is it?"),
        ("column project.start", "missing"),
    ]


def test_a_cell_that_is_no_id_is_one_fault(tmp_path):
    book = openpyxl.Workbook()
    for row in (
        ["id", "project.name", "project.start"],
        [date(2026, 12, 1), "A", "2026-12-01"],
        [1, "B", "2026-12-01"],
    ):
        book.active.append(row)
    book.active.append(["#N/A", "C", "2026-12-01"])
    book.active["A4"].data_type = "e"
    book.save(tmp_path / "p.xlsx")
    dated, numbered, broken = Portfolio(tmp_path / "p.xlsx")
    [fault] = faults(dated)
    assert fault.startswith("id (cell A2)   found 2026-12-01 (a date)")
    assert numbered.scenario().project.name == "B"
    [fault] = faults(broken)
    assert "id (cell A4)   found #N/A" in fault


def test_a_key_that_json_in_a_cell_gives_twice_is_refused(tmp_path):
    head = "project.name,project.start,work.core_hours,quotes.Nord.milestones\n"
    twice = """A,2026-12-01,"{""low"": 1, ""likely"": 2, ""likely"": 3}","[{""share"": 1, ""at"": 0, ""at"": 1}]\""""
    [row] = portfolio(tmp_path, head + twice)
    said = " ".join(faults(row))
    assert "work.core_hours   the key 'likely' is given twice" in said
    assert "quotes.Nord.milestones   the key 'at' is given twice" in said


def test_cells_merged_beside_the_rows_and_sheets_of_anything_else_are_no_doubt(tmp_path):
    book = openpyxl.Workbook()
    book.remove(book.active)
    jobs = sheet_of_jobs(book, "Jobs")
    jobs.merge_cells("D1:E1")
    jobs.merge_cells("F1:G3")
    sheet_of_jobs(book, "Notes", ["who", "when", "what", "why"])
    sheet_of_jobs(book, "Last year").sheet_state = "hidden"
    book.save(tmp_path / "p.xlsx")
    assert [row.scenario().project.name for row in Portfolio(tmp_path / "p.xlsx")] == ["A", "B"]


def test_a_number_of_a_spreadsheet_that_its_format_shows_as_thousands_is_asked_about(tmp_path):
    book = openpyxl.Workbook()
    book.remove(book.active)
    sheet = sheet_of_jobs(book, "Jobs")
    sheet["D2"].number_format, sheet["D3"].number_format = '0"k"', '#,##0.000,"k"'
    book.save(tmp_path / "p.xlsx")
    first, second = Portfolio(tmp_path / "p.xlsx")
    with pytest.raises(Refused, match=r"cell D2.* as thousands or millions"):
        first.scenario()
    assert second.scenario().project.usd_rate == 0.92


def test_a_value_of_a_spreadsheet_that_its_number_format_hides_is_read_with_a_note(tmp_path):
    book = openpyxl.Workbook()
    book.remove(book.active)
    sheet_of_jobs(book, "Jobs")["D2"].number_format = '"0.85"'
    book.save(tmp_path / "p.xlsx")
    first, second = Portfolio(tmp_path / "p.xlsx")
    assert first.scenario().project.usd_rate == 0.92
    assert "project.usd_rate (cell D2)" in " ".join(first.notes)
    assert "0.92 was read" in " ".join(first.notes)
    assert second.notes == ()


def test_a_day_that_a_cell_shows_as_one_is_read_without_a_note_and_a_hidden_row_with_one(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["project.name", "project.start"])
    for day in (date(2026, 12, 1), date(2026, 12, 2), datetime(2026, 12, 3, 13, 5), 46360):
        sheet.append(["A", day])
    sheet.row_dimensions[3].hidden = sheet.row_dimensions[4].hidden = True
    book.save(tmp_path / "p.xlsx")
    rows = list(Portfolio(tmp_path / "p.xlsx"))
    assert [row.scenario().project.start.day for row in rows] == [1, 2, 3, 4]
    shown, hidden, timed, number = (row.notes for row in rows)
    assert shown == ()
    assert hidden == ("hidden, perhaps by a filter; hidden rows are read like all others",)
    assert timed == ("project.start (cell B4): 46359.5451388889 was read as 2026-12-03",)
    assert number == ("project.start (cell B5): 46360 was read as 2026-12-04",)
