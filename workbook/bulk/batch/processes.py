"""Chunks made in processes of their own. One that dies loses nothing but the row it was at: the rest goes to others."""

from __future__ import annotations

import pickle
import signal
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any

from workbook.bulk.batch.executor import Chunk, Workshop
from workbook.bulk.batch.making import Failed, Order
from workbook.bulk.batch.parent import end_with_parent
from workbook.bulk.batch.placing import Aside

# So many workers in a row may die without a single workbook before the batch is given up.
MOST_DEATHS = 20
START = get_context("spawn")


class WorkersDieError(RuntimeError):
    """No worker lives long enough to make anything."""


@dataclass(frozen=True)
class Processes:
    """In so many processes. What is made there is put aside there; only what came of it comes back."""

    workshop: Workshop
    jobs: int

    def run(self, chunks: Iterable[Chunk]) -> Generator[Aside | Failed, None, None]:
        crew = Crew(self.workshop, self.jobs, iter(chunks))
        try:
            yield from crew.results()
        finally:
            crew.dismiss()


@dataclass(eq=False)
class Worker:
    """One process, the connection to it, what it has not given back, by row, and how much it was given."""

    process: Any
    connection: Connection
    left: dict[int, Order] = field(default_factory=dict)
    given: int = 0


class Crew:
    """The workers of one run. A chunk whose worker died is cut and given out again; a row that kills twice is lost."""

    def __init__(self, workshop: Workshop, jobs: int, chunks: Iterator[Chunk]) -> None:
        self._workshop, self._jobs, self._chunks = workshop, jobs, chunks
        self._workers: list[Worker] = []
        self._again: deque[Chunk] = deque()
        self._ready: deque[Chunk] = deque()
        self._killers: set[int] = set()
        self._deaths = 0

    def results(self) -> Iterator[Aside | Failed]:
        """What came of every order, until all chunks are done."""
        while True:
            self._give()
            if not any(worker.left for worker in self._workers):
                return
            self._prepare()
            for connection in wait([worker.connection for worker in self._workers if worker.left]):
                worker = next(one for one in self._workers if one.connection is connection)
                yield from self._heard(worker)

    def dismiss(self) -> None:
        """End every worker; one that is idle ends by itself when its connection is closed."""
        for worker in self._workers:
            worker.connection.close()
            if worker.left:
                worker.process.terminate()
        for worker in self._workers:
            worker.process.join()

    def _next(self) -> Chunk | None:
        for waiting in (self._again, self._ready):
            if waiting:
                return waiting.popleft()
        return next(self._chunks, None)

    def _prepare(self) -> None:
        """Read and check one chunk ahead, so that no worker waits for that."""
        if not self._ready and (chunk := next(self._chunks, None)) is not None:
            self._ready.append(chunk)

    def _give(self) -> None:
        """Give a chunk to every worker that has none, and start workers while there are chunks for them."""
        for worker in [one for one in self._workers if not one.left]:
            if (chunk := self._next()) is None:
                return
            self._send(worker, chunk)
        while len(self._workers) < self._jobs and (chunk := self._next()) is not None:
            self._send(self._started(), chunk)

    def _started(self) -> Worker:
        ours, theirs = START.Pipe()
        process = START.Process(target=work, args=(theirs, self._workshop), daemon=True)
        process.start()
        theirs.close()
        self._workers.append(Worker(process, ours))
        return self._workers[-1]

    def _send(self, worker: Worker, chunk: Chunk) -> None:
        worker.left, worker.given = {order.number: order for order in chunk}, len(chunk)
        try:
            worker.connection.send(chunk)
        except OSError:
            return  # it died, which is noticed when it is listened to

    def _heard(self, worker: Worker) -> Iterator[Aside | Failed]:
        """What a worker has to say; where it died, what becomes of its rows."""
        try:
            found = worker.connection.recv()
        except (EOFError, OSError, pickle.UnpicklingError):
            yield from self._died(worker)
            return
        if isinstance(found, BaseException):
            raise found
        self._deaths = 0
        del worker.left[found.number]
        yield found

    def _died(self, worker: Worker) -> Iterator[Failed]:
        worker.process.join()
        worker.connection.close()
        self._workers.remove(worker)
        self._deaths += 1
        orders = list(worker.left.values())
        ended = exit_of(worker.process.exitcode)
        if self._deaths > MOST_DEATHS:
            raise WorkersDieError(f"{MOST_DEATHS} workers in a row ended without a workbook, the last one {ended}")
        if len(orders) > 1:
            # If it was a row that killed it, then the first that is left; any of them while all were being evaluated.
            cut = 1 if len(orders) < worker.given else len(orders) // 2
            self._again.extend((orders[:cut], orders[cut:]))
        elif orders[0].number in self._killers:
            yield Failed(orders[0].number, f"the process that makes it ended {ended}, twice")
        else:
            self._killers.add(orders[0].number)
            self._again.append(orders)


def exit_of(code: int | None) -> str:
    """How a process ended, in words."""
    if code is not None and code < 0:
        return f"by {signal.Signals(-code).name}"
    return f"with exit code {code}"


def work(connection: Connection, workshop: Workshop) -> None:
    """A worker: takes chunks while there is somebody to give them, and tells of each row as soon as it is known."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    try:
        while True:
            for found in _done(workshop, connection.recv()):
                _tell(connection, workshop, found)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _done(workshop: Workshop, chunk: Chunk) -> Iterator[Aside | Failed | OSError]:
    """What came of the rows of a chunk, or the error that stops everything."""
    try:
        yield from workshop.done(chunk)
    except OSError as error:
        yield error


def _tell(connection: Connection, workshop: Workshop, found: Aside | Failed | OSError) -> None:
    """Say what came of a row; where nobody is there to hear it, its workbook is left to nobody."""
    try:
        connection.send(found)
    except OSError:
        if isinstance(found, Aside):
            (workshop.folder / found.temporary).unlink(missing_ok=True)
        raise
