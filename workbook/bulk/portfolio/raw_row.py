"""What a reader gives of each row of a portfolio."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from calc.scenario.faults import Fault


class Row(NamedTuple):
    """place: in the file, in words; id: as it stands there; fields: dotted name -> value, or the nested form of a
    scenario file, None where the row cannot be read; faults: what is wrong with it before its fields are looked at."""

    place: str
    id: Any
    fields: Mapping[str, Any] | None
    faults: tuple[Fault, ...] = ()
