"""Temporary files: the folder for them is blamed for what it refuses, and for nothing else."""

import tempfile
from pathlib import Path

import pytest

from workbook.files.streamed import streamed
from workbook.files.temporary import TemporaryError, kept_for_a_while

FULL = Path("/dev/full")


def test_a_source_that_cannot_be_read_is_not_a_fault_of_the_folder_for_temporary_files():
    def pieces():
        yield b"a"
        raise OSError(5, "Input/output error")

    with pytest.raises(OSError, match="Input/output error") as caught:
        list(streamed([("a", pieces())]))
    assert not isinstance(caught.value, TemporaryError)
    with pytest.raises(FileNotFoundError, match=r"gone\.csv"), kept_for_a_while():
        Path("gone.csv").read_bytes()


@pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")
def test_a_folder_for_temporary_files_without_room_is_named_and_what_helps(monkeypatch):
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda **_: FULL.open("r+b", buffering=0))
    with pytest.raises(
        TemporaryError, match="No space left on device; make room there, or name another folder in TMPDIR"
    ):
        list(streamed([("a", [b"a" * 10_000_000])]))
