"""Workbooks made in several processes, which may die; and the recipes for CI."""

import hashlib
import os
import re
import signal
import sys
from dataclasses import dataclass

import pytest

from tests.bulk.batches import ROOT, engagement, files, orders, tally
from workbook.bulk.batch.executor import Here, Workshop
from workbook.bulk.batch.making import Failed, Kind
from workbook.bulk.batch.processes import Processes, WorkersDieError
from workbook.bulk.batch.shelf import Folder


def test_several_processes_write_what_one_writes(tmp_path, done):
    portfolio, finished = done
    assert tally(portfolio, tmp_path / "out", jobs=2) == {"written": 5}
    assert files(tmp_path / "out") == files(finished)


@dataclass(frozen=True)
class Deadly(Workshop):
    """A workshop whose process dies at one row each time, and at another only the first time."""

    always: int = 3
    once: int = 7

    def placed(self, workbook):
        killed = self.shelf.path / f"killed at {workbook.number}"
        if workbook.number == self.always or (workbook.number == self.once and not killed.exists()):
            killed.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().placed(workbook)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_worker_that_dies_loses_at_most_the_row_that_kills_it(tmp_path):
    chunks = [orders(8)[:5], orders(8)[5:]]
    workbooks = list(Processes(Deadly(Folder(tmp_path), Kind()), 2).run(chunks))
    assert sorted(workbook.number for workbook in workbooks) == list(range(1, 9))
    lost = [workbook for workbook in workbooks if isinstance(workbook, Failed)]
    assert [workbook.number for workbook in lost] == [3]
    assert (tmp_path / "killed at 7").exists()
    assert all("SIGKILL, twice" in workbook.why for workbook in lost)
    for workbook in workbooks:
        if not isinstance(workbook, Failed):
            assert hashlib.sha256((tmp_path / workbook.temporary).read_bytes()).hexdigest() == workbook.sha256


@dataclass(frozen=True)
class Stillborn(Workshop):
    def made(self, chunk):
        os._exit(7)


def test_the_batch_is_given_up_with_a_clear_error_when_all_workers_die(tmp_path, monkeypatch):
    monkeypatch.setattr("workbook.bulk.batch.processes.MOST_DEATHS", 1)
    with pytest.raises(WorkersDieError, match="exit code 7"):
        list(Processes(Stillborn(Folder(tmp_path), Kind()), 2).run([orders(40)]))


def test_the_recipes_for_ci_use_existing_commands_and_options():
    for recipe in (ROOT / "build" / "ci").glob("*.yml"):
        commands = re.findall(r"engagement (\w+)([^\n|]*)", recipe.read_text(encoding="utf-8"))
        assert {name for name, _ in commands} == {"batch", "merge"}
        for name, rest in commands:
            offered = engagement(name, "--help").stdout
            assert all(option in offered for option in re.findall(r"(?<=\s)--?[a-z]+", rest))


def test_gitlab_caches_the_workbooks_of_a_shard_even_if_rows_were_refused():
    recipe = (ROOT / "build" / "ci" / "gitlab.yml").read_text(encoding="utf-8")
    assert re.search(r"  cache:\n(    .*\n)*    when: always\n", recipe)
    assert "git+https" in recipe
    assert re.search(r"image: python:[\d.]+\n", recipe)


def test_an_executor_asks_for_chunks_only_as_it_needs_them(tmp_path):
    asked = []

    def chunks():
        for order in orders(6):
            asked.append(order.number)
            yield [order]

    assert next(Here(Workshop(Folder(tmp_path), Kind())).run(chunks())).number == 1
    assert asked == [1]
    running_ = Processes(Workshop(Folder(tmp_path), Kind()), 1).run(chunks())
    asked.clear()
    next(running_)
    assert len(asked) <= 2
    running_.close()
