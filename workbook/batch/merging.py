"""The shards of a batch as one: proved to be whole, with nothing missing and nothing doubled, then joined."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from calc.scenario.faults import Fault, Refused, shown
from workbook.batch.manifest import NAME, Manifest, Record, records
from workbook.batch.placing import FOLDER, UNFINISHED, clean, sync, verified, written
from workbook.batch.run import alone, report
from workbook.portfolio import ids
from workbook.portfolio.reports import About, totals

# Told one by one; of more, the number.
MOST_TOLD = 20


@dataclass(frozen=True)
class Shard:
    """A folder that a run of one shard left behind."""

    folder: Path
    about: About


def merged(folders: Sequence[Path], target: Path) -> About:
    """Join the shards in a new folder, and return what it is about. Raises Refused where they are not one batch."""
    shards = [_shard(folder) for folder in folders]
    about = _one_batch(shards)
    _whole(shards, about.rows)
    workbooks = target / FOLDER
    workbooks.mkdir(parents=True, exist_ok=True)
    with alone(target):
        clean(workbooks)
        clean(target)
        if (target / NAME).exists():
            raise Refused(str(target), [Fault("the folder", "a batch already", "a new or an empty folder")])
        manifest = Manifest(target)
        try:
            for shard in shards:
                for record in records(shard.folder):
                    _take(shard.folder, record, workbooks, manifest)
            sync(workbooks)
            manifest.finish()
        finally:
            manifest.close()
        report(target, about)
    return about


def _take(source: Path, record: Record, workbooks: Path, manifest: Manifest) -> None:
    """Copy a workbook, if the row has one, as a run writes it: whole, then told of, then under its final name."""
    if "file" not in record:
        manifest.add(record)
        return
    name = _file_name(record)
    content = (source / FOLDER / name).read_bytes()
    place = workbooks / f".{name}{UNFINISHED}"
    try:
        written(place, content)
        if verified(place, content) != record["sha256"]:
            raise OSError(f"{source / FOLDER / name} has changed while it was copied")
        manifest.add(record)
        place.replace(workbooks / name)
    finally:
        place.unlink(missing_ok=True)


def _file_name(record: Record) -> str:
    return ids.file_name(record["id"])


def _shard(folder: Path) -> Shard:
    try:
        return Shard(folder, totals.about((folder / "summary.json").read_bytes()))
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        allowed = "a folder that `engagement batch` has finished"
        raise Refused(str(folder), [Fault("summary.json", why, allowed)]) from None


def _one_batch(shards: Sequence[Shard]) -> About:
    """What the whole is about. Raises Refused where the folders are not all the shards of one batch, each once."""
    first = shards[0].about
    faults = []
    for shard in shards[1:]:
        if replace(shard.about, shard=(1, first.shard[1])) != replace(first, shard=(1, first.shard[1])):
            found = f"{shard.about.portfolio} {shard.about.sha256[:12]}, {shard.about.shard[1]} shards"
            same = f"the same portfolio, version, number of shards and trials as {shards[0].folder}"
            faults.append(Fault(str(shard.folder), found, same))
    there = [shard.about.shard[0] for shard in shards]
    for number in range(1, first.shard[1] + 1):
        if there.count(number) != 1:
            found = "is missing" if number not in there else f"is there {there.count(number)} times"
            faults.append(Fault(f"shard {number} of {first.shard[1]}", found, "", "each shard once"))
    if faults:
        raise Refused("merge", faults)
    return replace(first, shard=(1, 1))


def _whole(shards: Sequence[Shard], rows: int) -> None:
    """Raise Refused with every row that is missing, doubled or out of place, and every workbook that is not as told."""
    faults: list[Fault] = []
    rows_seen: set[int] = set()
    ids_seen: dict[str, int] = {}
    for shard in shards:
        number, of = shard.about.shard
        for record in records(shard.folder):
            row = record["row"]
            where = f"{shard.folder}, row {row}"
            if row in rows_seen or not 1 <= row <= rows or (row - number) % of:
                faults.append(Fault(where, "is there twice, or not of this shard", "", "run the shard again"))
            rows_seen.add(row)
            if "file" in record:
                faults += _workbook_faults(shard.folder, record, where)
                if (other := ids_seen.setdefault(ids.key(record["id"]), row)) != row:
                    faults.append(
                        Fault(where, f"the id {shown(record['id'])}, that of row {other} too", "each id once")
                    )
    missing = [row for row in range(1, rows + 1) if row not in rows_seen]
    faults += [Fault(f"row {row}", "is in no shard", "", "run its shard again") for row in missing]
    if len(faults) > MOST_TOLD:
        faults[MOST_TOLD:] = [Fault("and", f"{len(faults) - MOST_TOLD:,} more faults", "", "")]
    if faults:
        raise Refused("merge", faults)


def _workbook_faults(folder: Path, record: Record, where: str) -> list[Fault]:
    if not isinstance(record["id"], str) or ids.fault(record["id"]):
        return [Fault(where, f"the id {shown(record['id'])}", ids.ALLOWED)]
    try:
        content = (folder / FOLDER / _file_name(record)).read_bytes()
    except OSError as error:
        return [Fault(where, f"no workbook: {error.strerror}", "the workbook that the manifest tells of")]
    if hashlib.sha256(content).hexdigest() != record["sha256"]:
        return [Fault(where, "another workbook", "the workbook that the manifest tells of")]
    return []
