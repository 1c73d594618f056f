"""The table of costs: what it adds up to, and that it is the same however a batch was run."""

import csv
import math
import subprocess
import sys
from collections import defaultdict

import openpyxl
import pytest

from calc.quantities.lines import LINES
from calc.results import results
from calc.scenario import scenario
from tests.bulk.batches import EXAMPLE, ROOT, THOROUGH, engagement, rows
from workbook.bulk.batch import records
from workbook.bulk.portfolio import Portfolio
from workbook.costs import Project, table
from workbook.costs.csv_form import harmless


def some(count):
    return [Project(row.number, row.id, row.scenario()) for row in list(Portfolio(EXAMPLE))[:count]]


def written(tmp_path, name, projects):
    path = tmp_path / name
    path.write_bytes(b"".join(table(path, projects)))
    return path


def lines(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_lines_and_months_of_every_path_are_those_of_calc(tmp_path):
    projects = some(40)
    by_line, by_month = defaultdict(list), defaultdict(list)
    for row in lines(written(tmp_path, "costs.csv", projects)):
        by_line[row["row"], row["path"], row["line"]].append(float(row["amount"]))
        by_month[row["row"], row["path"], int(row["month"])].append(float(row["amount"]))
    for project, result in zip(projects, results([p.scenario for p in projects], flips=False, trials=0), strict=True):
        for path, figures in result["paths"].items():
            for line in LINES:
                assert math.fsum(by_line[str(project.row), path, line]) == pytest.approx(
                    figures["lines"][line], abs=1e-3
                )
            for month, amount in enumerate(figures["months"], 1):
                assert math.fsum(by_month[str(project.row), path, month]) == pytest.approx(amount, abs=1e-3)


def test_the_months_of_a_project_that_starts_on_the_last_day_allowed_have_their_days(tmp_path):
    project = scenario({"project": {"name": "Late", "start": "2100-12-31", "horizon_months": 3}})
    table = lines(written(tmp_path, "costs.csv", [Project(1, "late", project)]))
    assert {row["month_start"] for row in table} == {"2100-12-31", "2101-01-31", "2101-02-28"}


def test_a_batch_writes_the_totals_of_its_manifest_and_the_same_bytes_when_it_is_resumed(tmp_path):
    portfolio, text = tmp_path / "p.csv", EXAMPLE.read_text(encoding="utf-8").splitlines(keepends=True)
    portfolio.write_text("".join([*text[:6], text[1]]), encoding="utf-8")  # the last has the id of the first
    target, again = tmp_path / "t.csv", tmp_path / "u.csv"
    assert engagement("batch", portfolio, "-o", tmp_path / "out", "--table", target).exit_code == 3
    assert engagement("batch", portfolio, "-o", tmp_path / "out", "--table", again).exit_code == 3
    assert target.read_bytes() == again.read_bytes()
    chosen = defaultdict(list)
    for row in lines(target):
        if row["recommended"] == "1":
            chosen[row["id"], row["kind"]].append(float(row["amount"]))
    by_year = defaultdict(list)
    for row in lines(target):
        if row["recommended"] == "1":
            by_year[row["id"], row["fiscal_year"], row["line"]].append(float(row["amount"]))
    kept = [record for record in records(tmp_path / "out") if record.get("recommendation")]
    listed = {
        (record["id"], cost["year"], cost["line"]): cost["amount"] for record in kept for cost in record["by_year"]
    }
    assert listed == pytest.approx({key: math.fsum(of) for key, of in by_year.items() if any(of)}, abs=1e-3)
    assert kept
    assert {id for id, _ in chosen} == {record["id"] for record in kept}
    overview = openpyxl.load_workbook(tmp_path / "out" / "portfolio.xlsx", data_only=True)["Costs by year"]
    assert math.fsum(cell.value for [cell] in overview.iter_rows(min_row=6, min_col=12, max_col=12)) == pytest.approx(
        math.fsum(record["total"] / record["usd_rate"] for record in kept), abs=1e-2
    )
    for record in kept:
        for kind in ("paid", "own_time", "losses"):
            assert math.fsum(chosen[record["id"], kind]) == pytest.approx(record[kind], abs=1e-3)


def test_amounts_have_six_decimals_at_most_and_whole_paths_still_add_up_to_the_cent(tmp_path):
    projects = some(6)
    sums = defaultdict(list)
    for row in lines(written(tmp_path, "costs.csv", projects)):
        assert len(row["amount"].partition(".")[2]) <= 6
        sums[row["row"], row["path"]].append(float(row["amount"]))
    for project, result in zip(projects, results([p.scenario for p in projects], flips=False, trials=0), strict=True):
        for path, figures in result["paths"].items():
            assert math.fsum(sums[str(project.row), path]) == pytest.approx(figures["total"], abs=5e-3)


STREAMED = """
import re, resource, sys
from pathlib import Path
from calc.scenario import scenario
from workbook.costs import Project, table

def projects():
    for number in range(1, int(sys.argv[1]) + 1):
        given = {"project": {"name": f"Project {number}", "start": "2026-12-01"}, "work": {"core_hours": 100 + number % 900}}
        yield Project(number, f"P{number}", scenario(given))

lines = sum(piece.count(b"\\n") for piece in table(Path("costs.csv"), projects()))
# On Linux, what getrusage says begins with the largest size of whoever started the process.
status = Path("/proc/self/status")
peak = re.search(r"VmHWM:\\s+(\\d+)", status.read_text()) if status.exists() else None
kilobytes = int(peak[1]) if peak else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1 if sys.platform != "darwin" else 1024)
print(lines, kilobytes // 1024)
"""


def test_any_number_of_projects_is_streamed_within_300_mb():
    pytest.importorskip("resource")
    count = 10_000 if THOROUGH else 600
    done = subprocess.run(
        [sys.executable, "-c", STREAMED, str(count)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    lines, megabytes = map(int, done.stdout.split())
    assert lines == 1 + count * 13 * 13 * 12
    assert megabytes < 300


def test_somebodys_file_is_kept_unless_forced(tmp_path):
    portfolio, target = rows(tmp_path / "p.csv", 1), tmp_path / "t.csv"
    target.write_text("mine")
    assert engagement("batch", portfolio, "-o", tmp_path / "out", "--table", target).exit_code == 2
    assert target.read_text() == "mine"
    assert engagement("batch", portfolio, "-o", tmp_path / "out", "--table", target, "--force").exit_code == 0
    assert lines(target)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "＝1"])
def test_no_text_becomes_a_formula(text):
    assert harmless(text) == f"'{text}"


def test_parquet_holds_the_rows_of_the_csv(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    projects = some(3)
    as_text = lines(written(tmp_path, "costs.csv", projects))
    as_values = parquet.read_table(written(tmp_path, "costs.parquet", projects)).to_pylist()
    assert len(as_text) == len(as_values)
    for text, values in zip(as_text, as_values, strict=True):
        told = {
            k: str(int(v)) if isinstance(v, bool) else repr(v) if k == "amount" else str(v) for k, v in values.items()
        }
        assert told == text


def test_another_ending_is_refused_before_anything_is_made(tmp_path):
    result = engagement("batch", rows(tmp_path / "p.csv", 1), "-o", tmp_path / "out", "--table", tmp_path / "t.doc")
    assert result.exit_code == 2
    assert ".csv or .parquet" in " ".join(result.output.split())
    assert not (tmp_path / "out").exists()
