"""A merge compares every line of the manifests with the workbooks, and reports damaged ones."""

import json
import tracemalloc

import orjson
import pytest

from tests.bulk.batches import Options, change_line, copies, engagement, files, refusal, tally
from workbook.bulk.batch.agreement import Agreement
from workbook.bulk.batch.manifest import records
from workbook.bulk.batch.merging import merged
from workbook.bulk.batch.running import run
from workbook.bulk.portfolio import Portfolio
from workbook.bulk.portfolio.reports import About, totals


@pytest.mark.parametrize(
    ("entry", "value", "message"),
    [
        ("id", 7, "id   found 7   allowed: text"),
        ("id", ..., "id   found nothing   allowed: text"),
        ("file", "../secret.xlsx", 'file   found "../secret.xlsx" (text)   allowed: workbooks/id-1.xlsx'),
        ("currency", ..., "currency   found nothing"),
        ("usd_rate", 0, "usd_rate   found 0   allowed: a number above 0"),
        ("total", "100", 'total   found "100" (text)   allowed: a number or null'),
        ("size", True, "size   found true (yes/no value)   allowed: a whole number"),
        ("provisional", 1, "provisional   found 1   allowed: true or false"),
        ("sha256", None, "sha256   found nothing   allowed: text"),
        ("refused", [{"field": 1}], "refused   found [{'field': 1}]   allowed: a list of faults"),
        ("failed", 5, "failed   found 5   allowed: text"),
    ],
)
def test_a_damaged_line_of_a_manifest_is_reported_by_shard_and_row(shards, tmp_path, entry, value, message):
    one, two, three = copies(shards, tmp_path)
    change_line(one, entry, value)
    ended = engagement("merge", one, two, three, "-o", tmp_path / "out")
    assert ended.exit_code == 4, ended.stderr
    assert f"{one}, row 1, {message}" in ended.stderr
    assert not (tmp_path / "out").exists()


BUDGET = {"amount": 7.0, "invoiced": 1.0, "headroom": 6.0, "chance_above": None, "text": "Within."}
FIGURES = {
    "owner": "eve@evil.com", "name": "Another", "currency": "EUR", "usd_rate": 2.0, "budget": BUDGET, "recommendation": "freelancer",
    "status": "firm", "answer": "No", "why": "So", "cost": "Nothing", "alerts": [{"id": "late", "text": "Late."}],
    "why_not": {"path": "a", "label": "A", "kind": "dearer", "amount": 1.0, "break_even_chance": None, "text": "So"},
    "runner_up": {"path": "a", "label": "A", "total": 1.0, "same_scope": 1.0}, "edition": "full",
    **dict.fromkeys(("paid", "own_time", "losses", "same_scope", "invoiced", "p50", "p80"), 1.0),
    "label": "Free", "provisional": ..., "total": 1.0, "npv": 1.0, "best": 1.0, "worst": 1.0, "p10": 1.0, "p90": 1.0,
    "contenders": ["freelancer"], "by_year": [{"year": 2026, "total": 1.0}],
    "weeks_to_stable": 1.0, "core_cost": 1.0, "cheapest": "freelancer", "input": "0" * 16, "template": "0" * 16,
}  # fmt: skip


def test_every_figure_and_owner_of_a_manifest_is_compared_with_its_workbook(done):
    [line, *_] = records(done[1])
    changed = line | FIGURES | {"provisional": not line["provisional"]}
    assert [entry for entry in FIGURES if changed[entry] == line[entry]] == []
    content = (done[1] / line["file"]).read_bytes()
    assert list(Agreement().faults(line, content, "row 1")) == []
    assert {fault.field for fault in Agreement().faults(changed, content, "row 1")} == {
        f"row 1, {one}" for one in FIGURES
    }


@pytest.mark.parametrize("entry", ["owner", "edition", "cheapest", "answer", "total"])
def test_a_merge_refuses_a_line_that_its_workbook_contradicts(shards, tmp_path, entry):
    one, two, three = copies(shards, tmp_path)
    change_line(one, entry, FIGURES[entry])
    assert f"{one}, row 1, {entry}   found " in refusal([one, two, three], tmp_path)


def test_every_entry_of_a_manifest_is_compared_except_those_that_only_the_run_knows(done):
    [line, *_] = records(done[1])
    only_the_run = {"row", "id", "file", "runs", "sha256", "content", "size", "seconds", "design", "tracking"}
    assert set(line) - set(FIGURES) == only_the_run


def test_a_merge_finds_the_figures_of_a_workbook_with_user_defined_paths(tmp_path):
    own = {
        "label": "Mine & <yours>",
        "phases": [{"work": "core", "model": "employee", "share": 1}, {"work": "run", "model": "employee"}],
    }
    row = {"id": "own", "project.name": 'A "B" & <C>', "project.start": "2026-12-01", "paths": {"mine": own}}
    (tmp_path / "p.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    run(Portfolio(tmp_path / "p.jsonl"), tmp_path / "shard", Options())
    assert merged([tmp_path / "shard"], tmp_path / "out").rows == 1


def test_lines_that_do_not_add_up_to_the_summary_of_their_shard_are_reported(shards, tmp_path):
    one, two, three = copies(shards, tmp_path)
    change_line(two, "total", 1.0)
    message = refusal([one, two, three], tmp_path)
    assert f"{two}, paths   manifest.jsonl and summary.json differ   run the shard again" in message
    assert f"{two}, currencies   manifest.jsonl and summary.json differ" in message
    assert str(one) not in message


@pytest.mark.parametrize("entry", ["size", "currency", "p10", "sha256"])
def test_a_batch_rebuilds_a_row_whose_line_is_damaged(again, entry):
    portfolio, out = again
    known = files(out)
    change_line(out, entry, "x" if entry != "currency" else ...)
    assert tally(portfolio, out) == {"written": 1, "unchanged": 4}
    assert files(out) == known


def test_no_entry_of_a_manifest_leads_out_of_its_folder(shards, tmp_path):
    one, two, three = copies(shards, tmp_path)
    manifest = one / "manifest.jsonl"
    manifest.write_bytes(manifest.read_bytes().replace(b'"id":"id-1"', b'"id":"../../secret"'))
    assert "../../secret" in refusal([one, two, three], tmp_path)


def refused_shard(folder, rows):
    """The only shard of a portfolio of so many rows, each of them refused."""
    fault = {"field": "project.name", "found": "nothing", "allowed": "text of 1 to 80 characters", "example": "Rescue"}
    lines = [{"row": row, "id": f"id-{row}", "refused": [fault]} for row in range(1, rows + 1)]
    about = About("portfolio.csv", "0" * 64, rows, (1, 1), 0, "1.0.0", "light")
    (folder / "workbooks").mkdir(parents=True)
    (folder / "manifest.jsonl").write_bytes(b"".join(orjson.dumps(line) + b"\n" for line in lines))
    (folder / totals.NAME).write_bytes(totals.as_json(totals.totals(about, lines)))
    return folder


def test_ten_times_the_refused_rows_take_a_merge_hardly_more_memory_and_none_is_lost(tmp_path, monkeypatch):
    monkeypatch.setattr(totals, "MOST_NOT_WRITTEN", 20)

    def peak(rows):
        shard = refused_shard(tmp_path / f"shard{rows}", rows)
        tracemalloc.start()
        try:
            merged([shard], tmp_path / f"out{rows}")
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(1)  # what is imported on the way
    few, many = peak(300), peak(3_000)
    # At most the block in which the overview is read back from the disk.
    assert many - few < 1 << 20
    out = tmp_path / "out3000"
    summary = json.loads((out / "summary.json").read_bytes())
    assert summary["counts"] == {"written": 0, "refused": 3_000, "failed": 0}
    assert [one["row"] for one in summary["not_written"]] == list(range(1, 21))
    assert [line["row"] for line in records(out)] == list(range(1, 3_001))
    assert (out / "junit.xml").read_text(encoding="utf-8").count("<failure ") == 3_000
    assert "and 2,950 more, in manifest.jsonl" in (out / "summary.md").read_text(encoding="utf-8")
