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
from workbook.bulk.portfolio.reports import About, listed, reports, summed

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
    "cheapest": "freelancer", "contenders": [{"path": "freelancer", "label": "Freelancer throughout", "invoiced": 75.0, "same_scope": 110.0},
                   {"path": "full_time", "label": "Hire", "invoiced": 40.0, "same_scope": 150.0}],
    "by_year": [{"year": "2026", "line": "labour", "amount": 60.0}, {"year": "2026", "line": "coordination", "amount": 20.0},
                {"year": "2027", "line": "run", "amount": 10.0}, {"year": "2027", "line": "instability", "amount": 10.0}],
    "seconds": 0.04,
}  # fmt: skip


NOTHING = dict.fromkeys(
    (
        "recommendation", "label", "total", "npv", "paid", "own_time", "losses", "same_scope", "invoiced", "best", "worst",
        "p10", "p50", "p80", "p90", "weeks_to_stable", "core_cost", "why_not",
    )
) | {"status": "none_left", "answer": "No path is left", "cost": "", "alerts": [], "contenders": [], "by_year": []}  # fmt: skip


REFUSED = [{"field": "id", "found": '"<b>|../x" (text)', "allowed": "a name", "example": "x"}]


TRACKING = {"path": "freelancer", "label": "Freelancer throughout", "month": 2, "plan": 100.0, "actual": 40.0,
            "forecast": 112.5, "variance": 12.5, "budget": None, "headroom": None, "end_date": "2027-02-27", "advice": "stay"}  # fmt: skip


BUDGET = {"amount": 70.0, "invoiced": 75.0, "headroom": -5.0, "chance_above": 0.75, "text": "5 too much."}


RECORDS = [
    {"row": 1, "id": "a&b #1", "name": "=1+1 | <b>`x`</b>", **WRITTEN},
    {"row": 2, "id": "../x", "refused": REFUSED},
    {
        "row": 3,
        "id": "c",
        "name": "Plain",
        **WRITTEN,
        "currency": "USD",
        "usd_rate": 1.0,
        "budget": BUDGET,
        "tracking": TRACKING,
    },
    {"row": 4, "id": "d", "name": "Nothing left", **WRITTEN, **NOTHING},
    {"row": 5, "id": "e", "failed": "internal error, ZeroDivisionError: division by zero"},
]


ABOUT = About("portfolio.csv", "f" * 64, 5, (1, 1), 0, "1.0")


def made(about, records, budget=None):
    return reports(summed(about, records, budget), records)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Every report on those rows, as files."""
    folder = tmp_path_factory.mktemp("reports")
    for name, content in made(ABOUT, lambda: iter(RECORDS), 200.0):
        (folder / name).write_bytes(b"".join(content))
    return folder


def test_the_reports_are_the_same_bytes_for_the_same_rows(written):
    for name, content in made(ABOUT, lambda: iter(RECORDS), 200.0):
        assert (written / name).read_bytes() == b"".join(content)


def test_another_row_costs_the_reports_little_memory():
    def records(count):
        return ({"row": n, "id": f"row {n}", "name": f"Project {n}", **WRITTEN} for n in range(1, count + 1))

    def peak(count):
        about = replace(ABOUT, rows=count)
        tracemalloc.start()
        try:
            size = sum(len(piece) for _, pieces in made(about, lambda: records(count)) for piece in pieces)
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


def table(written, name, first=5):
    """The rows of a list in the overview, heading -> value as Python wrote it."""
    sheet = openpyxl.load_workbook(written / "portfolio.xlsx", data_only=True)[name]
    heads, *lines = sheet.iter_rows(min_row=first, values_only=True)
    return [dict(zip(heads, line, strict=True)) for line in lines]


def test_the_costs_by_year_add_up_to_the_totals_of_the_scenarios(written):
    costs = table(written, "Costs by year")
    assert [(one["Line"], one["Kind of cost"], one["Fiscal year"]) for one in costs[:4]] == [
        ("Labour", "Paid", "2026"), ("Coordination", "Own time", "2026"), ("Feature work", "Paid", "2027"),
        ("Instability", "Losses", "2027"),
    ]  # fmt: skip
    for one in table(written, "Scenarios"):
        own = [cost for cost in costs if cost["Row"] == one["Row"]]
        for kind, amount in (("Paid", "Paid"), ("Own time", "Own time"), ("Losses", "Losses")):
            assert sum(cost["Amount"] for cost in own if cost["Kind of cost"] == kind) == (one[amount] or 0)
        assert sum(cost["Amount, USD"] for cost in own) == (one["Total, USD"] or 0)


def test_owners_are_summed_by_currency_and_only_budgets_with_a_path_have_headroom(written):
    dollars, euros = table(written, "Owners")[1], table(written, "Owners")[0]
    assert (euros["Owner"], euros["Currency"], euros["Scenarios"], euros["With alerts"]) == ("@CTO", "EUR", 2, 1)
    assert (euros["Total cost"], euros["Total, USD"], euros["Budget"]) == (100, 200, 0)
    assert (dollars["Budget"], dollars["Invoiced against it"], dollars["Headroom"]) == (70, 75, -5)


def test_the_ranking_has_the_dearest_first_and_who_exceeds_a_budget(written):
    sheet = openpyxl.load_workbook(written / "portfolio.xlsx", data_only=True)["Ranking"]
    assert [sheet.cell(row, 2).value for row in range(6, 8)] == [1, 3]
    assert [sheet.cell(11, column).value for column in (1, 2, 3, 12)] == [1, 3, "c", -5]


def test_the_budget_stands_beside_the_choice_without_it(written):
    summary = json.loads((written / "summary.json").read_bytes())["budget"]
    assert (summary["unconstrained"], summary["chosen"], summary["costs_more"], summary["left_out"]) == (
        {"invoiced": 225, "same_scope": 330}, {"invoiced": 190, "same_scope": 370}, 40, 3,
    )  # fmt: skip
    rows = table(written, "Budget by project")
    assert [(one["Path within the budget"], one["Another path"]) for one in rows] == [
        ("Freelancer throughout", "no"), ("Hire", "yes"),
    ]  # fmt: skip
    sheet = openpyxl.load_workbook(written / "portfolio.xlsx", data_only=True)["Budget"]
    assert [[sheet.cell(row, column).value for column in (2, 3)] for row in (7, 8, 9)] == [
        [225, 330], [190, 370], [-35, 40],
    ]  # fmt: skip
    assert sheet["B10"].value == 10
    text = (written / "summary.md").read_text(encoding="utf-8")
    assert "Another path for 1 of 2 projects. The same scope costs USD 40 more." in text


def test_a_budget_that_cannot_be_met_says_by_how_much_and_which_projects_are_in_its_way(tmp_path):
    path = tmp_path / "portfolio.xlsx"
    path.write_bytes(b"".join(dict(made(ABOUT, lambda: iter(RECORDS), 100.0))["portfolio.xlsx"]))
    sheet = openpyxl.load_workbook(path, data_only=True)["Budget"]
    assert "cannot be met" in sheet["A2"].value
    assert "USD 20 above it" in sheet["A2"].value
    assert [sheet.cell(16, column).value for column in (1, 2, 3)] == ["a&b #1", 1, 80]
    assert [one["In the way"] for one in table(tmp_path, "Budget by project")] == ["yes", "no"]


def test_a_portfolio_of_one_currency_is_summed_in_that_first(tmp_path):
    one = [record for record in RECORDS if record.get("currency", "EUR") == "EUR"]
    files = {name: b"".join(content) for name, content in made(ABOUT, lambda: iter(one))}
    summary = json.loads(files["summary.json"])
    assert (summary["currency"], summary["paths"]["freelancer"]["total"]) == ("EUR", 100)
    assert "| Recommended path | Scenarios | Total, EUR |" in files["summary.md"].decode()
    book = openpyxl.load_workbook(io.BytesIO(files["portfolio.xlsx"]), data_only=True)
    assert [book["Scenarios"].cell(4, column).value for column in (10, 29)] == [100, 200]


def test_rows_beyond_the_last_of_a_sheet_go_to_the_next_and_every_program_reads_them(tmp_path, monkeypatch):
    for engine in (libreoffice, validator, javascript):
        engines.need(engine)
    monkeypatch.setattr(listed, "MOST_ROWS", 7)
    path = tmp_path / "portfolio.xlsx"
    path.write_bytes(b"".join(dict(made(ABOUT, lambda: iter(RECORDS), 200.0))["portfolio.xlsx"]))
    assert validator.problems(path) == []
    book = openpyxl.load_workbook(path)
    scenarios, costs = (
        ["Scenarios", "Scenarios 2", "Scenarios 3"],
        [f"Costs by year{n}" for n in ("", " 2", " 3", " 4")],
    )
    lists = [*scenarios, "Forecasts", "Owners", *costs, "Budget by project"]
    assert [sheet.title for sheet in book] == ["Portfolio", "Budget", "Ranking", *lists]
    assert [table for sheet in book for table in sheet.tables] == [
        "Projects", "Projects_2", "Projects_3", "Forecasts", "Owners", "Costs", "Costs_2", "Costs_3", "Costs_4",
        "Budget_by_project",
    ]  # fmt: skip
    assert [row[1].value for name in scenarios for row in book[name].iter_rows(min_row=6)] == [
        record["id"] for record in RECORDS
    ]
    assert [row[9].value for name in costs for row in book[name].iter_rows(min_row=6)] == [60, 20, 10, 10] * 2
    saved, _ = cells.read_cached(path)
    assert not cells.differences(saved, libreoffice.values(path))
    for reader in ("exceljs", "sheetjs"):
        assert not cells.differences(saved, javascript.read_by(reader, path)[0])


def test_the_overview_does_not_depend_on_the_clock(written):
    with zipfile.ZipFile(io.BytesIO((written / "portfolio.xlsx").read_bytes())) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
