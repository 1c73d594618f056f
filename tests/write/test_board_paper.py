"""The first page is a board paper: what stands where, that its amounts are the results', and that it is one page."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from calc.model import model_for
from calc.results import results
from calc.scenario import Scenario, from_text, scenario
from calc.sentences import board
from calc.sentences.questions import NOT_COMPUTED, OUT_OF_DATE
from workbook.write import build
from workbook.write.book import Book
from workbook.write.pack.around import printed_to
from workbook.write.pack.heights import DEFAULT_WIDTH
from workbook.write.pack.package import Package
from workbook.write.pack.style import STYLES
from workbook.write.sheet import PLAIN_ROW
from workbook.write.sheets import summary

EXAMPLES = sorted((Path(__file__).parents[2] / "build" / "examples").glob("*.toml"))
PROJECT = {"name": "Board", "start": "2026-10-15"}
BROKEN = {"ai_generated": "yes", "shifting": "yes", "bounded": "no", "unknown_cause": "yes"}
OVER = {"project": PROJECT, "money": {"budget": 20000.0, "revenue_loss_per_month": 8000.0}, "answers": BROKEN}
LONG = "A sequence of phases whose name takes all sixty characters, x"[:60]
PHASES = [{"work": "core", "model": "dedicated_engineer", "share": 1}, {"work": "run", "model": "freelancer"}]
OWN = {
    "project": PROJECT
    | {"name": "N" * 80, "owner": "W" * 80, "currency": "EUR", "usd_rate": 0.92, "horizon_months": 60},
    "answers": {"ai_core": "yes", "lifecycle": "yes", "long": "yes"},
    "paths": {f"own{number}": {"label": f"{number}{LONG[1:]}", "phases": PHASES} for number in range(4)},
}
# A4 in points, less the margins; and what Excel and LibreOffice make of the width of a column and of a row.
ROOM_ACROSS, ROOM_DOWN = 595.3 - 0.8 * 72, 841.9 - 1.2 * 72
PER_WIDTH, PER_COLUMN, PER_CHARACTER = 5.25, 3.75, 0.49


def given(data: dict) -> Scenario:
    return scenario({"project": PROJECT} | data)


@cache
def book_of(name: str, runs: int = 0) -> Book:
    made = build.book([(CASES | TRACKED)[name]], runs)
    made.finish()
    return made


CASES = {path.stem: from_text(path.read_text(encoding="utf-8"), path.name) for path in EXAMPLES}
CASES |= {"blank": given({}), "over": given(OVER), "own": given(OWN)}
# The most that stands on the page: own paths, and one of them is under way.
UNDER_WAY = {"path": "own1", "labour": [99_000.0] * 12, "core_done": [0.1] * 12}
TRACKED = {"under way": given(OWN | {"actuals": UNDER_WAY})}


def text(book: Book, row: int, column: int) -> str:
    cell = book.sheets[summary.NAME].cells.get((row, column))
    return str(cell.value) if cell is not None and cell.value is not None else ""


def row_of(book: Book, title: str) -> int:
    """The row below a heading."""
    rows = [
        row for (row, column), cell in book.sheets[summary.NAME].cells.items() if column == 1 and cell.value == title
    ]
    return rows[0] + 1


def result_of(name: str) -> dict:
    return results([CASES[name]], flips=False, trials=0)[0]


def ranked(book: Book) -> list[list]:
    """The rows of the table of all paths."""
    first = row_of(book, "All paths, in the order of the decision") + 2
    cells = book.sheets[summary.NAME].cells
    return [[cells[row, column].value for column in range(1, 9)] for row in range(first, first + book.size("place"))]


@pytest.mark.parametrize("name", CASES)
def test_the_page_says_first_what_is_recommended_or_that_nothing_is(name):
    book, result = book_of(name), result_of(name)
    path, status = result["recommendation"]["path"], result["recommendation"]["status"]
    _, row, column = book.names["recommended_path"]
    assert text(book, row, column) == (path or "none")
    label = result["paths"][path]["label"] if path else "No recommendation yet"
    assert text(book, row, 1) == label + (" (provisional)" if status == "provisional" else "")
    assert text(book, row + 1, 1).endswith(".")
    assert f"{text(book, 1, 1)}{text(book, 2, 1)}".removesuffix(summary.PURPOSE) == CASES[name].project.name


@pytest.mark.parametrize("name", CASES)
def test_all_paths_stand_in_the_order_of_the_decision_with_the_amounts_of_the_results(name):
    rows, result = ranked(book_of(name)), result_of(name)
    paths = sorted(
        result["paths"].items(),
        key=lambda item: (
            item[0] != result["recommendation"]["path"],
            not item[1]["eligible"],
            round(item[1]["same_scope"], 2),
        ),
    )
    assert [row[0] for row in rows] == [f"{at}. {path['label']}" for at, (_, path) in enumerate(paths, 1)]
    for row, (_, path) in zip(rows, paths, strict=True):
        assert row[1:5] == pytest.approx(
            [path[key] for key in ("paid", "total", "same_scope", "weeks_to_stable")], abs=0.005
        )
        assert str(row[7]).startswith("Ruled out: ") == (not path["eligible"])


@pytest.mark.parametrize("name", CASES)
def test_what_is_asked_for_is_what_the_recommended_path_is_paid_and_its_years_add_up_to_it(name):
    book, result = book_of(name), result_of(name)
    row = row_of(book, "What is asked for") + 1
    cells = book.sheets[summary.NAME].cells
    path = result["paths"].get(result["recommendation"]["path"])
    if path is None:
        assert all(cells[row, column].value != cells[row, column].value for column in range(2, 8))
        return
    figures = [float(cells[row, column].value) for column in (2, 6, 7)]
    assert figures == pytest.approx([path["paid"], path["own_time"], path["losses"]], abs=0.005)
    years = [float(cells[row + 2, column].value) for column in range(2, 8)]
    assert sum(year for year in years if year == year) == pytest.approx(path["paid"], abs=0.005)


@pytest.mark.parametrize("name", CASES)
def test_every_alert_of_the_results_stands_below_the_answer_in_their_order_and_nothing_else(name):
    book, result = book_of(name), result_of(name)
    _, row, _ = book.names["recommended_path"]
    shown = [text(book, row + 3 + number, 1) for number in range(summary.ALERTS)]
    expected = [alert["id"] for alert in result["recommendation"]["alerts"]]
    ids = list(board.ALERTS)
    stands = model_for(book.structure.paths[13:]).evaluate([CASES[name]], ("alert_at",))["alert_at"][0]
    assert [ids[int(at) - 1] for at in stands if at] == expected
    assert [bool(sentence) for sentence in shown] == [number < len(expected) for number in range(summary.ALERTS)]


def test_a_budget_that_is_exceeded_has_its_headroom_and_how_often():
    book, result = book_of("over"), result_of("over")
    row = row_of(book, "What is asked for") + 5
    cells, budget = book.sheets[summary.NAME].cells, result["recommendation"]["budget"]
    amounts = [float(cells[row, column].value) for column in (2, 3, 4)]
    assert amounts == pytest.approx([budget["amount"], budget["invoiced"], budget["headroom"]], abs=0.005)
    assert cells[row, 5].value > 0.9


def test_the_strongest_reason_is_the_one_that_stands_above_the_rules():
    book = book_of("over")
    row = row_of(book, "Why")
    assert text(book, row, 1).startswith("The code came from AI and nobody experienced has gone through it")
    assert all(text(book, row + number, 1).endswith(".") for number in range(summary.REASONS))


def test_the_next_best_and_every_cheaper_path_are_explained_with_amount_and_break_even_chance():
    book, result = book_of("over"), result_of("over")
    row = row_of(book, "Why not the next best, or a cheaper path, for the same scope")
    cheaper = [p for p in result["paths"].values() if p["eligible"] and p["why_not"] and p["why_not"]["amount"] < 0]
    second = result["paths"][result["recommendation"]["runner_up"]]
    assert text(book, row, 1) == second["label"]
    assert text(book, row, 2).startswith(f"Next best: USD {abs(second['why_not']['amount']):,.0f} more")
    for number, path in enumerate(sorted(cheaper, key=lambda path: path["same_scope"]), 1):
        said = text(book, row + number, 2)
        assert text(book, row + number, 1) == path["label"]
        assert said.startswith(f"USD {-path['why_not']['amount']:,.0f} less, but ")
        assert f"saves nothing if over {path['why_not']['break_even_chance']:.0%} likely to fail" in said
    assert text(book, row + len(cheaper) + 1, 1) == "Beside the cheapest path"


@cache
def changed_since() -> Book:
    """A workbook made from other inputs than it has now."""
    changed = build.book([given(OVER | {"answers": BROKEN | {"on_fire": "yes"}})], 50, originals=[CASES["over"]])
    changed.finish()
    return changed


def test_what_was_computed_once_is_replaced_where_the_inputs_have_changed():
    changed = changed_since()
    same = build.book([CASES["over"]], 50)
    same.finish()
    row = row_of(changed, "What could go wrong, and what is not known yet")
    assert [text(changed, row + number, 1) for number in range(8)] == [OUT_OF_DATE] + [""] * 7
    assert not any(text(same, row + number, 1) == OUT_OF_DATE for number in range(8))
    assert all(text(same, row + number, 1) for number in range(6))
    assert text(changed, 3, 3).startswith("Out of date")
    assert text(same, 3, 3) == ""


def test_what_could_go_wrong_has_no_empty_line_between_two_where_no_figure_moves_a_gap():
    nothing_recommended = build.book([CASES["blank"]], 50)
    nothing_recommended.finish()
    row = row_of(nothing_recommended, "What could go wrong, and what is not known yet")
    lines = [text(nothing_recommended, row + number, 1) for number in range(8)]
    assert lines[0].startswith("No path is recommended")
    assert [bool(line) for line in lines] == sorted(map(bool, lines), reverse=True)


def test_no_question_is_asked_first_where_no_open_one_changes_the_recommendation():
    """One isolated, bounded problem by one freelancer alone: everything else is ruled out whatever the open answers are."""
    told = dict.fromkeys(("shifting", "unknown_cause", "ai_generated", "regulated", "afford_hire"), "no")
    answers = told | dict.fromkeys(("isolated", "bounded", "specialist"), "yes")
    settled = build.book([given({"work": {"specialists": 3}, "answers": answers})], 50)
    settled.finish()
    assert settled.studies.holds == [1]
    row = row_of(settled, "What could go wrong, and what is not known yet")
    lines = [text(settled, row + number, 1) for number in range(8)]
    assert "No open question would change the recommendation." in lines
    assert not any("Answer first" in line for line in lines)


def test_without_one_off_results_their_place_says_so():
    book = book_of("over")
    row = row_of(book, "What could go wrong, and what is not known yet")
    assert [text(book, row + number, 1) for number in range(8)] == [NOT_COMPUTED] + [""] * 7


def test_why_there_are_no_one_off_results_is_said_once_in_a_table_not_in_every_row():
    for book in (book_of("over"), changed_since()):
        for sheet in book.sheets.values():
            if sheet.is_printed:
                reasons = {at for at, cell in sheet.cells.items() if cell.value in (NOT_COMPUTED, OUT_OF_DATE)}
                assert not {(row, column) for row, column in reasons if (row - 1, column) in reasons}, sheet.name


@pytest.mark.parametrize("name", [*CASES, *TRACKED])
def test_the_page_prints_on_one_a4_page_at_70_percent_or_more(name):
    book = book_of(name)
    Package(book)
    sheet = book.sheets[summary.NAME]
    chart = sheet.charts[0]
    last_row, last_column = printed_to(sheet)
    assert (last_row, last_column) == (chart.row, summary.LAST)
    tall = sum(sheet.heights.get(row, PLAIN_ROW) for row in range(1, last_row + 1))
    assert chart.chart.height * 28.35 < sheet.heights[chart.row]
    wide = sum(
        sheet.widths.get(column, DEFAULT_WIDTH) * PER_WIDTH + PER_COLUMN for column in range(1, summary.LAST + 1)
    )
    assert chart.chart.width * 28.35 < wide
    assert 0.7 * wide <= ROOM_ACROSS
    assert 0.7 * tall <= ROOM_DOWN


@pytest.mark.parametrize("name", [*CASES, *TRACKED])
def test_no_line_is_longer_than_the_room_up_to_the_next_filled_cell(name):
    """Text that neither wraps nor shrinks; a cell with a formula is filled, whatever it shows."""
    book = book_of(name)
    sheet = book.sheets[summary.NAME]
    long = []
    for (row, column), cell in sheet.cells.items():
        if cell.style not in ("line", "line_in", "alert_line", "note_plain", "note_in") or not isinstance(
            cell.value, str
        ):
            continue
        ends = [
            c for c in range(column + 1, summary.LAST + 2)
            if c > summary.LAST or ((row, c) in sheet.cells and sheet.cells[row, c].value is not None)
        ]  # fmt: skip
        room = sum(sheet.widths[c] * PER_WIDTH + PER_COLUMN for c in range(column, ends[0]))
        if len(cell.value) * PER_CHARACTER * STYLES[cell.style]["font"].size > room:
            long.append((row, column, cell.value))
    assert long == []


@pytest.mark.parametrize("name", ["own", "under way"])
def test_every_path_is_named_in_the_chart_however_many_there_are(name):
    book = book_of(name)
    chart = book.sheets[summary.NAME].charts[0].chart
    inside, type_size = chart.layout.manualLayout, chart.x_axis.txPr.p[0].pPr.defRPr.sz / 100
    assert type_size >= 6
    assert book.size("place") * 1.1 * type_size <= inside.h * chart.height * 28.35
    longest = max(len(f"10. {path.label}") for path in book.structure.paths)
    assert longest * PER_CHARACTER * type_size <= inside.x * chart.width * 28.35
    assert chart.x_axis.txPr.bodyPr.rot == 0  # else LibreOffice leaves out every second name
    assert chart.x_axis.tickLblSkip == 1


def test_a_path_that_is_ruled_out_for_its_price_is_not_said_to_exceed_what_the_recommended_one_exceeds_too():
    result = result_of("over")
    assert result["recommendation"]["budget"]["headroom"] < 0
    dear = [path for path in result["paths"].values() if "over_budget" in (path["why_not"] or {}).get("gates", ())]
    assert dear
    for path in dear:
        assert "no path that fits stays within the budget, and this one would be" in path["why_not"]["text"]
    kept = results([given({"money": {"budget": 90_000.0}, "answers": BROKEN})], flips=False, trials=0)[0]
    assert kept["recommendation"]["budget"]["headroom"] >= 0
    dear = [path for path in kept["paths"].values() if "over_budget" in (path["why_not"] or {}).get("gates", ())]
    assert dear
    for path in dear:
        assert "at more than the budget, and a path that fits stays within it" in path["why_not"]["text"]
