"""A history is read as people keep it, and what is no job is named."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from calc.calibration import Job, calibrated
from calc.scenario import Refused
from tests import engines
from tests.engines import libreoffice, validator
from workbook.history import history, report

KITCHENHAM = Path(__file__).parent / "data" / "kitchenham.csv"
HEAD = "model,estimated_hours,actual_hours\n"


def read(tmp_path, text, name="history.csv", **options):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return history(path, **options)


def test_the_same_jobs_in_three_forms_of_file_say_the_same(tmp_path):
    rows = list(csv.DictReader(KITCHENHAM.read_text(encoding="utf-8").splitlines()))
    lines, book = tmp_path / "history.jsonl", tmp_path / "history.xlsx"
    lines.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    sheet = openpyxl.Workbook()
    sheet.active.append(list(rows[0]))
    for row in rows:
        sheet.active.append([float(value) if name.endswith("_hours") else value for name, value in row.items()])
    sheet.save(book)
    found = [calibrated(history(path, model="freelancer").jobs) for path in (KITCHENHAM, lines, book)]
    assert found[0].all.n == 145
    assert all(other.all == found[0].all and other.ranges == found[0].ranges for other in found)


def test_columns_and_values_are_read_as_people_write_them(tmp_path):
    text = 'Job;Estimated Hours;Actual-hours;Model;Finished\nA;"400 h";"520,5";Fixed-price shop;31.12.2025\n'
    [job] = read(tmp_path, text).jobs
    assert (job.estimated_hours, job.actual_hours, job.model, str(job.finished)) == (
        400, 520.5, "fixed_price_shop", "2025-12-31",
    )  # fmt: skip


def test_a_column_of_another_name_is_mapped(tmp_path):
    [job] = read(
        tmp_path, "budgeted,booked\n100,120\n", named={"Budgeted": "estimated_hours", "booked": "actual_hours"}
    ).jobs
    assert job.ratio == 1.2


def test_a_mapped_column_that_is_not_there_is_named_as_it_was_typed(tmp_path):
    with pytest.raises(Refused, match=r"--map First\.Estimate   no such column   the file has: model"):
        read(tmp_path, f"{HEAD}freelancer,100,120\n", named={"First.Estimate": "lead_weeks"})


def test_months_come_from_the_weeks_where_no_months_are_told(tmp_path):
    text = "estimated_hours,actual_hours,actual_weeks,people,departures\n100,120,26,2,1\n"
    assert read(tmp_path, text).jobs[0].person_months == pytest.approx(12)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("freelancer,0,5", "from 0.001 to 1,000,000,000"),
        ("freelancer,,5", "blank"),
        ("freelancer,5,", "blank"),
        ("freelancer,1.200,5", "1200 or 1.2"),
        ("frelancer,5,5", "did you mean freelancer?"),
        ("Freelancer throughout,5,5", "did you mean freelancer?"),
        ('"Audit, then freelancers",5,5', "did you mean freelancer_team?"),
        ("freelancer,-3,5", "from 0.001 to 1,000,000,000"),
        ("freelancer,1e-300,5", "from 0.001 to 1,000,000,000"),
        ("freelancer,5,1e300", "from 0.001 to 1,000,000,000"),
    ],
)
def test_a_row_that_is_no_job_is_named_with_the_reason_and_the_others_count(tmp_path, row, says):
    found = read(tmp_path, f"{HEAD}freelancer,100,120\n{row}\n")
    assert [job.ratio for job in found.jobs] == [1.2]
    assert [refused.place for refused in found.refused] == ["line 3"]
    assert says in str(found.refused[0].faults[0])


def test_every_fault_of_a_row_is_named(tmp_path):
    found = read(tmp_path, f"{HEAD}freelancer,100,120\nnobody,0,\n")
    assert len(found.refused[0].faults) == 3


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("model,actual_hours\nfreelancer,5\n", "column estimated_hours   missing"),
        ("estimated hours,Estimated_Hours,actual_hours\n1,1,1\n", "duplicated"),
        (f"{HEAD}freelancer,0,0\n", "from 0.001 to 1,000,000,000"),
        (HEAD, "no rows"),
    ],
)
def test_a_file_without_a_job_is_refused(tmp_path, text, says):
    with pytest.raises(Refused) as refused:
        read(tmp_path, text)
    assert says in str(refused.value)


def test_the_workbook_of_a_history_is_valid_the_same_again_and_its_quantiles_follow_the_jobs(tmp_path):
    engines.need(libreoffice)
    read = history(KITCHENHAM, model="freelancer")
    found = calibrated(read.jobs)
    made = report(found, read.jobs, "kitchenham.csv")
    assert made == report(found, read.jobs, "kitchenham.csv")
    path = tmp_path / "history.xlsx"
    path.write_bytes(made)
    if validator.available():
        assert validator.problems(path) == []
    values = libreoffice.values(path)
    assert [values["Estimates", f"{column}7"] for column in "BCDEF"] == pytest.approx(
        [145, *found.all.quantiles.tolist()], rel=1e-12
    )
    [chart] = openpyxl.load_workbook(path).active._charts
    assert (chart.x_axis.scaling.logBase, chart.y_axis.scaling.logBase, len(chart.series)) == (10, 10, 5)


def test_a_name_that_looks_like_a_formula_stays_a_text(tmp_path):
    [sheet] = openpyxl.load_workbook(
        io.BytesIO(report(calibrated([Job("=1+1", 100, 120)]), [Job("=1+1", 100, 120)], "=2+2")), data_only=False
    ).worksheets
    assert [cell.data_type for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"] == ["s"]
