"""Finished batches: built once per session, never changed by a test; `again` is a copy that may be changed."""

import subprocess

import pytest

from tests.bulk.batches import Options, rows
from workbook.bulk.batch.running import run
from workbook.bulk.portfolio import Portfolio


@pytest.fixture(scope="session")
def done(tmp_path_factory):
    """A portfolio of five rows, and the folder of its batch."""
    folder = tmp_path_factory.mktemp("done")
    portfolio = rows(folder / "portfolio.csv", 5)
    run(Portfolio(portfolio), folder / "out", Options())
    return portfolio, folder / "out"


@pytest.fixture
def again(done, tmp_path):
    """The same in a place of its own."""
    portfolio = tmp_path / "portfolio.csv"
    portfolio.write_bytes(done[0].read_bytes())
    subprocess.run(["cp", "-a", done[1], tmp_path / "out"], check=True)
    return portfolio, tmp_path / "out"


@pytest.fixture(scope="session")
def shards(tmp_path_factory):
    """A portfolio of seven rows, one of them bad, its whole batch, and its three shards."""
    folder = tmp_path_factory.mktemp("shards")
    portfolio = rows(folder / "portfolio.csv", 7, row4="id-4,,2026-12-01,400")
    run(Portfolio(portfolio), folder / "whole", Options())
    for number in (1, 2, 3):
        run(Portfolio(portfolio), folder / f"shard{number}", Options(shard=(number, 3)))
    return folder
