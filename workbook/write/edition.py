"""The editions of a workbook: what it holds of the simulation.

`full` holds the trials as cells that follow the inputs. `light` holds the figures of the same trials as they were when it
was made, in a file of a third of the size that is written several times as fast.
"""

from __future__ import annotations

from enum import StrEnum

from workbook.files.agreed import LARGEST
from workbook.files.archive import FASTEST, LEVEL, Packing

# The share of the size allowed that a file is packed to be below: with room for what later versions add.
FILLED = 0.98


class Edition(StrEnum):
    """The name of an edition, as people give it and as the sheet About says it."""

    full = "full"
    light = "light"

    @property
    def packing(self) -> Packing:
        """The full one has room, and is deflated in half the time."""
        return Packing(FILLED * LARGEST[self.value], FASTEST if self is Edition.full else LEVEL)
