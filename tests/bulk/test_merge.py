"""`engagement merge`: the shards as one batch, or what keeps them from being one."""

import errno
import json
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from calc.scenario import Refused
from tests.bulk.batches import (
    EXAMPLE,
    copies,
    engagement,
    files,
    refusal,
    stamps,
)
from workbook.bulk.batch.merging import merged
from workbook.files import whole


def test_the_shards_together_are_the_whole(shards, tmp_path):
    folders = [shards / f"shard{number}" for number in (3, 1, 2)]
    ended = engagement("merge", *folders, "-o", tmp_path / "out")
    assert ended.exit_code == 0
    assert "7 rows of portfolio.csv, each exactly once" in ended.stderr
    assert files(tmp_path / "out") == files(shards / "whole")


def test_a_budget_for_all_is_given_to_the_merge_and_gives_what_one_run_gives(tmp_path):
    portfolio = tmp_path / "p.csv"
    portfolio.write_text("".join(EXAMPLE.read_text(encoding="utf-8").splitlines(keepends=True)[:4]), encoding="utf-8")
    batch = ("batch", portfolio, "--jobs", "1", "-o")
    ended = engagement(*batch, tmp_path / "whole", "--budget", "1000", "--json")
    assert ended.exit_code == 0
    folders = [tmp_path / "one", tmp_path / "two"]
    for number, folder in enumerate(folders, 1):
        assert engagement(*batch, folder, "--shard", f"{number}/2").exit_code == 0
    assert engagement(*batch, tmp_path / "three", "--shard", "1/2", "--budget", "1000").exit_code == 2
    joined = engagement("merge", *folders, "-o", tmp_path / "out", "--budget", "1000")
    assert joined.exit_code == 0
    assert files(tmp_path / "out") == files(tmp_path / "whole")
    choice = json.loads(ended.stdout)["budget"]
    assert choice == json.loads((tmp_path / "whole" / "summary.json").read_bytes())["budget"]
    assert len(choice["projects"]) == 3
    assert choice["short_by"] == pytest.approx(choice["chosen"]["invoiced"] - 1000)
    assert choice["in_the_way"]
    said = f"cannot be met: even the lowest invoices are {choice['currency']} {choice['short_by']:,.0f} above it"
    assert said in ended.stderr
    assert said in joined.stderr


def test_a_shard_that_is_missing_duplicated_or_of_another_batch_is_reported(shards, tmp_path):
    one, two, three = copies(shards, tmp_path)
    assert "shard 3 of 3   missing" in refusal([one, two], tmp_path)
    assert "shard 2 of 3   given 2 times" in refusal([one, two, two, three], tmp_path)
    assert "summary.json" in refusal([one, two, tmp_path], tmp_path)
    summary = json.loads((three / "summary.json").read_bytes())
    summary["about"]["sha256"] = "0" * 64
    (three / "summary.json").write_text(json.dumps(summary), encoding="utf-8")
    message = refusal([one, two, three], tmp_path)
    assert f"{three}, SHA-256 of the portfolio   found {'0' * 64}   allowed: " in message
    assert f"as in {one}" in message


def test_differences_between_shards_of_different_runs_are_reported(shards, tmp_path):
    one, two, three = copies(shards, tmp_path)
    summary = json.loads((three / "summary.json").read_bytes())
    summary["about"] |= {"runs": 10, "version": "0.1", "shard": [3, 4]}
    (three / "summary.json").write_text(json.dumps(summary), encoding="utf-8")
    message = refusal([one, two, three], tmp_path)
    assert f"{three}, --runs   found 10   allowed: 0, as in {one}" in message
    assert f"{three}, version of the calculator   found 0.1   allowed: " in message
    assert f"{three}, number of shards   found 4   allowed: 3, as in {one}" in message


@pytest.mark.parametrize("of", [None, [1], [0, 3], [2, 1], ["1", "3"], [1.5, 3], [1, 10**15], [True, 3]])
def test_a_folder_with_a_damaged_summary_is_not_a_shard(shards, tmp_path, of):
    one, two, three = copies(shards, tmp_path)
    summary = json.loads((one / "summary.json").read_bytes())
    summary["about"] |= {"shard": of, "rows": 10**15}
    (one / "summary.json").write_text(json.dumps(summary), encoding="utf-8")
    assert refusal([one, two, three], tmp_path)


def test_a_folder_without_manifest_or_summary_is_not_a_shard(shards, tmp_path):
    one, two, three = copies(shards, tmp_path)
    (two / "manifest.jsonl").unlink()
    (three / "summary.json").unlink()
    ended = engagement("merge", one, two, three, "-o", tmp_path / "out")
    assert ended.exit_code == 4
    assert f"{two}, manifest.jsonl   no such file" in ended.stderr
    assert f"{three}, summary.json   no such file" in ended.stderr


def test_a_row_or_workbook_that_is_missing_duplicated_or_changed_is_reported(shards, tmp_path):
    one, two, three = copies(shards, tmp_path)
    (one / "workbooks" / "id-1.xlsx").unlink()
    (two / "workbooks" / "id-5.xlsx").write_bytes(b"PK")
    manifest = three / "manifest.jsonl"
    lines = manifest.read_bytes().splitlines(keepends=True)
    manifest.write_bytes(lines[0] + lines[0])
    message = refusal([one, two, three], tmp_path)
    assert "row 1   its workbook cannot be read" in message
    assert "row 5   its workbook is not the one that the manifest describes" in message
    assert "row 3   duplicated" in message
    assert "row 6   missing from every shard" in message


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


def test_repeating_a_merge_changes_nothing(shards, tmp_path):
    folders = [shards / f"shard{number}" for number in (1, 2, 3)]
    merged(folders, tmp_path / "out")
    before = stamps(tmp_path / "out")
    merged(folders, tmp_path / "out")
    assert stamps(tmp_path / "out") == before
    assert files(tmp_path / "out") == files(shards / "whole")


@pytest.mark.parametrize("at", ["a workbook", "a name", "a report"])
def test_an_interrupted_merge_resumes_where_it_stopped(shards, tmp_path, monkeypatch, at):
    folders, out, calls = [shards / f"shard{number}" for number in (1, 2, 3)], tmp_path / "out", Counter()
    true_write, true_replace = whole.written, Path.replace

    def write(path, content, mode):
        calls["written"] += 1
        if calls["written"] > (8 if at == "a report" else 3):
            true_write(path, content[: len(content) // 2])
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        true_write(path, content)

    def replace(path, wanted):
        calls["replaced"] += 1
        if calls["replaced"] > 3:
            raise KeyboardInterrupt
        return true_replace(path, wanted)

    if at == "a name":
        monkeypatch.setattr(Path, "replace", replace)
    else:
        monkeypatch.setattr(whole, "written", write)
    ended = engagement("merge", *folders, "-o", out)
    assert ended.exit_code == (130 if at == "a name" else 1)
    assert ("same command" in ended.stderr) == (at != "a name")
    monkeypatch.undo()
    there = stamps(out)
    assert sum(not name.startswith(".") for name in there) == (6 if at == "a report" else 3)
    assert engagement("merge", *folders, "-o", out).exit_code == 0
    after = stamps(out)
    assert all(after[name] == stamp for name, stamp in there.items() if not name.startswith("."))
    assert files(out) == files(shards / "whole")
