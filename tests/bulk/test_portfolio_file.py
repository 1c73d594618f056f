"""Files that are not portfolios, or that change while they are read."""

import json
import os
import sys

import pytest

from calc.scenario import Refused
from tests.bulk.portfolios import HEAD, ROW, portfolio, refusal
from workbook.bulk.portfolio import Portfolio


def test_a_file_that_is_not_a_portfolio_is_refused_as_a_whole(tmp_path):
    assert "no such file" in refusal(lambda: Portfolio(tmp_path / "none.csv")).lower()
    assert ".csv, .jsonl or .xlsx" in refusal(lambda: portfolio(tmp_path, "", "p.txt"))
    assert "UTF-8" in refusal(lambda: portfolio(tmp_path, HEAD.encode() + b"\xff\n"))
    assert "UTF-8" in refusal(lambda: portfolio(tmp_path, HEAD.encode() + "é".encode()[:1]))
    assert "zip" in refusal(lambda: portfolio(tmp_path, "PK nothing", "p.xlsx"))
    assert "no column names" in refusal(lambda: portfolio(tmp_path, ""))
    assert "a folder, not a regular file" in refusal(lambda: Portfolio(tmp_path))


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
@pytest.mark.parametrize("name", ["pipe.csv", "pipe.jsonl", "pipe.xlsx"])
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path, name):
    os.mkfifo(tmp_path / name)
    assert "a pipe or a device" in refusal(lambda: Portfolio(tmp_path / name))


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.open("a").write(ROW.replace("a,", "late,")),
        lambda path: path.write_text(HEAD),
        lambda path: os.utime(path, ns=(0, 0)),
        lambda path: (path.with_name("new").write_bytes(path.read_bytes()), path.with_name("new").replace(path)),
        lambda path: path.unlink(),
    ],
    ids=["grown", "cut", "touched", "replaced", "gone"],
)
def test_a_portfolio_that_changes_while_it_is_read_is_not_followed(tmp_path, change):
    rows = portfolio(tmp_path, HEAD + "".join(f"r{n},Checkout rescue,2026-12-01,400\n" for n in range(5_000)))
    assert len(rows) == 5_000
    reading = iter(rows)
    next(reading)
    change(rows.path)
    with pytest.raises(Refused) as refused:
        len(list(reading)) and len(list(rows))
    assert "changed while it was being read" in str(refused.value) or "can no longer be read" in str(refused.value)
    assert "nothing more was written" in str(refused.value)


def test_reading_a_portfolio_that_grows_with_every_row_ends(tmp_path):
    rows = portfolio(tmp_path, json.dumps({"project.name": "A", "project.start": "2026-12-01"}) + "\n", "p.jsonl")
    read = []

    def follow(file):
        for entry in rows:
            read.append(entry.id)
            file.write("{}\n")
            file.flush()

    with rows.path.open("a") as file, pytest.raises(Refused, match="changed while it was being read"):
        follow(file)
    assert read == ["1"]
