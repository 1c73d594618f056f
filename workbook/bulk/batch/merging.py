"""Joins the shards of a batch, once they are proved to be whole: nothing missing, nothing duplicated."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import orjson

from calc.scenario.faults import Refused, problem
from workbook.bulk.batch import target
from workbook.bulk.batch.file_names import FOLDER
from workbook.bulk.batch.filling import only_run, opened_manifest, report
from workbook.bulk.batch.manifest import NAME, Manifest, records
from workbook.bulk.batch.manifest_line import Record
from workbook.bulk.batch.place_index import PlaceIndex
from workbook.bulk.batch.placing import is_described, is_there, verified_beside
from workbook.bulk.batch.shards import Shard, file_name, proved
from workbook.bulk.portfolio.reports import About, totals

ELSEWHERE = "name a new or an empty folder"


def merged(folders: Sequence[Path], folder: Path, budget: float | None = None) -> About:
    """Join the shards in a new folder, or resume an earlier merge. Returns a description of the whole batch.

    budget: for all projects together, see `workbook.bulk.portfolio.reports`.

    Raises Refused if the shards are not those of one batch, or if the folder holds anything else.
    """
    shards, about = proved(folders)
    target.check(folder)
    _check(folder, shards, about)
    with only_run(folder) as workbooks:
        with opened_manifest(folder) as manifest:
            for shard in shards:
                for record in records(shard.folder):
                    _take(shard.folder, record, workbooks, manifest)
        report(folder, about, budget)
    return about


def _check(folder: Path, shards: Sequence[Shard], about: About) -> None:
    """Raise Refused if the folder is one of the shards, or holds anything but what the same merge has written."""
    if not (folder / NAME).exists():
        return
    if any(folder.samefile(shard.folder) for shard in shards):
        raise Refused(str(folder), [problem("", "this is one of the shards", ELSEWHERE)])
    ours = PlaceIndex()
    for shard in shards:
        for record in records(shard.folder):
            ours.add(_told(record), record["row"])
    if not _is_about(folder, about) or not all(
        record["row"] in ours.places(_told(record)) for record in records(folder)
    ):
        raise Refused(str(folder), [problem("", "holds a batch already, and not the one of these shards", ELSEWHERE)])


def _told(record: Record) -> str:
    return orjson.dumps(record, option=orjson.OPT_SORT_KEYS).decode()


def _is_about(folder: Path, about: About) -> bool:
    """Whether the folder's summary, if it has one yet, is about the same batch."""
    try:
        return totals.about((folder / totals.NAME).read_bytes()) == about
    except FileNotFoundError:
        return True
    except ValueError:
        return False


def _take(source: Path, record: Record, workbooks: Path, manifest: Manifest) -> None:
    """Take over a row, with its workbook unless that is there: first the file, then its line, then its final name."""
    if "file" not in record:
        manifest.add(record)
        return
    name = file_name(record)
    if manifest.earlier(record["id"]) == record and is_there(workbooks / name, record):
        manifest.keep(record, record["row"])
        return
    content = (source / FOLDER / name).read_bytes()
    if not is_described(content, record):
        raise OSError(f"{source / FOLDER / name} changed while it was being copied")
    place = verified_beside(workbooks / name, content)
    try:
        manifest.add(record)
        place.replace(workbooks / name)
    finally:
        place.unlink(missing_ok=True)
