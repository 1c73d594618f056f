"""The reports on a batch: totals, Markdown, JUnit XML and the workbook over all rows."""

import io
import json
import tracemalloc
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import openpyxl
import pytest

from tests import engines
from tests.engines import cells, javascript, libreoffice, validator
from workbook.bulk.portfolio.reports import About, overview, reports

WRITTEN = {
    "file": "workbooks/a&b #1.xlsx", "input": "i", "template": "t", "runs": 0, "edition": "light", "sha256": "s", "size": 1,
    "owner": "@CTO", "status": "provisional", "answer": "Freelancer throughout (provisional)", "why": "It fits.",
    "cost": "It costs EUR 100.", "paid": 70.0, "own_time": 20.0, "losses": 10.0, "same_scope": 110.0, "invoiced": 75.0,
    "p50": 100.0, "p80": 120.0, "runner_up": None, "alerts": [{"id": "one_left", "text": "Only one path is left."}],
    "why_not": {"path": "full_time", "label": "Hire", "kind": "fits_worse", "amount": -5.0, "break_even_chance": 0.1,
                "text": "It fits the answers less well."},
    "currency": "EUR", "usd_rate": 0.5, "budget": None, "recommendation": "freelancer", "label": "Freelancer throughout",
    "provisional": True, "total": 100.0, "npv": 90.0, "best": 50.0, "worst": 200.0, "p10": 80.0, "p90": 130.0,
    "weeks_to_stable": 3.5, "core_cost": 80.0,
    "cheapest": "freelancer", "contenders": [], "seconds": 0.04,
}  # fmt: skip


NOTHING = dict.fromkeys(
    (
        "recommendation", "label", "total", "npv", "paid", "own_time", "losses", "same_scope", "invoiced", "best", "worst",
        "p10", "p50", "p80", "p90", "weeks_to_stable", "core_cost", "why_not",
    )
) | {"status": "none_left", "answer": "No path is left", "cost": "", "alerts": []}  # fmt: skip


REFUSED = [{"field": "id", "found": '"<b>|../x" (text)', "allowed": "a name", "example": "x"}]


BUDGET = {"amount": 70.0, "invoiced": 75.0, "headroom": -5.0, "chance_above": 0.75, "text": "5 too much."}


RECORDS = [
    {"row": 1, "id": "a&b #1", "name": "=1+1 | <b>`x`</b>", **WRITTEN},
    {"row": 2, "id": "../x", "refused": REFUSED},
    {"row": 3, "id": "c", "name": "Plain", **WRITTEN, "currency": "USD", "usd_rate": 1.0, "budget": BUDGET},
    {"row": 4, "id": "d", "name": "Nothing left", **WRITTEN, **NOTHING},
    {"row": 5, "id": "e", "failed": "internal error, ZeroDivisionError: division by zero"},
]


ABOUT = About("portfolio.csv", "f" * 64, 5, (1, 1), 0, "1.0")


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Every report on those rows, as files."""
    folder = tmp_path_factory.mktemp("reports")
    for name, content in reports(ABOUT, lambda: iter(RECORDS)):
        (folder / name).write_bytes(b"".join(content))
    return folder


def test_the_reports_are_the_same_bytes_for_the_same_rows(written):
    for name, content in reports(ABOUT, lambda: iter(RECORDS)):
        assert (written / name).read_bytes() == b"".join(content)


def test_another_row_costs_the_reports_little_memory():
    def records(count):
        return ({"row": n, "id": f"row {n}", "name": f"Project {n}", **WRITTEN} for n in range(1, count + 1))

    def peak(count):
        about = replace(ABOUT, rows=count)
        tracemalloc.start()
        try:
            size = sum(len(piece) for _, pieces in reports(about, lambda: records(count)) for piece in pieces)
            return tracemalloc.get_traced_memory()[1], size
        finally:
            tracemalloc.stop()

    (few, _), (many, size) = peak(200), peak(3_000)
    assert size > 200_000
    # What is left is the link to its workbook.
    assert (many - few) / 2_800 < 500


def test_the_summary_never_adds_amounts_of_different_currencies(written):
    summary = json.loads((written / "summary.json").read_bytes())
    assert summary["counts"] == {"written": 3, "refused": 1, "failed": 1}
    assert summary["paths"]["freelancer"] == {
        "label": "Freelancer throughout",
        "rows": 2,
        "usd_total": 300,
        "usd_paid": 210,
        "usd_same_scope": 330,
    }
    assert summary["paths"]["none"]["rows"] == 1
    assert summary["currencies"]["EUR"] == {
        "rows": 2, "total": 100, "paid": 70, "own_time": 20, "losses": 10, "same_scope": 110, "best": 50, "worst": 200,
        "invoiced": 75, "budget": 0,
    }  # fmt: skip
    assert summary["currencies"]["USD"]["budget"] == 70
    assert (summary["statuses"], summary["alerts"]) == ({"none_left": 1, "provisional": 2}, {"one_left": 2})
    assert [row["row"] for row in summary["alerted"]] == [1, 3]
    assert [row["row"] for row in summary["not_written"]] == [2, 5]


def test_a_row_with_an_alert_is_visible_in_markdown_and_junit_and_is_no_failure(written):
    text = (written / "summary.md").read_text(encoding="utf-8")
    assert "Rows with alerts: 2." in text
    assert "| 3 | c | Freelancer throughout (provisional) | Only one path is left. |" in text
    suite = ElementTree.fromstring((written / "junit.xml").read_bytes())
    said = [case.findtext("system-out") for case in suite.iter("testcase")]
    assert said[0].startswith(
        "ALERT one_left: Only one path is left.\nFreelancer throughout (provisional) (provisional)\n"
    )
    assert "Why not Hire: It fits the answers less well." in said[2]
    assert "5 too much." in said[2]
    assert said[3].startswith("No path is left (none_left)")


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
    assert rows.tables["Projects"].ref == rows.tables["Projects"].autoFilter.ref == "A5:AL10"
    assert rows.tables["Projects"].column_names == [cell.value for cell in rows[5]]
    links = {cell.row: cell.hyperlink.target for cell in rows["AK"] if cell.hyperlink}
    assert links == {6: "workbooks/a%26b%20%231.xlsx", 8: links[6], 9: links[6]}
    assert rows["C6"].value == "=1+1 | <b>`x`</b>"
    assert (rows["C6"].data_type, rows["C6"].quotePrefix) == ("s", True)
    assert not any(sheet.protection.sheet for sheet in book)
    assert len(book["Portfolio"]._charts) == 2


def test_rows_beyond_the_last_of_a_sheet_go_to_the_next_and_every_program_reads_them(tmp_path, monkeypatch):
    for engine in (libreoffice, validator, javascript):
        engines.need(engine)
    monkeypatch.setattr(overview, "MOST_ROWS", 7)
    path = tmp_path / "portfolio.xlsx"
    path.write_bytes(b"".join(dict(reports(ABOUT, lambda: iter(RECORDS)))["portfolio.xlsx"]))
    assert validator.problems(path) == []
    book = openpyxl.load_workbook(path)
    assert [sheet.title for sheet in book] == ["Portfolio", "Scenarios", "Scenarios 2", "Scenarios 3"]
    assert [table for sheet in book for table in sheet.tables] == ["Projects", "Projects_2", "Projects_3"]
    assert [row[1].value for sheet in book.worksheets[1:] for row in sheet.iter_rows(min_row=6)] == [
        record["id"] for record in RECORDS
    ]
    saved, _ = cells.read_cached(path)
    assert not cells.differences(saved, libreoffice.values(path))
    for reader in ("exceljs", "sheetjs"):
        assert not cells.differences(saved, javascript.read_by(reader, path)[0])


def test_the_overview_does_not_depend_on_the_clock(written):
    with zipfile.ZipFile(io.BytesIO((written / "portfolio.xlsx").read_bytes())) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
