"""A portfolio: a CSV, JSON Lines or xlsx file with one scenario a row; and reports on what came of it.

    Portfolio(path)      its rows, its length, its fingerprint
    Entry.scenario()     what a row says; raises Refused with every fault in it

Columns have dotted field names such as `work.core_hours` or `overrides.freelancer.rate.likely`, and there may be a
column `id`. Rows are counted from 1, the first after the column names, whatever the form of the file; a row without an
id has its number for one.
"""

from workbook.bulk.portfolio.file import Portfolio
from workbook.bulk.portfolio.project import Entry

__all__ = ["Entry", "Portfolio"]
