"""The folder that a batch or a merge fills: files of anybody else are never overwritten."""

import openpyxl
import pytest

from calc.scenario import Refused
from tests.bulk.batches import LINE, Options, engagement, files, rows, tally
from workbook.bulk.batch import target
from workbook.bulk.batch.running import run
from workbook.bulk.portfolio import Portfolio
from workbook.files import whole


@pytest.mark.parametrize(
    ("name", "output"),
    [
        ("portfolio.xlsx", "."), ("manifest.jsonl", "."), ("d/../manifest.jsonl", "d/.."), ("d/manifest.jsonl", "d"),
        ("d/workbooks/p.csv", "d"), ("d/workbooks/more/p.csv", "d"), ("link.jsonl", "d"),
    ],
)  # fmt: skip
def test_the_portfolio_itself_is_never_overwritten(tmp_path, monkeypatch, name, output):
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
    assert files(tmp_path) == before


@pytest.mark.parametrize("name", ["portfolio.xlsx", "summary.md", "summary.json", "junit.xml", "workbooks/mine.xlsx"])
def test_a_file_that_no_batch_has_written_is_never_overwritten(tmp_path, shards, name):
    out, portfolio = tmp_path / "out", rows(tmp_path / "p.csv", 1)
    (out / "workbooks").mkdir(parents=True)
    (out / name).write_bytes(b"mine")
    (out / "notes.txt").write_bytes(b"mine")
    for line in (["batch", portfolio], ["merge", *(shards / f"shard{number}" for number in (1, 2, 3))]):
        ended = engagement(*line, "-o", out)
        assert ended.exit_code == 4
        assert f"  {name.partition('/')[0]}   " in ended.stderr
        assert "no manifest.jsonl lists it" in ended.stderr
    assert files(out) == {name: b"mine", "notes.txt": b"mine"}


@pytest.mark.parametrize("place", [".", "workbooks"])
@pytest.mark.parametrize("name", [".thesis.pdf.part", "thesis.pdf", ".thesis.xlsx.123.part", "chapter/one.txt"])
def test_a_folder_with_foreign_files_is_refused_and_left_unchanged(tmp_path, shards, place, name):
    out, portfolio = tmp_path / "out", rows(tmp_path / "p.csv", 1)
    (out / place / name).parent.mkdir(parents=True)
    (out / place / name).write_bytes(b"mine")
    before = files(out)
    for line in (["batch", portfolio], ["merge", *(shards / f"shard{number}" for number in (1, 2, 3))]):
        ended = engagement(*line, "-o", out)
        assert (ended.exit_code, "exists already, but no manifest.jsonl lists it" in ended.stderr) == (4, True), (
            ended.stderr
        )
    assert files(out) == before
    assert not (out / ".lock").exists()


def test_a_run_removes_only_unfinished_files_of_earlier_runs_from_its_folder(tmp_path):
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
def test_a_folder_with_only_files_of_a_file_manager_counts_as_empty(tmp_path, name):
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


def test_a_manifest_of_something_else_is_never_overwritten(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "manifest.jsonl").write_text(LINE)
    ended = engagement("batch", rows(tmp_path / "p.csv", 1), "-o", tmp_path / "out")
    assert (ended.exit_code, "manifest.jsonl   not a manifest of a batch" in ended.stderr) == (4, True)
    assert (tmp_path / "out" / "manifest.jsonl").read_text() == LINE


def test_a_folder_with_only_the_portfolio_in_it_is_accepted(tmp_path):
    portfolio = rows(tmp_path / "portfolio.csv", 1)
    assert tally(portfolio, tmp_path) == {"written": 1}
    assert tally(portfolio, tmp_path) == {"unchanged": 1}


def test_every_file_that_a_batch_writes_is_protected_from_being_overwritten(done):
    assert {path.name for path in done[1].iterdir()} == {*target.WRITTEN, "workbooks"}


def test_all_names_that_are_taken_are_reported_at_once_before_anything_is_written(tmp_path):
    out, portfolio = tmp_path / "out", rows(tmp_path / "p.csv", 1)
    for name in ("manifest.jsonl", "summary.md"):
        (out / name).mkdir(parents=True)
    (out / "workbooks").write_bytes(b"")
    ended = engagement("batch", portfolio, "-o", out)
    assert ended.exit_code == 4
    assert all(f"  {name}   is a f" in ended.stderr for name in ("manifest.jsonl", "summary.md", "workbooks"))
    ended = engagement("batch", portfolio, "-o", portfolio)
    assert (ended.exit_code, f"{portfolio}: is a file; name a folder" in ended.stderr) == (4, True)


def test_resuming_is_offered_only_when_the_disk_is_full(tmp_path):
    portfolio = rows(tmp_path / "p.csv", 2)
    (tmp_path / "out" / "workbooks" / "id-1.xlsx").mkdir(parents=True)
    (tmp_path / "out" / "manifest.jsonl").write_text('{"row":9,"id":"x","failed":"x"}\n')
    ended = engagement("batch", portfolio, "-o", tmp_path / "out", "--jobs", "1")
    assert (ended.exit_code, "same command" in ended.stderr) == (1, False)
    assert f"{tmp_path / 'out' / 'workbooks' / 'id-1.xlsx'}: Is a directory; nothing more was written" in ended.stderr
    ended = engagement("batch", portfolio, "-o", portfolio / "out")
    assert (ended.exit_code, "same command" in ended.stderr) == (1, False)


def test_a_portfolio_that_changes_meanwhile_stops_the_batch_with_a_clear_error(tmp_path):
    portfolio = rows(tmp_path / "p.csv", 3)
    changed = Portfolio(portfolio)
    rows(portfolio, 4)
    with pytest.raises(Refused, match="changed while it was being read"):
        run(changed, tmp_path / "out", Options())
    assert tally(portfolio, tmp_path / "out") == {"written": 4}


def test_the_number_of_leftover_workbooks_is_reported_in_singular_and_plural(again):
    portfolio, out = again
    rows(portfolio, 4)
    ended = engagement("batch", portfolio, "-o", out)
    assert "1 workbook in it belongs to a row not written this time" in ended.stderr
    rows(portfolio, 3)
    assert "2 workbooks in it belong to rows not written" in engagement("batch", portfolio, "-o", out).stderr
