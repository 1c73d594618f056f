"""What the articles claim, against what the workbook makes of their inputs. The figures below stand in the specification."""

import math
import re

import pytest

from calc import catalogue, worked_examples
from calc.scenario import scenario
from tests import engines
from tests.engines import cells, ironcalc_engine
from workbook.write import build
from workbook.write.edition import Edition
from workbook.write.sheets import worked_examples as sheet_module

NAME = sheet_module.NAME


GIVEN = {"project": {"name": "Claims", "start": "2026-12-01"}}


@pytest.fixture(scope="module")
def sheet():
    book = build.book([scenario(GIVEN)])
    book.finish()
    return book.sheets[NAME]


@pytest.fixture(scope="module")
def rows(sheet):
    """(title of the example, label of an input or figure) -> row."""
    titles = {sheet_module.title(example) for example in catalogue.worked().values()}
    found, title = {}, None
    for (row, column), cell in sorted(sheet.cells.items()):
        if column == 1 and cell.style == "section":
            title = cell.value if cell.value in titles else None
        elif column == 1 and title and cell.style in ("label", "label_strong"):
            assert (title, cell.value) not in found, "a label stands twice in one table"
            found[title, cell.value] = row
    return found


@pytest.fixture
def shown(sheet, rows):
    """Ours as a text in the given form: one value, or low and high end."""

    def read(title, label, form):
        row = rows[title, label]
        ours = [sheet.cells.get((row, column)) for column in (3, 4)]
        ours = [cell for cell in ours if cell is not None and cell.value is not None]
        assert all(cell.formula for cell in ours), "not live"
        assert (sheet.cells[row, 8].value, sheet.cells[row, 9].value) == (1, "agrees")
        return " to ".join(format(float(cell.value), form) for cell in ours)

    return read


def test_550_hours_for_400_estimated_are_an_overrun_of_37_5_percent_not_30(shown):
    assert shown("Overrun", "Overrun, share of the estimate", "+.1%") == "+37.5%"
    assert shown("Overrun", "Overrun, share of the actual hours", ".1%") == "27.3%"


def test_fixing_the_integration_cost_more_than_a_third_of_the_first_invoice(shown):
    assert shown("Fix up", "Paid in all", ",.0f") == "55,000"
    assert shown("Fix up", "Fix, share of the first invoice", ".1%") == "37.5%"


def test_40000_in_six_weeks_is_about_three_working_days_a_week_for_each_of_three_people(shown):
    assert shown("Utilisation", "Hours invoiced", ".0f") == "436"
    assert shown("Utilisation", "Hours per week and person", ".1f") == "24.2"


def test_three_roles_in_equal_parts_cost_80_to_110_an_hour(shown):
    assert shown("Role mix", "Mean rate of the three roles", ".0f") == "80 to 110"
    assert shown("Role mix", "Price of the estimated hours", ",.0f") == "32,000 to 44,000"
    assert shown("Role mix", "Price of the actual hours", ",.0f") == "44,000 to 60,500"


def test_a_shop_saves_a_third_to_a_half_of_what_us_freelancers_cost(shown):
    assert shown("Shop saving", "Saving, share of the freelancers' price", ".0%") == "33% to 53%"


def test_losing_a_freelancer_at_month_two_costs_a_third_to_half_of_the_schedule(shown):
    assert shown("Lost freelancer", "Delay, share of the schedule", ".0%") == "35% to 46%"


def test_losing_a_freelancer_at_month_two_costs_a_quarter_to_a_third_of_the_budget(shown):
    assert shown("Lost freelancer", "Extra cost, share of the budget", ".0%") == "25% to 33%"


def test_an_engagement_of_25000_costs_as_much_as_250_freelance_hours(shown):
    assert shown("Break even hours", "Break-even at 100 an hour", ".0f") == "250"
    assert shown("Break even hours", "Break-even at 150 to 80 an hour", ".1f") == "166.7 to 312.5"


def test_an_employed_senior_engineer_costs_15000_to_20833_a_month(shown):
    assert shown("Full time month and hour", "Cost a month", ",.0f") == "15,000 to 20,833"


def test_an_employed_senior_engineer_costs_86_to_120_a_paid_hour(shown):
    assert shown("Full time month and hour", "Cost of a paid hour", ".1f") == "86.5 to 120.2"


def test_a_partner_pays_off_once_freelancers_cause_two_thirds_to_as_much_again_in_overhead(shown):
    assert shown("Partner premium", "Premium at matching ends", ".0%") == "67% to 100%"
    assert shown("Partner premium", "Premium at the midpoints", "+.1%") == "+77.8%"


def test_a_firm_is_stable_7_to_22_weeks_before_freelancers(shown):
    assert shown("Time saved", "Time saved by the firm", ".0f") == "7 to 22"


def test_a_serial_spend_buys_10_to_20_tasks(shown):
    assert shown("Tasks in a serial spend", "Tasks in the spend", ".0f") == "10 to 20"


def test_a_bounded_data_job_of_40_hours_costs_4000(shown):
    assert shown("Bounded data job", "Price of the job", ",.0f") == "4,000"


def test_every_example_with_every_input_and_figure_is_on_its_sheet(sheet, rows):
    for example in catalogue.worked().values():
        title = sheet_module.title(example)
        claims = [cell for cell in sheet.cells.values() if cell.value == example.claim]
        assert len(claims) == 1
        for label, (name, ends) in sheet_module.inputs(example).items():
            row = rows[title, label]
            stand = [sheet.cells[row, column] for column in range(3, 3 + len(ends))]
            assert [cell.value for cell in stand] == ends
            assert {cell.style for cell in stand} == {"published"}
            assert sheet.cells[row, 2].value == worked_examples.INPUTS[name][1]
            assert sheet.cells[row, 10].value, "an input without a source"
        for figure in example.figures:
            row = rows[title, figure.label]
            assert sheet.cells[row, 2].value == figure.unit
            assert sheet.cells[row, 5].value == figure.source_low
            if figure.is_range:
                assert sheet.cells[row, 6].value == figure.source_high


def test_every_claim_names_source_and_place(sheet):
    cited = " ".join(cell.value for (_, column), cell in sheet.cells.items() if column == 10 and cell.value)
    for example in catalogue.worked().values():
        assert example.citation in cited
        assert all(reference.citation in cited for reference in example.references)


def test_the_formula_that_the_sheet_shows_in_words_is_the_one_that_it_calculates():
    used = set()
    for example in catalogue.worked().values():
        for figure in example.figures:
            function = worked_examples.FORMULAS[figure.formula]
            used.add(figure.formula)
            for end in (0, 1):
                given = {name: figure.ends(name)[end] for name in figure.inputs}
                by_words = eval(figure.formula, {"__builtins__": {}}, given)
                assert math.isclose(function(**given), by_words, rel_tol=1e-12)
    assert used == set(worked_examples.FORMULAS), "a formula that no example uses"


def test_the_same_formula_stands_at_the_low_and_at_the_high_end(sheet):
    for (row, column), cell in sheet.cells.items():
        high = sheet.cells.get((row, 4))
        if column == 3 and cell.formula and high is not None and high.formula:
            assert high.formula == _moved(cell.formula), f"row {row}"


def _moved(formula):
    """The formula one column to the right: what is absolute stays."""
    return re.sub(r"(?<!\$)\bC(?=\$)", "D", formula)


def test_a_claim_that_no_longer_holds_is_shown_as_differing(rows, tmp_path):
    engines.need(ironcalc_engine)
    path = tmp_path / "claims.xlsx"
    path.write_bytes(build.build(scenario(GIVEN), 0, Edition.light))
    typed = (NAME, f"C{rows['Bounded data job', 'Rate']}")
    found = ironcalc_engine.recalculate(path, {typed: 90})
    row = rows["Bounded data job", "Price of the job"]
    assert [found[NAME, f"{column}{row}"] for column in "CHI"] == [3600, 0, "differs"]
    saved, _ = cells.read_cached(path)
    count = next(key[1] for key, value in saved.items() if key[0] == NAME and value == "Figures that differ")
    assert saved[NAME, count.replace("A", "C")] == 0
    assert found[NAME, count.replace("A", "C")] == 1
