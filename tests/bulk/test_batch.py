"""`engagement batch` and `merge`: what is written, what stays, what is refused, and that nothing is lost."""

import errno
import hashlib
import json
import os
import pty
import random
import re
import signal
import subprocess
import sys
import time
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from calc.results import results
from calc.scenario import Refused, scenario
from tests.reference import scenarios as random_scenarios
from workbook import command
from workbook.bulk.batch import making, merging, placing, target
from workbook.bulk.batch import run as running
from workbook.bulk.batch.executor import Here, Workshop
from workbook.bulk.batch.making import Failed, Order, made
from workbook.bulk.batch.manifest import Manifest, records
from workbook.bulk.batch.merging import merged
from workbook.bulk.batch.processes import Processes, WorkersDieError
from workbook.bulk.batch.run import Options, run
from workbook.bulk.batch.run_lock import InUseError, alone
from workbook.bulk.portfolio import Portfolio
from workbook.command import progress
from workbook.files import whole
from workbook.files.archive import contents
from workbook.files.lock import Lock
from workbook.write.build import build, inputs_hash, live_range

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "build" / "portfolio.csv"
THOROUGH = os.environ.get("ENGAGEMENT_THOROUGH") == "1"
HEAD = "id,project.name,project.start,work.core_hours\n"


def engagement(*arguments):
    """The command in this process, with what it printed."""
    runner = CliRunner(env={"COLUMNS": "80", "NO_COLOR": None})
    return runner.invoke(command.app, [str(argument) for argument in arguments], prog_name="engagement")


def rows(path, count, **changed):
    """A portfolio of that many rows of one kind; changed: row -> its line."""
    lines = [changed.get(f"row{n}", f"id-{n},Project {n},2026-12-01,{100 + n}") for n in range(1, count + 1)]
    path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def files(folder, without=()):
    """Name -> content of everything in a folder that is meant to stay; of what tells how long it took, without that."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name not in (".lock", *without):
            content = path.read_bytes()
            if path.name in ("manifest.jsonl", "junit.xml"):
                content = re.sub(rb'("seconds":| time=")[\d.]+', b"", content)
            found[str(path.relative_to(folder))] = content
    return found


def stamps(folder):
    """What tells of every workbook whether it was written anew."""
    return {path.name: (path.stat().st_ino, path.stat().st_mtime_ns) for path in (folder / "workbooks").iterdir()}


@pytest.fixture(scope="module")
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


def tally(portfolio, folder, **options):
    return dict(run(Portfolio(portfolio), folder, Options(**options)).tally)


# ---------------------------------------------------------------------------------------------------- the same bytes


def stamped(scenarios, runs, chunks):
    """The workbooks of scenarios, made in chunks that end at those rows."""
    orders = [Order(n, str(n), "", one) for n, one in enumerate(scenarios)]
    ends = [0, *chunks, len(orders)]
    return [found.content for n in range(len(ends) - 1) for found in made(orders[ends[n] : ends[n + 1]], runs)]


def test_a_stamped_workbook_is_byte_for_byte_the_one_that_is_built_alone():
    entries = list(Portfolio(EXAMPLE))
    chosen = [entry.scenario() for entry in random.Random(7).sample(entries, 40)]
    found = stamped(chosen, 0, chunks=(12, 30, 31))
    for number in range(40) if THOROUGH else (20, 30, 36):
        wanted = build(chosen[number], 0)
        assert contents(found[number]) == contents(wanted)
        assert found[number] == wanted


def test_it_is_so_for_any_scenario_with_paths_of_its_own_and_a_large_run():
    generator = random.Random(3)
    while not (one := scenario(random_scenarios.random_scenario(generator))).paths:
        continue
    other = one.model_copy(update={"project": one.project.model_copy(update={"horizon_months": 3})})
    third = one.model_copy(
        update={"project": one.project.model_copy(update={"name": "_x0041_ <&> \u00e9", "owner": "=1+1"})}
    )
    found = stamped([one, other, third], 50, chunks=(2,))
    for scenario_, content in zip((one, other, third), found, strict=True):
        assert contents(content) == contents(build(scenario_, 50))


def test_the_manifest_tells_what_calc_says(tmp_path):
    entries = list(Portfolio(EXAMPLE))[:40]
    found = made([Order(e.number, e.id, "", e.scenario()) for e in entries], 0)
    found = zip(entries, found, results([e.scenario() for e in entries], flips=False), strict=True)
    for entry, stamped, result in found:
        choice, path = result["recommendation"], result["paths"].get(result["recommendation"]["path"], {})
        told = stamped.figures
        assert (told["recommendation"], told["cheapest"]) == (choice["path"], choice["cheapest"])
        assert told["provisional"] == choice["provisional"]
        for name in ("label", "total", "npv", "best", "worst", "weeks_to_stable", "core_cost"):
            assert told[name] == (
                pytest.approx(path[name], rel=1e-12) if name in path and name != "label" else path.get(name)
            )
        if choice["path"]:
            assert (told["p10"], told["p90"]) == pytest.approx(live_range(entry.scenario(), choice["path"]), rel=1e-12)


# ---------------------------------------------------------------------------------------------------- what is written


def test_a_batch_writes_a_workbook_a_row_a_manifest_and_the_reports(done):
    portfolio, out = done
    assert set(files(out)) == {
        "manifest.jsonl", "portfolio.xlsx", "summary.json", "summary.md", "junit.xml",
        *(f"workbooks/id-{n}.xlsx" for n in range(1, 6)),
    }  # fmt: skip
    lines = [json.loads(line) for line in (out / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["row"] for line in lines] == [1, 2, 3, 4, 5]
    for entry, line in zip(Portfolio(portfolio), lines, strict=True):
        content = (out / line["file"]).read_bytes()
        assert content == build(entry.scenario(), 0)
        assert line["sha256"] == hashlib.sha256(content).hexdigest()
        assert line["input"] == inputs_hash(entry.scenario())
        assert (line["id"], line["size"]) == (entry.id, len(content))
        assert line["seconds"] > 0
        assert line["template"] == lines[0]["template"]
        assert line["template"].encode() in contents(content)["xl/sharedStrings.xml"]


def test_bad_rows_and_hostile_ids_are_refused_by_name_and_the_others_are_written(tmp_path):
    bad = {
        "row1": "../x,A,2026-12-01,400", "row2": "CON,A,2026-12-01,400", "row3": "a/b,A,2026-12-01,400",
        "row5": "ID-4,A,2026-12-01,400", "row6": f"{'x' * 300},A,2026-12-01,400", "row8": "id-8,A,2026-12-01,4OO",
        "row9": "é,A,2026-12-01,400", "row10": "e\u0301,A,2026-12-01,400",
    }  # fmt: skip
    portfolio = rows(tmp_path / "portfolio.csv", 10, **bad)
    ended = engagement("batch", portfolio, "-o", tmp_path / "out", "--jobs", "1")
    assert ended.exit_code == 3
    assert ended.stdout == f"{tmp_path / 'out' / 'portfolio.xlsx'}\n"
    for number in (1, 2, 3, 5, 6, 8, 10):
        assert (
            f"portfolio.csv, row {number} (line {number + 1}): 1 problem, nothing was written for this row"
            in ended.stderr
        )
    assert 'work.core_hours   found "4OO" (text)   allowed: a number from 1 to 100,000' in ended.stderr
    assert "3 written, 7 refused" in ended.stderr
    assert sorted(stamps(tmp_path / "out")) == sorted(["id-4.xlsx", "id-7.xlsx", "é.xlsx"])
    assert {path.name for path in tmp_path.iterdir()} == {"out", "portfolio.csv"}
    told = list(records(tmp_path / "out"))
    assert [line["row"] for line in told] == list(range(1, 11))
    assert [line["row"] for line in told if "refused" in line] == [1, 2, 3, 5, 6, 8, 10]


def test_a_refused_portfolio_leaves_nothing_behind(tmp_path):
    (tmp_path / "p.csv").write_text("id,nonsense\n1,2\n", encoding="utf-8")
    ended = engagement("batch", tmp_path / "p.csv", "-o", tmp_path / "out")
    assert ended.exit_code == 4
    assert "nonsense" in ended.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("shard", ["0/2", "3/2", "1", "1/0", "a/b", "1/2/3", "-1/2", "１/２"])
def test_a_shard_that_cannot_be_is_wrong_usage(tmp_path, shard):
    assert engagement("batch", rows(tmp_path / "p.csv", 1), "-o", tmp_path / "out", "--shard", shard).exit_code == 2


def test_a_portfolio_without_rows_gives_reports_about_nothing(tmp_path):
    assert engagement("batch", rows(tmp_path / "p.csv", 0), "-o", tmp_path / "out").exit_code == 0
    assert json.loads((tmp_path / "out" / "summary.json").read_bytes())["counts"]["written"] == 0
    assert (tmp_path / "out" / "portfolio.xlsx").exists()


def test_a_row_that_cannot_be_calculated_fails_alone(tmp_path, monkeypatch):
    true_book = making.book

    def fails(scenarios, runs):
        if any(one.project.name == "Project 3" for one in scenarios):
            raise ZeroDivisionError("no such luck")
        return true_book(scenarios, runs)

    monkeypatch.setattr(making, "book", fails)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    ended = engagement("batch", rows(tmp_path / "p.csv", 4), "-o", tmp_path / "out", "--jobs", "1")
    assert ended.exit_code == 3
    assert "p.csv, row 3 (line 4): internal error, ZeroDivisionError: no such luck" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert sorted(stamps(tmp_path / "out")) == ["id-1.xlsx", "id-2.xlsx", "id-4.xlsx"]


# ---------------------------------------------------------------------------------------------------- what stays


def test_what_still_holds_stays_and_nothing_is_even_calculated(again, monkeypatch):
    portfolio, out = again
    before, known = stamps(out), files(out)
    monkeypatch.setattr(making, "book", lambda *given: pytest.fail("it was made again"))
    assert tally(portfolio, out) == {"unchanged": 5}
    assert stamps(out) == before
    assert files(out) == known


def test_only_what_has_changed_is_made_again(again):
    portfolio, out = again
    before = stamps(out)
    known = files(out)
    rows(portfolio, 6, row2="id-2,Project 2,2026-12-01,999")
    (out / "workbooks" / "id-3.xlsx").unlink()
    damaged = out / "workbooks" / "id-4.xlsx"
    content = bytearray(damaged.read_bytes())
    content[len(content) // 2] ^= 1
    damaged.write_bytes(content)
    assert tally(portfolio, out) == {"written": 4, "unchanged": 2}
    after = stamps(out)
    assert {name for name in after if after[name] != before.get(name)} == {f"id-{n}.xlsx" for n in (2, 3, 4, 6)}
    for number in (1, 3, 4, 5):
        name = f"workbooks/id-{number}.xlsx"
        assert (out / name).read_bytes() == known[name]
    assert [record["row"] for record in records(out)] == [1, 2, 3, 4, 5, 6]


def test_another_template_another_large_run_or_force_make_everything_again(again, monkeypatch):
    portfolio, out = again
    rows(portfolio, 1)
    assert tally(portfolio, out, force=True) == {"written": 1}
    assert tally(portfolio, out, runs=10) == {"written": 1}
    assert (out / "workbooks" / "id-1.xlsx").read_bytes() == build(next(iter(Portfolio(portfolio))).scenario(), 10)
    monkeypatch.setattr("calc.__version__", "99.0")
    assert tally(portfolio, out, runs=10) == {"written": 1}


def test_rows_that_moved_stay_and_those_that_are_gone_are_told_of(again):
    portfolio, out = again
    before = stamps(out)
    lines = portfolio.read_text(encoding="utf-8").splitlines()
    portfolio.write_text("\n".join([lines[0], *lines[:1:-1]]) + "\n", encoding="utf-8")
    outcome = run(Portfolio(portfolio), out, Options())
    assert (dict(outcome.tally), outcome.left) == ({"unchanged": 4}, 1)
    assert stamps(out) == before
    assert [(record["row"], record["id"]) for record in records(out)] == [(n, f"id-{6 - n}") for n in range(1, 5)]


def test_a_workbook_that_was_packed_anew_still_holds_and_so_does_a_line_without_its_content(again):
    portfolio, out = again
    packed, changed = sorted((out / "workbooks").glob("*.xlsx"))[:2]
    for path, more in ((packed, b""), (changed, b" ")):
        members = contents(path.read_bytes())
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
            for name, content in members.items():
                archive.writestr(name, bytes(content) + more)
    before = packed.read_bytes()
    assert tally(portfolio, out) == {"written": 1, "unchanged": 4}
    assert packed.read_bytes() == before
    lines = [{key: value for key, value in record.items() if key != "content"} for record in records(out)]
    (out / "manifest.jsonl").write_bytes(
        b"".join(json.dumps(line, separators=(",", ":")).encode() + b"\n" for line in lines)
    )
    assert tally(portfolio, out) == {"written": 1, "unchanged": 4}  # the packed one is judged by its bytes alone now


@pytest.mark.parametrize("rest", [b"", b"{", b'{"row": 9, "id": "x", "sha256": "', b"\xff\x00\n[]\n5\n{}\n"])
def test_a_manifest_that_was_cut_off_or_scribbled_in_is_still_good(again, rest):
    portfolio, out = again
    known, manifest = files(out), out / "manifest.jsonl"
    manifest.write_bytes(manifest.read_bytes() + rest)
    assert tally(portfolio, out) == {"unchanged": 5}
    assert files(out) == known
    manifest.write_bytes(manifest.read_bytes()[:-20])
    assert tally(portfolio, out) == {"written": 1, "unchanged": 4}
    assert files(out) == known


def test_a_line_stands_in_the_manifest_before_the_workbook_has_its_name(tmp_path, monkeypatch):
    told = []
    true_replace = Path.replace

    def replace(path, target):
        if Path(target).suffix == ".xlsx" and Path(target).parent.name == "workbooks":
            told.append(Path(target).stem in (tmp_path / "out" / "manifest.jsonl").read_text(encoding="utf-8"))
        return true_replace(path, target)

    monkeypatch.setattr(Path, "replace", replace)
    tally(rows(tmp_path / "p.csv", 3), tmp_path / "out")
    assert told == [True, True, True]


def test_a_name_that_the_disk_does_not_take_fails_its_row_alone(tmp_path, monkeypatch):
    true_write = placing.written

    def refuses(path, content):
        if "id-2" in path.name:
            raise OSError(errno.ENAMETOOLONG, "File name too long", str(path))
        true_write(path, content)

    monkeypatch.setattr(placing, "written", refuses)
    assert tally(rows(tmp_path / "p.csv", 3), tmp_path / "out") == {"written": 2, "failed": 1}
    assert [record.get("failed") for record in records(tmp_path / "out")][1].endswith("File name too long")


def test_two_runs_never_work_in_one_folder(done):
    portfolio, out = done
    with alone(out):
        ended = engagement("batch", portfolio, "-o", out)
        assert (ended.exit_code, "another run is at work there" in ended.stderr) == (1, True)
        with pytest.raises(InUseError):
            run(Portfolio(portfolio), out, Options())
    Lock(out / ".lock").release()


# ---------------------------------------------------------------------------------------------------- whose folder


LINE = json.dumps({"project.name": "A", "project.start": "2026-12-01"}) + "\n"


@pytest.mark.parametrize(
    ("name", "output"),
    [
        ("portfolio.xlsx", "."), ("manifest.jsonl", "."), ("d/../manifest.jsonl", "d/.."), ("d/manifest.jsonl", "d"),
        ("d/workbooks/p.csv", "d"), ("d/workbooks/more/p.csv", "d"), ("link.jsonl", "d"),
    ],
)  # fmt: skip
def test_the_portfolio_itself_is_never_written_over(tmp_path, monkeypatch, name, output):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "d" / "workbooks" / "more").mkdir(parents=True)
    if name == "link.jsonl":
        (tmp_path / "d" / "manifest.jsonl").write_text(LINE)
        (tmp_path / name).symlink_to(tmp_path / "d" / "manifest.jsonl")
    elif name.endswith(".xlsx"):
        book = openpyxl.Workbook()
        book.active.append(["project.name", "project.start"])
        book.active.append(["A", "2026-12-01"])
        book.save(tmp_path / name)
    elif name.endswith(".csv"):
        rows(tmp_path / name, 2)
    else:
        (tmp_path / name).write_text(LINE)
    before = files(tmp_path)
    ended = engagement("batch", name, "-o", output)
    assert ended.exit_code == 4, ended.stderr
    assert "the portfolio itself" in ended.stderr
    assert "nothing was written" in ended.stderr
    assert files(tmp_path) == before


@pytest.mark.parametrize("name", ["portfolio.xlsx", "summary.md", "summary.json", "junit.xml", "workbooks/mine.xlsx"])
def test_a_file_that_no_batch_has_written_is_never_written_over(tmp_path, shards, name):
    out, portfolio = tmp_path / "out", rows(tmp_path / "p.csv", 1)
    (out / "workbooks").mkdir(parents=True)
    (out / name).write_bytes(b"mine")
    (out / "notes.txt").write_bytes(b"mine")
    for line in (["batch", portfolio], ["merge", *(shards / f"shard{number}" for number in (1, 2, 3))]):
        ended = engagement(*line, "-o", out)
        assert ended.exit_code == 4
        assert f"  {name.partition('/')[0]}   " in ended.stderr
        assert "manifest.jsonl that tells of" in ended.stderr
    assert files(out) == {name: b"mine", "notes.txt": b"mine"}


@pytest.mark.parametrize("place", [".", "workbooks"])
@pytest.mark.parametrize("name", [".thesis.pdf.part", "thesis.pdf", ".thesis.xlsx.123.part", "chapter/one.txt"])
def test_a_folder_of_somebody_else_is_refused_and_stays_as_it_is(tmp_path, shards, place, name):
    out, portfolio = tmp_path / "out", rows(tmp_path / "p.csv", 1)
    (out / place / name).parent.mkdir(parents=True)
    (out / place / name).write_bytes(b"mine")
    before = files(out)
    for line in (["batch", portfolio], ["merge", *(shards / f"shard{number}" for number in (1, 2, 3))]):
        ended = engagement(*line, "-o", out)
        assert (ended.exit_code, "is there already, but no manifest.jsonl" in ended.stderr) == (4, True), ended.stderr
    assert files(out) == before
    assert not (out / ".lock").exists()


def test_of_what_lies_in_its_own_folder_a_run_removes_what_it_left_unfinished_and_nothing_else(tmp_path):
    out, portfolio = tmp_path / "out", rows(tmp_path / "p.csv", 1)
    tally(portfolio, out)
    mine = [out / ".thesis.pdf.part", out / "workbooks" / ".id-1.xlsx.123.part", out / "workbooks" / ".notes.part"]
    left = [whole.beside(out / "summary.json"), whole.beside(out / "workbooks" / "id-1.xlsx")]
    for path in (*mine, *left):
        path.write_bytes(b"x")
    assert tally(portfolio, out) == {"unchanged": 1}
    assert [path.name for path in mine if not path.exists()] == []
    assert [path.name for path in left if path.exists()] == []


@pytest.mark.parametrize("name", [".DS_Store", "Thumbs.db", "desktop.ini"])
def test_a_folder_that_somebody_has_only_looked_into_counts_as_empty(tmp_path, name):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).write_bytes(b"x")
    assert tally(rows(tmp_path / "p.csv", 1), tmp_path / "out") == {"written": 1}


def test_a_link_in_the_place_of_an_unfinished_file_is_never_followed(tmp_path):
    (tmp_path / "victim").write_bytes(b"mine")
    whole.beside(tmp_path / "a").symlink_to(tmp_path / "victim")
    with pytest.raises(FileExistsError):
        whole.written(whole.beside(tmp_path / "a"), b"x")
    whole.replaced(tmp_path / "a", b"x")
    assert ((tmp_path / "victim").read_bytes(), (tmp_path / "a").read_bytes()) == (b"mine", b"x")


def test_a_manifest_of_something_else_is_never_written_over(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "manifest.jsonl").write_text(LINE)
    ended = engagement("batch", rows(tmp_path / "p.csv", 1), "-o", tmp_path / "out")
    assert (ended.exit_code, "manifest.jsonl   is no manifest of a batch" in ended.stderr) == (4, True)
    assert (tmp_path / "out" / "manifest.jsonl").read_text() == LINE


def test_a_folder_with_nothing_of_a_batch_in_it_will_do(tmp_path):
    portfolio = rows(tmp_path / "portfolio.csv", 1)
    assert tally(portfolio, tmp_path) == {"written": 1}
    assert tally(portfolio, tmp_path) == {"unchanged": 1}


def test_every_report_is_one_of_those_that_are_looked_for(done):
    assert {path.name for path in done[1].iterdir()} == {*target.WRITTEN, "workbooks"}


def test_places_that_are_taken_are_told_all_at_once_before_anything_is_written(tmp_path):
    out, portfolio = tmp_path / "out", rows(tmp_path / "p.csv", 1)
    for name in ("manifest.jsonl", "summary.md"):
        (out / name).mkdir(parents=True)
    (out / "workbooks").write_bytes(b"")
    ended = engagement("batch", portfolio, "-o", out)
    assert ended.exit_code == 4
    assert all(f"  {name}   found a f" in ended.stderr for name in ("manifest.jsonl", "summary.md", "workbooks"))
    ended = engagement("batch", portfolio, "-o", portfolio)
    assert (ended.exit_code, "the output   found a file" in ended.stderr) == (4, True)


def test_only_where_room_is_missing_going_on_is_promised(tmp_path):
    portfolio = rows(tmp_path / "p.csv", 2)
    (tmp_path / "out" / "workbooks" / "id-1.xlsx").mkdir(parents=True)
    (tmp_path / "out" / "manifest.jsonl").write_text('{"row":9,"id":"x","failed":"x"}\n')
    ended = engagement("batch", portfolio, "-o", tmp_path / "out", "--jobs", "1")
    assert (ended.exit_code, "goes on" in ended.stderr) == (1, False)
    assert f"{tmp_path / 'out' / 'workbooks' / 'id-1.xlsx'}: Is a directory; nothing more was written" in ended.stderr
    ended = engagement("batch", portfolio, "-o", portfolio / "out")
    assert (ended.exit_code, "goes on" in ended.stderr) == (1, False)


def test_a_portfolio_that_changes_meanwhile_stops_the_batch_with_a_word(tmp_path):
    portfolio = rows(tmp_path / "p.csv", 3)
    changed = Portfolio(portfolio)
    rows(portfolio, 4)
    with pytest.raises(Refused, match="has changed while it was read"):
        run(changed, tmp_path / "out", Options())
    assert tally(portfolio, tmp_path / "out") == {"written": 4}


def test_one_workbook_that_is_left_is_told_of_as_one(again):
    portfolio, out = again
    rows(portfolio, 4)
    ended = engagement("batch", portfolio, "-o", out)
    assert "1 workbook in it belongs to a row not written this time" in ended.stderr
    rows(portfolio, 3)
    assert "2 workbooks in it belong to rows not written" in engagement("batch", portfolio, "-o", out).stderr


# ---------------------------------------------------------------------------------------------------- full disks


def test_on_a_full_disk_the_batch_stops_with_a_clear_word_and_goes_on_when_there_is_room(tmp_path, done, monkeypatch):
    portfolio, finished = done
    out, true_write, calls = tmp_path / "out", placing.written, Counter()

    def full(path, content):
        calls["all"] += 1
        if calls["all"] > 2:
            true_write(path, content[: len(content) // 2])
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        true_write(path, content)

    monkeypatch.setattr(placing, "written", full)
    ended = engagement("batch", portfolio, "-o", out, "--jobs", "1")
    assert ended.exit_code == 1
    assert "no room left on the disk" in ended.stderr
    assert "run the same command again to resume" in ended.stderr
    assert set(files(out)) == {"manifest.jsonl", "workbooks/id-1.xlsx", "workbooks/id-2.xlsx"}
    monkeypatch.undo()
    before = stamps(out)
    assert tally(portfolio, out) == {"unchanged": 2, "written": 3}
    assert {name: stamp for name, stamp in stamps(out).items() if name in before} == before
    assert files(out) == files(finished)


def test_a_manifest_on_a_full_disk_keeps_its_whole_lines(tmp_path):
    manifest = Manifest(tmp_path)
    manifest.add({"row": 1, "id": "a", "sha256": "x"})

    class Full:
        def __init__(self, file):
            self._file = file

        def write(self, line):
            self._file.write(line[:10])
            raise OSError(errno.ENOSPC, "No space left on device")

        def __getattr__(self, name):
            return getattr(self._file, name)

    true_file, manifest._file = manifest._file, Full(manifest._file)
    with pytest.raises(OSError, match="No space"):
        manifest.add({"row": 2, "id": "b", "sha256": "y"})
    manifest._file = true_file
    manifest.add({"row": 3, "id": "c", "sha256": "z"})
    manifest.close()
    assert [record["row"] for record in records(tmp_path)] == [1, 3]


@pytest.fixture
def small_disk(tmp_path):
    """A folder on a disk of 4 MB of its own."""
    if sys.platform != "linux" or os.geteuid():
        pytest.skip("making a small disk takes Linux and its administrator")
    place = tmp_path / "small"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", place], capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount a disk")
    yield place
    subprocess.run(["umount", place], check=True)


@pytest.mark.parametrize("jobs", [1, 2])
def test_on_a_disk_that_is_really_full_it_is_the_same(small_disk, done, jobs):
    portfolio, finished = done
    ended = engagement("batch", portfolio, "-o", small_disk / "out", "--jobs", jobs)
    assert (ended.exit_code, "no room left on the disk" in ended.stderr) == (1, True)
    written = stamps(small_disk / "out")
    assert 1 <= len(written) <= 3
    for name in written:
        assert (small_disk / "out" / "workbooks" / name).read_bytes() == (finished / "workbooks" / name).read_bytes()
    subprocess.run(["mount", "-o", "remount,size=40m", small_disk], check=True)
    assert engagement("batch", portfolio, "-o", small_disk / "out", "--jobs", jobs).exit_code == 0
    assert files(small_disk / "out") == files(finished)


def test_what_is_not_read_again_as_it_was_written_gets_no_final_name(tmp_path, monkeypatch):
    true_write = placing.written
    monkeypatch.setattr(placing, "written", lambda path, content: true_write(path, content[:-1] + b"\x01"))
    ended = engagement("batch", rows(tmp_path / "p.csv", 1), "-o", tmp_path / "out")
    assert ended.exit_code == 1
    assert list((tmp_path / "out" / "workbooks").iterdir()) == []


# ---------------------------------------------------------------------------------------------------- several processes


def test_several_processes_write_what_one_writes(tmp_path, done):
    portfolio, finished = done
    assert tally(portfolio, tmp_path / "out", jobs=2) == {"written": 5}
    assert files(tmp_path / "out") == files(finished)


@dataclass(frozen=True)
class Deadly(Workshop):
    """A workshop whose process dies at one row: each time, or only the first time."""

    row: int = 3
    once: bool = False

    def placed(self, one):
        marker = self.folder / "killed"
        if one.number == self.row and not (self.once and marker.exists()):
            marker.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().placed(one)


def orders(count):
    entries = list(Portfolio(EXAMPLE))[:count]
    return [Order(entry.number, entry.id, "", entry.scenario()) for entry in entries]


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("once", [True, False])
def test_a_worker_that_dies_loses_at_most_the_row_that_kills_it(tmp_path, once):
    chunks = [orders(8)[:5], orders(8)[5:]]
    found = list(Processes(Deadly(tmp_path, 0, once=once), 2).run(chunks))
    assert sorted(one.number for one in found) == list(range(1, 9))
    lost = [one for one in found if isinstance(one, Failed)]
    assert [one.number for one in lost] == ([] if once else [3])
    assert all("SIGKILL, twice" in one.why for one in lost)
    for one in found:
        if not isinstance(one, Failed):
            assert hashlib.sha256((tmp_path / one.temporary).read_bytes()).hexdigest() == one.sha256


@dataclass(frozen=True)
class Stillborn(Workshop):
    def made(self, chunk):
        os._exit(7)


def test_workers_that_all_die_are_given_up_with_a_word(tmp_path, monkeypatch):
    monkeypatch.setattr("workbook.bulk.batch.processes.MOST_DEATHS", 3)
    with pytest.raises(WorkersDieError, match="exit code 7"):
        list(Processes(Stillborn(tmp_path, 0), 2).run([orders(40)]))


def test_the_commands_in_the_recipes_for_ci_are_those_that_there_are():
    for recipe in (ROOT / "build" / "ci").iterdir():
        commands = re.findall(r"engagement (\w+)([^\n|]*)", recipe.read_text(encoding="utf-8"))
        assert {name for name, _ in commands} == {"batch", "merge"}
        for name, rest in commands:
            offered = engagement(name, "--help").stdout
            assert all(option in offered for option in re.findall(r"(?<=\s)--?[a-z]+", rest))


def test_what_a_shard_made_is_kept_for_the_next_run_of_gitlab_though_rows_were_refused():
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

    assert next(Here(Workshop(tmp_path, 0)).run(chunks())).number == 1
    assert asked == [1]
    running_ = Processes(Workshop(tmp_path, 0), 1).run(chunks())
    asked.clear()
    next(running_)
    assert len(asked) <= 2
    running_.close()


# ---------------------------------------------------------------------------------------------------- shards


@pytest.fixture(scope="module")
def shards(tmp_path_factory):
    """A portfolio of seven rows, one of them bad, its whole batch, and its three shards."""
    folder = tmp_path_factory.mktemp("shards")
    portfolio = rows(folder / "portfolio.csv", 7, row4="id-4,,2026-12-01,400")
    run(Portfolio(portfolio), folder / "whole", Options())
    for number in (1, 2, 3):
        run(Portfolio(portfolio), folder / f"shard{number}", Options(shard=(number, 3)))
    return folder


def test_the_shards_together_are_the_whole(shards, tmp_path):
    folders = [shards / f"shard{number}" for number in (3, 1, 2)]
    ended = engagement("merge", *folders, "-o", tmp_path / "out")
    assert ended.exit_code == 0
    assert "7 rows of portfolio.csv, each exactly once" in ended.stderr
    assert files(tmp_path / "out") == files(shards / "whole")


def copies(shards, tmp_path):
    found = [tmp_path / f"shard{number}" for number in (1, 2, 3)]
    for path in found:
        subprocess.run(["cp", "-a", shards / path.name, path], check=True)
    return found


def refusal(folders, tmp_path):
    with pytest.raises(Refused) as refused:
        merged(folders, tmp_path / "out")
    assert not list((tmp_path / "out").rglob("*.xlsx"))
    return str(refused.value)


def test_a_shard_that_is_missing_doubled_or_of_another_batch_is_told(shards, tmp_path):
    one, two, three = copies(shards, tmp_path)
    assert "shard 3 of 3   is missing" in refusal([one, two], tmp_path)
    assert "shard 2 of 3   is there 2 times" in refusal([one, two, two, three], tmp_path)
    assert "summary.json" in refusal([one, two, tmp_path], tmp_path)
    summary = json.loads((three / "summary.json").read_bytes())
    summary["about"]["sha256"] = "0" * 64
    (three / "summary.json").write_text(json.dumps(summary), encoding="utf-8")
    told = refusal([one, two, three], tmp_path)
    assert f"{three}, SHA-256 of the portfolio   found {'0' * 64}   allowed: " in told
    assert f"as in {one}" in told


def test_in_what_shards_of_different_runs_differ_is_said(shards, tmp_path):
    one, two, three = copies(shards, tmp_path)
    summary = json.loads((three / "summary.json").read_bytes())
    summary["about"] |= {"runs": 10, "version": "0.1", "shard": [3, 4]}
    (three / "summary.json").write_text(json.dumps(summary), encoding="utf-8")
    told = refusal([one, two, three], tmp_path)
    assert f"{three}, --runs   found 10   allowed: 0, as in {one}" in told
    assert f"{three}, version of the calculator   found 0.1   allowed: " in told
    assert f"{three}, number of shards   found 4   allowed: 3, as in {one}" in told


@pytest.mark.parametrize("of", [None, [1], [0, 3], [2, 1], ["1", "3"], [1.5, 3], [1, 10**15], [True, 3]])
def test_a_summary_that_is_damaged_is_no_shard(shards, tmp_path, of):
    one, two, three = copies(shards, tmp_path)
    summary = json.loads((one / "summary.json").read_bytes())
    summary["about"] |= {"shard": of, "rows": 10**15}
    (one / "summary.json").write_text(json.dumps(summary), encoding="utf-8")
    assert refusal([one, two, three], tmp_path)


def test_a_shard_without_its_manifest_is_none(shards, tmp_path):
    one, two, three = copies(shards, tmp_path)
    (two / "manifest.jsonl").unlink()
    (three / "summary.json").unlink()
    ended = engagement("merge", one, two, three, "-o", tmp_path / "out")
    assert ended.exit_code == 4
    assert f"{two}, manifest.jsonl   found No such file or directory" in ended.stderr
    assert f"{three}, summary.json   found No such file or directory" in ended.stderr


@pytest.mark.parametrize(
    ("entry", "value", "told"),
    [
        ("id", 7, "id   found 7   allowed: text"),
        ("id", ..., "id   found nothing   allowed: text"),
        ("file", "../secret.xlsx", 'file   found "../secret.xlsx" (text)   allowed: workbooks/id-1.xlsx'),
        ("currency", ..., "currency   found nothing"),
        ("usd_rate", 0, "usd_rate   found 0   allowed: a number above 0"),
        ("total", "100", 'total   found "100" (text)   allowed: a number or null'),
        ("size", True, "size   found true (yes/no value)   allowed: a whole number"),
        ("provisional", 1, "provisional   found 1   allowed: true or false"),
        ("sha256", None, "sha256   found nothing   allowed: text"),
        ("refused", [{"field": 1}], "refused   found [{'field': 1}]   allowed: a list of faults"),
        ("failed", 5, "failed   found 5   allowed: text"),
    ],
)
def test_a_damaged_line_of_a_manifest_is_told_by_shard_and_row(shards, tmp_path, entry, value, told):
    one, two, three = copies(shards, tmp_path)
    change_line(one, entry, value)
    ended = engagement("merge", one, two, three, "-o", tmp_path / "out")
    assert ended.exit_code == 4, ended.stderr
    assert f"{one}, row 1, {told}" in ended.stderr
    assert not (tmp_path / "out").exists()


def change_line(folder, entry, value):
    """Change the first line of a manifest; ... takes the entry away."""
    first, *others = (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    line = json.loads(first) | {entry: value}
    line = {name: one for name, one in line.items() if one is not ...}
    (folder / "manifest.jsonl").write_text(
        json.dumps(line, separators=(",", ":")) + "\n" + "".join(others), encoding="utf-8"
    )


FIGURES = {
    "owner": "eve@evil.com", "name": "Another", "currency": "EUR", "usd_rate": 2.0, "budget": 7.0, "recommendation": "freelancer",
    "label": "Free", "provisional": ..., "total": 1.0, "npv": 1.0, "best": 1.0, "worst": 1.0, "p10": 1.0, "p90": 1.0,
    "weeks_to_stable": 1.0, "core_cost": 1.0, "cheapest": "freelancer", "input": "0" * 16, "template": "0" * 16,
}  # fmt: skip


@pytest.mark.parametrize("entry", FIGURES)
def test_a_merge_compares_every_figure_and_owner_of_a_manifest_with_its_workbook(shards, tmp_path, entry):
    one, two, three = copies(shards, tmp_path)
    [line, *_] = records(one)
    value = not line["provisional"] if entry == "provisional" else FIGURES[entry]
    value = value if value != line[entry] else "production_firm"
    change_line(one, entry, value)
    assert f"{one}, row 1, {entry}   found " in refusal([one, two, three], tmp_path)


def test_what_a_manifest_holds_is_compared_with_the_workbook_but_for_what_only_the_run_knows(done):
    [line, *_] = records(done[1])
    assert set(line) - set(FIGURES) == {"row", "id", "file", "runs", "sha256", "size", "seconds"}


def test_a_merge_finds_the_figures_of_a_workbook_with_own_paths_too(tmp_path):
    own = {
        "label": "Mine & <yours>",
        "phases": [{"work": "core", "model": "employee", "share": 1}, {"work": "run", "model": "employee"}],
    }
    row = {"id": "own", "project.name": 'A "B" & <C>', "project.start": "2026-12-01", "paths": {"mine": own}}
    (tmp_path / "p.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    run(Portfolio(tmp_path / "p.jsonl"), tmp_path / "shard", Options())
    assert merged([tmp_path / "shard"], tmp_path / "out").rows == 1


def test_a_line_that_no_longer_adds_up_to_the_summary_of_its_shard_is_told(shards, tmp_path):
    one, two, three = copies(shards, tmp_path)
    change_line(two, "total", 1.0)
    told = refusal([one, two, three], tmp_path)
    assert f"{two}, paths   is another in manifest.jsonl than in summary.json   run the shard again" in told
    assert f"{two}, currencies   is another in manifest.jsonl than in summary.json" in told
    assert str(one) not in told


@pytest.mark.parametrize("entry", ["size", "currency", "p10", "sha256"])
def test_a_batch_makes_a_row_again_whose_line_is_damaged(again, entry):
    portfolio, out = again
    known = files(out)
    change_line(out, entry, "x" if entry != "currency" else ...)
    assert tally(portfolio, out) == {"written": 1, "unchanged": 4}
    assert files(out) == known


def test_a_row_or_workbook_that_is_missing_doubled_or_changed_is_told(shards, tmp_path):
    one, two, three = copies(shards, tmp_path)
    (one / "workbooks" / "id-1.xlsx").unlink()
    (two / "workbooks" / "id-5.xlsx").write_bytes(b"PK")
    manifest = three / "manifest.jsonl"
    lines = manifest.read_bytes().splitlines(keepends=True)
    manifest.write_bytes(lines[0] + lines[0])
    told = refusal([one, two, three], tmp_path)
    assert "row 1   found no workbook" in told
    assert "row 5   found another workbook" in told
    assert "row 3   is there twice" in told
    assert "row 6   is in no shard" in told


def test_nothing_of_a_manifest_leads_out_of_its_folder(shards, tmp_path):
    one, two, three = copies(shards, tmp_path)
    manifest = one / "manifest.jsonl"
    manifest.write_bytes(manifest.read_bytes().replace(b'"id":"id-1"', b'"id":"../../secret"'))
    assert "../../secret" in refusal([one, two, three], tmp_path)


def test_a_merge_goes_into_a_folder_of_its_own(shards, done, tmp_path):
    folders = copies(shards, tmp_path)
    subprocess.run(["cp", "-a", done[1], tmp_path / "other"], check=True)
    before = files(tmp_path / "other")
    with pytest.raises(Refused, match="a batch already"):
        merged(folders, tmp_path / "other")
    (tmp_path / "other" / "summary.json").unlink()
    with pytest.raises(Refused, match="a batch already"):
        merged(folders, tmp_path / "other")
    assert files(tmp_path / "other") == {name: before[name] for name in before if name != "summary.json"}
    known = files(folders[0])
    with pytest.raises(Refused, match="one of the shards"):
        merged(folders, folders[0])
    assert files(folders[0]) == known


def test_a_merge_that_is_done_again_leaves_everything_as_it_is(shards, tmp_path):
    folders = [shards / f"shard{number}" for number in (1, 2, 3)]
    merged(folders, tmp_path / "out")
    before = stamps(tmp_path / "out")
    merged(folders, tmp_path / "out")
    assert stamps(tmp_path / "out") == before
    assert files(tmp_path / "out") == files(shards / "whole")


@pytest.mark.parametrize("at", ["a workbook", "a name", "a report"])
def test_a_merge_that_was_stopped_goes_on_where_it_was(shards, tmp_path, monkeypatch, at):
    folders, out, calls = [shards / f"shard{number}" for number in (1, 2, 3)], tmp_path / "out", Counter()
    true_write, true_replace = placing.written, Path.replace

    def write(path, content, *mode):
        calls["written"] += 1
        if calls["written"] > (1 if at == "a report" else 3):
            true_write(path, content[: len(content) // 2])
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        true_write(path, content)

    def replace(path, wanted):
        calls["replaced"] += 1
        if calls["replaced"] > 3:
            raise KeyboardInterrupt
        return true_replace(path, wanted)

    if at == "a workbook":
        monkeypatch.setattr(merging, "written", write)
    elif at == "a report":
        monkeypatch.setattr(whole, "written", write)
    else:
        monkeypatch.setattr(Path, "replace", replace)
    ended = engagement("merge", *folders, "-o", out)
    assert ended.exit_code == (130 if at == "a name" else 1)
    assert ("run the same command again to resume" in ended.stderr) == (at != "a name")
    monkeypatch.undo()
    there = stamps(out)
    assert sum(not name.startswith(".") for name in there) == (6 if at == "a report" else 3)
    assert engagement("merge", *folders, "-o", out).exit_code == 0
    after = stamps(out)
    assert all(after[name] == stamp for name, stamp in there.items() if not name.startswith("."))
    assert files(out) == files(shards / "whole")


# ---------------------------------------------------------------------------------------------------- a cluster


def test_a_dask_cluster_with_two_workers_writes_what_one_process_writes(tmp_path, done):
    distributed = pytest.importorskip("distributed")
    portfolio, finished = done
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None, "processes": True}
    with distributed.LocalCluster(**options) as cluster:
        ended = engagement("batch", portfolio, "-o", tmp_path / "out", "--scheduler", cluster.scheduler_address)
    assert ended.exit_code == 0, ended.stderr
    assert files(tmp_path / "out") == files(finished)


def test_a_scheduler_that_is_not_there_is_told(tmp_path, done, monkeypatch):
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
def test_an_address_that_can_be_none_is_wrong_usage(tmp_path, address):
    ended = engagement("batch", rows(tmp_path / "p.csv", 1), "-o", tmp_path / "out", "--scheduler", address)
    assert (ended.exit_code, "such as tcp://10.0.0.5:8786" in " ".join(ended.stderr.split())) == (2, True)
    assert not (tmp_path / "out").exists()


# A client that finds nobody would wait for a minute when the process ends.
def test_where_nobody_can_be_reached_the_command_ends_at_once(tmp_path):
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
    assert "the calculator   found another version than here" in ended.stderr
    assert not list((tmp_path / "out" / "workbooks").iterdir())


# ---------------------------------------------------------------------------------------------------- progress


def test_off_a_terminal_there_is_a_line_every_some_seconds(monkeypatch, capsys):
    clock = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: clock[0])
    with progress.Progress(100) as told:
        for number in range(1, 51):
            clock[0] += 0.5
            told(Counter(written=number), "a row\x1b[31m" if number == 5 else "")
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "a row\\x1b[31m"
    assert lines[1:] == [
        "20 of 100 rows (20%), 2.0 a second, 40 s left",
        "40 of 100 rows (40%), 2.0 a second, 30 s left",
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="terminals of POSIX")
def test_on_a_terminal_there_is_a_bar_with_rate_and_time_left(tmp_path, done):
    ours, theirs = pty.openpty()
    line = [sys.executable, "-m", "workbook.command", "batch", str(done[0]), "-o", str(tmp_path / "out"), "--jobs", "1"]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "100"}
    ended = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=theirs, env=environment)
    os.close(theirs)
    shown = b""
    while ended.poll() is None or not shown:
        try:
            shown += os.read(ours, 65536)
        except OSError:
            break
    ended.wait(60)
    assert (ended.returncode, ended.stdout.read().decode()) == (0, f"{tmp_path / 'out' / 'portfolio.xlsx'}\n")
    assert b"5/5" in shown
    assert b"/s" in shown
    assert re.search(rb"\d:\d\d:\d\d", shown)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_an_interruption_ends_with_130_and_the_next_run_goes_on(tmp_path):
    portfolio = rows(tmp_path / "p.csv", 60)
    line = [
        sys.executable,
        "-m",
        "workbook.command",
        "batch",
        str(portfolio),
        "-o",
        str(tmp_path / "out"),
        "--jobs",
        "2",
    ]
    started = subprocess.Popen(line, stderr=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(ROOT)})
    until = time.monotonic() + 60
    while len(list((tmp_path / "out" / "workbooks").glob("*.xlsx"))) < 3 and time.monotonic() < until:
        time.sleep(0.02)
    started.send_signal(signal.SIGINT)
    _, errors = started.communicate(timeout=60)
    assert (started.returncode, errors.splitlines()[-1]) == (130, b"interrupted")
    assert b"Traceback" not in errors
    there = stamps(tmp_path / "out")
    assert 3 <= len(there) < 60
    assert all(name.startswith("id-") for name in there)


def test_running_knows_no_more_of_a_row_than_a_line_can_hold():
    assert running.plain("a\nb\x1b\ud800" + "x" * 1000) == "a\\x0ab\\x1b\\xd800" + "x" * 295
