"""Runs a batch: every row of a portfolio, or of a shard, becomes a workbook; workbooks that are up to date are kept."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from calc import __version__
from calc.scenario import Scenario
from calc.scenario.faults import Fault, Refused, counted, first, listed
from calc.text.printable import printable
from workbook import costs
from workbook.bulk.batch import manifest, target
from workbook.bulk.batch.cluster import Cluster, OtherVersionError
from workbook.bulk.batch.executor import Chunk, Executor, Here, Workshop
from workbook.bulk.batch.file_names import FOLDER
from workbook.bulk.batch.filling import only_run, opened_manifest, report, unlisted
from workbook.bulk.batch.making import Failed, Kind, Order, template_of
from workbook.bulk.batch.manifest import Manifest, records
from workbook.bulk.batch.manifest_line import Record
from workbook.bulk.batch.manifest_line import faults as record_faults
from workbook.bulk.batch.placing import Aside
from workbook.bulk.batch.processes import Processes
from workbook.bulk.batch.remote import Sending, fetch
from workbook.bulk.batch.shelf import Address, Folder, Shelf
from workbook.bulk.portfolio import Portfolio, PortfolioRow, reports
from workbook.bulk.portfolio.ids import file_name
from workbook.bulk.portfolio.reports import About
from workbook.files.saving import save_pieces
from workbook.files.temporary import temporary_folder
from workbook.table import Spellings
from workbook.write.build import book, inputs_hash, layout_of
from workbook.write.edition import Edition

# Rows that are evaluated and laid out together: enough to make the layout cheap, few enough to fit into memory.
CHUNK = {Edition.light: 96, Edition.full: 64}
CLUSTER_CHUNK = 32
# Chunks of scenarios with different user-defined paths that are collected side by side.
MOST_OPEN = 4
SECONDS_BETWEEN_SYNCS = 2.0
LONGEST_KEPT, MOST_TRACES = 300, 20

Watch = Callable[[Counter[str], str], None]


@dataclass(frozen=True)
class Options:
    """How to run a batch. kind: what the workbooks hold; shard: (I, N) for the I-th of N; scheduler: the address of a
    Dask scheduler, or empty; table: where the costs go as a table, see `workbook.costs`; budget: for all projects."""

    kind: Kind = field(default_factory=Kind)
    jobs: int = 1
    shard: tuple[int, int] = (1, 1)
    scheduler: str = ""
    force: bool = False
    table: Path | None = None
    budget: float | None = None


@dataclass(frozen=True)
class Outcome:
    """tally: outcome -> rows; left: workbooks in the folder that the manifest does not list; traces: tracebacks of rows
    that failed; budget: the choice within the budget for all projects, design: of the whole space of sequences, both as
    `summary.json` has them, None where nobody asked."""

    about: About
    tally: Counter[str]
    left: int
    traces: list[str]
    budget: dict[str, Any] | None = None
    design: dict[str, Any] | None = None


def run(portfolio: Portfolio, folder: Path, options: Options, watch: Watch = lambda tally, message: None) -> Outcome:
    """Make the workbooks, the manifest and the reports.

    watch: called after every row with the number of rows of each outcome, and a message about the row, or "". Raises
    Refused if the file is not a portfolio or the folder must not be filled; OSError if something cannot be written: then
    everything finished is kept, and the next run resumes from there.
    """
    target.check(folder, portfolio.path)
    with only_run(folder) as workbooks:
        return _filled(portfolio, folder, Folder(workbooks), options, watch)


def run_at(portfolio: Portfolio, address: str, options: Options, watch: Watch = lambda tally, message: None) -> Outcome:
    """The same at an address that fsspec reaches: workbooks go there at once, manifest and reports at the end.

    The manifest goes there now and then too. A run that is killed makes again what it made since. Nothing there keeps
    other runs out.
    """
    place = Address(address.rstrip("/"))
    with temporary_folder() as folder, only_run(folder):
        fetch(place, folder)
        shelf = Address(f"{place.address}/{FOLDER}")
        shelf.make()
        (folder / manifest.NAME).touch()
        sending = Sending(place, folder)
        try:
            outcome = _filled(portfolio, folder, shelf, options, sending.after(watch))
        finally:
            sending.manifest()
        for report_name in reports.NAMES:
            place.send(folder / report_name)
        return outcome


def _filled(portfolio: Portfolio, folder: Path, shelf: Shelf, options: Options, watch: Watch) -> Outcome:
    """The workbooks on the shelf, the manifest and the reports in the folder."""
    with opened_manifest(folder) as manifest:
        batch = _Run(portfolio, shelf, manifest, options, watch)
        batch.take(_executor(Workshop(shelf, options.kind), options))
    about = About(
        portfolio.path.name,
        portfolio.sha256,
        len(portfolio),
        options.shard,
        options.kind.runs,
        __version__,
        options.kind.edition.value,
        options.kind.design,
    )
    budget = report(folder, about, options.budget)
    if options.table:
        pieces = costs.table(options.table, _written(portfolio, options.shard, folder))
        save_pieces(options.table, pieces, options.force)
    design = reports.totals.summary(folder)["design"]
    return Outcome(about, batch.tally, unlisted(folder, shelf), batch.traces, budget, design)


def _written(portfolio: Portfolio, shard: tuple[int, int], folder: Path) -> Iterator[costs.Project]:
    """The rows of the shard that have a workbook, with their scenarios."""
    lines = records(folder)
    line = next(lines, None)
    for row in islice(portfolio, shard[0] - 1, None, shard[1]):
        while line and line["row"] < row.number:
            line = next(lines, None)
        if line and line["row"] == row.number and "file" in line:
            yield costs.Project(row.number, row.id, row.scenario())


def _executor(workshop: Workshop, options: Options) -> Executor:
    if options.scheduler:
        return Cluster(workshop, options.scheduler)
    return Processes(workshop, options.jobs) if options.jobs > 1 else Here(workshop)


class _Run:
    """The state of a run: what is done, and the rows in progress."""

    def __init__(self, portfolio: Portfolio, shelf: Shelf, manifest: Manifest, options: Options, watch: Watch) -> None:
        self._portfolio, self._shelf, self._manifest = portfolio, shelf, manifest
        self._options, self._watch = options, watch
        self.tally: Counter[str] = Counter()
        self.traces: list[str] = []
        self._spellings = Spellings()
        # Rows that name no path to follow, and what was taken for the first of them.
        self._unnamed, self._first_unnamed = 0, ""
        self._in_progress: dict[int, tuple[PortfolioRow, Order]] = {}
        self._templates: dict[Hashable, str] = {}
        self._synced = time.monotonic()
        workers = 1 if options.scheduler else options.jobs
        rows = -(-len(portfolio) // options.shard[1])
        most = CHUNK[options.kind.edition]
        self.chunk = CLUSTER_CHUNK if options.scheduler else max(1, min(most, -(-rows // workers)))

    def take(self, executor: Executor) -> None:
        """Make every workbook that needs to be made, and give each its final name."""
        with closing(executor.run(self._chunks())) as results:
            for result in results:
                self._take(result)
        for note in filter(None, (self._spellings.rest, self._unnamed_paths())):
            self._watch(self.tally, f"{self._portfolio.path.name}: {note}")

    def _take(self, result: Aside | Failed) -> None:
        row, order = self._in_progress.pop(result.number)
        if isinstance(result, Failed) and result.asked:
            self._refuse(row, result.asked)
        elif isinstance(result, Failed):
            self._manifest.add({"row": row.number, "id": row.id, "failed": plain(result.why)})
            self.traces += [result.trace] if result.trace and len(self.traces) < MOST_TRACES else []
            self._count("failed", f"{row.where}: {result.why}")
        else:
            self._settle(row, order, result)
            self._note_path(row, order.scenario, result.figures)
            self._count("written")
        if time.monotonic() - self._synced > SECONDS_BETWEEN_SYNCS:
            self._sync()

    def _settle(self, row: PortfolioRow, order: Order, workbook: Aside) -> None:
        """Write the line of the manifest, then give the workbook its name."""
        cluster = self._options.scheduler
        if cluster and workbook.template != (expected := self._template(order.scenario)):
            raise OtherVersionError(cluster, workbook.template, expected)
        self._manifest.add(self._record(row, order, workbook))
        self._shelf.settle(workbook)

    def _record(self, row: PortfolioRow, order: Order, workbook: Aside) -> Record:
        scenario = order.scenario
        return {
            "row": row.number,
            "id": row.id,
            "file": f"{FOLDER}/{file_name(row.id)}",
            "input": order.input,
            "template": workbook.template,
            "runs": self._options.kind.runs,
            "edition": self._options.kind.edition.value,
            "sha256": workbook.sha256,
            "content": workbook.content,
            "size": workbook.size,
            "name": scenario.project.name,
            "owner": scenario.project.owner,
            "currency": scenario.project.currency,
            "usd_rate": scenario.project.usd_rate,
            **workbook.figures,
            "seconds": round(workbook.seconds, 4),
        }

    def _note_path(self, row: PortfolioRow, scenario: Scenario, figures: Mapping[str, Any]) -> None:
        if (tracking := figures["tracking"]) and not scenario.actuals.path:
            self._unnamed += 1
            self._first_unnamed = self._first_unnamed or f"{row.where}: {tracking['path']}"

    def _unnamed_paths(self) -> str:
        """A sentence on the rows whose months are held against the path that is recommended now, since they name none."""
        if not self._unnamed:
            return ""
        rows = f"{self._unnamed:,} row{'s' if self._unnamed > 1 else ''} with actuals"
        return (
            f"actuals.path is not named in {rows}; taken is the path recommended now ({self._first_unnamed}). "
            "The sheet Forecasts of portfolio.xlsx names each"
        )

    def _sync(self) -> None:
        self._manifest.sync()
        self._shelf.sync()
        self._synced = time.monotonic()

    def _count(self, outcome: str, message: str = "") -> None:
        self.tally[outcome] += 1
        self._watch(self.tally, message)

    # What has to be made

    def _chunks(self) -> Iterator[Chunk]:
        """The rows of this shard that have to be made, in chunks; rows that are refused or up to date are settled meanwhile."""
        collected: dict[Hashable, list[Order]] = {}
        for row in self._rows():
            order = self._order(row)
            if order is None:
                continue
            self._in_progress[order.number] = row, order
            layout = layout_of(order.scenario, self._options.kind.edition)
            collected.setdefault(layout, []).append(order)
            if len(collected[layout]) >= self.chunk:
                yield collected.pop(layout)
            elif len(collected) > MOST_OPEN:
                yield collected.pop(max(collected, key=lambda layout: len(collected[layout])))
        yield from collected.values()

    def _rows(self) -> Iterator[PortfolioRow]:
        """The rows of this shard: every N-th."""
        number, of = self._options.shard
        return (row for row in self._portfolio if (row.number - number) % of == 0)

    def _order(self, row: PortfolioRow) -> Order | None:
        """The order for a row; None if the row is refused or its workbook is up to date."""
        notes: list[str] = []
        try:
            scenario = row.scenario(notes)
        except Refused as refused:
            self._refuse(row, refused.faults)
            return None
        if shown := self._spellings.new(notes):
            self._watch(self.tally, "\n".join(f"{row.where}: {note}" for note in shown))
        order = Order(row.number, row.id, inputs_hash(scenario), scenario)
        if not self._options.force and (record := self._up_to_date(order)):
            self._manifest.keep(record, row.number)
            self._note_path(row, scenario, record)
            self._count("unchanged")
            return None
        return order

    def _refuse(self, row: PortfolioRow, refused: Sequence[Fault]) -> None:
        faults = [{name: plain(text) for name, text in asdict(fault).items()} for fault in first(refused)]
        self._manifest.add({"row": row.number, "id": plain(row.id), "refused": faults})
        head = f"{row.where}: {counted(refused)}, nothing was written for this row"
        self._count("refused", "\n".join([head, *listed(refused)]))

    def _up_to_date(self, order: Order) -> Record | None:
        """The record of a workbook whose input, template and file are unchanged; None if it has to be made."""
        record = self._manifest.earlier(order.id)
        if record is None or record_faults(record):
            return None
        kind = self._options.kind
        made_as = record["runs"], record["edition"], record["design"] is not None
        if record["input"] != order.input or made_as != (kind.runs, kind.edition.value, kind.design):
            return None
        if record["template"] != self._template(order.scenario):
            return None
        return record if self._shelf.holds(order.id, record) else None

    def _template(self, scenario: Scenario) -> str:
        """The fingerprint of the template of workbooks that are laid out as that of this scenario."""
        layout = layout_of(scenario, self._options.kind.edition)
        if layout not in self._templates:
            laid_out = book([scenario], 0, edition=self._options.kind.edition)
            laid_out.finish()
            self._templates[layout] = template_of(laid_out)
        return self._templates[layout]


def plain(text: str) -> str:
    """A user's text made safe to keep and show: on one line, limited in length, unprintable characters escaped."""
    return printable(text[:LONGEST_KEPT])
