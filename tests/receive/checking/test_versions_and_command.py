"""Workbooks of other versions and templates; `engagement check`."""

import json
import random

import pytest

import calc
from calc.scenario import Refused, scenario
from tests.definition.scenarios import random_scenario
from tests.engines import cells as typing
from tests.receive.checking.sent_out import SENT, formulas, input_cells, kinds, put, run, sent, sent_file
from workbook.command.check import sentence
from workbook.files.address import address
from workbook.receive.checking import KINDS
from workbook.receive.checking.inspection import report_of
from workbook.receive.checking.report import Finding
from workbook.write.build import book as laid_out_for


def of_version(version, template=None):
    book = sent()
    about = book.sheets["About"].cells
    rows = {cell.value: place for place, cell in about.items() if place[1] == 1}
    put(book, ("About", rows["Version"][0], 2), version)
    if template:
        put(book, ("About", rows["Template"][0], 2), template)
    return book


def test_an_older_template_is_reported_and_its_formulas_are_not_compared():
    report = report_of(of_version("0.9.0", "0123456789abcdef"), "x")
    assert report.counts == {"template": 2}
    assert "formulas and values were not compared" in report.notes[0]


def test_another_fingerprint_of_the_template_is_reported():
    assert kinds(of_version(calc.__version__, "0123456789abcdef")) == {"template": 1}


def test_a_newer_version_is_refused():
    with pytest.raises(Refused, match=r"made by version 9\.0\.0"):
        report_of(of_version("9.0.0"), "x")


def test_the_fingerprint_of_the_template_is_that_of_every_scenario_with_the_same_paths():
    def fingerprint(plain):
        laid_out = laid_out_for([scenario(plain)], 0)
        laid_out.finish()
        about = laid_out.sheets["About"].cells
        [(row, _)] = [place for place, cell in about.items() if cell.value == "Template"]
        return about[row, 2].value

    other = random_scenario(random.Random(4), True)
    assert fingerprint(SENT) == fingerprint(other | {"paths": SENT["paths"]})
    assert fingerprint(SENT) != fingerprint({key: value for key, value in SENT.items() if key != "paths"})


# --------------------------------------------------------------------------------------------------------- command


def test_check_ends_with_code_5_and_says_what_differs(tmp_path, monkeypatch):
    monkeypatch.setattr("workbook.receive.checking.rules.judged", lambda file: [])
    (tmp_path / "sent.xlsx").write_bytes(sent_file())
    name, place = formulas()[40]
    path = typing.edited(tmp_path / "sent.xlsx", {(name, address(*place)): "by hand"}, tmp_path / "back.xlsx")
    ended = run("check", path, "--json")
    assert ended.exit_code == 5
    found = json.loads(ended.stdout)
    assert (found["schema"], found["differs"], found["counts"]["formula"]) == (1, True, 1)
    assert found["findings"][0]["cell"] == address(*place)


def test_check_reports_inputs_that_cannot_be_read_beside_everything_else(tmp_path):
    book = sent()
    put(book, input_cells()["work.core_hours", "likely"], "1,234")
    put(book, ("Summary", 300, 1), "x")
    report = report_of(book, "x")
    assert report.counts == {"fault": 1, "added": 1}
    assert report.notes == ["values were not compared, since some inputs cannot be read"]


def test_every_kind_of_finding_is_explained():
    assert all(text and text[0].islower() and not text.endswith(".") for text in KINDS.values())


def test_a_problem_in_words_is_one_sentence_with_its_hint_and_without_allowed():
    fault = Finding("fault", found="two cells of one input differ; keep the right one", field="money.budget")
    assert sentence(fault) == "money.budget: two cells of one input differ; keep the right one"
