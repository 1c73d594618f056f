"""Input that turns out to be wrong while a batch is under way."""

from __future__ import annotations

from calc.scenario.faults import Refused, listed


class StoppedError(Refused):
    """Refused, but not before anything was written: what is there stays."""

    def __str__(self) -> str:
        return "\n".join([f"{self.where}: nothing more was written", *listed(self.faults)])
