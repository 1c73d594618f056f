"""Workbooks made on a Dask cluster."""

import os
import subprocess
import sys

import pytest

from tests.bulk.batches import ROOT, engagement, files, rows
from workbook.bulk.batch import running
from workbook.bulk.batch.executor import Here


def test_a_dask_cluster_with_two_workers_writes_what_one_process_writes(tmp_path, done):
    distributed = pytest.importorskip("distributed")
    portfolio, finished = done
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None, "processes": True}
    with distributed.LocalCluster(**options) as cluster:
        ended = engagement("batch", portfolio, "-o", tmp_path / "out", "--scheduler", cluster.scheduler_address)
    assert ended.exit_code == 0, ended.stderr
    assert files(tmp_path / "out") == files(finished)


def test_a_missing_scheduler_is_reported(tmp_path, done, monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr("workbook.bulk.batch.cluster.SECONDS_TO_CONNECT", 1)
    ended = engagement("batch", done[0], "-o", tmp_path / "out", "--scheduler", "tcp://127.0.0.1:9")
    assert (ended.exit_code, "no Dask scheduler answers at tcp://127.0.0.1:9" in ended.stderr) == (1, True)
    monkeypatch.setitem(sys.modules, "distributed", None)
    ended = engagement("batch", done[0], "-o", tmp_path / "out", "--scheduler", "tcp://127.0.0.1:9")
    assert (ended.exit_code, "pip install '.[dask]'" in ended.stderr) == (1, True)


@pytest.mark.parametrize(
    "address",
    ["junk://", "nonsense", "tcp://", "tcp://host", "http://h:1", "h:0", "h:65536", "h:x", ":8786", "inproc://1"],
)
def test_an_impossible_address_is_a_usage_error(tmp_path, address):
    ended = engagement("batch", rows(tmp_path / "p.csv", 1), "-o", tmp_path / "out", "--scheduler", address)
    assert (ended.exit_code, "such as tcp://10.0.0.5:8786" in " ".join(ended.stderr.split())) == (2, True)
    assert not (tmp_path / "out").exists()


# A client that finds nobody would wait for a minute when the process ends.
def test_the_command_ends_at_once_when_no_scheduler_can_be_reached(tmp_path):
    pytest.importorskip("distributed")
    portfolio = rows(tmp_path / "p.csv", 1)
    line = [sys.executable, "-m", "workbook.command", "batch", str(portfolio), "-o", str(tmp_path / "out")]
    ended = subprocess.run(
        [*line, "--scheduler", "tls://127.0.0.1:9"],
        capture_output=True,
        timeout=30,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert (ended.returncode, b"Traceback" in ended.stderr) == (1, False)
    assert b"no Dask scheduler answers at tls://127.0.0.1:9" in ended.stderr


def test_a_cluster_with_another_version_of_the_calculator_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(running, "Cluster", lambda workshop, address: Here(workshop))
    monkeypatch.setattr(running._Run, "_template", lambda run, scenario: "another")
    portfolio = rows(tmp_path / "p.csv", 1)
    ended = engagement("batch", portfolio, "-o", tmp_path / "out", "--scheduler", "tcp://10.0.0.5:8786")
    assert ended.exit_code == 4
    assert "the cluster at tcp://10.0.0.5:8786: nothing more was written" in ended.stderr
    assert "runs another version of the calculator" in ended.stderr
    assert not list((tmp_path / "out" / "workbooks").iterdir())
