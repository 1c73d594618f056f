"""The editions of a workbook: what it holds of the simulation.

`full` holds the trials as cells that follow the inputs. `light` holds the figures of the same trials as they were when it
was made, in a smaller file that is written faster.
"""

from __future__ import annotations

from enum import StrEnum

from workbook.files.agreed import LARGEST
from workbook.files.archive import FASTEST, ONCE, ONCE_HARDER, Packing


class Edition(StrEnum):
    """The name of an edition, as people give it and as the sheet About says it."""

    full = "full"
    light = "light"

    @property
    def packing(self) -> Packing:
        """As fast as its size allows. The light one has less room, so what all of them have alike is deflated harder."""
        return Packing(LARGEST[self.value], FASTEST, ONCE if self is Edition.full else ONCE_HARDER)
