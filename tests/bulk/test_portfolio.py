"""Portfolios: the rows of CSV, JSON Lines and xlsx files, their ids and faults, and the reports on what came of them."""

import csv
import io
import itertools
import json
import os
import runpy
import sys
import tracemalloc
import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from openpyxl.styles import numbers

from calc.scenario import Refused, normal_form
from tests import engines
from tests.engines import cells, libreoffice, validator
from workbook.bulk.portfolio import Portfolio, ids
from workbook.bulk.portfolio.reports import About, reports

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "build" / "portfolio.csv"
HEAD = "id,project.name,project.start,work.core_hours\n"
ROW = "a,Checkout rescue,2026-12-01,400\n"


def portfolio(tmp_path, text, name="portfolio.csv"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Portfolio(path)


def faults(entry):
    """The faults of a row, as text."""
    with pytest.raises(Refused) as refused:
        entry.scenario()
    return [str(fault) for fault in refused.value.faults]


def refusal(make):
    with pytest.raises(Refused) as refused:
        list(make())
    return str(refused.value)


# ---------------------------------------------------------------------------------------------------- the example


def test_the_example_portfolio_is_what_its_generator_writes_and_every_row_is_valid(tmp_path, monkeypatch):
    again = tmp_path / "again.csv"
    monkeypatch.setattr(sys, "argv", ["portfolio.py", "-o", str(again)])
    runpy.run_path(str(ROOT / "build" / "portfolio.py"), run_name="__main__")
    assert again.read_bytes() == EXAMPLE.read_bytes()
    rows = Portfolio(EXAMPLE)
    assert len(rows) >= 200
    assert len({entry.id for entry in rows}) == len(rows)
    scenarios = [entry.scenario() for entry in rows]
    assert len({json.dumps(normal_form(one), sort_keys=True) for one in scenarios}) == len(rows)


# ---------------------------------------------------------------------------------------------------- forms


def as_json_lines():
    rows = csv.DictReader(EXAMPLE.open(encoding="utf-8"))
    return "\n".join(json.dumps({name: _value(name, text) for name, text in row.items() if text}) for row in rows)


def _value(name, text):
    return text if name.startswith(("answers", "id", "project.")) and not _is_number(name) else float(text)


def _is_number(name):
    return name in ("project.usd_rate", "project.horizon_months")


def as_xlsx(path):
    book = openpyxl.Workbook()
    hidden = book.active
    hidden.sheet_state = "hidden"
    hidden["A1"] = "project.name"
    sheet = book.create_sheet("Projects")
    for at, row in enumerate(csv.reader(EXAMPLE.open(encoding="utf-8"))):
        if at == 0:
            names = row
            sheet.append([None, *row])
            continue
        values = [_value(name, text) if text else None for name, text in zip(names, row, strict=True)]
        start = names.index("project.start")
        values[start] = date.fromisoformat(values[start])
        sheet.append([None, *values])
        sheet.cell(sheet.max_row, start + 2).number_format = numbers.FORMAT_DATE_DDMMYY
        if at == 7:
            sheet.append([])
    book.save(path)


def test_csv_json_lines_and_xlsx_give_the_same_rows(tmp_path):
    as_xlsx(tmp_path / "portfolio.xlsx")
    (tmp_path / "portfolio.jsonl").write_text(as_json_lines(), encoding="utf-8")
    wanted = [(entry.number, entry.id, entry.scenario()) for entry in Portfolio(EXAMPLE)]
    for name in ("portfolio.xlsx", "portfolio.jsonl"):
        rows = Portfolio(tmp_path / name)
        assert len(rows) == len(wanted)
        assert [(entry.number, entry.id, entry.scenario()) for entry in rows] == wanted


def test_an_object_in_the_form_of_a_scenario_file_is_a_row_too(tmp_path):
    plain = {
        "id": 7,
        "project": {"name": "Own path", "start": "2026-12-01"},
        "work": {"core_hours": [300, 400, 700]},
        "overrides": {"freelancer": {"rate": {"low": 70, "likely": 95, "high": 140}}},
        "overrides.freelancer.rework": 0.2,
        "paths": {"own": {"label": "Own", "phases": [{"work": "core", "model": "freelancer", "share": 1},
                                                     {"work": "run", "model": "freelancer"}]}},
    }  # fmt: skip
    [entry] = portfolio(tmp_path, json.dumps(plain), "p.jsonl")
    found = entry.scenario()
    assert (entry.id, found.work.core_hours) == ("7", (300, 400, 700))
    assert found.overrides["freelancer"]["rate"].likely == 95
    assert found.overrides["freelancer"]["rework"] == 0.2
    assert list(found.paths) == ["own"]
    assert entry.scenario() == found


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_csv_is_read_with_any_usual_delimiter_line_end_quotes_and_byte_order_mark(tmp_path, delimiter, end):
    text = (
        "\ufeff"
        + HEAD.replace(",", delimiter)
        + f'"x"{delimiter}"A ""quoted"" name"{delimiter}2026-12-01{delimiter} 400 \n\n'
    )
    [entry] = portfolio(tmp_path, text.replace("\n", end))
    assert (entry.id, entry.scenario().project.name, entry.scenario().work.core_hours) == ("x", 'A "quoted" name', 400)


def test_a_range_is_given_in_columns_for_its_ends_or_as_a_list_in_one_cell(tmp_path):
    head = "project.name,project.start,work.core_hours,work.core_hours.low,work.core_hours.high,overrides.freelancer.rate\n"
    text = head + 'A,2026-12-01,400,300,,90\nB,2026-12-01,"[300, 400, 700]",,,"[70, 90, 120]"\nC,2026-12-01,400,,,\n'
    found = [entry.scenario() for entry in portfolio(tmp_path, text)]
    assert [one.work.core_hours for one in found] == [(300, 400, 400), (300, 400, 700), 400]
    assert [one.id for one in portfolio(tmp_path, text)] == ["1", "2", "3"]


def test_rows_are_read_as_a_stream(tmp_path):
    path = tmp_path / "long.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        file.writelines(f"r{number},Checkout rescue,2026-12-01,400\n" for number in range(50_000))
    rows = Portfolio(path)
    tracemalloc.start()
    try:
        assert [entry.id for entry in itertools.islice(rows, 3)] == ["r0", "r1", "r2"]
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


# ---------------------------------------------------------------------------------------------------- ids


@pytest.mark.parametrize(
    "id",
    [
        "../x", "..\\x", "a/b", "a\\b", "/etc/passwd", "C:x", "CON", "con", "Con.txt", "nul", "COM1", "lpt9.x", "COM¹",
        "x" * 300, "ю" * 101, "𝒳" * 100, "x.", "x ", " x", ".x", "-x", "~$x", "a\tb", "a\nb", "a\x00b", "a\u202eb", "a\u200bb",
        "a\ud800", "*", "a?", 'a"b', "a<b", "a|b", "", ".", "..", "aux .x",
    ],
)  # fmt: skip
def test_an_id_that_some_system_rejects_as_a_file_name_is_refused(tmp_path, id):
    row = json.dumps({"id": id, "project.name": "A", "project.start": "2026-12-01"})
    [entry] = portfolio(tmp_path, row, "p.jsonl")
    if id == "":
        assert entry.id == "1"
        return
    [fault] = faults(entry)
    assert fault.startswith("id ")


@pytest.mark.parametrize(
    "id", ["a", "Über-größe_1.2", "проєкт 7", "見積", "x" * 100, "console", "com10", "a.b", "R&D (2)"]
)
def test_an_id_in_any_script_is_accepted(id):
    assert ids.fault(id) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a", "a"),
        ("Report", "rEPORT"),
        ("é", "e\u0301"),
        ("ﬁle", "file"),
        ("Straße", "STRASSE"),
        ("2", None),
        ("Å", "\u212b"),
    ],
)
def test_of_two_ids_that_some_system_treats_as_one_the_second_is_refused(tmp_path, one, other):
    rows = [{"id": one, "project.name": "A", "project.start": "2026-12-01"},
            {"id": other, "project.name": "B", "project.start": "2026-12-01"}]  # fmt: skip
    first, second = portfolio(tmp_path, "\n".join(map(json.dumps, rows)), "p.jsonl")
    assert first.scenario().project.name == "A"
    [fault] = faults(second)
    assert "is also the id of row 1" in fault


@pytest.mark.parametrize("id", [True, 1.5, [], {}, float("1e300")])
def test_an_id_that_is_not_text_is_refused(tmp_path, id):
    row = json.dumps({"id": id, "project.name": "A", "project.start": "2026-12-01"})
    [entry] = portfolio(tmp_path, row, "p.jsonl")
    assert any(fault.startswith("id ") for fault in faults(entry))


# ---------------------------------------------------------------------------------------------------- faults


def test_every_fault_of_a_row_is_reported_with_its_place(tmp_path):
    head = "id,project.name,project.start,work.core_hours,answers.shifting,overrides.freelancer.rework\n"
    rows = portfolio(tmp_path, head + "a/b,,2026-13-01,4OO,maybe,11\nok,Good,2026-12-01,400,yes,0.2\n")
    bad, good = rows
    assert bad.where == "portfolio.csv, row 1 (line 2)"
    assert [fault.split("   ")[0] for fault in faults(bad)] == [
        "id", "project.name", "project.start", "work.core_hours", "answers.shifting", "overrides.freelancer.rework",
    ]  # fmt: skip
    assert 'found "4OO" (text)   allowed: a number from 1 to 100,000' in faults(bad)[3]
    assert good.scenario().project.name == "Good"


@pytest.mark.parametrize(
    "number", ["1_000", "nan", "inf", "1e999", "0x10", "٤٠٠", "1,000", "400 h", "TRUE", "--4", "4e"]
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
    told = refusal(lambda: portfolio(tmp_path, head + ROW))
    assert all(word in told for word in words)


def test_a_file_that_is_not_a_portfolio_is_refused_as_a_whole(tmp_path):
    assert "no such file" in refusal(lambda: Portfolio(tmp_path / "none.csv")).lower()
    assert ".csv, .jsonl or .xlsx" in refusal(lambda: portfolio(tmp_path, "", "p.txt"))
    assert "UTF-8" in refusal(lambda: portfolio(tmp_path, HEAD.encode() + b"\xff\n"))
    assert "UTF-8" in refusal(lambda: portfolio(tmp_path, HEAD.encode() + "é".encode()[:1]))
    assert "zip" in refusal(lambda: portfolio(tmp_path, "PK nothing", "p.xlsx"))
    assert "no column names" in refusal(lambda: portfolio(tmp_path, ""))
    (tmp_path / "folder.csv").mkdir()
    assert "a folder, not a regular file" in refusal(lambda: Portfolio(tmp_path / "folder.csv"))


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
@pytest.mark.parametrize("name", ["pipe.csv", "pipe.jsonl", "pipe.xlsx"])
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path, name):
    os.mkfifo(tmp_path / name)
    assert "a pipe or a device" in refusal(lambda: Portfolio(tmp_path / name))


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.open("a").write(ROW.replace("a,", "late,")),
        lambda path: path.write_text(HEAD),
        lambda path: os.utime(path, ns=(0, 0)),
        lambda path: (path.with_name("new").write_bytes(path.read_bytes()), path.with_name("new").replace(path)),
        lambda path: path.unlink(),
    ],
    ids=["grown", "cut", "touched", "replaced", "gone"],
)
def test_a_portfolio_that_changes_while_it_is_read_is_not_followed(tmp_path, change):
    rows = portfolio(tmp_path, HEAD + "".join(f"r{n},Checkout rescue,2026-12-01,400\n" for n in range(5_000)))
    assert len(rows) == 5_000
    reading = iter(rows)
    next(reading)
    change(rows.path)
    with pytest.raises(Refused) as refused:
        len(list(reading)) and len(list(rows))
    assert "changed while it was being read" in str(refused.value) or "can no longer be read" in str(refused.value)
    assert "nothing more was written" in str(refused.value)


def test_reading_a_portfolio_that_grows_with_every_row_ends(tmp_path):
    rows = portfolio(tmp_path, json.dumps({"project.name": "A", "project.start": "2026-12-01"}) + "\n", "p.jsonl")
    read = []

    def follow(file):
        for entry in rows:
            read.append(entry.id)
            file.write("{}\n")
            file.flush()

    with rows.path.open("a") as file, pytest.raises(Refused, match="changed while it was being read"):
        follow(file)
    assert read == ["1"]


def test_broken_rows_of_csv_are_refused_and_the_others_are_read(tmp_path):
    text = HEAD + "a,A,2026-12-01\n" + "b,B,2026-12-01,400,5\n" + "c,C,2026-12-01,400\n" + "d\x00,D,2026-12-01,400\n"
    short, long, good, zero = portfolio(tmp_path, text)
    assert "found 3 cells" in faults(short)[0]
    assert "found 5 cells" in faults(long)[0]
    assert good.scenario().project.name == "C"
    assert faults(zero)
    first, torn = portfolio(tmp_path, HEAD + ROW + '"b,B,2026-12-01,400\nc,C,2026-12-01,400\n')
    assert first.scenario()
    [fault] = faults(torn)
    assert "the rest of the file   cannot be read from line 3 on: a quote that is opened there is never closed" in fault


@pytest.mark.parametrize(
    ("broken", "found"),
    [
        ('b,"x"y,2026-12-01,400', "invalid CSV"),
        (f"b,{'x' * 200_000},2026-12-01,400", "a cell of more than 100,000 characters   allowed: at most 100,000"),
        (f'b,"{"x" * 200_000}",2026-12-01,400', "a cell of more than 100,000 characters   allowed: at most 100,000"),
        (f'b,"{"x" * 2_000_000}",2026-12-01,400', "a line of more than 1,000,000 characters"),
        ("b," + "x," * 900_000, "a line of more than 1,000,000 characters"),
        ("b", "found 1 cell   allowed: 4"),
        ("b,,", "found 3 cells"),
    ],
)
def test_a_row_that_is_not_valid_csv_is_refused_for_that_alone_and_spoils_no_other(tmp_path, broken, found):
    before, bad, after = portfolio(tmp_path, HEAD + ROW + f"{broken}\n" + ROW.replace("a,", "c,"))
    assert (before.scenario().project.name, after.scenario().project.name) == ("Checkout rescue",) * 2
    [fault] = faults(bad)
    assert found in fault
    assert (bad.where, after.where) == ("portfolio.csv, row 2 (line 3)", "portfolio.csv, row 3 (line 4)")


def test_an_invalid_row_of_several_lines_names_them_all(tmp_path):
    good, bad, last = portfolio(tmp_path, HEAD + ROW + 'b,"x\ny"z,2026-12-01,400\nc,C,2026-12-01,400\n')
    assert (good.id, bad.where, last.id) == ("a", "portfolio.csv, row 2 (lines 3 to 4)", "c")


@pytest.mark.parametrize("rest", [ROW, ROW * 10_000, "x" * 150_000 + "\n" + ROW])
def test_nothing_is_read_after_a_quote_that_is_never_closed(tmp_path, rest):
    first, torn = portfolio(tmp_path, HEAD + ROW + 'b,"B,2026-12-01,400\n' + rest)
    assert first.scenario()
    [fault] = faults(torn)
    assert "cannot be read from line 3 on: a quote that is opened there is never closed" in fault


def test_a_row_that_cannot_be_read_takes_no_id_from_another(tmp_path):
    bad, good = portfolio(tmp_path, HEAD + '"x"y\n1,A,2026-12-01,400\n')
    assert len(faults(bad)) == 1
    assert good.scenario().project.name == "A"


# What Excel saves where only the format of a column was ever touched.
def test_a_column_without_a_name_is_skipped_if_it_is_empty(tmp_path):
    head = "id,project.name,,project.start,, \n"
    one, two, three, four = portfolio(
        tmp_path, f"{head}a,A,,2026-12-01,,\n,,,,,\n  \nb,B, ,2026-12-01, ,\nc,C,x,2026-12-01,,5\nd,D,,2026-12-01\n"
    )
    assert [entry.scenario().project.name for entry in (one, two, four)] == ["A", "B", "D"]
    assert [entry.number for entry in (one, two, three, four)] == [1, 2, 3, 4]
    assert [fault.split("   allowed")[0] for fault in faults(three)] == [
        'cell 3   holds "x" (text), but its column has no name', 'cell 6   holds "5" (text), but its column has no name',
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "hours"),
    [("400,5", 400.5), ("1.200,5", 1200.5), ("1.200,500", 1200.5), ("12.5", 12.5), ("400", 400), ("0,125", 0.125)],
)
def test_between_semicolons_a_comma_is_a_decimal_comma(tmp_path, text, hours):
    head = "project.name;project.start;work.feature_hours_per_month\n"
    [entry] = portfolio(tmp_path, f"{head}A;2026-12-01;{text}\n")
    assert entry.scenario().work.feature_hours_per_month == hours


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("1.200", "did you mean 1200 or 1.2?"),
        ("1,200", "did you mean 1200 or 1.2?"),
        ("-1.200", "did you mean -1200 or -1.2?"),
        ("1.200.000", "did you mean 1200000?"),
        ("[1.200, 1.400, 1.700]", "did you mean 1200 or 1.2?"),
    ],
)
def test_between_semicolons_a_mark_before_three_digits_is_rejected_as_ambiguous(tmp_path, text, question):
    head = "project.name;project.start;work.core_hours;answers.shifting\n"
    bad, good = portfolio(tmp_path, f"{head}Version 1.200;2026-12-01;{text};yes\nVersion 1.200;2026-12-01;1200;\n")
    [fault] = faults(bad)
    assert fault.startswith(f'work.core_hours   "{text}" (text) is ambiguous   {question}')
    assert good.scenario().project.name == "Version 1.200"
    [entry] = portfolio(tmp_path, HEAD + "a,A,2026-12-01,1.200\n")
    assert entry.scenario().work.core_hours == 1.2


def test_a_wrong_end_of_a_range_is_reported_by_its_column_and_value(tmp_path):
    head = "project.name,project.start,overrides.freelancer.rate.likely,work.core_hours,work.core_hours.low\n"
    one, two, three = portfolio(
        tmp_path, head + 'A,2026-12-01,"95,5",400,4OO\nB,2026-12-01,$95,x,\nC,2026-12-01,95,400,500\n'
    )
    assert [fault.split("   allowed")[0] for fault in faults(one)] == [
        'work.core_hours.low   found "4OO" (text)', 'overrides.freelancer.rate.likely   found "95,5" (text)',
    ]  # fmt: skip
    assert [fault.split("   allowed")[0] for fault in faults(two)] == [
        'work.core_hours   found "x" (text)', 'overrides.freelancer.rate.likely   found "$95" (text)',
    ]  # fmt: skip
    assert "work.core_hours   found low 500, likely 400, high 400" not in faults(three)
    assert "work.core_hours   found low 500, likely 400   allowed" in faults(three)[0]
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
    bad, other = portfolio(tmp_path, f"{line}\n{good}\n", "p.jsonl")
    assert any(word in fault for fault in faults(bad))
    assert not any("project.name   found nothing" in fault for fault in faults(bad))
    assert (other.number, other.scenario().project.name) == (2, "A")


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
    assert [fault.split("   ")[0] for fault in faults(wrong)] == ["work.core_hours", "answers.shifting"]
    assert any("E4" in fault for fault in faults(far))
    assert any("#N/A" in fault for fault in faults(far))
    assert good.scenario().project.name == "2026"
    assert good.where == "p.xlsx, row 4 (sheet row 5)"
    assert [fault.split("   allowed")[0] for fault in faults(timed)] == [
        "project.name (cell A6)   found #N/A", 'project.start   found "2026-12-01 12:31" (text)',
    ]  # fmt: skip


# ---------------------------------------------------------------------------------------------------- reports


WRITTEN = {
    "file": "workbooks/a&b #1.xlsx", "input": "i", "template": "t", "runs": 0, "sha256": "s", "size": 1, "owner": "@CTO",
    "currency": "EUR", "usd_rate": 0.5, "budget": None, "recommendation": "freelancer", "label": "Freelancer throughout",
    "provisional": True, "total": 100.0, "npv": 90.0, "best": 50.0, "worst": 200.0, "p10": 80.0, "p90": 130.0,
    "weeks_to_stable": 3.5, "core_cost": 80.0,
    "cheapest": "freelancer", "seconds": 0.04,
}  # fmt: skip
NOTHING = dict.fromkeys(
    ("recommendation", "label", "total", "npv", "best", "worst", "p10", "p90", "weeks_to_stable", "core_cost")
)
REFUSED = [{"field": "id", "found": '"<b>|../x" (text)', "allowed": "a name", "example": "x"}]
RECORDS = [
    {"row": 1, "id": "a&b #1", "name": "=1+1 | <b>`x`</b>", **WRITTEN},
    {"row": 2, "id": "../x", "refused": REFUSED},
    {"row": 3, "id": "c", "name": "Plain", **WRITTEN, "currency": "USD", "usd_rate": 1.0, "budget": 70.0},
    {"row": 4, "id": "d", "name": "Nothing left", **WRITTEN, **NOTHING},
    {"row": 5, "id": "e", "failed": "internal error, ZeroDivisionError: division by zero"},
]
ABOUT = About("portfolio.csv", "f" * 64, 5, (1, 1), 0, "1.0")


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Every report on those rows, as files."""
    folder = tmp_path_factory.mktemp("reports")
    for name, content in reports(ABOUT, lambda: iter(RECORDS)):
        (folder / name).write_bytes(content)
    return folder


def test_the_reports_are_the_same_bytes_for_the_same_rows(written):
    for name, content in reports(ABOUT, lambda: iter(RECORDS)):
        assert (written / name).read_bytes() == content


def test_another_row_costs_the_reports_little_memory():
    def records(count):
        return ({"row": n, "id": f"row {n}", "name": f"Project {n}", **WRITTEN} for n in range(1, count + 1))

    def peak(count):
        about = replace(ABOUT, rows=count)
        tracemalloc.start()
        try:
            size = sum(len(content) for _, content in reports(about, lambda: records(count)))
            return tracemalloc.get_traced_memory()[1], size
        finally:
            tracemalloc.stop()

    (few, _), (many, size) = peak(200), peak(3_000)
    assert size > 200_000
    assert (many - few) / 2_800 < 5_000


def test_the_summary_never_adds_amounts_of_different_currencies(written):
    found = json.loads((written / "summary.json").read_bytes())
    assert found["counts"] == {"written": 3, "refused": 1, "failed": 1}
    assert found["paths"]["freelancer"] == {
        "label": "Freelancer throughout",
        "rows": 2,
        "usd_total": 300,
        "usd_npv": 270,
    }
    assert found["paths"]["none"]["rows"] == 1
    assert found["currencies"]["EUR"] == {"rows": 2, "total": 100, "npv": 90, "best": 50, "worst": 200, "budget": 0}
    assert [one["row"] for one in found["not_written"]] == [2, 5]


def test_texts_of_users_stay_text_in_markdown_and_junit(written):
    text = (written / "summary.md").read_text(encoding="utf-8")
    assert "3 written, 1 refused, 1 failed." in text
    assert "\\<b\\>\\|../x" in text
    suite = ElementTree.fromstring((written / "junit.xml").read_bytes())
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("5", "1", "1")
    assert next(suite.iter("testcase")).get("name") == "row 1: a&b #1"
    assert 'found "<b>|../x" (text)' in suite.find(".//failure").text


def test_the_overview_shows_in_libreoffice_what_python_calculated(written):
    engines.need(libreoffice)
    saved = cells.read_cached(written / "portfolio.xlsx")[0]
    assert not cells.differences(saved, libreoffice.values(written / "portfolio.xlsx"))


def test_the_overview_is_valid_has_a_filter_a_chart_and_a_link_to_every_workbook(written):
    engines.need(validator)
    assert validator.problems(written / "portfolio.xlsx") == []
    book = openpyxl.load_workbook(written / "portfolio.xlsx")
    rows = book["Scenarios"]
    assert rows.auto_filter.ref == "A5:V10"
    links = {cell.row: cell.hyperlink.target for cell in rows["U"] if cell.hyperlink}
    assert links == {6: "workbooks/a%26b%20%231.xlsx", 8: links[6], 9: links[6]}
    assert rows["C6"].value == "=1+1 | <b>`x`</b>"
    assert (rows["C6"].data_type, rows["C6"].quotePrefix) == ("s", True)
    assert not any(sheet.protection.sheet for sheet in book)
    assert len(book["Portfolio"]._charts) == 2


def test_the_overview_does_not_depend_on_the_clock(written):
    with zipfile.ZipFile(io.BytesIO((written / "portfolio.xlsx").read_bytes())) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


INVISIBLE = [
    "\u00ad", "\u034f", "\u061c", "\u115f", "\u1160", "\u17b4", "\u180b", "\u180e", "\u200b", "\u200c", "\u200d", "\u2060", "\u3164",
    "\ufe0f", "\ufeff", "\uffa0", "\U000e0100", "\U000e0041",
]  # fmt: skip


@pytest.mark.parametrize("character", INVISIBLE, ids=[f"U+{ord(character):04X}" for character in INVISIBLE])
def test_an_id_with_an_invisible_character_is_refused_and_the_character_named(tmp_path, character):
    rows = [{"id": id, "project.name": "A", "project.start": "2026-12-01"} for id in ("ab", f"a{character}b")]
    _, entry = portfolio(tmp_path, "\n".join(map(json.dumps, rows)), "p.jsonl")
    [fault] = faults(entry)
    assert f"U+{ord(character):04X}" in fault


def test_no_letter_or_mark_that_unicode_calls_ignorable_is_allowed_in_an_id():
    # https://www.unicode.org/Public/UCD/latest/ucd/DerivedCoreProperties.txt, Default_Ignorable_Code_Point
    ignorable = [0xAD, 0x34F, 0x61C, *range(0x115F, 0x1161), *range(0x17B4, 0x17B6), *range(0x180B, 0x1810)]
    ignorable += [
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        0x3164,
        *range(0xFE00, 0xFE10),
    ]
    ignorable += [0xFEFF, 0xFFA0, *range(0xE0000, 0xE1000)]
    assert [hex(code) for code in ignorable if ids.fault(f"a{chr(code)}b") is None] == []


@pytest.mark.parametrize(("one", "other"), [("caf\u00e9", "cafe\u0301"), ("Checkout", "checkout"), ("\ufb01x", "fix")])
def test_the_fault_of_two_ids_that_some_file_system_treats_as_one_says_so(tmp_path, one, other):
    rows = [{"id": id, "project.name": "A", "project.start": "2026-12-01"} for id in (one, other)]
    _, entry = portfolio(tmp_path, "\n".join(map(json.dumps, rows)), "p.jsonl")
    [fault] = faults(entry)
    assert "is also the id of row 1, to a file system that treats these letters as the same" in fault
