"""Workbooks made on a Dask cluster."""

import os
import pickle
import subprocess
import sys

import pytest

from tests.bulk.batches import ROOT, Options, engagement, files, orders, rows
from workbook.bulk.batch import running
from workbook.bulk.batch.executor import Here, Workshop
from workbook.bulk.batch.making import Kind
from workbook.bulk.batch.running import run_at
from workbook.bulk.batch.shelf import Address, Folder
from workbook.bulk.portfolio import Portfolio


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


@pytest.fixture
def cluster():
    """Two workers in this process, which share its memory."""
    distributed = pytest.importorskip("distributed")
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None, "processes": False}
    with distributed.LocalCluster(**options, protocol="tcp://", host="127.0.0.1") as cluster:
        yield cluster.scheduler_address


def fetched(address, folder):
    fsspec = pytest.importorskip("fsspec")
    system, root = fsspec.core.url_to_fs(address)
    system.get(root, str(folder), recursive=True)
    return files(folder)


def test_workers_write_to_an_address_what_one_process_writes_to_a_folder_and_resume_there(tmp_path, done, cluster):
    portfolio, finished = done
    address = f"memory://{tmp_path.name}/out"
    options = Options(scheduler=cluster)
    assert dict(run_at(Portfolio(portfolio), address, options).tally) == {"written": 5}
    assert fetched(address, tmp_path / "first") == files(finished)
    (system, root) = pytest.importorskip("fsspec").core.url_to_fs(address)
    system.pipe_file(f"{root}/workbooks/id-2.xlsx", b"changed")
    ended = engagement("batch", portfolio, "-o", address, "--scheduler", cluster)
    assert (ended.exit_code, ended.stdout.strip()) == (0, f"{address}/portfolio.xlsx")
    assert "1 written, 4 unchanged" in ended.stderr
    assert fetched(address, tmp_path / "again") == files(finished)


def test_workers_that_reach_the_folder_give_back_records_and_others_the_workbooks(tmp_path):
    pytest.importorskip("distributed")
    from workbook.bulk.batch import cluster

    shared, other = (Workshop(Folder(tmp_path / name), Kind()) for name in ("shared", "other"))
    for workshop in (shared, other):
        workshop.shelf.path.mkdir()
    mark = shared.shelf.marked()
    [record], [workbook] = (cluster._done(workshop, mark, orders(1)) for workshop in (shared, other))
    assert (shared.shelf.path / record.temporary).read_bytes() == workbook.content
    assert len(pickle.dumps(record)) < 10_000 < len(workbook.content)
    shared.shelf.path.joinpath(record.temporary).unlink()
    shared.shelf.unmark(mark)
    assert list(tmp_path.rglob("*.*")) == []


def test_a_run_at_an_address_that_is_killed_resumes_where_its_manifest_was_sent(tmp_path, done, monkeypatch):
    portfolio, finished = done
    address, settled = f"memory://{tmp_path.name}/out", Address.settle
    counted = iter(range(100))
    monkeypatch.setattr(
        Address, "settle", lambda place, workbook: settled(place, workbook) if next(counted) < 3 else exit("killed")
    )
    with pytest.raises(SystemExit):
        run_at(Portfolio(portfolio), address, Options())
    monkeypatch.undo()
    assert dict(run_at(Portfolio(portfolio), address, Options()).tally) == {"written": 1, "unchanged": 4}
    assert fetched(address, tmp_path / "again") == files(finished)


def test_an_address_with_files_of_somebody_else_is_refused_and_a_merge_takes_folders(tmp_path, done):
    fsspec = pytest.importorskip("fsspec")
    address = f"memory://{tmp_path.name}/mine"
    system, root = fsspec.core.url_to_fs(address)
    system.pipe_file(f"{root}/workbooks/id-1.xlsx", b"mine")
    ended = engagement("batch", done[0], "-o", address)
    assert (ended.exit_code, "no manifest.jsonl lists it" in ended.stderr) == (4, True)
    assert system.find(root) == [f"{root}/workbooks/id-1.xlsx"]
    ended = engagement("batch", done[0], "-o", "nothing-like-it://x/y")
    assert (ended.exit_code, "nothing-like-it" in ended.stderr) == (1, True)
    ended = engagement("merge", tmp_path, "-o", address)
    assert (ended.exit_code, "name a folder of this machine" in " ".join(ended.stderr.split())) == (2, True)
