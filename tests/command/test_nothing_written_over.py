"""An output file is replaced if the same command wrote it and nobody changed it since; any other only with --force."""

import pytest

from tests.command.runner import run
from workbook.files.as_written import is_as_written, sealed

PROJECT = '[project]\nname = "A"\nstart = 2026-12-01\n'


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.toml").write_text(PROJECT, encoding="utf-8")
    return tmp_path


def of_read(folder):
    if not (folder / "a.xlsx").exists():
        assert run("build", "a.toml", "-o", "a.xlsx", "--runs", "0", "--edition", "light").exit_code == 0
    return ["read", "a.xlsx", "-o", "out.toml"], "out.toml"


def of_new(folder):
    return ["new", "out.toml"], "out.toml"


def of_lite(folder):
    return ["addin", "lite", "-o", "."], "requirements.txt"


@pytest.mark.parametrize("command", [of_read, of_new, of_lite])
def test_its_own_file_is_replaced_a_changed_or_foreign_one_only_by_force(command, folder):
    line, name = command(folder)
    for _ in range(2):
        assert run(*line).exit_code == 0
    ours = (folder / name).read_bytes()
    for theirs in (ours + b"x = 1\n", ours.replace(b"\n", b" # mine\n", 1), b"mine", b""):
        (folder / name).write_bytes(theirs)
        ended = run(*line)
        assert ended.exit_code == 2
        assert name in ended.stderr
        assert "--force replaces it; nothing was written" in ended.stderr
        assert (folder / name).read_bytes() == theirs
    assert run(*line, "--force").exit_code == 0
    assert (folder / name).read_bytes() == ours


def test_what_another_command_wrote_is_not_replaced(folder):
    assert run("new", "out.toml").exit_code == 0
    line, _ = of_read(folder)
    assert run(*line).exit_code == 2


@pytest.mark.parametrize("options", [[], ["--quote"]])
def test_a_workbook_to_fill_in_that_nobody_touched_is_replaced_by_the_same(options, folder):
    line = ["new", "form.xlsx", *options]
    assert [run(*line).exit_code for _ in range(2)] == [0, 0]
    (folder / "form.xlsx").write_bytes(b"mine")
    assert run(*line).exit_code == 2
    assert (folder / "form.xlsx").read_bytes() == b"mine"


def test_what_was_read_is_read_again(folder):
    line, name = of_read(folder)
    run(*line)
    assert run("diff", name, "a.xlsx").stdout.endswith("They are the same, input by input.\n")


def test_a_pdf_of_somebody_else_stays(folder):
    (folder / "a.pdf").write_bytes(b"%PDF-1.7\nmine\n")
    ended = run("build", "a.toml", "-o", "a.xlsx", "--pdf")
    assert ended.exit_code == 2
    assert "a.pdf: exists already" in ended.stderr
    assert not (folder / "a.xlsx").exists()


def test_a_file_without_comments_is_its_own_only_as_the_same_bytes(tmp_path):
    path = tmp_path / "a.json"
    assert sealed(b"{}", path, "x") == b"{}"
    path.write_bytes(b"{}")
    assert is_as_written(path, "x", b"{}")
    assert not is_as_written(path, "x")
    assert not is_as_written(path, "x", b"[]")
