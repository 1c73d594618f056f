"""What the printed pages say and draw, and where."""

import re

import numpy as np
import pytest
from openpyxl.chart import BarChart
from openpyxl.utils import range_boundaries

from calc import catalogue
from calc.catalogue.grouped_questions import grouped_questions
from calc.scenario import figure_quality, scenario
from calc.sentences import board
from calc.sentences.board import ALL_ALERTS
from calc.sentences.questions import OUT_OF_DATE
from tests.write.page_cases import BLANK, CASES, LONG, SYSTEMIC, changed, finished, one, texts, value
from tests.write.printed_pages import printed_sheets
from tests.write.seen_cells import is_number, nothing_below, seen
from workbook.write.build import book, package
from workbook.write.charts.picture import Picture
from workbook.write.pack.number_formats import FORMATS
from workbook.write.palette import HIGHLIGHTS
from workbook.write.sheets import cash_flow, comparison, plan, sensitivity

# What nobody outside this project knows.
JARGON = re.compile(r"\b(lens(es)?|lean|gate[sd]?|eligible)\b", re.IGNORECASE)


def test_the_decision_at_the_end_of_a_phase_is_one_sentence_wherever_it_stands():
    made = finished("systemic")
    first_page, of_plan = texts(made, "Summary"), texts(made, "Plan")
    ends = {end.decision for end in catalogue.phase_ends()}
    said = [text for text in first_page if text in ends]
    assert len(said) == 3
    for decision in said:
        assert [text for text in of_plan if text.startswith(f"{decision} Paid by then: ")]


def test_without_a_path_the_plan_says_which_input_picks_one_and_shows_no_amount():
    made = finished("blank")
    for name in ("Plan", "Cash flow", "Gantt"):
        assert "No path is chosen: pick the path in the plan on the sheet Inputs" in texts(made, name)
    amounts = (("Plan", plan.SUMS), ("Cash flow", cash_flow.whole(made)))
    for name, first in amounts:
        assert not any(row >= first and is_number(cell.value) for (row, _), cell in seen(made.sheets[name]).items())


def test_a_path_that_is_picked_where_nothing_is_recommended_brings_back_what_belongs_to_it():
    picks = {"plan_path": "freelancer", "compare_path": "freelancer", "compare_with": "engineering_partner"}
    made = book([scenario(BLANK)], 0, picks=picks)
    made.finish()
    assert [row for sheet in printed_sheets(made) for row in nothing_below(sheet)] == []
    headings = {"Plan": (plan.SUMS - 2, plan.PHASES - 3), "Cash flow": (cash_flow.title_of_plan(made) + 2,),
                "Sensitivity": (sensitivity.DIFFERENCE - 1, sensitivity.BREAK_EVEN - 1)}  # fmt: skip
    for name, rows in headings.items():
        here, without = seen(made.sheets[name]), seen(finished("blank").sheets[name])
        assert all(here[row, 1].value and here[row, 1].is_ruled for row in rows)
        assert not any(without[row, 1].value or without[row, 1].is_ruled for row in rows)


@pytest.mark.parametrize("case", ["systemic", "long names"])
def test_the_heads_of_cash_flow_are_dark_over_the_fiscal_years_there_are(case):
    made = finished(case)
    heads = {
        column: cell for (row, column), cell in seen(made.sheets["Cash flow"]).items() if row == cash_flow.PATHS - 2
    }
    dark = {column for column, cell in heads.items() if cell.is_dark}
    assert dark == {column for column, cell in heads.items() if cell.value is not None}
    years = sum(str(heads[column].value).startswith("FY") for column in dark)
    first, months = (
        np.datetime64(CASES[case]["project"]["start"], "M"),
        CASES[case]["project"].get("horizon_months", 12),
    )
    assert years == len({(first + month).astype("datetime64[Y]") for month in range(months)})


def test_where_nothing_is_recommended_charts_and_tables_say_so_and_no_mark_is_drawn():
    def shown(case):
        made = finished(case)
        at = ((sensitivity.NAME, 4, 1), (sensitivity.NAME, sensitivity.TORNADO - 1, sensitivity.CHANGES),
              (comparison.NAME, comparison.TOP - 1, comparison.CHARTED))  # fmt: skip
        return [one(made.sheets[sheet].cells[row, column].value) for sheet, row, column in at], made

    said, made = shown("blank")
    assert said[0].startswith("There are no two paths to compare yet: ")
    assert said[1].startswith("Nothing to draw: ")
    assert said[2].endswith("; nothing is recommended)")
    drawn_from = made.sheets[comparison.NAME].charts[0].chart.y_axis.scaling.min
    assert one(made.sheets[comparison.NAME].cells[comparison.TOP + 2, comparison.CHARTED + 3].value) < drawn_from
    said, made = shown("systemic")
    assert not any("no two paths" in text or "Nothing to draw" in text or "nothing is" in text for text in said)
    assert one(made.sheets[comparison.NAME].cells[comparison.TOP + 2, comparison.CHARTED + 3].value) >= drawn_from


def test_a_search_that_found_no_change_says_so_in_its_table():
    for case in ("systemic", "blank"):
        made = finished(case)
        for found, top, none in (
            (made.studies.answers[0], sensitivity.ANSWERS, "no single answer does"),
            (made.studies.values[0], sensitivity.VALUES, "no single figure does"),
        ):
            assert (one(made.sheets[sensitivity.NAME].cells[top + 1, 5].value) == none) == (not found)


def test_every_alert_that_stands_is_listed_where_the_first_page_says():
    made = finished("over budget")
    sheet, row, column = made.names["all_alerts"]
    cells = made.sheets[sheet].cells
    assert (sheet, cells[row, column].value) == ("Decision", ALL_ALERTS)
    standing = int(np.ravel(made.values["alerts_standing"])[0])
    listed = [str(one(cells[row + number, column].value)) for number in range(1, made.size("alert") + 1)]
    assert standing > 1
    assert all(listed[:standing])
    assert not any(listed[standing:])
    assert f"“{ALL_ALERTS}” on the sheet Decision" in str(one(board.further_alerts(np.array([7.0]), np.array([5.0]))))


# Answers


def test_the_questions_stand_in_four_groups_with_the_most_read_ones_first():
    assert [*grouped_questions()] == ["job", "broken", "product", "organisation"]
    assert sorted(key for keys in grouped_questions().values() for key in keys) == sorted(catalogue.questions())
    assert grouped_questions()["job"][0] == "bounded"
    assert grouped_questions()["organisation"][0] == "leadership"


def test_each_answer_keeps_its_name_in_its_row():
    made = finished("systemic")
    for key in catalogue.questions():
        sheet, row, column = made.names[f"answer_{key}"]
        assert (sheet, made.sheets[sheet].cells[row, column - 1].value) == ("Answers", key)
        assert one(made.sheets[sheet].cells[row, column].value) == SYSTEMIC["answers"].get(key, "unknown")


def test_how_many_questions_are_open_is_said_of_all_and_of_each_group():
    made = finished("systemic")
    assert value(made, "open_of_all") == "31 of 35 questions are open."
    assert value(made, "open_in_job") == "The job: 14 of 15 open"
    assert value(made, "open_in_broken") == "What is broken: 4 of 6 open"
    shown = [value(made, name) for name in ("open_and_first", "open_in_job")]
    assert shown[0].startswith("31 of 35 questions are open. Answer first: ")
    assert set(shown) <= set(texts(made, "Answers"))


def test_the_next_questions_are_named_until_the_inputs_change():
    made = finished("systemic")
    asked = [f"“{question}”" for question, swing in made.studies.asked[0][:3] if swing > 0]
    assert value(made, "ask_first_line") == f"Answer first: {', then '.join(asked)}."
    assert [value(made, f"ask_first_{number}") for number in (1, 2, 3)] == asked
    assert value(changed(), "ask_first_line") == value(changed(), "ask_first_1") == OUT_OF_DATE
    assert value(changed(), "ask_first_2") == ""


# Decision and comparison


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("sheet", ["Decision", "Comparison", "Simulation"])
def test_printed_pages_use_no_words_that_only_this_project_knows(case, sheet):
    made = finished(case)
    ids = set(catalogue.gates()) | set(catalogue.lenses()) | {path for path in made.structure.path_ids if "_" in path}
    found = texts(made, sheet)
    assert [text for text in found if text in ids] == []
    assert [text for text in found if JARGON.search(text)] == []


def test_what_was_found_once_is_replaced_and_not_footnoted_when_the_inputs_change():
    for name in ("firmness", "mattering_1"):
        assert value(finished("systemic"), name) != OUT_OF_DATE
        assert value(changed(), name) == OUT_OF_DATE
    would_be = [f"would_be_{path}" for path in finished("systemic").structure.path_ids]
    assert any(value(finished("systemic"), name) for name in would_be)
    assert not any(value(changed(), name) for name in would_be)
    assert OUT_OF_DATE in texts(changed(), "Decision")


@pytest.mark.parametrize("case", CASES)
def test_the_comparison_is_ranked_with_the_recommended_path_as_100_percent(case):
    made = finished(case)
    columns = (1, 2, 3, comparison.LAST, comparison.FIRST)
    rows = [[one(made.sheets["Comparison"].cells[8 + place, column].value) for column in columns]
            for place in range(len(made.structure.paths))]  # fmt: skip
    assert [row[0] for row in rows] == list(range(1, len(rows) + 1))
    standings = [row[2] for row in rows]
    assert standings == sorted(standings, key=lambda standing: standing == "ruled out")
    if at := int(
        made.values["recommended"][0, 0] if made.values["recommended"].ndim > 1 else made.values["recommended"][0]
    ):
        assert rows[0][1:4] == [made.structure.paths[at - 1].label, "recommended", 1.0]
    index = [cell for (row, column), cell in seen(made.sheets["Comparison"]).items() if column == comparison.LAST]
    assert any(cell.value is not None or cell.is_dark or cell.is_ruled for cell in index) == (at > 0)
    costs = [row[4] for row in rows[1:] if row[2] != "ruled out"]
    assert costs == sorted(costs)


# Simulation and sensitivity


def test_the_simulation_is_said_in_a_sentence_that_follows_the_trials():
    made = finished("systemic")
    at = int(np.ravel(made.values["recommended"])[0])
    cells = made.sheets["Simulation"].cells
    p10, _, p80, p90 = (one(cells[13 + at - 1, column].value) for column in (5, 6, 7, 8))
    label = made.structure.paths[at - 1].label
    expected = f"In 8 of 10 cases “{label}” costs between USD {p10:,.0f} and {p90:,.0f}; "
    assert value(made, "range_sentence") == expected + f"to be 80% sure, plan for USD {p80:,.0f}."


def test_without_a_recommended_path_the_sentence_says_so():
    assert value(finished("blank"), "range_sentence").startswith("No path is recommended")


def test_standard_errors_are_not_printed():
    assert not any("Standard error" in text for text in texts(finished("systemic"), "Simulation"))


# Parameters and charts


def test_the_ten_figures_that_matter_most_stand_first_with_their_quality_in_words():
    lines = [value(finished("systemic"), f"mattering_{number}") for number in range(1, 11)]
    assert all(re.search(r"published|published by a seller|derived|assumption|your own figure", line) for line in lines)
    swings = [float(re.search(r"USD ([\d,]+)\.$", line)[1].replace(",", "")) for line in lines]
    assert swings == sorted(swings, reverse=True)
    cells = finished("systemic").sheets["Parameters"].cells
    rows = [row for (row, column), cell in cells.items() if column == 3 and row > 5 and cell.value]
    assert min(rows) > 16


def test_a_default_that_nobody_changed_is_no_figure_of_ones_own():
    given = SYSTEMIC | {"overrides": {"freelancer": {"rate": 95}}, "weights": {"leval": 2}}
    fields = {
        "work.core_hours": figure_quality.OWN,
        "work.specialists": figure_quality.DEFAULT,
        "money.revenue_loss_per_month": figure_quality.OWN,
        "money.leader_rate": "assumption",
        "weights.leval": figure_quality.OWN,
        "weights.prodfirm": figure_quality.DEFAULT,
        "overrides.freelancer.rate": figure_quality.OWN,
        "overrides.freelancer_team.lead_weeks": "published",
    }
    assert {field: figure_quality.quality_of_field(field, scenario(given)) for field in fields} == fields
    based = given | {"work": {"core_hours": 400, "specialists": 2}, "basis": {"work": {"specialists": "own history"}}}
    assert figure_quality.quality_of_field("work.specialists", scenario(based)) == figure_quality.OWN
    assert figure_quality.quality_of_field("work.core_hours", scenario(based)) == figure_quality.DEFAULT


def test_every_axis_of_money_names_the_currency_by_a_cell():
    made = package([scenario(LONG)], 0)
    charts = {name: xml.decode() for name, xml in made.members().items() if name.startswith("xl/charts/chart")}
    assert any("<c:v>EUR</c:v>" in xml for xml in charts.values())
    ours = [p for sheet in finished("long names").sheets.values() if sheet.name in ("Comparison", "Simulation", "Sensitivity")
            for p in sheet.charts]  # fmt: skip
    assert len(ours) >= 6
    assert all(isinstance(picture, Picture) and picture.alt for picture in ours)


def test_no_legend_names_a_series_that_is_there_only_to_push_the_next():
    charts = [picture.chart for sheet in finished("systemic").sheets.values() for picture in sheet.charts]
    pushing = [chart for chart in charts if isinstance(chart, BarChart) and chart.series[0].graphicalProperties.noFill]
    assert len(pushing) == 2
    assert all(chart.legend is None for chart in pushing)


@pytest.mark.parametrize("case", ["systemic", "blank"])
def test_every_chart_has_a_frame_and_a_grid(case):
    for sheet in finished(case).sheets.values():
        for picture in sheet.charts:
            assert picture.chart.graphical_properties is None, sheet.name
            assert picture.chart.y_axis.majorGridlines is not None, sheet.name


@pytest.mark.parametrize("name", ["Summary", "Sensitivity"])
def test_a_figure_of_any_unit_reads_as_a_whole_number_where_it_is_one(name):
    looks = [(cells, look) for cells, _, look in finished("systemic").sheets[name].highlights if look.startswith("in_")]
    percent = [cells for cells, look in looks if look == "in_percent"]
    assert percent
    # A share of 1 is 100%: of two that hold, the first wins.
    assert looks == [(cells, look) for cells in percent for look in ("in_percent", "in_whole")]
    assert "." not in FORMATS[HIGHLIGHTS["in_whole"].shown]


def test_a_share_on_sensitivity_reads_as_percent_whichever_row_it_falls_in():
    sheet = finished("systemic").sheets["Sensitivity"]
    percent = [range_boundaries(cells) for cells, _, look in sheet.highlights if look == "in_percent"]
    shares = [
        row for (row, column), cell in sheet.cells.items() if column == 2 and f"{one(cell.value)}".startswith("share")
    ]
    assert shares
    for row in shares:
        assert any(top <= row <= bottom for _, top, _, bottom in percent)
