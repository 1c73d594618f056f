"""A table of spellings, each with its meaning: every door reads them alike."""

import csv
import io
import json
import tomllib
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from calc.scenario import Refused, from_text, normal_form, scenario
from tests.receive.reading.filled_in import _places, rich
from workbook.bulk.portfolio import Portfolio
from workbook.receive.intake import Cell
from workbook.receive.reading import gathered, refused

TABLE = tomllib.loads((Path(__file__).parents[2] / "spellings.toml").read_text(encoding="utf-8"))["of"]
PLAIN = {
    "project": {"name": "A", "start": "2026-12-01", "currency": "EUR", "usd_rate": 0.92},
    "work": {"core_hours": 400, "location": "us"},
    "money": {"budget": 100},
    "answers": {"shifting": "unknown"},
    "overrides": {"freelancer": {"rate": 90, "rework": 0.2}},
}


def with_text(field, text):
    """The plain scenario with the text for that field; with no field, the text is all the cells by their names."""
    if field is None:
        return text
    plain = json.loads(json.dumps(PLAIN))
    *tables, name = field.split(".")
    home = plain
    for table in tables:
        home = home.setdefault(table, {})
    home[name] = text
    return plain


def flat(plain, before=""):
    for name, value in plain.items():
        yield from flat(value, f"{before}{name}.") if isinstance(value, dict) else [(before + name, value)]


def by_python(field, text, tmp_path):
    return scenario(with_text(field, text))


def by_json(field, text, tmp_path):
    return from_text(json.dumps(with_text(field, text)), "x.json")


def by_toml(field, text, tmp_path):
    return from_text(
        "".join(f"{name} = {json.dumps(value)}\n" for name, value in flat(with_text(field, text))), "x.toml"
    )


def by_csv(delimiter):
    def read(field, text, tmp_path):
        written = io.StringIO()
        rows = csv.writer(written, delimiter=delimiter)
        rows.writerows(zip(*flat(with_text(field, text)), strict=True))
        (tmp_path / "p.csv").write_text(written.getvalue(), encoding="utf-8")
        [row] = Portfolio(tmp_path / "p.csv")
        return row.scenario()

    return read


def by_json_lines(field, text, tmp_path):
    (tmp_path / "p.jsonl").write_text(json.dumps(dict(flat(with_text(field, text)))), encoding="utf-8")
    [row] = Portfolio(tmp_path / "p.jsonl")
    return row.scenario()


def by_spreadsheet(field, text, tmp_path):
    book = openpyxl.Workbook()
    for row in zip(*flat(with_text(field, text)), strict=True):
        book.active.append(row)
    for cell in book.active[2]:
        if isinstance(cell.value, str):
            cell.data_type = "s"
    book.save(tmp_path / "p.xlsx")
    [row] = Portfolio(tmp_path / "p.xlsx")
    return row.scenario()


def by_workbook(field, text, tmp_path):
    book, (sheet, *place) = rich(), _places()[field]
    for end in (".low", ".high"):
        if field + end in _places():
            book.sheets[sheet].cells.pop(_places()[field + end][1:], None)
    book.sheets[sheet].cells[tuple(place)] = Cell(text)
    inputs = gathered(book, "x.xlsx")
    if inputs.scenario is None:
        raise refused(inputs)
    return inputs.scenario


DOORS = {
    "python": by_python,
    "json": by_json,
    "toml": by_toml,
    "comma": by_csv(","),
    "semicolon": by_csv(";"),
    "tab": by_csv("\t"),
    "json lines": by_json_lines,
    "spreadsheet": by_spreadsheet,
    "workbook": by_workbook,
}


def value_in(read, field):
    found = normal_form(read)
    for name in field.split("."):
        found = found[name]
    if isinstance(found, dict):
        assert found["low"] == found["likely"] == found["high"]
        return found["likely"]
    return found


def cases(kind):
    return [(of["field"], *(entry if isinstance(entry, list) else [entry])) for of in TABLE for entry in of[kind]]


def test_the_table_holds_some_hundred_spellings():
    assert sum(len(of[kind]) for of in TABLE for kind in ("means", "asks", "refused")) > 150


@pytest.mark.parametrize("door", DOORS)
def test_a_spelling_means_the_same_through_every_door(door, tmp_path):
    wrong = []
    for field, text, meant in cases("means"):
        try:
            value = value_in(DOORS[door](field, text, tmp_path), field)
        except Refused as refusal:
            value = str(refusal)
        if value != (meant.isoformat() if isinstance(meant, date) else meant):
            wrong.append((field, text, value))
    assert wrong == []


@pytest.mark.parametrize("door", DOORS)
def test_a_doubtful_spelling_is_asked_about_through_every_door(door, tmp_path):
    wrong = []
    for field, text, question in cases("asks"):
        try:
            says = repr(value_in(DOORS[door](field, text, tmp_path), field))
        except Refused as refusal:
            says = str(refusal)
        if question not in says or field not in says:
            wrong.append((field, text, says))
    assert wrong == []


@pytest.mark.parametrize("door", DOORS)
def test_all_else_is_refused_through_every_door_with_what_is_allowed(door, tmp_path):
    wrong = []
    for field, text in cases("refused"):
        try:
            says = repr(value_in(DOORS[door](field, text, tmp_path), field))
        except Refused as refusal:
            says = str(refusal)
        if "allowed: " not in says or field not in says or "did you mean" in says:
            wrong.append((field, text, says))
    assert wrong == []
