"""Reads a portfolio: a CSV, JSON Lines or xlsx file with one scenario per row; `reports` describe the workbooks made of it.

    Portfolio(path)             its rows, its length, its fingerprint
    PortfolioRow.scenario()     the scenario of a row; raises Refused with every fault in it

Columns have dotted field names such as `work.core_hours` or `overrides.freelancer.rate.likely`, and there may be a
column `id`. Rows are numbered from 1, after the column names, in every form of file; without an id, the number of the row
is its id.
"""

from workbook.bulk.portfolio.file import Portfolio
from workbook.bulk.portfolio.portfolio_row import PortfolioRow

__all__ = ["Portfolio", "PortfolioRow"]
