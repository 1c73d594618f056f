"""Reads a portfolio: a CSV, JSON Lines or xlsx file with one scenario per row; `reports` describe the workbooks made of it.

    Portfolio(path)             its rows, its length, its fingerprint
    PortfolioRow.scenario()     the scenario of a row; raises Refused with every fault in it

Columns have dotted field names such as `work.core_hours` or `overrides.freelancer.rate.likely`, and there may be a
column `id`. Rows are numbered from 1, after the column names, in every form of file; without an id, the number of the row
is its id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbook.bulk.portfolio.file import Portfolio
    from workbook.bulk.portfolio.portfolio_row import PortfolioRow

__all__ = ["Portfolio", "PortfolioRow"]


def __getattr__(name: str) -> Any:
    """`Portfolio` and `PortfolioRow`, fetched when asked for: who reads a manifest needs the form of its ids alone."""
    if name == "Portfolio":
        from workbook.bulk.portfolio.file import Portfolio

        return Portfolio
    if name == "PortfolioRow":
        from workbook.bulk.portfolio.portfolio_row import PortfolioRow

        return PortfolioRow
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
