"""Makes chunks on a Dask cluster.

Workers that reach the place of the workbooks write them there themselves, and only their records come back. From any other
worker the workbooks come back as bytes and are written here, which one machine does for a few dozen a second.
"""

from __future__ import annotations

import asyncio
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from calc import __version__
from calc.scenario.faults import problem
from workbook.bulk.batch.executor import Chunk, Workshop
from workbook.bulk.batch.making import Failed, Made
from workbook.bulk.batch.placing import Aside
from workbook.bulk.batch.shelf import Mark
from workbook.table import StoppedError

# Chunks sent ahead for each thread of the cluster: one being made, one waiting.
AHEAD = 2
SECONDS_TO_CONNECT = 30


class NoClusterError(RuntimeError):
    """There is no cluster at the address, or Dask is not installed."""


class OtherVersionError(StoppedError):
    """The cluster would make different workbooks from this machine."""

    def __init__(self, address: str, there: str, here: str) -> None:
        says = f"runs another version of the calculator (its template is {there}, here it is {here})"
        hint = f"install version {__version__} on every worker"
        super().__init__(f"the cluster at {address}", [problem("", says, hint)])


@dataclass(frozen=True)
class Cluster:
    """On the cluster whose scheduler is at the address, such as tcp://10.0.0.5:8786."""

    workshop: Workshop
    address: str

    def run(self, chunks: Iterable[Chunk]) -> Generator[Aside | Failed, None, None]:
        try:
            from distributed import Client, Security
            from distributed.comm import connect
        except ImportError:
            needed = "--scheduler needs Dask; in the folder of the calculator, run: pip install '.[dask]'"
            raise NoClusterError(needed) from None

        async def reach() -> None:
            secured = Security().get_connection_args("client")
            comm = await connect(self.address, timeout=SECONDS_TO_CONNECT, **secured)
            await comm.close()

        # A client that finds no scheduler delays the end of the process by a minute; this check does not.
        try:
            asyncio.run(asyncio.wait_for(reach(), SECONDS_TO_CONNECT + 1))
            client = Client(self.address, timeout=SECONDS_TO_CONNECT, set_as_default=False)
        except (OSError, ValueError, TypeError, RuntimeError, ImportError) as error:
            why = str(error) or "it does not speak the protocol of Dask"
            raise NoClusterError(f"no Dask scheduler answers at {self.address}: {why}") from None
        with client:
            mark = self.workshop.shelf.marked()
            try:
                yield from self._run(client, mark, iter(chunks))
            finally:
                self.workshop.shelf.unmark(mark)

    def _run(self, client: Any, mark: Mark, chunks: Iterator[Chunk]) -> Iterator[Aside | Failed]:
        from distributed import as_completed

        threads = max(1, sum(client.nthreads().values()))
        sent: dict[Any, Chunk] = {}
        running = as_completed(loop=client.loop, raise_errors=False)

        def send(chunk: Chunk) -> None:
            future = client.submit(_done, self.workshop, mark, chunk, pure=False)
            sent[future.key] = chunk
            running.add(future)

        for chunk in islice(chunks, AHEAD * threads):
            send(chunk)
        for future in running:
            chunk = sent.pop(future.key)
            if future.status == "finished":
                yield from map(self._received, future.result())
            else:
                again, lost = _halves(chunk, future.exception())
                yield from lost
                for half in again:
                    send(half)
            future.release()
            for chunk in islice(chunks, 1):
                send(chunk)

    def _received(self, result: Aside | Made | Failed | OSError) -> Aside | Failed:
        if isinstance(result, OSError):
            raise result
        return self.workshop.placed(result) if isinstance(result, Made) else result


def _done(workshop: Workshop, mark: Mark, chunk: Chunk) -> list[Aside | Made | Failed | OSError]:
    """Runs on a worker of the cluster. The last result may be the error that stops everything, such as a full disk."""
    if not workshop.shelf.has(mark):
        return list(workshop.made(chunk))
    results: list[Aside | Made | Failed | OSError] = []
    try:
        results.extend(workshop.done(chunk))
    except OSError as error:
        results.append(error)
    return results


def _halves(chunk: Chunk, error: BaseException | None) -> tuple[list[Chunk], list[Failed]]:
    """A chunk whose workers died as two halves to send again; a single row is lost."""
    if len(chunk) > 1:
        middle = len(chunk) // 2
        return [chunk[:middle], chunk[middle:]], []
    return [], [Failed(chunk[0].number, f"could not be built on the cluster: {type(error).__name__}: {error}")]
