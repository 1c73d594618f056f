"""The month of peak spend can be calculated from the cells as they are saved, whose weights are rounded."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from calc.quantities.cash import peak_month, peak_weight, place_weight
from workbook.files.digits import FEWER_DIGITS, significant

MONTHS = np.arange(1.0, 61.0)


@given(st.sets(st.integers(1, 60), min_size=1), st.booleans())
def test_the_month_of_peak_spend_is_the_first_of_them_from_rounded_weights_too(peaks, is_rounded_before):
    spend = np.where(np.isin(MONTHS, list(peaks)), 5.0, 1.0)
    weights = place_weight(12, MONTHS)
    saved = significant(weights, FEWER_DIGITS)
    summed = peak_weight(spend, 5.0, 0.005, saved if is_rounded_before else weights)
    for read in (weights, saved):
        assert peak_month(read, summed).item() == min(peaks)
