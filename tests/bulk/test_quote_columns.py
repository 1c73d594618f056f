"""Quotes as columns of a portfolio: `quotes.<vendor>.<field>`, in the rows that have them."""

import pytest

from calc.scenario import Refused
from calc.udfs.scenarios import one_scenario
from workbook.bulk.portfolio import Portfolio

HEAD = "project.name,project.start,quotes.Nord.model,quotes.Nord.rate.low,quotes.Nord.rate,quotes.Nord.rate.high,"
HEAD += "quotes.Nord.milestones,quotes.Best & Co.model,quotes.Best & Co.fee\n"


def portfolio(tmp_path, head, *lines):
    path = tmp_path / "quoted.csv"
    path.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    return Portfolio(path)


def test_each_vendor_with_values_in_a_row_is_a_quote_of_its_scenario(tmp_path):
    both = 'A,2026-12-01,freelancer,80,90,110,"[{""share"": 1, ""at"": 0.5}]",production_firm,20000'
    one = "B,2026-12-01,,,,,,production_firm,21000"
    first, second = (row.scenario() for row in portfolio(tmp_path, HEAD, both, one))
    assert [quote.vendor for quote in first.quotes] == ["Nord", "Best & Co"]
    assert first.quotes[0].rate == (80, 90, 110)
    assert (first.quotes[0].milestones[0].share, first.quotes[0].milestones[0].at) == (1, 0.5)
    assert [(quote.vendor, quote.fee) for quote in second.quotes] == [("Best & Co", 21000)]


def test_a_column_that_no_quote_has_is_refused_with_those_that_there_are(tmp_path):
    with pytest.raises(Refused, match=r"colour.*unknown field.*known: vendor, model, rate"):
        list(portfolio(tmp_path, "project.name,project.start,quotes.Nord.colour\n", "A,2026-12-01,red"))


def test_a_fault_of_a_quote_names_its_columns(tmp_path):
    head = "project.name,project.start,quotes.Nord.model,quotes.Nord.rate,quotes.A & B.model,"
    head += "quotes.A & B.rate.low,quotes.A & B.rate,quotes.A & B.weeks\n"
    [row] = portfolio(tmp_path, head, 'A,2026-12-01,freelancer,"1,234",freelancer,x,90,0')
    with pytest.raises(Refused) as refused:
        row.scenario()
    named = [fault.field for fault in refused.value.faults]
    assert sorted(named) == ["quotes.A & B.rate.low", "quotes.A & B.weeks", "quotes.Nord.rate"]


def test_the_last_part_of_a_column_is_the_field_whatever_dots_a_vendor_has_in_its_name(tmp_path):
    vendor = "Acme Inc. Ltd."
    names = [f"quotes.{vendor}.{field}" for field in ("model", "rate.low", "rate", "rate.high")]
    head = ",".join(["project.name", "project.start", *names]) + "\n"
    [row] = portfolio(tmp_path, head, "A,2026-12-01,freelancer,80,90,110")
    [quote] = row.scenario().quotes
    assert (quote.vendor, quote.rate) == (vendor, (80, 90, 110))
    said = (("model", "freelancer"), ("rate.low", 80), ("rate", 90), ("rate.high", 110))
    rows = [[f"quotes.{vendor}.{field}", value] for field, value in said]
    assert one_scenario(rows).scenario.quotes == row.scenario().quotes
