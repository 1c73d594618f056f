"""Whether folders are the shards of one batch: all of them, each whole, nothing doubled, every workbook as it was made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path

import orjson

from calc.scenario.faults import MOST_SHOWN, Fault, Refused, first, shown
from workbook.bulk.batch import manifest_line as line
from workbook.bulk.batch.agreement import Agreement, Contradiction
from workbook.bulk.batch.manifest import NAME, records
from workbook.bulk.batch.manifest_line import Record
from workbook.bulk.batch.placing import FOLDER, is_described
from workbook.bulk.portfolio import ids
from workbook.bulk.portfolio.reports import About, totals

# What the shards of one batch share, as the command calls it.
SHARED = {
    "portfolio": "name of the portfolio",
    "sha256": "SHA-256 of the portfolio",
    "rows": "rows of the portfolio",
    "runs": "--runs",
    "version": "version of the calculator",
}
AGAIN = "run the shard again"


@dataclass(frozen=True)
class Shard:
    """A folder that a run of one shard left behind. summary: its summary.json."""

    folder: Path
    about: About
    summary: bytes


def proved(folders: Sequence[Path]) -> tuple[list[Shard], About]:
    """The shards, and what they are about together. Raises Refused where they are not one batch, with all its faults."""
    faults: list[Fault] = []
    shards = [shard for folder in folders if (shard := _opened(folder, faults))]
    _refuse(faults)
    about = shards[0].about
    _refuse([*_different(shards), *_incomplete([shard.about.shard[0] for shard in shards], about.shard[1])])
    _refuse(list(_not_whole(shards, about.rows)))
    return shards, replace(about, shard=(1, 1))


def file_name(record: Record) -> str:
    """The workbook of a row; what the line says of its place is not followed."""
    return ids.file_name(record["id"])


def _refuse(faults: Sequence[Fault]) -> None:
    if faults:
        raise Refused("merge", faults)


def _opened(folder: Path, faults: list[Fault]) -> Shard | None:
    """The shard in a folder; None where there is none, which is a fault more."""
    name = totals.NAME
    try:
        summary = (folder / name).read_bytes()
        about = totals.about(summary)
        name = NAME
        (folder / name).open("rb").close()
        return Shard(folder, about, summary)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        faults.append(Fault(f"{folder}, {name}", why, "a folder that `engagement batch` has finished"))
        return None


def _different(shards: Sequence[Shard]) -> Iterator[Fault]:
    """In what the shards differ from the first."""
    first = shards[0]
    wanted = asdict(first.about)
    for shard in shards[1:]:
        there = asdict(shard.about)
        for key, label in SHARED.items():
            if there[key] != wanted[key]:
                same = f"{wanted[key]}, as in {first.folder}"
                yield Fault(f"{shard.folder}, {label}", str(there[key]), same)
        if shard.about.shard[1] != first.about.shard[1]:
            same = f"{first.about.shard[1]}, as in {first.folder}"
            yield Fault(f"{shard.folder}, number of shards", str(shard.about.shard[1]), same)


def _incomplete(there: Sequence[int], of: int) -> Iterator[Fault]:
    """Shards that are missing or doubled."""
    count = Counter(there)
    for number, times in sorted(count.items()):
        if times > 1:
            yield Fault(f"shard {number} of {of}", f"is there {times} times", "", "each shard once")
    missing = of - len(count)
    for number in islice((number for number in range(1, of + 1) if number not in count), MOST_SHOWN):
        yield Fault(f"shard {number} of {of}", "is missing", "", "each shard once")
    if missing > MOST_SHOWN:
        yield Fault("and", f"{missing - MOST_SHOWN:,} more shards", "", "")


def _not_whole(shards: Sequence[Shard], rows: int) -> Iterator[Fault]:
    """Every row that is missing, doubled or out of place, every line and workbook that is not as it was made."""
    seen: set[int] = set()
    known: dict[str, int] = {}
    found: list[Fault] = []
    agreement = Agreement()
    for shard in shards:
        lines = records(shard.folder)
        wrong = [fault for record in lines for fault in _of_row(shard, record, rows, seen, known, agreement)]
        found += wrong
        # Sums of lines that are damaged are none.
        if all(isinstance(fault, Contradiction) for fault in wrong):
            found += _other_sums(shard)
    inside = sum(1 for row in seen if 1 <= row <= rows)
    missing = islice((row for row in range(1, rows + 1) if row not in seen), MOST_SHOWN)
    gone = [Fault(f"row {row}", "is in no shard", "", "run its shard again") for row in missing]
    yield from first([*found, *gone], rows - inside - len(gone))


def _of_row(
    shard: Shard, record: Record, rows: int, seen: set[int], known: dict[str, int], agreement: Agreement
) -> Iterator[Fault]:
    row = record["row"]
    number, of = shard.about.shard
    where = f"{shard.folder}, row {row}"
    if row in seen or not 1 <= row <= rows or (row - number) % of:
        yield Fault(where, "is there twice, or not of this shard", "", AGAIN)
    seen.add(row)
    wrong = line.faults(record, f"{where}, ")
    yield from wrong
    if wrong or "file" not in record:
        return
    try:
        content = (shard.folder / FOLDER / file_name(record)).read_bytes()
    except OSError as error:
        yield Fault(where, f"no workbook: {error.strerror}", "the workbook that the manifest tells of")
    else:
        if not is_described(content, record):
            yield Fault(where, "another workbook", "the workbook that the manifest tells of")
        else:
            yield from agreement.faults(record, content, where)
    if (other := known.setdefault(ids.key(record["id"]), row)) != row:
        yield Fault(where, f"the id {shown(record['id'])}, that of row {other} too", "each id once")


def _other_sums(shard: Shard) -> list[Fault]:
    """Where the lines of the manifest do not add up to what the shard's own summary says."""
    told = orjson.loads(shard.summary)
    found = orjson.loads(totals.as_json(totals.totals(shard.about, records(shard.folder))))
    return [
        Fault(f"{shard.folder}, {key}", f"is another in {NAME} than in {totals.NAME}", "", AGAIN)
        for key in ("counts", "paths", "currencies", "not_written")
        if found[key] != told.get(key)
    ]
