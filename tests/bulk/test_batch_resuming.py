"""What a batch keeps from an earlier run, and what it makes again."""

import errno
import json
import zipfile
from pathlib import Path

import pytest

from tests.bulk.batches import (
    Options,
    engagement,
    files,
    rows,
    stamps,
    tally,
)
from workbook.bulk.batch import making
from workbook.bulk.batch.making import Kind
from workbook.bulk.batch.manifest import records
from workbook.bulk.batch.run_lock import InUseError, alone
from workbook.bulk.batch.running import run
from workbook.bulk.portfolio import Portfolio
from workbook.files import whole
from workbook.files.archive import contents
from workbook.files.lock import Lock
from workbook.write.build import build
from workbook.write.edition import Edition


def test_workbooks_that_are_up_to_date_are_kept_without_any_calculation(again, monkeypatch):
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


def test_another_template_another_large_simulation_or_force_rebuilds_everything(again, monkeypatch):
    portfolio, out = again
    rows(portfolio, 1)
    assert tally(portfolio, out, force=True) == {"written": 1}
    assert tally(portfolio, out, kind=Kind(10, Edition.full)) == {"written": 1}
    assert (out / "workbooks" / "id-1.xlsx").read_bytes() == build(
        next(iter(Portfolio(portfolio))).scenario(), 10, Edition.full
    )
    for module in ("write.once.fingerprint", "write.sheets.about"):
        monkeypatch.setattr(f"workbook.{module}.__version__", "99.0")
    assert tally(portfolio, out, kind=Kind(10, Edition.full)) == {"written": 1}


def test_workbooks_of_moved_rows_are_kept_and_those_of_removed_rows_are_counted(again):
    portfolio, out = again
    before = stamps(out)
    lines = portfolio.read_text(encoding="utf-8").splitlines()
    portfolio.write_text("\n".join([lines[0], *lines[:1:-1]]) + "\n", encoding="utf-8")
    outcome = run(Portfolio(portfolio), out, Options())
    assert (dict(outcome.tally), outcome.left) == ({"unchanged": 4}, 1)
    assert stamps(out) == before
    assert [(record["row"], record["id"]) for record in records(out)] == [(n, f"id-{6 - n}") for n in range(1, 5)]


def test_a_repacked_workbook_is_up_to_date_and_so_is_a_line_without_a_content_hash(again):
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
def test_a_truncated_or_scribbled_manifest_is_still_used(again, rest):
    portfolio, out = again
    known, manifest = files(out), out / "manifest.jsonl"
    manifest.write_bytes(manifest.read_bytes() + rest)
    assert tally(portfolio, out) == {"unchanged": 5}
    assert files(out) == known
    manifest.write_bytes(manifest.read_bytes()[:-20])
    assert tally(portfolio, out) == {"written": 1, "unchanged": 4}
    assert files(out) == known


def test_the_manifest_lists_a_workbook_before_it_gets_its_name(tmp_path, monkeypatch):
    listed = []
    true_replace = Path.replace

    def replace(path, target):
        if Path(target).suffix == ".xlsx" and Path(target).parent.name == "workbooks":
            listed.append(Path(target).stem in (tmp_path / "out" / "manifest.jsonl").read_text(encoding="utf-8"))
        return true_replace(path, target)

    monkeypatch.setattr(Path, "replace", replace)
    tally(rows(tmp_path / "p.csv", 3), tmp_path / "out")
    assert listed == [True, True, True]


def test_a_name_that_the_disk_rejects_fails_only_its_row(tmp_path, monkeypatch):
    true_write = whole.written

    def refuses(path, content, mode):
        if "id-2" in path.name:
            raise OSError(errno.ENAMETOOLONG, "File name too long", str(path))
        true_write(path, content)

    monkeypatch.setattr(whole, "written", refuses)
    assert tally(rows(tmp_path / "p.csv", 3), tmp_path / "out") == {"written": 2, "failed": 1}
    assert [record.get("failed") for record in records(tmp_path / "out")][1].endswith("File name too long")


def test_two_runs_never_work_in_one_folder(done):
    portfolio, out = done
    with alone(out):
        ended = engagement("batch", portfolio, "-o", out)
        assert (ended.exit_code, "another run is using this folder" in ended.stderr) == (1, True)
        with pytest.raises(InUseError):
            run(Portfolio(portfolio), out, Options())
    Lock(out / ".lock").release()
