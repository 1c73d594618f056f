"""Full and faulty disks: finished workbooks are kept, and the next run resumes."""

import errno
import os
import subprocess
import sys
import tempfile
from collections import Counter

import pytest

from tests.bulk.batches import (
    engagement,
    files,
    rows,
    stamps,
    tally,
)
from workbook.bulk.batch.manifest import Manifest, records
from workbook.files import whole


def test_on_a_full_disk_the_batch_stops_with_a_clear_error_and_resumes_when_there_is_room(tmp_path, done, monkeypatch):
    portfolio, finished = done
    out, true_write, calls = tmp_path / "out", whole.written, Counter()

    def full(path, content, mode):
        calls["all"] += 1
        if calls["all"] > 2:
            true_write(path, content[: len(content) // 2])
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        true_write(path, content)

    monkeypatch.setattr(whole, "written", full)
    ended = engagement("batch", portfolio, "-o", out, "--jobs", "1")
    assert ended.exit_code == 1
    assert "no room left on the disk" in ended.stderr
    assert "same command" in ended.stderr
    assert set(files(out)) == {"manifest.jsonl", "workbooks/id-1.xlsx", "workbooks/id-2.xlsx"}
    monkeypatch.undo()
    before = stamps(out)
    assert tally(portfolio, out) == {"unchanged": 2, "written": 3}
    assert {name: stamp for name, stamp in stamps(out).items() if name in before} == before
    assert files(out) == files(finished)


def test_a_manifest_on_a_full_disk_keeps_its_complete_lines(tmp_path):
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
    """A folder on a disk of its own, with room for three light workbooks."""
    if sys.platform != "linux" or os.geteuid():
        pytest.skip("making a small disk takes Linux and its administrator")
    place = tmp_path / "small"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1300k", "tmpfs", place], capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount a disk")
    yield place
    subprocess.run(["umount", place], check=True)


@pytest.mark.parametrize("jobs", [1, 2])
def test_on_a_really_full_disk_the_batch_stops_and_resumes_as_well(small_disk, done, jobs):
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


def test_a_workbook_that_reads_back_differently_gets_no_final_name(tmp_path, monkeypatch):
    true_write = whole.written
    monkeypatch.setattr(whole, "written", lambda path, content, mode: true_write(path, content[:-1] + b"\x01"))
    ended = engagement("batch", rows(tmp_path / "p.csv", 1), "-o", tmp_path / "out")
    assert ended.exit_code == 1
    assert list((tmp_path / "out" / "workbooks").iterdir()) == []


def test_a_folder_for_temporary_files_that_takes_none_is_named_and_finished_workbooks_are_kept(
    tmp_path, done, monkeypatch
):
    portfolio, finished = done
    out, gone = tmp_path / "out", tmp_path / "gone"
    monkeypatch.setattr(tempfile, "tempdir", str(gone))
    ended = engagement("batch", portfolio, "-o", out, "--jobs", "1")
    assert ended.exit_code == 1
    assert f"no temporary file can be written in {gone}: No such file or directory" in ended.stderr
    assert "name another folder in TMPDIR" in ended.stderr
    monkeypatch.undo()
    assert tally(portfolio, out) == {"unchanged": 5}
    assert files(out) == files(finished)
