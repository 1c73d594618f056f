"""A batch: every row of a portfolio, or of a shard of it, becomes a workbook; what was done and still holds stays."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import calc
from calc.model import user_paths
from calc.printable import printable
from calc.scenario import Scenario
from calc.scenario.faults import Refused, counted, first, listed
from workbook.bulk.batch import target
from workbook.bulk.batch.cluster import Cluster, OtherVersionError
from workbook.bulk.batch.executor import Chunk, Executor, Here, Workshop
from workbook.bulk.batch.filling import only_run, opened_manifest, report
from workbook.bulk.batch.making import Failed, Order, template_of
from workbook.bulk.batch.manifest import Manifest
from workbook.bulk.batch.manifest_line import Record
from workbook.bulk.batch.manifest_line import faults as record_faults
from workbook.bulk.batch.placing import FOLDER, Aside, is_there
from workbook.bulk.batch.processes import Processes
from workbook.bulk.portfolio import Entry, Portfolio
from workbook.bulk.portfolio.ids import file_name
from workbook.bulk.portfolio.reports import About
from workbook.files.whole import synced
from workbook.write.build import book, inputs_hash

# Rows that are evaluated and laid out together: enough to make light of the layout, few enough for the memory.
CHUNK, CLUSTER_CHUNK = 64, 32
# Chunks of scenarios with paths of their own that are collected side by side.
MOST_OPEN = 4
SECONDS_BETWEEN_SYNCS = 2.0
LONGEST_KEPT, MOST_TRACES = 300, 20

Watch = Callable[[Counter[str], str], None]


@dataclass(frozen=True)
class Options:
    """How a batch is run. shard: (I, N) for the I-th of N; scheduler: the address of a Dask scheduler, or empty."""

    runs: int = 0
    jobs: int = 1
    shard: tuple[int, int] = (1, 1)
    scheduler: str = ""
    force: bool = False


@dataclass(frozen=True)
class Outcome:
    """tally: outcome -> rows; left: workbooks in the folder that the manifest does not tell of; traces: where in the
    program rows failed."""

    about: About
    tally: Counter[str]
    left: int
    traces: list[str]


def run(portfolio: Portfolio, folder: Path, options: Options, watch: Watch = lambda tally, said: None) -> Outcome:
    """Make the workbooks, the manifest and the reports, and say what came of it.

    watch: called after every row with how many there are of each outcome, and what is to be said of the row, if
    anything. Raises Refused where the portfolio as a whole is none, or the folder is not for a batch; OSError where
    something cannot be written: then all that is done stays, and the next run goes on from there.
    """
    target.check(folder, portfolio.path)
    with only_run(folder) as workbooks:
        with opened_manifest(folder) as manifest:
            batch = _Run(portfolio, workbooks, manifest, options, watch)
            batch.take(_executor(Workshop(workbooks, options.runs), options))
        about = About(
            portfolio.path.name, portfolio.sha256, len(portfolio), options.shard, options.runs, calc.__version__
        )
        return Outcome(about, batch.tally, report(folder, about), batch.traces)


def _executor(workshop: Workshop, options: Options) -> Executor:
    if options.scheduler:
        return Cluster(workshop, options.scheduler)
    return Processes(workshop, options.jobs) if options.jobs > 1 else Here(workshop)


class _Run:
    """The state of a run: what is done, and the rows that are on their way."""

    def __init__(self, portfolio: Portfolio, folder: Path, manifest: Manifest, options: Options, watch: Watch) -> None:
        self._portfolio, self._folder, self._manifest = portfolio, folder, manifest
        self._options, self._watch = options, watch
        self.tally: Counter[str] = Counter()
        self.traces: list[str] = []
        self._waiting: dict[int, tuple[Entry, Order]] = {}
        self._templates: dict[tuple[Any, ...], str] = {}
        self._synced = time.monotonic()
        workers = 1 if options.scheduler else options.jobs
        own = -(-len(portfolio) // options.shard[1])
        self.chunk = CLUSTER_CHUNK if options.scheduler else max(1, min(CHUNK, -(-own // workers)))

    def take(self, executor: Executor) -> None:
        """Have everything made that needs to be, and give each workbook its final name."""
        with closing(executor.run(self._chunks())) as results:
            for found in results:
                self._take(found)

    def _take(self, found: Aside | Failed) -> None:
        entry, order = self._waiting.pop(found.number)
        if isinstance(found, Failed):
            self._manifest.add({"row": entry.number, "id": entry.id, "failed": plain(found.why)})
            self.traces += [found.trace] if found.trace and len(self.traces) < MOST_TRACES else []
            self._count("failed", f"{entry.where}: {found.why}")
        else:
            self._settle(entry, order, found)
            self._count("written")
        if time.monotonic() - self._synced > SECONDS_BETWEEN_SYNCS:
            self._sync()

    def _settle(self, entry: Entry, order: Order, found: Aside) -> None:
        """First the line in the manifest, then the name."""
        if (at := self._options.scheduler) and found.template != (ours := self._template(order.scenario)):
            raise OtherVersionError(at, found.template, ours)
        self._manifest.add(self._record(entry, order, found))
        name = file_name(entry.id)
        (self._folder / found.temporary).replace(self._folder / name)

    def _record(self, entry: Entry, order: Order, found: Aside) -> Record:
        scenario = order.scenario
        return {
            "row": entry.number,
            "id": entry.id,
            "file": f"{FOLDER}/{file_name(entry.id)}",
            "input": order.input,
            "template": found.template,
            "runs": self._options.runs,
            "sha256": found.sha256,
            "content": found.content,
            "size": found.size,
            "name": scenario.project.name,
            "owner": scenario.project.owner,
            "currency": scenario.project.currency,
            "usd_rate": scenario.project.usd_rate,
            "budget": scenario.money.budget,
            **found.figures,
            "seconds": round(found.seconds, 4),
        }

    def _sync(self) -> None:
        self._manifest.sync()
        synced(self._folder)
        self._synced = time.monotonic()

    def _count(self, outcome: str, said: str = "") -> None:
        self.tally[outcome] += 1
        self._watch(self.tally, said)

    # What has to be made

    def _chunks(self) -> Iterator[Chunk]:
        """The rows of this shard that have to be made, by the chunk; the others are settled on the way."""
        open_: dict[tuple[Any, ...], list[Order]] = {}
        for entry in self._own():
            order = self._order(entry)
            if order is None:
                continue
            self._waiting[order.number] = entry, order
            some = open_.setdefault(user_paths(order.scenario), [])
            some.append(order)
            if len(some) >= self.chunk:
                yield open_.pop(user_paths(order.scenario))
            elif len(open_) > MOST_OPEN:
                yield open_.pop(max(open_, key=lambda paths: len(open_[paths])))
        yield from open_.values()

    def _own(self) -> Iterator[Entry]:
        """The rows of this shard: every N-th."""
        number, of = self._options.shard
        return (entry for entry in self._portfolio if (entry.number - number) % of == 0)

    def _order(self, entry: Entry) -> Order | None:
        """The order for a row, None where it is refused or where what is there still holds."""
        try:
            scenario = entry.scenario()
        except Refused as refused:
            self._refuse(entry, refused)
            return None
        order = Order(entry.number, entry.id, inputs_hash(scenario), scenario)
        if not self._options.force and (record := self._still_holds(order)):
            self._manifest.keep(record, entry.number)
            self._count("unchanged")
            return None
        return order

    def _refuse(self, entry: Entry, refused: Refused) -> None:
        faults = [{name: plain(text) for name, text in asdict(fault).items()} for fault in first(refused.faults)]
        self._manifest.add({"row": entry.number, "id": plain(entry.id), "refused": faults})
        head = f"{entry.where}: {counted(refused.faults)}, nothing was written for this row"
        self._count("refused", "\n".join([head, *listed(refused.faults)]))

    def _still_holds(self, order: Order) -> Record | None:
        """What the manifest says of a row whose input, template and file are as they were."""
        record = self._manifest.earlier(order.id)
        if record is None or record_faults(record):
            return None
        if record["input"] != order.input or record["runs"] != self._options.runs:
            return None
        if record["template"] != self._template(order.scenario):
            return None
        return record if is_there(self._folder / file_name(order.id), record) else None

    def _template(self, scenario: Scenario) -> str:
        """The fingerprint of the template for the paths of a scenario."""
        paths = user_paths(scenario)
        if paths not in self._templates:
            laid_out = book([scenario], 0)
            laid_out.finish()
            self._templates[paths] = template_of(laid_out)
        return self._templates[paths]


def plain(text: str) -> str:
    """Text of the user as it can be kept and shown anywhere: one line, not too long, the rest by its number."""
    return printable(text[:LONGEST_KEPT])
