"""Makes chunks in several processes. If one dies, only the row it was working on is lost: others take over the rest."""

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

# The batch is given up once more workers than this have died in a row without making a workbook.
MOST_DEATHS = 20
START = get_context("spawn")


class WorkersDieError(RuntimeError):
    """No worker lives long enough to make a workbook."""


@dataclass(frozen=True)
class Processes:
    """Makes workbooks in a number of processes, which put them aside; only the results come back."""

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
    """One process, the connection to it, the orders it has not returned, by row, and how many it was given."""

    process: Any
    connection: Connection
    left: dict[int, Order] = field(default_factory=dict)
    given: int = 0


class Crew:
    """The workers of one run. A chunk whose worker died is split and handed out again; a row that kills twice is lost."""

    def __init__(self, workshop: Workshop, jobs: int, chunks: Iterator[Chunk]) -> None:
        self._workshop, self._jobs, self._chunks = workshop, jobs, chunks
        self._workers: list[Worker] = []
        self._again: deque[Chunk] = deque()
        self._ready: deque[Chunk] = deque()
        self._killers: set[int] = set()
        self._deaths = 0

    def results(self) -> Iterator[Aside | Failed]:
        """The result of every order, until all chunks are done."""
        while True:
            self._give()
            if not any(worker.left for worker in self._workers):
                return
            self._prepare()
            for connection in wait([worker.connection for worker in self._workers if worker.left]):
                worker = next(worker for worker in self._workers if worker.connection is connection)
                yield from self._received(worker)

    def dismiss(self) -> None:
        """End every worker; an idle one ends when its connection is closed."""
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
        """Read and check one chunk ahead, so that no worker has to wait for it."""
        if not self._ready and (chunk := next(self._chunks, None)) is not None:
            self._ready.append(chunk)

    def _give(self) -> None:
        """Give a chunk to every idle worker, and start workers while there are chunks for them."""
        for worker in [worker for worker in self._workers if not worker.left]:
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
            return  # it died, which shows when its results are received

    def _received(self, worker: Worker) -> Iterator[Aside | Failed]:
        """The next result of a worker; if it died, its rows are handed out again or lost."""
        try:
            result = worker.connection.recv()
        except (EOFError, OSError, pickle.UnpicklingError):
            yield from self._died(worker)
            return
        if isinstance(result, BaseException):
            raise result
        self._deaths = 0
        del worker.left[result.number]
        yield result

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
            # If a row killed it, it was the first one left; while all were still being evaluated, it may be any of them.
            cut = 1 if len(orders) < worker.given else len(orders) // 2
            self._again.extend((orders[:cut], orders[cut:]))
        elif orders[0].number in self._killers:
            yield Failed(orders[0].number, f"the process building it ended {ended}, twice")
        else:
            self._killers.add(orders[0].number)
            self._again.append(orders)


def exit_of(code: int | None) -> str:
    """How a process ended, in words."""
    if code is not None and code < 0:
        return f"by {signal.Signals(-code).name}"
    return f"with exit code {code}"


def work(connection: Connection, workshop: Workshop) -> None:
    """Run a worker: it takes chunks as long as there is somebody to send them, and returns each result at once."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    try:
        while True:
            for result in _done(workshop, connection.recv()):
                _send(connection, workshop, result)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _done(workshop: Workshop, chunk: Chunk) -> Iterator[Aside | Failed | OSError]:
    """The results of a chunk, or the error that stops everything."""
    try:
        yield from workshop.done(chunk)
    except OSError as error:
        yield error


def _send(connection: Connection, workshop: Workshop, result: Aside | Failed | OSError) -> None:
    """Send a result; if nobody receives it any more, its workbook is removed."""
    try:
        connection.send(result)
    except OSError:
        if isinstance(result, Aside):
            workshop.shelf.discard(result)
        raise
