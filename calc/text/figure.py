"""A figure as people read it, and what is said of one that reads like another."""

# Up to so many decimals, fewer from a hundred on, none from a thousand on. Cells of a workbook show their numbers likewise.
DECIMALS, FEWER, FEWER_FROM, WHOLE_FROM = 4, 2, 100, 1_000


def figure(value: float) -> str:
    """For example 0.375, 24.2, 134.83 or 1,800."""
    # By what is read: 99.99999 reads as 100, and 999.996 as 1,000.
    decimals = DECIMALS if abs(round(value, DECIMALS)) < FEWER_FROM else FEWER
    if abs(round(value, decimals)) >= WHOLE_FROM:
        return f"{value:,.0f}"
    return f"{value:.{decimals}f}".rstrip("0").rstrip(".")


def just_beside(value: float, other: float) -> str:
    """On which side of the other it lies where both read alike, "just above" or "just below"; else an empty text."""
    if value == other or figure(value) != figure(other):
        return ""
    return "just above" if value > other else "just below"
