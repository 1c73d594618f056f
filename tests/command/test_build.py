"""`engagement build`, and how files are replaced."""

import io
import os
import re
import stat
import sys
import tempfile
import zipfile

import pytest

from tests import engines
from tests.command.runner import MINIMAL, run
from tests.engines import libreoffice
from tests.receive.reading.filled_in import rich_file
from workbook.files import office, saving
from workbook.files.archive import archive, contents, deflated


def test_build_writes_the_workbook_and_prints_where_it_is_and_what_it_recommends(minimal, tmp_path, builder):
    target = tmp_path / "out.xlsx"
    ended = run("build", minimal, "-o", target)
    assert ended.exit_code == 0
    assert ended.stdout == f"{target}\n"
    assert ended.stderr == "What is recommended for Checkout rescue\n"
    assert target.read_bytes() == b"workbook of Checkout rescue"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["checkout.toml", "out.xlsx"]


def test_build_puts_the_workbook_beside_the_scenario_by_default_and_replaces_another_file_only_if_told(
    minimal, builder
):
    target = minimal.with_suffix(".xlsx")
    target.write_bytes(b"earlier")
    ended = run("build", minimal)
    assert ended.exit_code == 2
    assert "is not a workbook as engagement build left it" in ended.stderr
    assert "--force replaces it; nothing was written" in ended.stderr
    assert target.read_bytes() == b"earlier"
    assert run("build", minimal, "--force").exit_code == 0
    assert target.read_bytes() == b"workbook of Checkout rescue"


def repacked(data):
    """The same members as another program packs them."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as other:
        for name in archive.namelist():
            other.writestr(name, archive.read(name))
    return made.getvalue()


def with_sheet(data, name):
    members = {member: bytes(content) for member, content in contents(data).items()}
    members["xl/workbook.xml"] = members["xl/workbook.xml"].replace(b'name="Summary"', b'name="%s"' % name)
    return archive(deflated(member, content) for member, content in members.items())


def test_a_workbook_is_replaced_while_it_is_as_it_was_built_and_kept_once_another_program_saved_it(minimal, builder):
    built, target = rich_file(), minimal.with_suffix(".xlsx")
    target.write_bytes(built)
    assert run("build", minimal).exit_code == 0
    assert target.read_bytes() == b"workbook of Checkout rescue"
    marked = with_sheet(built, b"Problems")
    for other in (
        repacked(built),
        built[:-1],
        built + b"x",
        built[:50_000],
        marked,
        built.replace(b"PK", b"pk", 1),
        b"",
    ):
        target.write_bytes(other)
        assert run("build", minimal).exit_code == 2
        assert target.read_bytes() == other
    target.write_bytes(with_sheet(built, b"Summary"))
    assert run("build", minimal).exit_code == 0


def test_a_workbook_that_is_saved_while_the_new_one_is_built_is_kept(minimal, builder):
    target = minimal.with_suffix(".xlsx")

    def meanwhile(given):
        target.write_bytes(b"typed in")
        return b"new"

    builder.build = meanwhile
    assert run("build", minimal).exit_code == 2
    assert target.read_bytes() == b"typed in"


def test_a_workbook_can_be_sent_through_a_pipe(minimal, builder):
    ended = run("build", minimal, "-o", "-")
    assert (ended.exit_code, ended.stdout_bytes) == (0, b"workbook of Checkout rescue")
    assert ended.stderr == "What is recommended for Checkout rescue\n"
    assert [found.name for found in minimal.parent.iterdir()] == ["checkout.toml"]


def test_a_folder_in_place_of_the_workbook_is_named_as_one(minimal, tmp_path, builder):
    ended = run("build", minimal, "-o", tmp_path)
    assert ended.exit_code == 2
    assert "is a folder; name a file in it" in " ".join(ended.stderr.split())


def test_a_build_that_fails_leaves_the_earlier_workbook_and_no_rest(minimal, builder, logs):
    target = minimal.with_suffix(".xlsx")
    target.write_bytes(b"earlier")

    def fails(given):
        raise ZeroDivisionError("no such luck")

    builder.build = fails
    assert run("build", minimal, "--force").exit_code == 1
    assert target.read_bytes() == b"earlier"
    assert {path.name for path in minimal.parent.iterdir()} == {"checkout.toml", "checkout.xlsx", "logs"}


def test_a_disk_that_fills_up_leaves_the_earlier_workbook_and_no_rest(minimal, builder, monkeypatch):
    target = minimal.with_suffix(".xlsx")
    target.write_bytes(b"earlier")

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("workbook.files.whole.os.fsync", full)
    ended = run("build", minimal, "--force")
    assert ended.exit_code == 1
    assert "No space left on device" in ended.stderr
    assert target.read_bytes() == b"earlier"
    assert {path.name for path in minimal.parent.iterdir()} == {"checkout.toml", "checkout.xlsx"}


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
def test_a_written_file_has_the_permissions_of_any_new_file_or_of_the_one_it_replaces(tmp_path):
    before = os.umask(0o027)
    try:
        saving.save(tmp_path / "new", b"x")
        assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640
        (tmp_path / "new").chmod(0o600)
        saving.save(tmp_path / "new", b"y")
        assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o600
    finally:
        os.umask(before)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_stays_a_link_to_the_file_that_is_replaced(tmp_path):
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    saving.save(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


@pytest.mark.parametrize("where", ["no_folder/x.xlsx", "folder.xlsx", "x.xls", "checkout.toml"])
def test_build_refuses_a_place_where_no_workbook_can_be_before_it_works(minimal, tmp_path, builder, where):
    (tmp_path / "folder.xlsx").mkdir()
    builder.build = lambda given: pytest.fail("it worked for nothing")
    ended = run("build", minimal, "-o", tmp_path / where)
    assert ended.exit_code == 2
    assert ended.stdout == ""
    assert minimal.read_text(encoding="utf-8") == MINIMAL


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such device")
def test_a_device_is_never_replaced(tmp_path):
    (tmp_path / "device.xlsx").symlink_to("/dev/null")
    with pytest.raises(saving.WriteError, match="not a regular file"):
        saving.save(tmp_path / "device.xlsx", b"x")


def test_build_from_standard_input_needs_a_name(tmp_path, builder):
    assert run("build", "-", given=MINIMAL).exit_code == 2
    target = tmp_path / "x.xlsx"
    assert run("build", "-", "-o", target, given=MINIMAL).exit_code == 0
    assert target.exists()


def test_build_of_a_refused_scenario_writes_nothing(tmp_path, builder):
    path = tmp_path / "bad.toml"
    path.write_text(MINIMAL + "[work]\nhires = 0\n", encoding="utf-8")
    assert run("build", path).exit_code == 4
    assert [found.name for found in tmp_path.iterdir()] == ["bad.toml"]


def test_the_pages_for_people_are_printed_without_the_workings(minimal, tmp_path):
    engines.need(libreoffice)
    target = tmp_path / "rescue.xlsx"
    ended = run("build", minimal, "-o", target, "--pdf", "--edition", "light")
    assert ended.stdout.splitlines() == [str(target), str(target.with_suffix(".pdf"))]
    pages = re.findall(rb"/Type\s*/Page\b", target.with_suffix(".pdf").read_bytes())
    assert 12 <= len(pages) <= 20


def test_without_libreoffice_a_sentence_says_that_there_is_no_pdf(minimal, tmp_path, builder, monkeypatch):
    monkeypatch.setattr(office, "installed", lambda: None)
    target = tmp_path / "rescue.xlsx"
    ended = run("build", minimal, "-o", target, "--pdf")
    assert (ended.exit_code, ended.stdout) == (0, f"{target}\n")
    assert "no PDF was made: LibreOffice is not installed; the workbook is complete" in ended.stderr
    assert not target.with_suffix(".pdf").exists()


def test_a_folder_for_temporary_files_that_takes_none_costs_the_pdf_and_not_the_workbook(
    minimal, tmp_path, builder, monkeypatch
):
    target, gone = tmp_path / "rescue.xlsx", tmp_path / "gone"
    monkeypatch.setattr(tempfile, "tempdir", str(gone))
    ended = run("build", minimal, "-o", target, "--pdf")
    assert (ended.exit_code, ended.stdout) == (0, f"{target}\n")
    assert f"no PDF was made: no temporary file can be written in {gone}: No such file or directory" in ended.stderr
    assert "TMPDIR; the workbook is complete" in ended.stderr
