"""The editions of a workbook: what it holds of the simulation.

`full` holds the trials as cells that follow the inputs. `light` holds the figures of the same trials as they were when it
was made, in a smaller file that is written faster.
"""

from __future__ import annotations

from enum import StrEnum

from workbook.files.agreed import LARGEST
from workbook.files.archive import FASTEST, ONCE_HARDER, Packing

# The share of the size allowed that a file is packed to be below: with room for what later versions add.
FILLED = 0.98
# Of a light workbook: how hard members of these sizes are deflated, from and below which that gains most for its time, as far
# as the room asks for it. The largest has rows so alike that it gains less; of smaller ones much is not their rows.
LEVEL, WORTH = 4, (200_000, 250_000)


class Edition(StrEnum):
    """The name of an edition, as people give it and as the sheet About says it."""

    full = "full"
    light = "light"

    @property
    def packing(self) -> Packing:
        """The full one has room, and is deflated in half the time; the light one has a little, used where it gains most."""
        size = FILLED * LARGEST[self.value]
        return Packing(size, FASTEST) if self is Edition.full else Packing(size, LEVEL, WORTH, ONCE_HARDER)
