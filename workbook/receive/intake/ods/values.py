"""The value of an .ods cell by its attributes and text: number, text, yes/no, error or date."""

from __future__ import annotations

from collections.abc import Mapping

from workbook.receive.intake.book import Error, Kind, Value
from workbook.receive.intake.moments import serial, serial_of_time
from workbook.receive.intake.texts import number

TRUTHS = {"true": True, "false": False}


class NoValueError(ValueError):
    """The attributes do not fit their type."""


def value_of(attributes: Mapping[str, str], text: str | None, day_zero: int) -> tuple[Value, Kind]:
    """The value of a cell, and the kind that its type gives a number. day_zero: see `Book`.

    Raises NoValueError where nothing of that type is there, or the type is unknown.
    """
    kind = attributes.get("office:value-type", "")
    if attributes.get("calcext:value-type") == "error":
        return Error(text or "#ERROR!"), ""
    if kind in ("", "string"):
        return attributes.get("office:string-value") or text, ""
    value: Value = None
    meaning: Kind = ""
    if kind in ("float", "currency", "percentage"):
        value = number(attributes.get("office:value", ""))
        meaning = "percent" if kind == "percentage" else ""
    elif kind == "boolean":
        value = TRUTHS.get(attributes.get("office:boolean-value", ""))
    elif kind == "date":
        value, meaning = serial(attributes.get("office:date-value", "")), "date"
        value = None if value is None else value - day_zero
    elif kind == "time":
        value, meaning = serial_of_time(attributes.get("office:time-value", "")), "date"
    if value is None:
        raise NoValueError(f"no value of type {kind[:20]!r}")
    return value, meaning


def formula_of(attributes: Mapping[str, str]) -> str | None:
    """The formula as OpenFormula, without the name of its grammar and its equals sign."""
    formula = attributes.get("table:formula")
    return None if formula is None else formula.partition("=")[2] or formula
