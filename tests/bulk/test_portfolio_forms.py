"""Portfolios as CSV, JSON Lines and xlsx: the same rows in every form."""

import csv
import itertools
import json
import runpy
import sys
import tracemalloc
from datetime import date

import openpyxl
import pytest
from openpyxl.styles import numbers

from calc.scenario import normal_form
from tests.bulk.portfolios import EXAMPLE, HEAD, ROOT, portfolio
from workbook.bulk.portfolio import Portfolio


def test_the_example_portfolio_is_what_its_generator_writes_and_every_row_is_valid(tmp_path, monkeypatch):
    again = tmp_path / "again.csv"
    monkeypatch.setattr(sys, "argv", ["portfolio.py", "-o", str(again)])
    runpy.run_path(str(ROOT / "build" / "portfolio.py"), run_name="__main__")
    assert again.read_bytes() == EXAMPLE.read_bytes()
    rows = Portfolio(EXAMPLE)
    assert len(rows) >= 200
    assert len({entry.id for entry in rows}) == len(rows)
    scenarios = [entry.scenario() for entry in rows]
    assert len({json.dumps(normal_form(scenario), sort_keys=True) for scenario in scenarios}) == len(rows)


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
    scenario = entry.scenario()
    assert (entry.id, scenario.work.core_hours) == ("7", (300, 400, 700))
    assert scenario.overrides["freelancer"]["rate"].likely == 95
    assert scenario.overrides["freelancer"]["rework"] == 0.2
    assert list(scenario.paths) == ["own"]
    assert entry.scenario() == scenario


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
    scenarios = [entry.scenario() for entry in portfolio(tmp_path, text)]
    assert [scenario.work.core_hours for scenario in scenarios] == [(300, 400, 400), (300, 400, 700), 400]
    assert [row.id for row in portfolio(tmp_path, text)] == ["1", "2", "3"]


def test_a_likely_value_alone_in_the_columns_of_a_range_is_a_plain_number(tmp_path):
    head = "project.name,project.start,work.core_hours.low,work.core_hours.likely,overrides.freelancer.rate.likely\n"
    [entry] = portfolio(tmp_path, head + "A,2026-12-01,,400,95\n")
    assert entry.scenario().work.core_hours == 400
    assert entry.scenario().overrides == {"freelancer": {"rate": 95}}


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
