"""Thousands of workbooks from one portfolio: evaluated by the chunk, stamped from one layout, and nothing lost.

making      a chunk of rows -> the bytes of their workbooks
placing     bytes -> a file beside its final name: verified, and down on the disk
executor    where chunks are made: in this process, in several, on a cluster
manifest    what is done: a line for each row, which `manifest_line` describes
target      the folder that is filled, in which nothing of anybody else is written over; run_lock, one run at a time
running     a whole batch, or one shard of it; it goes on where an earlier run stopped
shards      whether folders are all the shards of one batch, and whole
merging     the shards as one
"""

from workbook.bulk.batch.cluster import NoClusterError
from workbook.bulk.batch.manifest import NAME, records
from workbook.bulk.batch.manifest_line import SHA256, Record
from workbook.bulk.batch.merging import merged
from workbook.bulk.batch.placing import FOLDER
from workbook.bulk.batch.processes import WorkersDieError
from workbook.bulk.batch.run_lock import InUseError, alone
from workbook.bulk.batch.running import Options, Outcome, run

__all__ = [
    "FOLDER",
    "NAME",
    "SHA256",
    "InUseError",
    "NoClusterError",
    "Options",
    "Outcome",
    "Record",
    "WorkersDieError",
    "alone",
    "merged",
    "records",
    "run",
]
