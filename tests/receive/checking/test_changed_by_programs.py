"""Inputs that were changed, and what a program calculated with them."""

import contextlib
import random
import zipfile

import pytest

from calc.scenario import Refused, normal_form, scenario
from tests import engines
from tests.engines import ironcalc_engine, libreoffice
from tests.receive.checking.sent_out import (
    SENT,
    THOROUGH,
    _sent,
    input_cells,
    put,
    read_members,
    sent,
    sent_file,
)
from tests.receive.hostile.mutations import mutated
from workbook.command.check import show
from workbook.files.address import address
from workbook.receive.checking import KINDS, check
from workbook.receive.checking.inspection import report_of
from workbook.receive.intake.reader import read as read_here
from workbook.receive.reading import gathered

TYPED = {
    "work.core_hours": 350,
    "answers.shifting": "no",
    "project.currency": "USD",
    "overrides.freelancer.rework": 0.4,
}
PICKED = {"case": "worst", "plan_path": "full_time", "compare_with": "own"}


def edits():
    """What somebody typed and picked: cell -> value."""
    cells = input_cells()
    typed = {cells[field, "likely"]: value for field, value in TYPED.items()}
    return typed | {_sent().names[name]: value for name, value in PICKED.items()}


def test_changed_inputs_and_picks_with_the_values_of_the_old_ones_are_stale(capsys):
    book = sent()
    for place, value in edits().items():
        put(book, place, float(value) if isinstance(value, int) else value)
    put(book, ("Summary", 300, 40), "by hand")
    report = report_of(book, "back.xlsx")
    assert report.counts.keys() == {"input", "shown", "stale", "added"}
    show(report, 3)
    said = " ".join(capsys.readouterr().out.split())
    assert "(work.core_hours): 350, was 412.5" in said
    assert "(view.case): worst, was likely" in said
    assert "Summary!AN300: by hand" in said
    assert f"and {report.counts['stale'] - 3:,} more; --all lists them, or --json" in said


def test_changed_inputs_and_picks_that_a_program_calculated_with_are_all_that_is_reported(tmp_path):
    engines.need(libreoffice)
    (tmp_path / "sent.xlsx").write_bytes(sent_file())
    typed = {(place[0], address(*place[1:])): value for place, value in edits().items()}
    [path] = libreoffice.recalculate([tmp_path / "sent.xlsx"], [typed], tmp_path / "back")
    report = report_of(read_here(path.read_bytes()), "x")
    assert report.notes == []
    assert {one.field for one in report.findings if one.kind == "input"} == TYPED.keys()
    assert {one.field for one in report.findings if one.kind == "shown"} == {f"view.{name}" for name in PICKED}
    assert report.counts.keys() == {"input", "shown"}


def test_rows_and_columns_that_a_program_inserted_overwrite_no_formula(tmp_path):
    engines.need(ironcalc_engine)
    import ironcalc

    (tmp_path / "sent.xlsx").write_bytes(sent_file())
    model = ironcalc.load_from_xlsx(str(tmp_path / "sent.xlsx"))
    tabs = [tab["name"] for tab in model.get_worksheets_properties()]
    model.insert_rows(tabs.index("Inputs"), 10, 2)
    model.insert_columns(tabs.index("Parameters"), 4, 1)
    model.rename_sheet(tabs.index("Inputs"), "Our figures")
    model.evaluate()
    model.save_to_xlsx(str(tmp_path / "back.xlsx"))
    back = read_here((tmp_path / "back.xlsx").read_bytes())
    assert normal_form(gathered(back, "x").scenario) == normal_form(scenario(SENT))
    report = report_of(back, "x")
    assert not report.counts.keys() & {"formula", "constant", "deleted", "added", "input", "fault"}
    reported = [(one.sheet, one.found) for one in report.findings if one.kind in ("rows", "sheet")]
    assert reported == [
        ("Our figures", "renamed to Our figures"),
        ("Parameters", "1 column added"),
        ("Our figures", "2 rows added"),
    ]


def test_a_rule_that_an_added_formula_breaks_is_reported(tmp_path):
    with zipfile.ZipFile(tmp_path / "back.xlsx", "w", zipfile.ZIP_DEFLATED) as copied:
        members = read_members(sent_file())
        for name, content in members.items():
            if name == "xl/worksheets/sheet1.xml":
                content = content.replace(
                    b"</sheetData>", b'<row r="400"><c r="A400"><f>NOW()*7</f><v>5</v></c></row></sheetData>'
                )
            copied.writestr(name, content)
    report = check(tmp_path / "back.xlsx")
    assert {(one.kind, one.sheet, one.cell) for one in report.findings} >= {
        ("added", "Summary", "A400"),
        ("rule", "Summary", "A400"),
    }


@pytest.mark.parametrize("seed", range(300 if THOROUGH else 6))
def test_damage_ends_in_a_refusal_or_a_report(seed, tmp_path):
    chance = random.Random(seed)
    members = read_members(sent_file())
    small = {name: content for name, content in members.items() if len(content) < 400_000}
    (tmp_path / "back.xlsx").write_bytes(mutated(members if THOROUGH else small, chance))
    with contextlib.suppress(Refused):
        assert set(check(tmp_path / "back.xlsx").counts) <= set(KINDS)
