"""A batch that is killed at any moment: no broken file ever bears a final name, and the next run finishes the work."""

import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from workbook.archive import contents
from workbook.batch.run import Options, run
from workbook.portfolio import Portfolio

ROOT = Path(__file__).parents[1]
TIMES = 50 if os.environ.get("ENGAGEMENT_THOROUGH") == "1" else 5
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
        found = workbooks(out)
        assert {name: contents(content).keys() for name, content in found.items()}.keys() <= wanted.keys()
        assert found == {name: wanted[name] for name in found}
    there = {path: path.stat().st_ino for path in out.glob("workbooks/*.xlsx")}
    outcome = run(Portfolio(portfolio), out, Options())
    assert outcome.tally["unchanged"] == len(there)
    assert outcome.tally["written"] == ROWS - len(there)
    assert {path: path.stat().st_ino for path in there} == there
    assert workbooks(out) == wanted
    assert lines(out) == lines(finished)
    time.sleep(0.1)
    assert {path.name for path in (out / "workbooks").iterdir()} == wanted.keys()
