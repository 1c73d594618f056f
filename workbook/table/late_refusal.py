"""Input that turns out to be wrong while a batch is running."""

from __future__ import annotations

from calc.scenario.faults import Refused, listed


class StoppedError(Refused):
    """Refused after something was written: that is kept."""

    def __str__(self) -> str:
        return "\n".join([f"{self.where}: nothing more was written", *listed(self.faults)])
