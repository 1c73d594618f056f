"""Nothing is reported on an untouched workbook."""

import random
import zipfile

import pytest

import calc
from calc.scenario import normal_form, scenario
from tests import engines
from tests.definition.scenarios import random_scenario
from tests.engines import libreoffice
from tests.receive.checking.sent_out import EDITION, SENT, THOROUGH, run, sent_file
from workbook.files.archive import archive, contents, deflated
from workbook.receive.checking.inspection import check, report_of
from workbook.receive.checking.untouched import untouched
from workbook.receive.intake.reader import read as read_here
from workbook.receive.reading import gathered
from workbook.write.build import build
from workbook.write.edition import Edition


def test_nothing_is_reported_on_an_untouched_workbook(tmp_path):
    (tmp_path / "sent.xlsx").write_bytes(sent_file())
    ended = run("check", tmp_path / "sent.xlsx")
    assert (ended.exit_code, ended.stderr) == (0, "")
    assert f"sent.xlsx: made by version {calc.__version__}" in ended.stdout
    assert "Nothing differs from the workbook as it was made." in ended.stdout
    assert "Note" not in ended.stdout


def test_an_untouched_workbook_is_told_by_its_bytes_with_the_same_report(tmp_path):
    path = tmp_path / "sent.xlsx"
    path.write_bytes(sent_file(Edition.full))
    assert untouched(path, "x") == report_of(read_here(sent_file(Edition.full)), "x", path)


def changed(path, sheet, old, new):
    """The workbook with the first of these bytes of a sheet changed, and packed as here."""
    file = sent_file(Edition.full if sheet == "Trials" else EDITION)
    members = contents(file)
    number = list(read_here(file).sheets).index(sheet) + 1
    name = f"xl/worksheets/sheet{number}.xml"
    assert old in members[name]
    members[name] = members[name].replace(old, new, 1)
    path.write_bytes(archive(deflated(name, bytes(member)) for name, member in members.items()))
    return path


@pytest.mark.parametrize(
    ("sheet", "old", "new"),
    [
        ("Inputs", b"<v>412.5</v>", b"<v>413.5</v>"),
        ("Record", b"<v>412.5</v>", b"<v>413.5</v>"),
        ("Checks", b"</f><v>", b"+0</f><v>"),
    ],
)
def test_one_that_was_changed_and_packed_as_here_is_not_taken_for_one_that_nobody_touched(tmp_path, sheet, old, new):
    assert untouched(changed(tmp_path / "sent.xlsx", sheet, old, new), "x") is None


def test_a_changed_value_that_no_input_follows_from_is_found_among_the_trials(tmp_path):
    path = changed(tmp_path / "sent.xlsx", "Trials", b"</f><v>", b"</f><v>9")
    assert {(one.kind, one.sheet) for one in check(path).findings} == {("value", "Trials")}


def test_one_that_another_program_packed_is_not_built_for_a_look_at_its_bytes(tmp_path, monkeypatch):
    monkeypatch.setattr("workbook.receive.checking.untouched.cells", None)
    with zipfile.ZipFile(tmp_path / "sent.xlsx", "w") as packed:
        for name, member in contents(sent_file()).items():
            packed.writestr(name, bytes(member))
    assert untouched(tmp_path / "sent.xlsx", "x") is None
    assert untouched(tmp_path / "nowhere.xlsx", "x") is None
    assert untouched(tmp_path, "x") is None


@pytest.mark.parametrize("seed", range(30 if THOROUGH else 1))
def test_nothing_is_reported_on_the_untouched_workbook_of_any_scenario(seed):
    made = read_here(build(scenario(random_scenario(random.Random(seed + 1), seed % 2)), 0, EDITION))
    report = report_of(made, "x")
    assert (report.findings, report.notes) == ([], [])


def test_nothing_is_reported_and_the_same_is_read_where_libreoffice_merely_saved_a_workbook(tmp_path):
    """With its own settings, by which it repeats some values and calculates others from these; tests/write/test_languages.py has
    those by which it calculates all anew, and OpenDocument."""
    engines.need(libreoffice)
    (tmp_path / "sent.xlsx").write_bytes(sent_file())
    target, saved_to = libreoffice.FORMATS["xlsx"], tmp_path / "saved"
    [path] = libreoffice._convert([tmp_path / "sent.xlsx"], target, saved_to, 600, trusting=True)
    saved = read_here(path.read_bytes())
    report = report_of(saved, "x")
    assert (report.findings, report.notes) == ([], [])
    assert normal_form(gathered(saved, "x").scenario) == normal_form(scenario(SENT))
