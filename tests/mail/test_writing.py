"""Messages as .eml files."""

import csv
import subprocess
import sys

import pytest

from tests.mail.samples import SENDER, WORKBOOK, full_at, parsed, states
from workbook.files.whole import replaced, writing
from workbook.mail import Outgoing, StoppedError, composed, post, write


def test_messages_are_written_as_the_same_files_on_every_run(tmp_path, workbook, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796117400")
    with (tmp_path / "r.csv").open("w", newline="") as file:
        csv.writer(file).writerows(
            [["to", "name", "workbook"], *([f"p{n}@example.org", f"P {n}", workbook.name] for n in range(3))]
        )
    runs = [post(tmp_path / "r.csv", SENDER, tmp_path / folder) for folder in ("one", "two")]
    assert runs[0].counts == {"written": 3}
    assert runs[0].complete
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / folder).iterdir()} for folder in ("one", "two"))
    assert one == two
    assert len(one) == 3
    for data in one.values():
        assert parsed(data)["Date"].datetime.timestamp() == 1796117400
        assert parsed(data)["X-Unsent"] == "1"
        assert data.count(b"\n") == data.count(b"\r\n")


def test_a_file_in_the_place_of_the_folder_stops_the_run_before_anything_is_written(messages, tmp_path):
    (tmp_path / "file").write_bytes(b"mine")
    for place in (tmp_path / "file", tmp_path / "file" / "beneath"):
        with pytest.raises(StoppedError, match="a file stands where a folder is needed; nothing was written"):
            write(messages("ada"), place)
    assert (tmp_path / "file").read_bytes() == b"mine"


def test_a_full_disk_stops_the_run_and_the_files_written_so_far_are_whole_and_reported(messages, tmp_path, monkeypatch):
    monkeypatch.setattr("workbook.files.whole.os.fsync", full_at(2))
    with pytest.raises(StoppedError, match="out: No space left on device; 1 written, 2 not tried") as caught:
        write(messages("ada", "bob", "cyd"), tmp_path / "out")
    [path] = (tmp_path / "out").iterdir()
    assert [outcome.detail for outcome in caught.value.done.outcomes] == [str(path)]
    assert parsed(path.read_bytes())["To"].addresses[0].addr_spec == "ada@example.org"


def test_messages_to_two_long_addresses_that_begin_alike_are_two_files(tmp_path, workbook):
    many = [Outgoing(f"{'a' * 60}@{'b' * 60}.{end}", "Ada", {"project": "One"}, workbook) for end in ("org", "com")]
    assert write(composed(many, SENDER), tmp_path / "out").counts == {"written": 2}
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_a_workbook_that_changed_after_composing_is_refused(messages, workbook, tmp_path):
    made = messages("ada")
    workbook.write_bytes(WORKBOOK + b"x")
    assert states(write(made, tmp_path / "out")) == ["refused"]


# A run that is killed while it writes the file that is to have this name.
KILLED = """
import os, pathlib, signal, sys
from workbook.files import whole
def killed(*_): os.kill(os.getpid(), signal.SIGKILL)
os.fsync = killed
whole.replaced(pathlib.Path(sys.argv[1]), b"half")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="nobody can tell there whether another run is writing in a folder")
def test_what_a_killed_run_left_of_a_file_is_removed_by_the_next_unless_another_run_is_writing_there(
    messages, tmp_path
):
    folder = tmp_path / "out"
    folder.mkdir()
    killed = subprocess.run([sys.executable, "-c", KILLED, folder / "ada.eml"], check=False)
    [left] = folder.iterdir()
    assert killed.returncode < 0
    (folder / ".ada.eml.part").write_bytes(b"mine")
    with writing(folder, "*.toml"):  # as another run
        replaced(folder / "ada.eml", b"whole")
    assert left.read_bytes() == b"half"
    write(messages("bob"), folder)
    assert not left.exists()
    assert (folder / "ada.eml").read_bytes() == b"whole"
    assert (folder / ".ada.eml.part").read_bytes() == b"mine"
