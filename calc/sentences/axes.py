"""The titles of the axes of charts. code: the project's currency."""

from __future__ import annotations

from calc.text.live import joined


def money(code):
    """An amount."""
    return joined(code, "")


def money_per_hour(code):
    """An amount for an hour of core work."""
    return joined(code, " per hour")
