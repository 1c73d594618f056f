"""Numbers and dates in texts are read where they can mean one thing only."""

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.scenario.date_text import date_of_serial, date_of_text
from calc.scenario.number_text import number
from calc.scenario.unclear_value import UnclearValueError
from tests.receive.reading.filled_in import (
    DATES,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("400", 400), ("12,5", 12.5), ("12.5", 12.5), ("(500)", -500), ("500-", -500), ("−3", -3), ("1 234", 1234),
        ("1\u00a0234,50", 1234.5), ("1\u202f234\u202f567", 1234567), ("1.234,56", 1234.56), ("1,234.56", 1234.56),
        ("1,234,567", 1234567), ("1.234.567", 1234567), ("1'234.5", 1234.5), ("0,123", 0.123), ("1234,567", 1234.567),
        (",5", 0.5), ("5.", 5), ("130,-", 130), ("1 400,--", 1400), ("400.-", 400), ("1e3", 1000), ("1,2340", 1.234), ("\u200b7\ufeff", 7), ("12 h", 12), ("12h", 12),
    ],
)  # fmt: skip
def test_a_number_in_a_text_is_read_where_it_can_mean_one_thing_only(text, value):
    assert number(text, "h") == value


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("1,234", "did you mean 1234 or 1.2340?"), ("1.234", "did you mean 1234 or 1.2340?"), ("-12,345", "did you mean 12345 or 12.3450?"),
        ("15%", "a percentage, where a number is meant"), ("€ 5", "an amount of money, where none is meant"), ("twelve", ""), ("", ""),
        ("1,23,456", ""), ("1.2.3", ""), ("300-400", ""), ("ca. 400", ""), ("400 days", ""), ("1 23", ""), ("0x10", ""), ("--5", ""),
        ("inf", ""), ("nan", ""), ("1_000", ""), ("9" * 100, ""), ("1,234,56", ""), ("5 %%", ""), ("٣", ""),
        ("(-8000)", ""), ("(500-)", ""), ("-5-", ""), ("5,-3", ""), ("1.400,--", "did you mean 1400 or 1.4?"), ("1e400", ""),
    ],
)  # fmt: skip
def test_a_number_in_a_text_is_asked_where_it_is_doubtful(text, question):
    with pytest.raises(UnclearValueError) as caught:
        number(text, "h")
    assert caught.value.question == question


@pytest.mark.parametrize(
    ("text", "value"), [("15%", 0.15), ("12,5 %", 0.125), ("0.1", 0.1), ("7\u00a0%", 0.07), ("%15", 0.15)]
)
def test_a_share_may_be_a_percentage(text, value):
    assert number(text, "share", share=True) == value


@pytest.mark.parametrize("text", ["€ 95", "95 EUR", "95 €/h", "EUR 95/h", "95/h"])
def test_an_amount_may_bear_its_currency_and_unit(text):
    assert number(text, "currency/h", "EUR") == 95


@pytest.mark.parametrize("text", ["$ 95", "95 USD", "£95"])
def test_an_amount_in_another_currency_is_asked(text):
    with pytest.raises(UnclearValueError, match=r"95") as caught:
        number(text, "USD/h", "EUR")
    assert caught.value.question == "is it meant in EUR, the currency of this scenario?"


@pytest.mark.parametrize("text", DATES)
def test_a_date_in_a_text_is_read(text):
    assert date_of_text(text) == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("12/01/2026", "did you mean 2026-01-12 or 2026-12-01?"), ("1/2/26", ""), ("2026", ""), ("soon", ""), ("31.02.2026", ""),
        ("13/13/2026", ""), ("2026-13-01", ""), ("1 Ju 2026", ""),
    ],
)  # fmt: skip
def test_a_date_in_a_text_is_asked_where_it_is_doubtful(text, question):
    with pytest.raises(UnclearValueError) as caught:
        date_of_text(text)
    assert caught.value.question == question


def test_a_slash_is_no_doubt_where_only_one_order_gives_a_day():
    assert date_of_text("31/12/2026") == date_of_text("12/31/2026") == date(2026, 12, 31)


def test_a_number_that_reads_like_a_date_is_asked():
    with pytest.raises(UnclearValueError) as caught:
        date_of_serial(20261201.0)
    assert caught.value.question == "did you mean 2026-12-01?"


@given(st.text(max_size=40))
def test_no_text_brings_a_number_or_a_date_down(text):
    for reads in (lambda: number(text, "currency/h", "EUR", True), lambda: date_of_text(text)):
        with contextlib.suppress(UnclearValueError):
            assert reads() is not None
