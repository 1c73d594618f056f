"""What the tests of portfolios share: a portfolio from text, the faults of a row, the text of a refusal."""

from pathlib import Path

import pytest

from calc.scenario import Refused
from workbook.bulk.portfolio import Portfolio

ROOT = Path(__file__).parents[2]


EXAMPLE = ROOT / "build" / "portfolio.csv"


HEAD = "id,project.name,project.start,work.core_hours\n"


ROW = "a,Checkout rescue,2026-12-01,400\n"


def portfolio(tmp_path, text, name="portfolio.csv"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Portfolio(path)


def faults(entry):
    """The faults of a row, as text."""
    with pytest.raises(Refused) as refused:
        entry.scenario()
    return [str(fault) for fault in refused.value.faults]


def refusal(make):
    with pytest.raises(Refused) as refused:
        list(make())
    return str(refused.value)
