"""The shards of a batch as one: proved to be whole, with nothing missing and nothing doubled, then joined."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

import orjson

from calc.scenario.faults import Fault, Refused
from workbook.bulk.batch import target
from workbook.bulk.batch.manifest import NAME, Manifest, Record, records
from workbook.bulk.batch.placing import FOLDER, is_described, is_there, verified
from workbook.bulk.batch.run_lock import alone
from workbook.bulk.batch.running import report
from workbook.bulk.batch.shards import Shard, file_name, proved
from workbook.bulk.portfolio.reports import About, totals
from workbook.files.whole import beside, clean, synced, written


def merged(folders: Sequence[Path], folder: Path) -> About:
    """Join the shards in a new folder, or go on where that was stopped. Returns what the whole is about.

    Raises Refused where they are not one batch, or where something else is in the folder.
    """
    shards, about = proved(folders)
    target.check(folder)
    _check(folder, shards, about)
    workbooks = folder / FOLDER
    workbooks.mkdir(parents=True, exist_ok=True)
    with alone(folder):
        clean(workbooks)
        clean(folder)
        manifest = Manifest(folder)
        try:
            for shard in shards:
                for record in records(shard.folder):
                    _take(shard.folder, record, workbooks, manifest)
            synced(workbooks)
            manifest.finish()
        finally:
            manifest.close()
        report(folder, about)
    return about


def _check(folder: Path, shards: Sequence[Shard], about: About) -> None:
    """Raise Refused where the folder is one of the shards, or holds anything but what the same merge has written."""
    if not (folder / NAME).exists():
        return
    if any(folder.samefile(shard.folder) for shard in shards):
        raise Refused(str(folder), [Fault("the output", "one of the shards", "a new or an empty folder")])
    ours = {_digest(record) for shard in shards for record in records(shard.folder)}
    if not _is_about(folder, about) or not all(_digest(record) in ours for record in records(folder)):
        found = "a batch already, and not what these shards give"
        raise Refused(str(folder), [Fault("the output", found, "a new or an empty folder")])


def _digest(record: Record) -> bytes:
    return blake2b(orjson.dumps(record, option=orjson.OPT_SORT_KEYS), digest_size=16).digest()


def _is_about(folder: Path, about: About) -> bool:
    """Whether a summary, if there is one yet, is about the same."""
    try:
        return totals.about((folder / totals.NAME).read_bytes()) == about
    except FileNotFoundError:
        return True
    except ValueError:
        return False


def _take(source: Path, record: Record, workbooks: Path, manifest: Manifest) -> None:
    """Copy a workbook, if the row has one that is not there yet, as a run writes it: whole, then told of, then under its
    final name."""
    if "file" not in record:
        manifest.add(record)
        return
    name = file_name(record)
    if manifest.earlier(record["id"]) == record and is_there(workbooks / name, record):
        manifest.keep(record, record["row"])
        return
    content = (source / FOLDER / name).read_bytes()
    place = beside(workbooks / name)
    place.unlink(missing_ok=True)
    try:
        written(place, content)
        verified(place, content)
        if not is_described(content, record):
            raise OSError(f"{source / FOLDER / name} has changed while it was copied")
        manifest.add(record)
        place.replace(workbooks / name)
    finally:
        place.unlink(missing_ok=True)
