"""The macros of the buttons, under the name by which the add-in asks for them in every kind of installation."""

from __future__ import annotations

from workbook.buttons.classic import *  # noqa: F403
