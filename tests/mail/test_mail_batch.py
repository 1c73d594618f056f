"""`engagement mail` of the folder of a batch: to the addresses in its manifest, and nothing but what the batch made."""

import json
import shutil
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from tests.command.runner import ROOT
from tests.mail.command import OPEN, messages, run
from workbook import command
from workbook.bulk.batch.run_lock import alone

COLUMNS = ("id", "project.name", "project.owner", "project.start", "money.budget")
ROWS = (
    "a,First,ada@example.com,2026-12-01,,yes,no",
    "b,Second,bob@example.com,2026-12-01,100,yes,no",
    "c,Third,cyd@example.com,2026-12-01,100,,",
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The folder of a finished batch; of its three rows, the second is over its budget and the last answers nothing."""
    place = tmp_path_factory.mktemp("batch")
    head = ",".join([*COLUMNS, "answers.shifting", "answers.bounded"])
    (place / "portfolio.csv").write_text("\n".join([head, *ROWS, ""]), encoding="utf-8")
    arguments = ["batch", str(place / "portfolio.csv"), "-o", str(place / "out"), "--jobs", "1"]
    assert CliRunner().invoke(command.app, arguments).exit_code == 0
    return place / "out"


@pytest.fixture
def batch(made, tmp_path):
    """A copy of it that a test may change."""
    return shutil.copytree(made, tmp_path / "batch")


def records_of(batch):
    return [json.loads(line) for line in (batch / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]


def rewritten(batch, change):
    """The manifest with its lines, as a list of records, changed."""
    records = records_of(batch)
    change(records)
    (batch / "manifest.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")


def test_a_batch_goes_to_the_addresses_in_a_column_of_its_manifest(batch, tmp_path):
    ended = run(batch, "-o", tmp_path / "mail")
    assert (ended.exit_code, ended.stdout) == (0, "3 written\n")
    found = messages(tmp_path / "mail")
    assert found["bob@example.com"]["Subject"].startswith("Second: ")
    assert found["cyd@example.com"]["Subject"] == f"Third: {OPEN}"
    assert f"The answer: {OPEN}" in found["cyd@example.com"].get_body(("plain",)).get_content().splitlines()
    second = found["bob@example.com"].get_body(("plain",)).get_content()
    [record] = [record for record in records_of(batch) if record["id"] == "b"]
    assert {alert["id"] for alert in record["alerts"]} >= {"above_budget", "provisional"}
    for said in (record["budget"]["text"], record["why"], *(alert["text"] for alert in record["alerts"])):
        assert said in second
    [attachment] = found["ada@example.com"].iter_attachments()
    assert attachment.get_content() == (batch / "workbooks" / "a.xlsx").read_bytes()


def test_messages_of_a_batch_are_listed_without_loading_what_makes_workbooks(made):
    code = (
        "import sys; from pathlib import Path; from workbook.command.mail_batch import from_batch\n"
        "print(len(from_batch(Path(sys.argv[1]), 'owner', '')))\n"
        "rooms = ('workbook.write.book', 'calc.quantities', 'workbook.bulk.batch.making', 'openpyxl')\n"
        "print([room for room in rooms if room in sys.modules])"
    )
    ended = subprocess.run([sys.executable, "-c", code, made], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert ended.stdout.splitlines() == ["3", "[]"], ended.stderr


def test_a_folder_that_is_not_a_batch_is_refused_and_left_unchanged(tmp_path):
    (tmp_path / "no batch").mkdir()
    ended = run(tmp_path / "no batch", "-o", tmp_path / "mail")
    assert ended.exit_code == 4
    assert "no such file" in ended.stderr
    assert list((tmp_path / "no batch").iterdir()) == []


@pytest.mark.parametrize(
    "interrupted",
    [
        lambda records: records.append(records[0] | {"total": 1.0}),
        lambda records: records.append({"row": 2, "id": "b", "refused": []}),
        lambda records: records.append(records[2] | {"row": 4, "id": "d"}),
        lambda records: records.insert(0, records.pop()),
        lambda records: records.pop(),
    ],
    ids=["a row made anew", "a row refused", "a further row", "another order", "a row to come"],
)
def test_an_interrupted_batch_is_not_mailed_but_has_to_be_run_again(interrupted, batch, tmp_path):
    rewritten(batch, interrupted)
    ended = run(batch, "-o", tmp_path / "mail")
    assert ended.exit_code == 4
    assert "run engagement batch again to resume it" in ended.stderr
    assert not (tmp_path / "mail").exists()


def test_an_unfinished_batch_is_not_mailed(batch, tmp_path):
    (batch / "summary.json").unlink()
    ended = run(batch, "-o", tmp_path / "mail")
    assert ended.exit_code == 4
    assert "summary.json" in ended.stderr
    assert "run engagement batch again" in ended.stderr


def test_a_running_batch_is_not_mailed(batch, tmp_path):
    with alone(batch):
        ended = run(batch, "-o", tmp_path / "mail")
    assert ended.exit_code == 4
    assert "in use by another run" in ended.stderr


def test_only_workbooks_made_by_the_batch_are_mailed_and_all_others_are_reported_at_once(batch, tmp_path):
    shutil.copy(batch / "workbooks" / "b.xlsx", batch / "workbooks" / "a.xlsx")
    (batch / "workbooks" / "b.xlsx").unlink()
    (tmp_path / "secret.xlsx").write_bytes((batch / "workbooks" / "c.xlsx").read_bytes())
    rewritten(batch, lambda records: records[2].update(file="../secret.xlsx"))
    ended = run(batch, "-o", tmp_path / "mail", "--domain", "example.org")
    assert ended.exit_code == 4
    for row, found in ((1, "changed since the batch made it"), (2, "No such file"), (3, "../secret.xlsx")):
        assert f"manifest.jsonl, row {row}, to " in ended.stderr
        [line] = [line for line in ended.stderr.splitlines() if f"row {row}, workbook" in line]
        assert found in line
    assert not (tmp_path / "mail").exists()


@pytest.mark.parametrize(
    "change",
    [{"id": "../../secret", "file": "workbooks/../../secret.xlsx"}, {"id": 3}, {"sha256": None}, {"sha256": ""}],
)
def test_a_row_without_a_valid_id_and_hash_is_refused(change, batch, tmp_path):
    (tmp_path / "secret.xlsx").write_bytes((batch / "workbooks" / "c.xlsx").read_bytes())
    rewritten(batch, lambda records: records[2].update(change))
    ended = run(batch, "-o", tmp_path / "mail")
    assert ended.exit_code == 4
    assert "row 3, workbook" in ended.stderr


def test_a_row_without_an_address_is_reported_once(batch, tmp_path):
    rewritten(batch, lambda records: records[1].update(owner=""))
    ended = run(batch, "-o", tmp_path / "mail")
    assert ended.exit_code == 4
    assert ended.stderr.count("row 2, to ") == 1


def test_columns_that_the_manifest_has_not_are_named_once_beside_those_that_it_has(batch, tmp_path):
    ended = run(batch, "-o", tmp_path / "mail", "--to", "project.owner", "--name", "manager")
    assert ended.exit_code == 4
    assert [ended.stderr.count(name) for name in ('"project.owner"', '"manager"', ", owner,")] == [1, 1, 2]
