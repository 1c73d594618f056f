"""The result of a search for a break-even."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Crossing:
    """Where one path becomes cheaper than the other.

    at: the estimate or the month; cheaper: the path that leads from there on.
    """

    at: float
    cheaper: str
