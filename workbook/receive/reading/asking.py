"""Faults by sheet and cell: those of a cell's content, and those that the scenario finds in it."""

from __future__ import annotations

from calc.scenario.faults import Fault
from calc.scenario.spelled import fault_of
from calc.scenario.unclear_value import UnclearValueError
from workbook.receive.reading.addresses import shown_place
from workbook.receive.reading.cell_fault import PlacedFault
from workbook.receive.reading.expected_inputs import Field
from workbook.receive.reading.places import Places
from workbook.receive.reading.tables import HEADINGS


def of_cell(places: Places, field: Field, end: str, unclear: UnclearValueError) -> PlacedFault:
    """The fault of a cell that cannot be read without guessing."""
    fault = fault_of(field.fault("", places.address(field.dotted, end)), unclear)
    return PlacedFault(**vars(fault), place=places.cells.get((field.dotted, end)))


def of_no_cell(field: Field) -> PlacedFault:
    """The fault of an input that has no cell."""
    about = field.fault("", field.dotted)
    says = f"has no cell: no defined name, no row with {field.key} and no label of it on a sheet {field.table}"
    return PlacedFault(field.dotted, says, "", f"it holds {about.allowed}, for example {about.example}")


def of_no_table(kind: str) -> PlacedFault:
    """The fault of a table that is missing from every sheet: its absence must not pass for answers that nobody gave."""
    headings = HEADINGS[kind]
    heads = ", ".join((*headings.values, headings.key))
    says = f"its table is missing: no sheet has the headings {heads} above its rows"
    return PlacedFault(kind, says, "", f"restore the sheet {kind} as it was")


def of_scenario(places: Places, fault: Fault) -> PlacedFault:
    """A fault that the scenario found, as a fault of the cell that caused it."""
    dotted = fault.field
    while dotted and (dotted, "likely") not in places.cells:
        dotted = dotted.rpartition(".")[0]
    place = places.cells[dotted, "likely"] if dotted else None
    field = f"{shown_place(place)} ({fault.field})" if place else fault.field
    return PlacedFault(field, fault.found, fault.allowed, fault.example, place)
