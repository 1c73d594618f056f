"""A row as the readers of all forms of file return it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from calc.scenario.faults import Fault


class RawRow(NamedTuple):
    """place: in the file, in words; id: unchecked; fields: dotted name -> value, or the nested form of a scenario file, None
    if the row cannot be read; faults: those known before the fields are checked; notes: on values that
    were spelled in another way."""

    place: str
    id: Any
    fields: Mapping[str, Any] | None
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()
