"""Where workbooks are made. An executor takes chunks of orders as it has room, and gives back what came of them."""

from __future__ import annotations

import errno
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from workbook.bulk.batch.making import Failed, Made, Order, forget, made
from workbook.bulk.batch.placing import Aside, put_aside

Chunk = Sequence[Order]
# What a file system says of a name that it does not take: a matter of the row, not of the disk.
OF_THE_NAME = (errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ)


class Executor(Protocol):
    """Makes every order of every chunk exactly once, in any order, or says why one cannot be made.

    Raises what keeps all of them from being made, such as a full disk. Chunks are asked for one by one, when needed.
    """

    def run(self, chunks: Iterable[Chunk]) -> Generator[Aside | Failed, None, None]: ...


@dataclass(frozen=True)
class Workshop:
    """What is done with a chunk, wherever. folder: where workbooks are put; runs: trials of the large simulation."""

    folder: Path
    runs: int

    def made(self, chunk: Chunk) -> Iterator[Made | Failed]:
        return made(chunk, self.runs)

    def placed(self, one: Made | Failed) -> Aside | Failed:
        if isinstance(one, Failed):
            return one
        try:
            return put_aside(one, self.folder)
        except OSError as error:
            if error.errno not in OF_THE_NAME:
                raise
            return Failed(one.number, f"no file can have its name here: {error.strerror}")

    def done(self, chunk: Chunk) -> Iterator[Aside | Failed]:
        return map(self.placed, self.made(chunk))


@dataclass(frozen=True)
class Here:
    """In this process, one after the other."""

    workshop: Workshop

    def run(self, chunks: Iterable[Chunk]) -> Generator[Aside | Failed, None, None]:
        try:
            for chunk in chunks:
                yield from self.workshop.done(chunk)
        finally:
            forget()
