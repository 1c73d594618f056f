"""The manifest and the reports of a batch at an address: kept in a folder here while it runs, and sent there."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from calc.scenario.faults import Refused, first, problem, short
from workbook.bulk.batch import manifest
from workbook.bulk.batch.shelf import Address
from workbook.bulk.batch.target import HINT

# A manifest is sent again after as many seconds, and after so many times the time that it took the last time.
SECONDS, TIMES = 60.0, 20


def fetch(place: Address, folder: Path) -> None:
    """The manifest of an earlier run, if there was one. Raises Refused where there are files of anybody else."""
    there = place.listed()
    if manifest.NAME in there:
        (folder / manifest.NAME).write_bytes(place.read(manifest.NAME))
        if not manifest.is_one(folder):
            raise Refused(place.address, [problem(manifest.NAME, "not a manifest of a batch", HINT)])
        return
    if there:
        says = f"exists already, but no {manifest.NAME} lists it"
        raise Refused(place.address, first([problem(short(name), says, HINT) for name in there]))


class Sending:
    """Sends the manifest at once, so that the place is known to be ours, and again now and then, for a run to resume by."""

    def __init__(self, place: Address, folder: Path) -> None:
        self._place, self._file = place, folder / manifest.NAME
        self.manifest()

    def after(self, watch: Callable[[Counter[str], str], None]) -> Callable[[Counter[str], str], None]:
        """The same watch, which sends the manifest too."""

        def watched(tally: Counter[str], message: str) -> None:
            watch(tally, message)
            if time.monotonic() > self._next:
                self.manifest()

        return watched

    def manifest(self) -> None:
        began = time.monotonic()
        self._place.send(self._file)
        ended = time.monotonic()
        self._next = ended + max(SECONDS, TIMES * (ended - began))
