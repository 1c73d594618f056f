"""A batch of projects that are under way: each with its forecast, the same as `track` says, and asked where it is unclear."""

import json

import openpyxl
import pytest

from calc.scenario import scenario
from calc.tracking import track
from tests.bulk.batches import engagement
from tests.calc.test_tracking import PROJECT, as_planned

PATH, MONTHS = "remediate_then_hire", 2
RUNNING = {name: value for name, value in as_planned(PATH, MONTHS).items() if name != "expected"}
DEARER = RUNNING | {"labour": [2 * amount for amount in RUNNING["labour"]]}
HALF = RUNNING | {"labour": RUNNING["labour"][:1]}
ROWS = {"not-begun": None, "as-planned": RUNNING, "dearer": DEARER, "half": HALF}


def portfolio(path, ids):
    lines = [{"id": id, **PROJECT} | ({"actuals": ROWS[id]} if ROWS[id] else {}) for id in ids]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def sheet(folder):
    """The rows of the sheet Forecasts, each by heading."""
    found = openpyxl.load_workbook(folder / "portfolio.xlsx", data_only=True)["Forecasts"]
    [table] = found.tables.values()
    head, *rows = found[table.ref]
    return [{name.value: cell.value for name, cell in zip(head, row, strict=True)} for row in rows]


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tracked")
    ended = engagement("batch", portfolio(folder / "p.jsonl", ROWS), "-o", folder / "out")
    return ended, folder / "out"


def test_a_half_filled_month_is_asked_by_row_and_the_others_are_written(batch):
    ended, out = batch
    assert ended.exit_code == 3
    assert "row 4 (line 4)" in ended.stderr
    assert "actuals.labour, month 2" in ended.stderr
    assert sorted(path.stem for path in (out / "workbooks").iterdir()) == ["as-planned", "dearer", "not-begun"]


def test_the_overview_forecasts_each_tracked_row_as_track_does(batch):
    rows = sheet(batch[1])
    assert [row["Id"] for row in rows] == ["as-planned", "dearer"]
    for row in rows:
        found = track(scenario(PROJECT | {"actuals": ROWS[row["Id"]]}))
        assert row["Plan"] == pytest.approx(found["plan"]["total"])
        assert row["Actual to date"] == pytest.approx(found["actual"]["to_date"])
        assert row["Forecast"] == pytest.approx(found["forecast"]["total"])
        assert row["Forecast less plan"] == pytest.approx(found["forecast"]["total"] - found["plan"]["total"])
        assert row["Core done"].date().isoformat() == found["forecast"]["end_date"]
        way = found["stay_or_switch"][0]["path"]
        assert row["Stay or switch"] == ("stay" if way == PATH else f"switch: {way}")
    planned, dearer = rows
    assert planned["Forecast less plan"] == pytest.approx(0, abs=0.005)
    assert dearer["Forecast less plan"] == pytest.approx(sum(RUNNING["labour"]), abs=0.01)


def test_the_path_that_is_taken_for_rows_that_name_none_is_said_on_every_run(tmp_path):
    unnamed = {name: value for name, value in RUNNING.items() if name != "path"}
    taken = track(scenario(PROJECT | {"actuals": unnamed}))["path"]
    rows = [{"id": id, **PROJECT, "actuals": of} for id, of in (("a", unnamed), ("b", RUNNING), ("c", unnamed))]
    (tmp_path / "p.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    for outcome in ("3 written", "3 unchanged"):
        said = " ".join(engagement("batch", tmp_path / "p.jsonl", "-o", tmp_path / "out").stderr.split())
        assert outcome in said
        assert "p.jsonl: actuals.path is not named in 2 rows with actuals" in said
        assert f"row 1 (line 1): {taken})" in said


@pytest.mark.parametrize("edition", ["full", "light"])
def test_a_merge_of_shards_has_the_same_forecasts(batch, edition, tmp_path):
    path = portfolio(tmp_path / "p.jsonl", ROWS)
    shards = [tmp_path / str(number) for number in (1, 2)]
    for number, shard in enumerate(shards, 1):
        engagement("batch", path, "-o", shard, "--shard", f"{number}/2", "--edition", edition)
    assert engagement("merge", *shards, "-o", tmp_path / "all").exit_code == 0
    assert sheet(tmp_path / "all") == sheet(batch[1])


def test_the_summary_counts_the_tracked_rows_and_sums_them_as_the_list_does(batch):
    rows = sheet(batch[1])
    found = json.loads((batch[1] / "summary.json").read_bytes())["tracking"]
    assert found["rows"] == len(rows)
    for name, heading in (("plan", "Plan"), ("actual", "Actual to date"), ("variance", "Forecast less plan")):
        assert found[name] == found[f"usd_{name}"] == pytest.approx(sum(row[heading] for row in rows))
    assert "Under way: 2. Planned USD " in (batch[1] / "summary.md").read_text(encoding="utf-8")


def test_rows_in_several_currencies_are_summed_in_dollars(tmp_path):
    project = PROJECT["project"]
    euros = {"id": "euro", **PROJECT, "project": project | {"currency": "EUR", "usd_rate": 0.5}, "actuals": RUNNING}
    dollars = {"id": "usd", **PROJECT, "actuals": RUNNING}
    (tmp_path / "p.jsonl").write_text("".join(json.dumps(line) + "\n" for line in (euros, dollars)), encoding="utf-8")
    engagement("batch", tmp_path / "p.jsonl", "-o", tmp_path / "out")
    overview = openpyxl.load_workbook(tmp_path / "out" / "portfolio.xlsx", data_only=True)["Forecasts"]
    sums = {head.value: top.value for head, top in zip(overview[5], overview[4], strict=True)}
    expected = sum(row["Actual to date"] / (0.5 if row["Id"] == "euro" else 1) for row in sheet(tmp_path / "out"))
    assert sums["Actual to date, USD"] == pytest.approx(expected)
    assert sums["Actual to date"] is None
    assert "Planned USD" in (tmp_path / "out" / "summary.md").read_text(encoding="utf-8")
