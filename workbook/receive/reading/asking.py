"""Faults by sheet and cell: of what a cell says, and of what the scenario makes of it."""

from __future__ import annotations

from calc.scenario.faults import Fault
from workbook.receive.reading.addresses import shown_place
from workbook.receive.reading.ambiguous import DoubtError
from workbook.receive.reading.cell_fault import PlacedFault
from workbook.receive.reading.expected_inputs import Field, fields
from workbook.receive.reading.places import Places
from workbook.receive.reading.tables import HEADINGS


def of_cell(places: Places, field: Field, end: str, doubt: DoubtError) -> PlacedFault:
    """The fault of a cell that cannot be read without guessing."""
    about = field.fault("", places.address(field.dotted, end))
    said = f"{doubt.found}: {doubt.question}" if doubt.question else doubt.found
    place = places.found.get((field.dotted, end))
    return PlacedFault(about.field, said, about.allowed, doubt.example or about.example, place)


def of_no_cell(field: Field) -> PlacedFault:
    """The fault of an input that stands nowhere."""
    about = field.fault("", field.dotted)
    told = f"no cell: neither its name, nor a row with {field.key}, nor its label is on a sheet {field.table}"
    return PlacedFault(field.dotted, told, about.allowed, about.example)


def of_no_table(kind: str) -> PlacedFault:
    """The fault of a table that is on no sheet: nothing in it may pass for an answer that nobody gave."""
    headings = HEADINGS[kind]
    heads = ", ".join((*headings.values, headings.key))
    told = f"no table of the sheet {kind}: on no sheet are its headings {heads} above its rows"
    return PlacedFault(kind, told, f"the workbook with its sheet {kind} as it was")


def of_scenario(places: Places, fault: Fault) -> PlacedFault:
    """A fault that the scenario found, as one of the cell that brought it about."""
    dotted = fault.field
    while dotted and (dotted, "likely") not in places.found:
        dotted = dotted.rpartition(".")[0]
    place = places.found[dotted, "likely"] if dotted else None
    field = f"{shown_place(place)} ({fault.field})" if place else fault.field
    return PlacedFault(field, fault.found + _percent_meant(dotted, fault.found), fault.allowed, fault.example, place)


def _percent_meant(dotted: str, found: str) -> str:
    """The question that a share far too large brings up."""
    is_share = any(one.is_share for one in fields() if one.dotted == dotted)
    try:
        return f": did you mean {float(found):g}%?" if is_share and 1 < float(found) <= 100 else ""
    except ValueError:
        return ""
