"""Makes thousands of workbooks from one portfolio: evaluated in chunks, stamped from one layout, and none lost.

making      a chunk of rows -> the bytes of their workbooks
placing     bytes -> a file beside its final name: verified, and safe on the disk
shelf       where workbooks stand: a folder, or an address that fsspec reaches; `remote`, the manifest of the latter
executor    where chunks are made: in this process, in several, on a cluster
manifest    what is done: one line per row, as `manifest_line` describes it, found again by `place_index`
json_form   the JSON Schema of such a line
target      the folder to fill, where nobody else's files are ever overwritten
filling     that folder while it is filled: by one run at a time (run_lock), with its manifest and reports
running     a whole batch or one shard of it; resumes where an earlier run stopped
shards      checks that folders are all the shards of one batch, each complete
merging     joins the shards

The manifest is imported at once; what makes and joins workbooks, when it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from workbook.bulk.batch.file_names import FOLDER
from workbook.bulk.batch.manifest import NAME, records
from workbook.bulk.batch.manifest_line import Record
from workbook.bulk.batch.manifest_line import faults as faults_of
from workbook.bulk.batch.run_lock import InUseError, alone

if TYPE_CHECKING:
    from workbook.bulk.batch.cluster import NoClusterError
    from workbook.bulk.batch.json_form import manifest_schema
    from workbook.bulk.batch.making import LARGE_RUN, Kind
    from workbook.bulk.batch.merging import merged
    from workbook.bulk.batch.processes import WorkersDieError
    from workbook.bulk.batch.running import Options, Outcome, run, run_at
    from workbook.bulk.batch.shelf import NoPlaceError, is_address

__all__ = [
    "FOLDER",
    "LARGE_RUN",
    "NAME",
    "InUseError",
    "Kind",
    "NoClusterError",
    "NoPlaceError",
    "Options",
    "Outcome",
    "Record",
    "WorkersDieError",
    "alone",
    "faults_of",
    "is_address",
    "manifest_schema",
    "merged",
    "records",
    "run",
    "run_at",
]

# Name -> the module that has it.
WHEN_ASKED_FOR = {
    "Kind": "making",
    "LARGE_RUN": "making",
    "NoClusterError": "cluster",
    "NoPlaceError": "shelf",
    "Options": "running",
    "Outcome": "running",
    "WorkersDieError": "processes",
    "is_address": "shelf",
    "manifest_schema": "json_form",
    "merged": "merging",
    "run": "running",
    "run_at": "running",
}


def __getattr__(name: str) -> Any:
    """What makes and joins workbooks: whoever only reads a manifest, as `engagement mail` does, need not wait for it."""
    if name in WHEN_ASKED_FOR:
        return getattr(import_module(f"{__name__}.{WHEN_ASKED_FOR[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
