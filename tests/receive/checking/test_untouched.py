"""Nothing is reported on an untouched workbook."""

import random

import pytest

import calc
from calc.scenario import normal_form, scenario
from tests import engines
from tests.definition.scenarios import random_scenario
from tests.engines import libreoffice
from tests.receive.checking.sent_out import SENT, THOROUGH, run, sent_file
from workbook.receive.checking.inspection import report_of
from workbook.receive.intake.reader import read as read_here
from workbook.receive.reading import gathered
from workbook.write.build import build


def test_nothing_is_reported_on_an_untouched_workbook(tmp_path):
    (tmp_path / "sent.xlsx").write_bytes(sent_file())
    ended = run("check", tmp_path / "sent.xlsx")
    assert (ended.exit_code, ended.stderr) == (0, "")
    assert f"sent.xlsx: made by version {calc.__version__}" in ended.stdout
    assert "Nothing differs from the workbook as it was made." in ended.stdout
    assert "Note" not in ended.stdout


@pytest.mark.parametrize("seed", range(30 if THOROUGH else 1))
def test_nothing_is_reported_on_the_untouched_workbook_of_any_scenario(seed):
    made = read_here(build(scenario(random_scenario(random.Random(seed + 1), seed % 2)), 0))
    report = report_of(made, "x")
    assert (report.findings, report.notes) == ([], [])


def test_nothing_is_reported_and_the_same_is_read_where_libreoffice_merely_saved_a_workbook(tmp_path):
    engines.need(libreoffice)
    (tmp_path / "sent.xlsx").write_bytes(sent_file())
    for target, folder in (("xlsx:Calc MS Excel 2007 XML", "xlsx"), ("ods:calc8", "ods")):
        [path] = libreoffice._convert([tmp_path / "sent.xlsx"], target, tmp_path / folder, 600)
        saved = read_here(path.read_bytes())
        report = report_of(saved, "x")
        assert (report.findings, report.notes) == ([], [])
        assert normal_form(gathered(saved, "x").scenario) == normal_form(scenario(SENT))
