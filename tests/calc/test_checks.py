"""A check of the workbook fails by a cent, and not by what no number holds."""

import numpy as np

from calc.checks import difference, passed


def test_a_cent_more_or_less_fails_a_check_of_any_figure_that_holds_its_cents():
    figures = np.array([0.0, 1.0, 118_542.37, 1e9])
    for one in (figures + 0.01, figures - 0.01):
        assert not passed(difference(one, figures), figures).any()


def test_the_last_digit_of_a_double_fails_no_check():
    figures = np.array([0.1, 118_542.37, 1e9, 1e13, 1e15, -3e17])
    assert passed(difference(np.nextafter(figures, np.inf), figures), figures).all()


def test_one_too_many_of_a_count_fails_a_check():
    assert not passed(difference(np.array([36.0, 1.0]), np.array([35.0, 0.0])), np.array([35.0, 0.0])).any()
