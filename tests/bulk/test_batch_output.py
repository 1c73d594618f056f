"""What a batch writes: workbooks, the manifest and reports; rows that are refused or fail."""

import hashlib
import json

import pytest

from tests.bulk.batches import engagement, files, rows, stamps
from workbook.bulk.batch import making
from workbook.bulk.batch.manifest import records
from workbook.bulk.portfolio import Portfolio
from workbook.files.archive import contents
from workbook.files.day import today
from workbook.write.build import build, inputs_hash
from workbook.write.edition import Edition


def test_a_batch_writes_a_workbook_per_row_a_manifest_and_the_reports(done):
    portfolio, out = done
    assert set(files(out)) == {
        "manifest.jsonl", "portfolio.xlsx", "summary.json", "summary.md", "junit.xml",
        *(f"workbooks/id-{n}.xlsx" for n in range(1, 6)),
    }  # fmt: skip
    lines = [json.loads(line) for line in (out / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["row"] for line in lines] == [1, 2, 3, 4, 5]
    for entry, line in zip(Portfolio(portfolio), lines, strict=True):
        content = (out / line["file"]).read_bytes()
        assert content == build(entry.scenario(), 0, Edition.light, today())
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
    lines = list(records(tmp_path / "out"))
    assert [line["row"] for line in lines] == list(range(1, 11))
    assert [line["row"] for line in lines if "refused" in line] == [1, 2, 3, 5, 6, 8, 10]


def test_a_refused_portfolio_leaves_nothing_behind(tmp_path):
    (tmp_path / "p.csv").write_text("id,nonsense\n1,2\n", encoding="utf-8")
    ended = engagement("batch", tmp_path / "p.csv", "-o", tmp_path / "out")
    assert ended.exit_code == 4
    assert "nonsense" in ended.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("shard", ["0/2", "3/2", "1", "1/0", "a/b", "1/2/3", "-1/2", "１/２"])
def test_an_impossible_shard_is_a_usage_error(tmp_path, shard):
    assert engagement("batch", rows(tmp_path / "p.csv", 1), "-o", tmp_path / "out", "--shard", shard).exit_code == 2


def test_a_portfolio_without_rows_gives_empty_reports(tmp_path):
    assert engagement("batch", rows(tmp_path / "p.csv", 0), "-o", tmp_path / "out").exit_code == 0
    assert json.loads((tmp_path / "out" / "summary.json").read_bytes())["counts"]["written"] == 0
    assert (tmp_path / "out" / "portfolio.xlsx").exists()


def test_a_row_that_cannot_be_calculated_does_not_stop_the_others(tmp_path, monkeypatch):
    true_book = making.book

    def fails(scenarios, runs, **more):
        if any(scenario.project.name == "Project 3" for scenario in scenarios):
            raise ZeroDivisionError("no such luck")
        return true_book(scenarios, runs, **more)

    monkeypatch.setattr(making, "book", fails)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    ended = engagement("batch", rows(tmp_path / "p.csv", 4), "-o", tmp_path / "out", "--jobs", "1")
    assert ended.exit_code == 3
    assert "p.csv, row 3 (line 4): internal error, ZeroDivisionError: no such luck" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert sorted(stamps(tmp_path / "out")) == ["id-1.xlsx", "id-2.xlsx", "id-4.xlsx"]


def test_a_value_that_is_spelled_in_another_way_is_read_and_reported(tmp_path):
    head, row = "id,project.name,project.start,work.core_hours", "a,One,2026-12-01,400 h"
    (tmp_path / "portfolio.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")
    ended = engagement("batch", tmp_path / "portfolio.csv", "-o", tmp_path / "out")
    assert ended.exit_code == 0
    assert "portfolio.csv, row 1 (line 2): work.core_hours: '400 h' was read as 400" in ended.stderr


def test_a_spelling_is_reported_once_for_each_column_and_then_counted(tmp_path):
    head = "id,project.name,project.start,work.core_hours,answers.bounded,answers.long"
    cells = [f"{hours} h,ja,{long}" for hours, long in ((400, "ja"), (500, "nein"), (60, "ja"))]
    lines = [f"p{at},Job {at},2026-12-01,{rest}" for at, rest in enumerate(cells)]
    (tmp_path / "portfolio.csv").write_text("\n".join([head, *lines, ""]), encoding="utf-8")
    ended = engagement("batch", tmp_path / "portfolio.csv", "-o", tmp_path / "out")
    assert ended.exit_code == 0
    read = [line for line in ended.stderr.splitlines() if "was read as" in line]
    assert [line.partition("): ")[2].partition(" was")[0] for line in read] == [
        "work.core_hours: '400 h'",
        "answers.bounded: 'ja'",
        "answers.long: 'ja'",
        "answers.long: 'nein'",
    ]
    assert "portfolio.csv: 5 more values, spelled like those above, were read in the same way" in ended.stderr
