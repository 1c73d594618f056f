"""Executors make workbooks: they take chunks of orders as they have room, and return the result for each order."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from workbook.bulk.batch.making import Failed, Kind, Made, Order, forget, made
from workbook.bulk.batch.placing import Aside
from workbook.bulk.batch.shelf import Shelf
from workbook.files.saving import NAME_ERRORS

Chunk = Sequence[Order]


class Executor(Protocol):
    """Makes the workbook of every order exactly once, in any sequence, or says why one cannot be made.

    Raises errors that stop everything, such as a full disk. Chunks are requested one by one, when needed.
    """

    def run(self, chunks: Iterable[Chunk]) -> Generator[Aside | Failed, None, None]: ...


@dataclass(frozen=True)
class Workshop:
    """How a chunk is processed, on whatever machine. shelf: where workbooks go; kind: what they hold."""

    shelf: Shelf
    kind: Kind

    def made(self, chunk: Chunk) -> Iterator[Made | Failed]:
        return made(chunk, self.kind)

    def placed(self, workbook: Made | Failed) -> Aside | Failed:
        if isinstance(workbook, Failed):
            return workbook
        try:
            return self.shelf.put(workbook)
        except OSError as error:
            # They concern the row, not the disk.
            if error.errno not in NAME_ERRORS:
                raise
            return Failed(workbook.number, f"the file system does not accept its name: {error.strerror}")

    def done(self, chunk: Chunk) -> Iterator[Aside | Failed]:
        return map(self.placed, self.made(chunk))


@dataclass(frozen=True)
class Here:
    """Makes workbooks in this process, one after another."""

    workshop: Workshop

    def run(self, chunks: Iterable[Chunk]) -> Generator[Aside | Failed, None, None]:
        try:
            for chunk in chunks:
                yield from self.workshop.done(chunk)
        finally:
            forget()
