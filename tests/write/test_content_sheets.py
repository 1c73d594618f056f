"""Criteria, checklists and sources: everything that the data says is in the workbook, with its source, and is fit to use."""

import re

import numpy as np
import pytest
from openpyxl.utils import column_index_from_string

from calc import catalogue
from calc.model import CASES
from calc.scenario import scenario
from tests import engines
from tests.engines import ironcalc_engine
from workbook.files.address import column_letters
from workbook.write import build
from workbook.write.edition import Edition
from workbook.write.sheets import checklists, criteria, sources, worked_examples

SHEETS = (criteria, checklists, worked_examples, sources)
GIVEN = {
    "project": {"name": "Content", "start": "2026-12-01", "currency": "EUR", "usd_rate": 0.9},
    "overrides": {"freelancer": {"rework": 0.33}},
    "answers": {"shifting": "yes"},
}


@pytest.fixture(scope="module")
def book():
    made = build.book([scenario(GIVEN)])
    made.finish()
    return made


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """The same workbook as a file."""
    place = tmp_path_factory.mktemp("content") / "content.xlsx"
    place.write_bytes(build.build(scenario(GIVEN), 0, Edition.light))
    return place


def row_of(sheet, text, below=0):
    """The first row with this text in its first column."""
    first = {row: cell.value for (row, column), cell in sheet.cells.items() if column == 1 and row > below}
    return min(row for row, value in first.items() if isinstance(value, str) and value == text)


def row_values(sheet, row):
    return {column: cell.value for (at, column), cell in sheet.cells.items() if at == row}


# Criteria


def test_every_table_of_the_articles_stands_in_the_workbook_row_by_row_with_its_source(book):
    sheet = book.sheets[criteria.NAME]
    for table in catalogue.criteria().values():
        top = row_of(sheet, table.title)
        head = row_values(sheet, top + 1)
        assert [head[column] for column in (1, 2, 3, 8)] == [*table.columns, table.citation]
        for row, criterion in enumerate(table.rows, top + 2):
            values = row_values(sheet, row)
            assert [values[column] for column in (1, 2, 3)] == [
                criterion.criterion,
                criterion.freelancer,
                criterion.alternative,
            ]
            assert all(reference.citation in values[8] for reference in criterion.references)


def test_a_criterion_with_a_figure_shows_it_live_with_its_unit_for_both_sides(book):
    sheet = book.sheets[criteria.NAME]
    shown = 0
    for table in catalogue.criteria().values():
        top = row_of(sheet, table.title)
        for row, criterion in enumerate(table.rows, top + 2):
            live = [sheet.cells.get((row, column)) for column in (5, 6)]
            if criterion.metric:
                assert all(cell.formula and cell.value not in (None, "") for cell in live), criterion.criterion
                assert sheet.cells[row, 4].value
                assert sheet.cells[row, 7].value
                shown += 1
            else:
                assert [cell.value for cell in live] == [None, None]
    assert shown > 20


def live_figures(sheet, title, criterion):
    row = row_of(sheet, criterion, below=row_of(sheet, title))
    return [sheet.cells[row, column].value for column in (5, 6)], sheet.cells[row, 7].value


def test_the_figures_beside_the_words_are_those_of_the_project(book):
    sheet = book.sheets[criteria.NAME]
    partner = "Senior freelancer against dedicated engineering partner"
    assert live_figures(sheet, partner, "Hourly rate") == (pytest.approx([100 * 0.9, 160 * 0.9]), "EUR/h")
    assert live_figures(sheet, partner, "Contribution to the architecture") == ([0.3, 0], "share")
    firm = "Freelancer against production engineering firm"
    assert live_figures(sheet, firm, "Documentation") == (["no", "yes"], "yes/no")
    # A firm charges a fee, not a rate: 25,000 USD for 183 hours as specified.
    assert live_figures(sheet, firm, "Cost per task") == (pytest.approx([90, 25000 / 183 * 0.9]), "EUR/h")
    team = "Four patterns where a fixed-price shop is ahead"
    assert live_figures(sheet, team, "Work runs in parallel") == (pytest.approx([5, 0.5]), "h/week/person")


def test_totals_and_weeks_beside_the_words_are_those_of_the_paths_with_one_model(book):
    sheet, paths = book.sheets[criteria.NAME], book.structure.path_ids
    firm = "Freelancer against production engineering firm"
    for criterion, key in (("Total cost over 6 months", "total"), ("Timeline", "weeks_to_stable")):
        expected = [book.values[key][0, paths.index(path)] for path in ("freelancer", "production_firm")]
        assert live_figures(sheet, firm, criterion)[0] == pytest.approx(expected)


def test_the_figures_beside_the_words_follow_the_case(book, path):
    engines.need(ironcalc_engine)
    sheet, row, column = book.names["case"]
    recalculated = ironcalc_engine.recalculate(path, {(sheet, f"{column_letters(column)}{row}"): "worst"})
    worst = book.model.evaluate([scenario(GIVEN)], ["total"], CASES[2])["total"][0]
    row = row_of(book.sheets[criteria.NAME], "Total cost over 6 months")
    paths = [book.structure.path_ids.index(path) for path in ("freelancer", "production_firm")]
    assert [recalculated[criteria.NAME, f"{letter}{row}"] for letter in "EF"] == pytest.approx(list(worst[paths]))


# Checklists


def test_every_point_of_every_checklist_stands_in_the_workbook_with_its_source(book):
    sheet = book.sheets[checklists.NAME]
    for checklist in catalogue.checklists().values():
        top = row_of(sheet, checklist.title)
        assert sheet.cells[top + 1, 1].value == checklist.purpose
        for row, item in enumerate(checklist.items, top + 2):
            values = row_values(sheet, row)
            assert [values[column] for column in (1, 2, 3, 4)] == [item.text, item.detail, "open", None]
            assert values[5] == (item.template or item.good or None)
            assert values[6] == (item.bad or None)
            assert values[7] == "; ".join(reference.citation for reference in checklist.references_of(item))


def test_every_cell_to_fill_in_says_what_goes_into_it_and_takes_what_stands_in_it(book):
    sheet = book.sheets[checklists.NAME]
    ruled = dict(sheet.validations)
    to_fill = {place: cell for place, cell in sheet.cells.items() if cell.style.startswith("input")}
    assert set(ruled) == set(to_fill)
    for place, rule in ruled.items():
        assert 0 < len(rule["prompt"]) <= 255
        assert 0 < len(rule["promptTitle"]) <= 32
        assert 0 < len(rule["error"]) <= 255
        value = to_fill[place].value
        if rule["type"] == "list":
            assert value in rule["formula1"].strip('"').split(",")
        else:
            assert len(value or "") <= int(rule["formula2"])
            assert rule["allow_blank"]


def test_a_template_of_more_than_255_characters_still_fits(book):
    rules = [
        rule for _, rule in book.sheets[checklists.NAME].validations if rule["promptTitle"] == "Text to copy and edit"
    ]
    assert len(rules) == 5
    assert {rule["formula2"] for rule in rules} == {"2000"}
    assert {rule["type"] for rule in rules} == {"textLength"}


def test_what_a_team_writes_on_a_checklist_stays_text(book):
    """A note may begin with an equals sign; the cell is formatted as text and quoted."""
    cells = book.sheets[checklists.NAME].cells
    notes = [cell for (_, column), cell in cells.items() if column == 4 and cell.style.startswith("input")]
    assert len(notes) == sum(len(checklist.items) for checklist in catalogue.checklists().values())
    assert {(cell.style, cell.format) for cell in notes} == {("input_text", "text")}


def test_the_four_questions_to_a_shop_have_a_good_and_a_bad_answer_each(book):
    sheet = book.sheets[checklists.NAME]
    top = row_of(sheet, "Four questions to a fixed-price shop")
    for row in range(top + 2, top + 6):
        assert sheet.cells[row, 5].value
        assert sheet.cells[row, 6].value


# Sources


def test_every_figure_stands_in_the_workbook_with_range_unit_source_and_use(book):
    sheet = book.sheets[sources.NAME]
    for figure in catalogue.figures().values():
        values = row_values(sheet, row_of(sheet, figure.label))
        assert [values[column] for column in (2, 3, 4, 5)] == [figure.low, figure.likely, figure.high, figure.unit]
        assert all(reference.citation in values[6] for reference in figure.references)
        assert values[8] == sources.becomes(figure)


def test_what_uses_a_figure_is_named_in_words():
    assert sources.use("freelancer.rate") == "Freelancer: Hourly rate"
    assert sources.use("gate:small_and_clear") == "gate: Small and clear"
    assert sources.use("question:long") == f"question: {catalogue.questions()['long'].short}"
    assert sources.use("path:pilot_then_partner") == "path: Pilot, then the partner"
    assert sources.use("example:overrun") == "worked example: Overrun"
    assert sources.use("setting:under_gate_budget") == f"setting: {catalogue.settings()['under_gate_budget'].label}"
    assert sources.use("story:task_cost") == "story: A task costs 500 to 3,000 with a freelancer"
    assert sources.use("plan:engineering_partner.audit") == "plan: Pilot"
    assert sources.use("checklist:hidden_costs") == "checklist: Five hidden costs of freelancers"
    assert sources.use("criteria:prodfirm_criteria") == "criteria: Freelancer against production engineering firm"


def test_a_figure_from_which_nothing_is_calculated_says_that_it_is_shown_only():
    figures = catalogue.figures()
    assert figures["freelancer_rate"].effect == "calculated from"
    assert figures["serial_example_spend"].effect == "compared with"
    assert figures["criterion_recall"].effect == "shown only"
    assert sources.becomes(figures["criterion_recall"]) == "shown only: checklist: Scope a feature for a fixed price"
    assert sources.becomes(figures["serial_example_users"]) == "shown only, here"
    assert sources.becomes(figures["serial_example_spend"]).startswith("compared only: story: Three freelancers")


def test_every_contradiction_stands_with_both_sides_and_what_is_done_about_it(book):
    sheet = book.sheets[sources.NAME]
    for contradiction in catalogue.contradictions().values():
        values = row_values(sheet, row_of(sheet, contradiction.title))
        first, *others = contradiction.sides
        assert values[6] == sources.quoted_side(first)
        assert values[7].split("\n") == [sources.quoted_side(side) for side in others]
        assert values[8] == contradiction.treatment


def test_every_article_stands_with_its_key_and_what_it_compares(book):
    sheet = book.sheets[sources.NAME]
    for key, source in catalogue.sources().items():
        values = row_values(sheet, row_of(sheet, source.title))
        assert values[6] == key
        assert values[7] == ", ".join(source.compares)


# All four


@pytest.mark.parametrize("module", SHEETS)
def test_words_fit_their_cells(book, module):
    """What does not wrap may run on over empty cells only, and not past the last column."""
    sheet = book.sheets[module.NAME]
    last = max(sheet.widths)
    for (row, column), cell in sheet.cells.items():
        if not isinstance(cell.value, str) or cell.style not in ("text", "purpose", "section", "title"):
            continue
        room, at = sheet.widths[column], column + 1
        while at <= last and row_values(sheet, row).get(at) is None:
            room, at = room + sheet.widths[at], at + 1
        size = {"section": 1.3, "title": 1.8}.get(cell.style, 1.0)
        assert len(cell.value) * size * 0.9 <= room, f"row {row}: {cell.value}"


@pytest.mark.parametrize("module", SHEETS)
def test_formulas_read_what_stands_above_or_to_the_left_and_hold_no_figures(book, module):
    sheet = book.sheets[module.NAME]
    for (row, column), cell in sheet.cells.items():
        if cell.formula is None:
            continue
        formula = re.sub(r'"[^"]*"', '""', cell.formula)
        for place, letters, number in re.findall(r"(!?)\$?([A-Z]{1,2})\$?(\d+)(?![\d(])", formula):
            if not place:
                read = column_index_from_string(letters)
                assert int(number) < row or (int(number) == row and read < column), cell.formula
        numbers = re.findall(r"(?<![A-Z$\d.])\d+(?:\.\d+)?", re.sub(r"('[^']*'|\w+)!", "", formula))
        assert set(numbers) <= {"0", "1", "2", "9", "12", "52"}, cell.formula


@pytest.mark.parametrize("module", SHEETS)
def test_no_number_is_stored_as_text(book, module):
    texts = [cell.value for cell in book.sheets[module.NAME].cells.values() if isinstance(cell.value, str)]
    assert [text for text in texts if re.fullmatch(r"[-+]?[\d.,]+%?", text)] == []


@pytest.mark.parametrize("module", [checklists, sources])
def test_sheets_of_words_calculate_nothing_but_the_master_check(book, module):
    formulas = [place for place, cell in book.sheets[module.NAME].cells.items() if cell.formula]
    assert formulas == [(3, 1)]


@pytest.mark.parametrize("module", SHEETS)
def test_a_head_stays_in_sight_and_names_every_column(book, module):
    sheet = book.sheets[module.NAME]
    assert sheet.freeze == (6, 2)
    # The heads are repeated on every page, with the title or alone.
    assert sheet.header_rows in ((1, 5), (5, 5))
    assert all(sheet.cells[5, column].value for column in sheet.widths)
    assert {sheet.cells[5, column].style for column in sheet.widths} <= {"head", "head_left"}


def test_only_the_checklists_have_cells_to_fill_in(book):
    for module in (criteria, worked_examples, sources):
        assert not [cell for cell in book.sheets[module.NAME].cells.values() if cell.style.startswith("input")]
        assert not book.sheets[module.NAME].validations


def test_many_scenarios_at_once_show_each_its_own_figures():
    other = GIVEN | {"project": GIVEN["project"] | {"usd_rate": 1.8}}
    made = build.book([scenario(GIVEN), scenario(other)])
    made.finish()
    values, _ = live_figures(
        made.sheets[criteria.NAME], "Senior freelancer against dedicated engineering partner", "Hourly rate"
    )
    assert np.allclose(values[0], [90, 180])


# Stories


def test_every_story_stands_with_the_articles_figure_the_models_and_the_verdict(book):
    sheet = book.sheets[worked_examples.NAME]
    for key, claim in catalogue.claims().items():
        played, values = catalogue.played()[key], row_values(sheet, row_of(sheet, claim.claim))
        assert values[2] == (claim.unit or "path")
        if claim.figures:
            assert {values.get(3), values.get(4)} - {None} == {played.low, played.high}
            assert {values.get(5), values.get(6)} - {None} == set(claim.range)
        assert (values[8], values[9]) == (int(played.verdict == "agrees"), played.verdict)
        assert values[10].startswith(claim.citation)
        assert claim.why.rstrip(".") in values[10]


def test_the_stories_say_that_they_follow_no_input_and_how_many_agree(book):
    sheet = book.sheets[worked_examples.NAME]
    top = row_of(sheet, "Stories of the articles, played through the model")
    assert "follow no input" in sheet.cells[top + 1, 1].value
    verdicts = [played.verdict for played in catalogue.played().values()]
    for label, word in (("Claims that agree", "agrees"), ("Claims that differ", "differs")):
        assert sheet.cells[row_of(sheet, label), 3].value == verdicts.count(word)
