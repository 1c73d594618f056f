"""Tables whose length or width depends on the scenario: their heads stand on every page, and no gap is within them."""

import pytest

from calc.scenario import scenario
from tests.write.seen_cells import seen
from workbook.write.build import book
from workbook.write.sheets import cash_flow, decision

GIVEN = {"project": {"name": "Shop", "start": "2026-12-01"}, "answers": {"shifting": "yes"}}
PHASES = [{"work": "core", "model": "freelancer", "share": 1}, {"work": "run", "model": "freelancer_team"}]
OWN = {"own": {"label": "Own path", "phases": PHASES}}


def finished(**more):
    made = book([scenario(GIVEN | more)], 0)
    made.finish()
    return made


def test_the_heads_of_more_paths_than_fit_on_a_page_stand_on_the_next_one_again():
    sheet = finished(paths=OWN).sheets[decision.NAME]
    first, last = sheet.header_rows
    assert [sheet.cells[row, 1].value for row in range(first, last)] == [
        "Why not the others",
        "Path, in the order of the decision",
    ]
    assert sheet.cells[last, 4].value == "share"
    assert sheet.breaks == []


@pytest.mark.parametrize("months", [6, 60])
def test_the_table_of_all_paths_on_cash_flow_has_no_gap_however_few_fiscal_years_there_are(months):
    sheet = finished(project={**GIVEN["project"], "horizon_months": months}).sheets[cash_flow.NAME]
    heads = {column: cell for (row, column), cell in seen(sheet).items() if row == cash_flow.PATHS - 2}
    dark = sorted(column for column, cell in heads.items() if cell.is_dark)
    assert dark == list(range(1, len(dark) + 1))
