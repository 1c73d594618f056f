"""Places for what is written: a name that the system refuses is blamed, and nothing is left of a folder made half way."""

import os
import sys

import pytest

from tests.command.runner import run
from workbook.files.saving import WriteError, folder_made, writable

# No system takes names of more than 255 characters.
TOO_LONG = "a" * 300


@pytest.mark.parametrize("name", [TOO_LONG, "a\0b", "file/below"])
def test_a_name_that_no_folder_can_have_is_refused_in_a_sentence(name, tmp_path):
    (tmp_path / "file").write_bytes(b"mine")
    with pytest.raises(WriteError, match="; nothing was written"), folder_made(tmp_path / name):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("name", [TOO_LONG, "a\0b"])
def test_a_name_that_no_file_can_have_is_refused_in_a_sentence(name, tmp_path):
    with pytest.raises(WriteError, match="; nothing was written"):
        writable(tmp_path / f"{name}.toml")


def test_a_command_whose_folder_has_too_long_a_name_says_so():
    ended = run("addin", "lite", "-o", TOO_LONG)
    assert ended.exit_code == 1
    assert ended.stderr.startswith(f"{TOO_LONG}: ")
    assert ended.stderr.endswith("; nothing was written\n")


def test_of_a_folder_that_is_made_half_way_nothing_is_left(tmp_path):
    (tmp_path / "mine").mkdir()
    with pytest.raises(WriteError), folder_made(tmp_path / "mine" / "made" / "made" / TOO_LONG):
        pass
    assert list((tmp_path / "mine").iterdir()) == []


def test_a_folder_that_something_was_written_into_stays(tmp_path):
    def fails():
        with folder_made(tmp_path / "a" / "b" / "c"):
            (tmp_path / "a" / "kept").write_bytes(b"")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["kept"]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="everything is allowed to the administrator")
def test_a_place_beyond_a_folder_that_may_not_be_entered_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "closed").mkdir(mode=0)
    with pytest.raises(WriteError, match="Permission denied; nothing"), folder_made(tmp_path / "closed" / "a" / "b"):
        pass
    with pytest.raises(WriteError, match="Permission denied; nothing"):
        writable(tmp_path / "closed" / "a.toml")


@pytest.mark.parametrize("line", [("new",), ("ask",), ("addin", "build", "-o")])
def test_any_command_that_is_given_too_long_a_name_says_so(line):
    ended = run(*line, f"{TOO_LONG}.toml")
    assert (ended.exit_code, ended.stderr) == (2, f"{TOO_LONG}.toml: File name too long\n")
