"""The functions for Excel, under the name by which the add-in asks for them in every kind of installation."""

from __future__ import annotations

from calc.udfs import *  # noqa: F403
