"""Hourly rates look alike wherever they are entered."""

import io

from openpyxl import load_workbook

from calc.scenario import scenario
from workbook.write.build import build
from workbook.write.edition import Edition

SAYS = {
    "project": {"name": "Rates", "start": "2026-12-01"},
    "work": {"core_hours": 400},
    "overrides": {"freelancer": {"rate": [60, 62.5, 70]}},
}


def test_an_hourly_rate_of_ones_own_shows_its_cents_as_the_leaders_does():
    book = load_workbook(io.BytesIO(build(scenario(SAYS), 0, Edition.light)))
    leader = next(row for row in book["Inputs"].iter_rows() if row[1].value == "money.leader_rate")
    rates = [row for row in book["Parameters"].iter_rows(min_row=6) if row[3].value == "USD/h" and row[4].value]
    own = next(row[8] for row in rates if row[2].value == "freelancer.rate")
    assert own.value == 62.5
    assert ".00" in own.number_format
    assert {cell.number_format for row in rates for cell in row[4:10]} == {leader[2].number_format}
