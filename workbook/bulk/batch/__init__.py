"""Makes thousands of workbooks from one portfolio: evaluated in chunks, stamped from one layout, and none lost.

making      a chunk of rows -> the bytes of their workbooks
placing     bytes -> a file beside its final name: verified, and safe on the disk
executor    where chunks are made: in this process, in several, on a cluster
manifest    what is done: one line per row, as `manifest_line` describes it
target      the folder to fill, where nobody else's files are ever overwritten
filling     that folder while it is filled: by one run at a time (run_lock), with its manifest and reports
running     a whole batch or one shard of it; resumes where an earlier run stopped
shards      checks that folders are all the shards of one batch, each complete
merging     joins the shards
"""

from workbook.bulk.batch.cluster import NoClusterError
from workbook.bulk.batch.manifest import NAME, records
from workbook.bulk.batch.manifest_line import Record
from workbook.bulk.batch.merging import merged
from workbook.bulk.batch.placing import FOLDER
from workbook.bulk.batch.processes import WorkersDieError
from workbook.bulk.batch.run_lock import InUseError, alone
from workbook.bulk.batch.running import Options, Outcome, run

__all__ = [
    "FOLDER",
    "NAME",
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
