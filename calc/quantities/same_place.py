"""The same scope with everybody in the US, so that nobody takes geography for the virtue of a model.

Every price of a phase, of the feature work, of the retainer is one price of its model, and no time depends on it. So the
cost in the US follows from what is paid, in present value, and how much that one price would rise; nothing is evaluated a
second time. Shapes: (..., phase) and (..., path). Source: docs/model.md, "Same place".
"""

from calc.quantity import quantity
from calc.reductions import summed


def months_until_horizon(start, month, in_horizon, discount_factor):
    """Months from a start to the horizon, each counted at its discount factor. All but start: (..., month).

    A month in which it starts counts from there on. In a cell this is a sum of products, which compares but takes no minimum.
    """
    passed = month - start
    counted = (passed > 0) * (passed < 1) * passed + (passed >= 1)
    return summed(counted * in_horizon * discount_factor)


@quantity("phase", unit="factor", label="Discount factor of the phase")
def phase_factor(start_month, end_month, all_month, all_in_horizon, all_discount_factor, within, horizon_factor):
    """Present value of one unit spread over the phase; what lies past the horizon counts as at the horizon."""
    from_start = months_until_horizon(start_month, all_month, all_in_horizon, all_discount_factor)
    from_end = months_until_horizon(end_month, all_month, all_in_horizon, all_discount_factor)
    return (from_start - from_end) / (end_month - start_month) + (1 - within) * horizon_factor


@quantity("phase", unit="factor", label="Price in the US")
def phase_price_in_us(in_us_of_price):
    """What the phase's price would be in the US for one unit that it is now."""
    return in_us_of_price


@quantity("phase", unit="currency", label="More in the US")
def phase_more_in_us(phase_price_in_us, phase_paid, phase_factor):
    """Present value of what the phase would cost more if its people were in the US."""
    return (phase_price_in_us - 1) * phase_paid * phase_factor


@quantity("path", unit="months", label="Months of features, discounted")
def run_months_present(run_start, all_month, all_in_horizon, all_discount_factor):
    """Months of feature work within the horizon, in present value."""
    return months_until_horizon(run_start, all_month, all_in_horizon, all_discount_factor)


@quantity("path", unit="months", label="Stable months, discounted")
def stable_months_present(core_end, all_month, all_in_horizon, all_discount_factor):
    """Months of the horizon after the core work is done, in present value."""
    return months_until_horizon(core_end, all_month, all_in_horizon, all_discount_factor)


@quantity("path", unit="months", label="Months of support, discounted")
def support_months_present(support_start, all_month, all_in_horizon, all_discount_factor):
    """Months of paid support within the horizon, in present value."""
    return months_until_horizon(support_start, all_month, all_in_horizon, all_discount_factor)


@quantity("path", unit="factor", label="Discount factor of a rewrite")
def rewrite_factor(rewrite_start, all_month, all_in_horizon, all_discount_factor, rewrite_owed, horizon_factor):
    """Present value of one unit spread over the month of a rewrite; what is owed past the horizon counts as at it."""
    from_start = months_until_horizon(rewrite_start, all_month, all_in_horizon, all_discount_factor)
    from_end = months_until_horizon(rewrite_start + 1, all_month, all_in_horizon, all_discount_factor)
    return from_start - from_end + rewrite_owed * horizon_factor


@quantity("path", unit="currency", label="Core work, more in the US")
def core_more_in_us(path, all_path_number, all_is_core, all_paid_work, all_phase_price_in_us):
    """What is paid for the core work more if its people were in the US: a rewrite repeats it."""
    return summed((all_path_number == path) * all_is_core * all_paid_work * (all_phase_price_in_us - 1))


@quantity("path", unit="currency", label="Features, more in the US")
def features_more_in_us(
    in_us_of_run_price,
    run_monthly,
    run_replacement_monthly,
    run_months_present,
    run_owed,
    run_hiring_monthly,
    run_hiring,
    run_starts,
    horizon_factor,
):
    """Present value of what the feature work would cost more if its people were in the US."""
    monthly = (run_monthly + run_replacement_monthly) * (run_months_present + run_owed * horizon_factor)
    hired = run_hiring_monthly * run_months_present + run_hiring * (1 - run_starts) * horizon_factor
    return (in_us_of_run_price - 1) * (monthly + hired)


@quantity("path", unit="currency", label="Care, more in the US")
def care_more_in_us(
    in_us_of_retainer_price,
    retainer_monthly,
    stable_months_present,
    phase_price_in_us_of_last_core,
    support_monthly,
    support_months_present,
    care_owed,
    horizon_factor,
):
    """Present value of what retainer and support would cost more if their people were in the US."""
    retained = retainer_monthly * (stable_months_present + care_owed * horizon_factor)
    supported = support_monthly * (support_months_present + care_owed * horizon_factor)
    return (in_us_of_retainer_price - 1) * retained + (phase_price_in_us_of_last_core - 1) * supported


@quantity("path", unit="currency", label="Same scope, everybody in the US")
def same_place(
    path,
    all_path_number,
    all_phase_more_in_us,
    same_scope,
    features_more_in_us,
    care_more_in_us,
    rewrite_chance,
    core_more_in_us,
    rewrite_factor,
):
    """Cost of the same scope with everybody in the US; one's own prices stay as they are."""
    of_phases = summed((all_path_number == path) * all_phase_more_in_us)
    return (
        same_scope
        + of_phases
        + features_more_in_us
        + care_more_in_us
        + rewrite_chance * core_more_in_us * rewrite_factor
    )
