"""A portfolio: a CSV, JSON Lines or xlsx file with one scenario a row, read as a stream.

    entries(path) -> Iterator[Entry]     every row, in order, with its id checked
    Entry.scenario() -> Scenario         what the row says; raises Refused with every fault in it

Columns have dotted field names such as `work.core_hours` or `overrides.freelancer.rate.likely`, and there may be a
column `id`. Rows are counted from 1, the first after the column names, whatever the form of the file; a row without an
id has its number for one.
"""

from workbook.portfolio.entries import entries, fingerprint
from workbook.portfolio.entry import Entry

__all__ = ["Entry", "entries", "fingerprint"]
