"""A batch that is killed at any moment: no broken file ever has a final name, and the next run finishes the work."""

import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.bulk.batches import Options
from workbook.bulk.batch.running import run
from workbook.bulk.portfolio import Portfolio
from workbook.files.archive import contents

ROOT = Path(__file__).parents[2]
TIMES = 50 if os.environ.get("ENGAGEMENT_THOROUGH") == "1" else 3
ROWS = 30

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """A portfolio, the folder of a batch that nothing disturbed, and how long the command took for it."""
    folder = tmp_path_factory.mktemp("undisturbed")
    lines = (ROOT / "build" / "portfolio.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "portfolio.csv").write_text("".join(lines[: ROWS + 1]), encoding="utf-8")
    began = time.monotonic()
    assert started(folder / "portfolio.csv", folder / "out", 1).wait(120) == 0
    return folder / "portfolio.csv", folder / "out", time.monotonic() - began


def started(portfolio, out, jobs):
    line = [sys.executable, "-m", "workbook.command", "batch", str(portfolio), "-o", str(out), "--jobs", str(jobs)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(line, env=os.environ | {"PYTHONPATH": str(ROOT)}, start_new_session=True, **quiet)


def workbooks(out):
    return {path.name: path.read_bytes() for path in out.glob("workbooks/*.xlsx")}


def lines(out):
    return re.sub(rb'"seconds":[\d.]+', b"", (out / "manifest.jsonl").read_bytes())


@pytest.mark.parametrize("number", range(TIMES))
def test_a_kill_at_any_moment_breaks_nothing_and_the_next_run_finishes(undisturbed, tmp_path, number):
    portfolio, finished, seconds = undisturbed
    chance, out, wanted = random.Random(number), tmp_path / "out", workbooks(finished)
    for _ in range(chance.choice((1, 1, 2))):
        batch = started(portfolio, out, chance.choice((1, 2)))
        # After the start of Python, at any moment.
        time.sleep(seconds * chance.uniform(0.15, 1))
        os.killpg(batch.pid, signal.SIGKILL) if chance.random() < 0.5 else batch.kill()
        batch.wait(60)
        there = workbooks(out)
        assert {name: contents(content).keys() for name, content in there.items()}.keys() <= wanted.keys()
        assert there == {name: wanted[name] for name in there}
    there = {path: path.stat().st_ino for path in out.glob("workbooks/*.xlsx")}
    outcome = run(Portfolio(portfolio), out, Options())
    assert outcome.tally["unchanged"] == len(there)
    assert outcome.tally["written"] == ROWS - len(there)
    assert {path: path.stat().st_ino for path in there} == there
    assert workbooks(out) == wanted
    assert lines(out) == lines(finished)
    time.sleep(0.1)
    assert {path.name for path in (out / "workbooks").iterdir()} == wanted.keys()


def children_of(process):
    children = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == process and fields[0] != "Z":
            children.add(int(status.parent.name))
    return children


@pytest.mark.skipif(sys.platform != "linux", reason="processes by /proc")
def test_when_the_batch_is_killed_its_workers_end_at_once(undisturbed, tmp_path):
    batch = started(undisturbed[0], tmp_path / "out", 2)
    while len(workers := children_of(batch.pid)) < 3 and batch.poll() is None:  # with the tracker of shared memory
        time.sleep(0.01)
    batch.kill()
    batch.wait(60)
    # The system has to notice their end.
    for _ in range(500):
        if not any(map(is_alive, workers)):
            break
        time.sleep(0.01)
    assert [worker for worker in workers if is_alive(worker)] == []


def is_alive(process):
    """Whether it runs: one that has ended may wait for somebody to ask how."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


CHILD = """
import sys, time
from multiprocessing import get_context
from workbook.bulk.batch import parent
def work():
    parent._ask_the_kernel = lambda: None
    parent.end_with_parent()
    print("ready", flush=True)
    while True:
        sum(range(1000))
if __name__ == "__main__":
    process = get_context("spawn").Process(target=work)
    process.start()
    print(process.pid, flush=True)
    process.join()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="processes by /proc")
def test_where_the_kernel_does_not_end_a_worker_a_thread_does_although_it_calculates(tmp_path):
    (tmp_path / "child.py").write_text(CHILD, encoding="utf-8")
    line = [sys.executable, str(tmp_path / "child.py")]
    main = subprocess.Popen(line, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)})
    worker = int(main.stdout.readline())
    assert main.stdout.readline() == "ready\n"
    main.kill()
    main.wait(60)
    # The end of the worker closes the pipe that it has inherited.
    assert main.stdout.read() == ""
    assert not is_alive(worker)
