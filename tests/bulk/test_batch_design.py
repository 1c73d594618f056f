"""`batch --design`: what it says of each row is what `design` says of it, whatever the processes; and it is resumed."""

import json
import os
import subprocess
import sys
from itertools import islice

import pytest

from calc.sequences import design, or_better, search
from tests.bulk.batches import EXAMPLE, engagement, files, rows, tally
from workbook.bulk.batch.making import Kind
from workbook.bulk.portfolio import Portfolio


def lines(folder):
    return [json.loads(line) for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory):
    """More rows than are searched together, and one whose exchange rate is not 1."""
    path = tmp_path_factory.mktemp("design") / "ten.csv"
    with EXAMPLE.open(encoding="utf-8") as example:
        path.write_text("".join(islice(example, 11)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def searched(portfolio, tmp_path_factory):
    """The folder of its batch on one process, and what the command said."""
    out = tmp_path_factory.mktemp("searched") / "out"
    return out, engagement("batch", portfolio, "-o", out, "--design", "--jobs", "1", "--json")


def test_every_line_and_the_summary_say_what_design_says_of_the_row(portfolio, searched):
    out, outcome = searched
    outside, saved = 0, 0.0
    for line, row in zip(lines(out), Portfolio(portfolio), strict=True):
        scenario = row.scenario()
        found, said = design(scenario), line["design"]
        best = found["recommended"]
        for name in ("name", "path", "same_scope", "saves", "weeks_to_stable"):
            expected = best and best[name]
            assert said[name] == (pytest.approx(expected) if isinstance(expected, float) else expected), (
                line["id"],
                name,
            )
        assert said["text"] == or_better(search(scenario), scenario.project.currency)
        if best and best["path"] is None:
            outside, saved = outside + 1, saved + best["saves"] / scenario.project.usd_rate
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))["design"]
    assert (summary["rows"], summary["usd_saves"]) == (outside, pytest.approx(saved))
    assert json.loads(outcome.stdout)["design"] == summary


def test_the_same_bytes_on_one_and_on_two_processes_and_whatever_the_hashes_of_texts(portfolio, searched, tmp_path):
    command = [sys.executable, "-m", "workbook.command", "batch", portfolio, "-o", tmp_path / "2", "--design"]
    environment = os.environ | {"PYTHONHASHSEED": "2"}
    subprocess.run([*command, "--jobs", "2"], env=environment, check=True, capture_output=True)
    assert files(tmp_path / "2") == files(searched[0])


def test_a_row_is_made_again_once_its_best_sequence_is_wanted_or_no_longer(tmp_path):
    portfolio, out = rows(tmp_path / "p.csv", 2), tmp_path / "out"
    assert tally(portfolio, out) == {"written": 2}
    for kind in (Kind(design=True), Kind()):
        assert tally(portfolio, out, kind=kind) == {"written": 2}
        assert tally(portfolio, out, kind=kind) == {"unchanged": 2}
        assert all((line["design"] is not None) == kind.design for line in lines(out))


def test_shards_of_which_only_one_was_searched_are_not_one_batch(tmp_path):
    portfolio = rows(tmp_path / "p.csv", 2)
    for number, more in ((1, ()), (2, ("--design",))):
        engagement("batch", portfolio, "-o", tmp_path / str(number), "--shard", f"{number}/2", *more)
    refused = engagement("merge", tmp_path / "1", tmp_path / "2", "-o", tmp_path / "all")
    assert refused.exit_code == 4
    assert "--design" in refused.stderr
