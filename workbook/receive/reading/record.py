"""Compares the answers that the sheet Record keeps from when the workbook was made with those of today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from calc.scenario.unclear_value import UnclearValueError
from workbook.receive.intake import Book
from workbook.receive.reading.expected_inputs import Field
from workbook.receive.reading.tables import tables, text_at

ANSWERS = "answers."
VALUE = "When it was made"
WITH_ENDS = "overrides."
OF_DECISION = "overrides.decision."
NOT_GIVEN = ("", "unknown")
MOST_NAMED = 6


def answers_gone(book: Book, values: Mapping[tuple[str, str], Any]) -> str | None:
    """A note on answers that the record has and the workbook no longer has; None where it has them all.

    values: field and end -> the present value of its cell. Raises UnclearValueError where not one answer is left of
    several that were there: nobody empties every cell, but files are damaged like that.
    """
    then = {field for field, text in _recorded(book) if text.casefold() not in NOT_GIVEN}
    now = {dotted for (dotted, _), value in values.items() if dotted.startswith(ANSWERS) and value}
    gone = sorted(then - now)
    if not gone:
        return None
    counted = f"{len(gone)} of the {len(then)} answers that it was made with"
    if not now and len(then) > 1:
        raise UnclearValueError(f"every answer cell is empty: {counted} are gone", "if that is meant, type unknown")
    named = first_named([field.removeprefix(ANSWERS) for field in gone])
    return f"{counted} are empty now and count as unknown: {named}"


def first_named(fields: Sequence[str]) -> str:
    """The first few fields by name, and how many more there are."""
    more = f" and {len(fields) - MOST_NAMED} more" if len(fields) > MOST_NAMED else ""
    return f"{', '.join(fields[:MOST_NAMED])}{more}"


def recorded_key(one: Field, end: str) -> str:
    """How Record calls a cell: money.budget, work.core_hours.low, overrides.freelancer.rate.likely."""
    plain = end == "likely" and (not one.dotted.startswith(WITH_ENDS) or one.dotted.startswith(OF_DECISION))
    return one.dotted if plain else f"{one.dotted}.{end}"


def _recorded(book: Book) -> list[tuple[str, str]]:
    for table in tables(book, "Record")[:1]:
        column = table.columns[VALUE]
        return [
            (key, text_at(table.sheet, rows[0], column))
            for key, rows in table.rows_by_key.items()
            if key.startswith(ANSWERS)
        ]
    return []
