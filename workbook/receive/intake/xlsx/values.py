"""The value of an .xlsx cell by its type and text: number, text, yes/no, error or date."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.receive.intake.book import Error, Value
from workbook.receive.intake.moments import serial
from workbook.receive.intake.texts import number, unescaped

TRUTHS = {"1": True, "true": True, "0": False, "false": False}


class NoValueError(ValueError):
    """The text does not fit its type."""


def value_of(kind: str, text: str | None, strings: Sequence[str]) -> Value:
    """The value of a cell. kind: its attribute t; text: what its value element holds, None if there is none.

    Raises NoValueError where the text is no value of that kind.
    """
    if kind in ("str", "inlineStr"):
        return None if text is None else unescaped(text)
    if text is None or not text.strip():
        return None
    # The first is what most cells hold.
    value: Value = None
    if kind == "n":
        value = number(text)
    elif kind == "s":
        index = text.strip()
        if index.isascii() and index.isdigit() and len(index) < 10 and int(index) < len(strings):
            return strings[int(index)]
        raise NoValueError(f"shared text {index[:20]}, of {len(strings):,}")
    elif kind == "e":
        return Error(text.strip())
    elif kind == "b":
        value = TRUTHS.get(text.strip())
    elif kind == "d":
        value = serial(text)
    if value is None:
        raise NoValueError(f"{text[:40]!r} of type {kind[:20]!r}")
    return value
