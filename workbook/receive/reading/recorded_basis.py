"""What the figures of a workbook are based on, such as a company default: the sheet Record keeps it as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from calc.scenario.basis import COMPANY_DEFAULT, KEY, basis_by_field, basis_by_table, basis_faults
from calc.scenario.unclear_value import UnclearValueError
from workbook.receive.intake import Book
from workbook.receive.reading.content import content, meaning
from workbook.receive.reading.expected_inputs import Field, fields
from workbook.receive.reading.record import VALUE, first_named, recorded_key
from workbook.receive.reading.tables import Table, tables

Values = Mapping[tuple[str, str], Any]


def recorded_basis(book: Book, values: Values, data: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """The bases of the figures that are still as they were when the workbook was made, in the form of a scenario.

    values: field and end -> the present value of its cell; data: the scenario that they make.
    """
    table = next(iter(tables(book, "Record")), None)
    rows = table.rows_by_key.get(KEY, ()) if table else ()
    if not table or not rows:
        return {}
    cell = table.sheet.cells.get((rows[0], table.columns[VALUE]))
    bases = _plain(cell.value if cell else None)
    known = {one.dotted: one for one in fields()}
    currency = data.get("project", {}).get("currency", "")
    kept = basis_by_table(
        {
            dotted: text
            for dotted, text in bases.items()
            if dotted not in known or _is_as_it_was(book, table, known[dotted], values, currency)
        }
    )
    there = {**data, KEY: kept}
    wrong = {fault.field for fault in basis_faults(there)}
    return {
        of: left
        for of, texts in kept.items()
        if f"{KEY}.{of}" not in wrong
        and (left := {name: text for name, text in texts.items() if f"{KEY}.{of}.{name}" not in wrong})
    }


def defaults_named(basis: Mapping[str, Mapping[str, str]]) -> str | None:
    """A note on the company defaults among the bases; None where there are none."""
    named = [dotted for dotted, text in basis_by_field(basis).items() if text.startswith(COMPANY_DEFAULT)]
    if not named:
        return None
    counted = "1 value is a company default" if len(named) == 1 else f"{len(named)} values are company defaults"
    return f"{counted}: {first_named(named)}"


def _is_as_it_was(book: Book, table: Table, one: Field, values: Values, currency: str) -> bool:
    for end, _ in one.ends:
        rows = table.rows_by_key.get(recorded_key(one, end))
        if not rows:
            return False
        try:
            then = meaning(content(book, (table.sheet.name, rows[0], table.columns[VALUE])), one.asked, currency)
        except UnclearValueError:
            return False
        if then != values.get((one.dotted, end)):
            return False
    return True


def _plain(text: object) -> dict[str, str]:
    """Field -> its basis; none where the cell does not hold them in readable form."""
    try:
        parsed = json.loads(text) if isinstance(text, str) else {}
    except (ValueError, RecursionError):
        return {}
    if not isinstance(parsed, dict):
        return {}
    return basis_by_field({str(of): texts for of, texts in parsed.items() if isinstance(texts, dict)})
