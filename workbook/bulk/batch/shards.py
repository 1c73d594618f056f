"""Checks that folders are all the shards of one batch: complete, without duplicates, each workbook as it was made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path

import numpy as np
import orjson

from calc.scenario.faults import MOST_SHOWN, Fault, Refused, first, problem, shown
from workbook.bulk.batch.agreement import Agreement, Contradiction
from workbook.bulk.batch.file_names import FOLDER
from workbook.bulk.batch.manifest import NAME, records
from workbook.bulk.batch.manifest_line import Record
from workbook.bulk.batch.manifest_line import faults as record_faults
from workbook.bulk.batch.place_index import PlaceIndex
from workbook.bulk.batch.placing import is_described
from workbook.bulk.portfolio import ids
from workbook.bulk.portfolio.reports import About, totals

# What all shards of a batch have in common, with the names that people know.
SHARED = {
    "portfolio": "name of the portfolio",
    "sha256": "SHA-256 of the portfolio",
    "rows": "rows of the portfolio",
    "runs": "--runs",
    "edition": "--edition",
    "design": "--design",
    "version": "version of the calculator",
}
AGAIN = "run the shard again"
FINISHED = "name a folder that `engagement batch` has finished"


@dataclass(frozen=True)
class Shard:
    """A folder filled by a run of one shard. summary: its summary.json."""

    folder: Path
    about: About
    summary: bytes


def proved(folders: Sequence[Path]) -> tuple[list[Shard], About]:
    """The shards, and a description of the whole batch. Raises Refused with every fault if they are not one batch."""
    faults: list[Fault] = []
    shards = [shard for folder in folders if (shard := _opened(folder, faults))]
    _refuse(faults)
    about = shards[0].about
    _refuse([*_different(shards), *_incomplete([shard.about.shard[0] for shard in shards], about.shard[1])])
    _refuse(list(_not_whole(shards, about.rows)))
    return shards, replace(about, shard=(1, 1))


def file_name(record: Record) -> str:
    """The workbook of a row, by its id; the path in the record is never followed."""
    return ids.file_name(record["id"])


def _refuse(faults: Sequence[Fault]) -> None:
    if faults:
        raise Refused("merge", faults)


def _opened(folder: Path, faults: list[Fault]) -> Shard | None:
    """The shard in a folder; None if there is none, with a fault added."""
    name = totals.NAME
    try:
        summary = (folder / name).read_bytes()
        about = totals.about(summary)
        name = NAME
        (folder / name).open("rb").close()
        return Shard(folder, about, summary)
    except NotADirectoryError:
        faults.append(problem(str(folder), "a file, not a folder", FINISHED))
        return None
    except FileNotFoundError:
        says = "no such file"
    except (OSError, ValueError) as error:
        says = getattr(error, "strerror", None) or str(error)
    faults.append(problem(f"{folder}, {name}", says, FINISHED))
    return None


def _different(shards: Sequence[Shard]) -> Iterator[Fault]:
    """A fault for each property in which a shard differs from the first."""
    first = shards[0]
    expected = asdict(first.about)
    for shard in shards[1:]:
        about = asdict(shard.about)
        for key, label in SHARED.items():
            if about[key] != expected[key]:
                same = f"{expected[key]}, as in {first.folder}"
                yield Fault(f"{shard.folder}, {label}", str(about[key]), same)
        if shard.about.shard[1] != first.about.shard[1]:
            same = f"{first.about.shard[1]}, as in {first.folder}"
            yield Fault(f"{shard.folder}, number of shards", str(shard.about.shard[1]), same)


def _incomplete(numbers: Sequence[int], of: int) -> Iterator[Fault]:
    """A fault for each shard that is missing or given more than once."""
    count = Counter(numbers)
    for number, times in sorted(count.items()):
        if times > 1:
            yield problem(f"shard {number} of {of}", f"given {times} times", "name each shard once")
    missing = of - len(count)
    for number in islice((number for number in range(1, of + 1) if number not in count), MOST_SHOWN):
        yield problem(f"shard {number} of {of}", "missing", "name each shard once")
    if missing > MOST_SHOWN:
        yield problem("and", f"{missing - MOST_SHOWN:,} more shards")


def _not_whole(shards: Sequence[Shard], rows: int) -> Iterator[Fault]:
    """A fault for each row that is missing, duplicated or misplaced, and each line or workbook that was changed."""
    # Memory that is never touched is never given: a summary that claims a billion rows takes none.
    seen = np.zeros(rows + 1, bool)
    row_by_id = PlaceIndex()
    faults = Faults()
    agreement = Agreement()
    for shard in shards:
        can_be_summed = True
        for record in records(shard.folder):
            for fault in _of_row(shard, record, seen, row_by_id, agreement):
                faults.add(fault)
                can_be_summed &= isinstance(fault, Contradiction)
        # Damaged lines cannot be summed.
        if can_be_summed:
            faults.add(*_other_sums(shard))
    faults.add(*_same_ids(shards, row_by_id.shared()))
    missing = np.flatnonzero(~seen[1:]) + 1
    gone = [problem(f"row {row}", "missing from every shard", "run its shard again") for row in missing[:MOST_SHOWN]]
    yield from first([*faults.first, *gone], faults.more + len(missing) - len(gone))


class Faults:
    """The first faults of many, and how many more there are."""

    def __init__(self) -> None:
        self.first: list[Fault] = []
        self.more = 0

    def add(self, *faults: Fault) -> None:
        for fault in faults:
            if len(self.first) < MOST_SHOWN:
                self.first.append(fault)
            else:
                self.more += 1


def _of_row(
    shard: Shard, record: Record, seen: np.ndarray, row_by_id: PlaceIndex, agreement: Agreement
) -> Iterator[Fault]:
    row = record["row"]
    number, of = shard.about.shard
    where = f"{shard.folder}, row {row}"
    inside = 1 <= row < len(seen)
    if not inside or seen[row] or (row - number) % of:
        yield problem(where, "duplicated, or part of another shard", AGAIN)
    if inside:
        seen[row] = True
    damaged = record_faults(record, f"{where}, ")
    yield from damaged
    if damaged or "file" not in record:
        return
    try:
        content = (shard.folder / FOLDER / file_name(record)).read_bytes()
    except OSError as error:
        yield problem(where, f"its workbook cannot be read: {error.strerror}", AGAIN)
    else:
        if not is_described(content, record):
            yield problem(where, "its workbook is not the one that the manifest describes", AGAIN)
        else:
            yield from agreement.faults(record, content, where)
    if inside:
        row_by_id.add(ids.key(record["id"]), row)


def _same_ids(shards: Sequence[Shard], rows: set[int]) -> Iterator[Fault]:
    """A fault for each of these rows whose id an earlier row has. rows: all that may be meant."""
    row_by_id: dict[str, int] = {}
    for shard in shards if rows else ():
        for record in records(shard.folder):
            row = record["row"]
            if row not in rows or "file" not in record or not isinstance(record.get("id"), str):
                continue
            if (earlier := row_by_id.setdefault(ids.key(record["id"]), row)) != row:
                says = f"its id, {shown(record['id'])}, is also that of row {earlier}"
                yield problem(f"{shard.folder}, row {row}", says, "give each row its own id")


def _other_sums(shard: Shard) -> list[Fault]:
    """A fault for each part of the shard's summary that differs from the sums over its manifest."""
    summary = orjson.loads(shard.summary)
    summed = orjson.loads(totals.as_json(totals.totals(shard.about, records(shard.folder))))
    return [
        problem(f"{shard.folder}, {key}", f"{NAME} and {totals.NAME} differ", AGAIN)
        for key in (
            "counts",
            "paths",
            "currencies",
            "statuses",
            "alerts",
            "rows_alerted",
            "alerted",
            "not_written",
            "design",
        )
        if summed[key] != summary.get(key)
    ]
