"""One row of a portfolio, and the scenario that it describes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from calc.scenario import Defaults, Scenario, scenario
from calc.scenario.faults import Fault, Refused
from workbook.bulk.portfolio.by_column import by_column
from workbook.bulk.portfolio.columns import nested


@dataclass(frozen=True)
class PortfolioRow:
    """A row as it was read. number: from 1; where: file and row, in words; fields: dotted name -> value, or the nested
    form of a scenario file, None if the row cannot be read; faults: those known before the fields are checked; notes: on
    values that were spelled in another way; defaults: what holds where the row says nothing."""

    number: int
    where: str
    id: str
    fields: Mapping[str, Any] | None
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()
    defaults: Defaults | None = None

    def scenario(self, notes: list[str] | None = None) -> Scenario:
        """The scenario of the row. Raises Refused with every fault of the row.

        notes: gets a sentence for each value that was read although it is spelled in another way.
        """
        if self.fields is None:
            raise Refused(self.where, self.faults)
        data, duplicated = nested(self.fields)
        faults = [*self.faults, *duplicated]
        try:
            checked = scenario(data, self.where, notes, self.defaults)
        except Refused as refused:
            faults += by_column(self.fields, refused.faults, faults)
        if faults:
            raise Refused(self.where, faults)
        if notes is not None:
            notes += self.notes
        return checked
