"""What was changed in a workbook that came back is found, and nothing else is reported."""

import contextlib
import functools
import json
import os
import random
import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import calc
from calc.scenario import Refused, normal_form, scenario
from tests import engines
from tests.engines import cells as typing
from tests.engines import ironcalc_engine, libreoffice
from tests.receive.hostile.mutations import mutated
from tests.reference.scenarios import random_scenario
from workbook import command
from workbook.command.check import show
from workbook.files.address import address
from workbook.receive.checking import KINDS, changed, check
from workbook.receive.checking.alignment import Aligned
from workbook.receive.checking.comparing import agree
from workbook.receive.checking.expected import expected
from workbook.receive.checking.inspection import report_of
from workbook.receive.checking.recorded_scenario import made_for
from workbook.receive.checking.same_formula import references, same
from workbook.receive.intake import Book, Cell, Sheet
from workbook.receive.intake.reader import read as read_here
from workbook.receive.reading import gathered
from workbook.receive.reading.addresses import position
from workbook.receive.reading.expected_inputs import fields
from workbook.write.build import book as laid_out_for
from workbook.write.build import build

THOROUGH = os.environ.get("ENGAGEMENT_THOROUGH") == "1"
RUNS = 64
SENT = {
    "project": {"name": "Checkout rescue", "currency": "EUR", "usd_rate": 0.92, "start": "2026-12-01"},
    "work": {"core_hours": [300, 412.5, 700], "specialists": 3},
    "money": {"revenue_loss_per_month": 8000, "budget": 48000},
    "answers": {"shifting": "yes", "bounded": "no"},
    "overrides": {"freelancer": {"rate": [70, 95, 140]}, "decision": {"core_weight": 0.6}},
    "weights": {"leval": 2},
    "paths": {
        "own": {"label": "Own path", "phases": [{"work": "core", "model": "freelancer", "share": 1}, {"work": "run", "model": "full_time"}]}
    },
}  # fmt: skip


@functools.cache
def sent_file():
    return build(scenario(SENT), RUNS)


@functools.cache
def _sent():
    return read_here(sent_file())


def sent(only=None):
    """The workbook as it was sent, or some sheets of it, to change."""
    sheets = {name: sheet for name, sheet in _sent().sheets.items() if only is None or name in only}
    copies = {name: Sheet(name, dict(sheet.cells)) for name, sheet in sheets.items()}
    return Book("xlsx", copies, dict(_sent().names), charts=list(_sent().charts))


@functools.cache
def _expected(now, then, runs, shown):
    return expected(scenario(json.loads(now)), scenario(json.loads(then)), runs, dict(shown))


@pytest.fixture(autouse=True)
def built_once(monkeypatch):
    """The expected workbook of the same inputs is built once for all tests."""

    def remembered(now, then, runs, shown):
        return _expected(now.model_dump_json(), then.model_dump_json(), runs, tuple(shown.items()))

    monkeypatch.setattr("workbook.receive.checking.inspection.expected", remembered)


def findings(book):
    return report_of(book, "x.xlsx").findings


def kinds(book):
    return report_of(book, "x.xlsx").counts


def places(found, *of):
    return {(one.sheet, *position(one.cell)) for one in found if one.kind in of}


@functools.cache
def formulas():
    return [
        (name, place)
        for name, sheet in _sent().sheets.items()
        for place, cell in sheet.cells.items()
        if cell.formula is not None
    ]


def input_cells():
    """Field and end -> its cell."""
    return {key: place for key, place in gathered(sent(), "x").places.found.items() if key[0] != "paths"}


def put(book, place, value, formula=None):
    old = book.sheets[place[0]].cells.get(place[1:], Cell(None, None, 0))
    book.sheets[place[0]].cells[place[1:]] = Cell(value, formula, old.style, old.kind)


# ------------------------------------------------------------------------------------------------ nothing is reported


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


# -------------------------------------------------------------------------------------------- everything is found


@pytest.mark.parametrize("by", ["its value", "another formula", "nothing"])
def test_every_formula_that_is_overwritten_is_found(by):
    book, some = sent(), formulas()[::3] if by == "its value" else formulas()
    for name, place in some:
        cell = book.sheets[name].cells[place]
        book.sheets[name].cells[place] = cell._replace(formula=f"{cell.formula}+0" if by == "another formula" else None)
        if by == "nothing":
            del book.sheets[name].cells[place]
    assert places(findings(book), "formula") == {(name, *place) for name, place in some}


@given(st.integers(0, 10**9))
def test_a_formula_with_anything_else_in_it_is_another(seed):
    chance = random.Random(seed)
    lines = {name: Aligned(name, {}, {}, True) for name in _sent().sheets}
    for name, place in chance.sample(formulas(), 50):
        formula = _sent().sheets[name].cells[place].formula
        at = chance.randrange(len(formula))
        other = formula[:at] + chance.choice('ABC123()+-*/$,<"') + formula[at + chance.randint(0, 1) :]
        assert same(formula, formula, name, lines, False, False)
        assert not same(formula, other, name, lines, False, False) or other.casefold() == formula.casefold()


def test_every_value_that_is_edited_beside_its_formula_is_found():
    book = sent()
    for name, place in formulas():
        cell = book.sheets[name].cells[place]
        edited = cell.value + (abs(cell.value) + 1) * 1e-8 if isinstance(cell.value, float) else f"{cell.value}x"
        book.sheets[name].cells[place] = cell._replace(value=edited)
    assert places(findings(book), "value") == {(name, *place) for name, place in formulas()}


@pytest.mark.parametrize("separator", [".", " ", "\u00a0", "\u202f", "'", "’", "٬"])
def test_an_amount_in_a_text_is_the_same_however_the_readers_language_groups_it(separator):
    book = sent()
    place = amount_in(book)
    cell = book.sheets["Summary"].cells[place]
    book.sheets["Summary"].cells[place] = cell._replace(value=re.sub("(?<=[0-9]),", separator, cell.value))
    assert separator in book.sheets["Summary"].cells[place].value
    assert findings(book) == []


def test_another_amount_in_a_text_is_found_however_it_is_grouped():
    book = sent()
    place = amount_in(book)
    cell = book.sheets["Summary"].cells[place]
    digit = re.search("[0-9](?=,)", cell.value).start()
    other = cell.value[:digit] + str((int(cell.value[digit]) + 1) % 10) + cell.value[digit + 1 :]
    book.sheets["Summary"].cells[place] = cell._replace(value=re.sub("(?<=[0-9]),", ".", other))
    assert [(one.kind, one.sheet, one.cell) for one in findings(book)] == [("value", "Summary", address(*place))]


def amount_in(book):
    (place,) = [place for place, cell in book.sheets["Summary"].cells.items() if "FIXED(" in (cell.formula or "")]
    assert re.search("[0-9],[0-9]{3}", book.sheets["Summary"].cells[place].value)
    return place


AMOUNT = Cell("about 1,234,567 USD", 'IF($B$1>0,"about "&FIXED($B$1,0)&" USD","")')


@pytest.mark.parametrize(
    ("formula", "found", "same"),
    [
        (AMOUNT.formula, "about 1.234.567 USD", True),
        (AMOUNT.formula, "about 12,34,567 USD", True),
        (AMOUNT.formula, "about 1234567 USD", True),
        (AMOUNT.formula, "about 1.234.568 USD", False),
        (AMOUNT.formula, "about 1.234,567 USD", False),
        (AMOUNT.formula, "about 1.23.4567 USD", False),
        ('Other!$A$1&""', "about 1.234.567 USD", True),
        ('"about "&$B$1&" USD"', "about 1.234.567 USD", False),
        ('Other!$A$2&""', "about 1.234.567 USD", False),
    ],
)
def test_only_thousands_that_a_formula_groups_are_looked_past(formula, found, same):
    cell = AMOUNT._replace(formula=formula)
    others = {(1, 1): AMOUNT, (2, 1): Cell(AMOUNT.value)}
    book = Book("xlsx", {"S": Sheet("S", {(1, 1): cell, (1, 2): Cell(1234567.0)}), "Other": Sheet("Other", others)}, {})
    assert agree(cell, found, book, "S") is same


def test_every_formula_saved_without_its_value_is_found_where_most_have_theirs():
    book, some = sent(), formulas()[::3]
    for name, place in some:
        book.sheets[name].cells[place] = book.sheets[name].cells[place]._replace(value=None)
    shown = {(name, *place) for name, place in some if _sent().sheets[name].cells[place].value not in (None, "")}
    assert places(findings(book), "no value") == shown


def test_every_input_that_is_changed_is_found():
    then = made_for(sent(), "x").values
    every = list(input_cells().items())
    kind_of = {one.dotted: one.kind for one in fields()}
    others = {"text": "Another", "currency": "USD", "date": 46000.0, "answer": "no", "number": 4.25}
    for (dotted, end), place in every if THOROUGH else random.Random(1).sample(every, 60):
        book = sent(("Inputs", "Answers", "Parameters", "Record", "About"))
        value = others[kind_of[dotted]]
        put(book, place, "unknown" if then[dotted, end] == value else value)
        found = list(changed.inputs(gathered(book, "x"), then))
        assert place in places(found, "input", "fault")
        assert all(one.field.removesuffix(")").endswith((dotted, f"{dotted}.{end}")) for one in found)


@pytest.mark.parametrize("seed", range(20 if THOROUGH else 2))
def test_every_text_and_figure_of_the_template_that_is_changed_is_found(seed):
    book, chance = sent(), random.Random(seed)
    mine = set(input_cells().values()) | {
        _sent().names[name] for name in ("case", "plan_path", "compare_path", "compare_with")
    }
    fixed = [
        (name, *place)
        for name, sheet in book.sheets.items()
        for place, cell in sheet.cells.items()
        if cell.formula is None and (name, *place) not in mine and name not in ("Record", "About") and place[0] > 6
        and not (name in ("Inputs", "Answers", "Parameters") and place[1] < 4) and cell.value not in (None, "")
    ]  # fmt: skip
    picked = chance.sample(fixed, 150)
    for place in picked:
        value = book.sheets[place[0]].cells[place[1:]].value
        put(book, place, value + 1 if isinstance(value, float) else chance.choice([f"{value}!", "", None, 5.0]))
    found = findings(book)
    assert places(found, "constant", "deleted", "filled") == set(picked)


def test_cells_that_are_added_are_found():
    book = sent()
    put(book, ("Summary", 300, 40), "by hand")
    put(book, ("Checks", 200, 2), 7.0, "3+4")
    found = [one for one in findings(book) if one.kind == "added"]
    assert [(one.sheet, one.cell, one.found) for one in found] == [
        ("Summary", "AN300", "by hand"),
        ("Checks", "B200", "=3+4"),
    ]


def test_sheets_that_are_added_deleted_renamed_or_hidden_are_found():
    book = sent()
    book.sheets["My notes"] = Sheet("My notes", {(1, 1): Cell("x")})
    book.sheets["Start"].hidden = True
    del book.sheets["Checklists"]
    book.sheets = {("Our sources" if name == "Sources" else name): sheet for name, sheet in book.sheets.items()}
    book.sheets["Our sources"].name = "Our sources"
    told = {(one.sheet, one.found) for one in findings(book) if one.kind == "sheet"}
    assert told == {
        ("My notes", "added"),
        ("Start", "hidden"),
        ("Checklists", "deleted"),
        ("Our sources", "renamed to Our sources"),
    }


def test_names_that_are_added_deleted_or_moved_are_found():
    book = sent()
    del book.names["total_freelancer"]
    book.names["checks_passed"] = ("Checks", 1, 1)
    book.names["mine"] = ("Summary", 1, 1)
    found = {one.cell: (one.expected, one.found) for one in findings(book) if one.kind == "name"}
    assert found.keys() == {"total_freelancer", "checks_passed", "mine"}
    assert found["total_freelancer"][1] is None
    assert found["checks_passed"][1] == "Checks!A1"
    assert found["mine"] == (None, "Summary!A1")


def test_names_for_more_than_a_cell_are_found_when_they_are_added():
    book = sent()
    book.other_names = {"rates": "Parameters!$F$6:$F$90", "tax": "0.19"}
    found = {(one.kind, one.cell, one.found) for one in findings(book)}
    assert found == {("name", "rates", "Parameters!$F$6:$F$90"), ("name", "tax", "0.19")}


def test_a_format_that_hides_a_value_or_shows_another_is_found():
    book = sent()
    places = [
        book.names["total_freelancer"],
        book.names["recommended_path"],
        input_cells()["work.core_hours", "likely"],
    ]
    for sheet, *place in places:
        book.sheets[sheet].cells[tuple(place)] = book.sheets[sheet].cells[tuple(place)]._replace(kind="masked")
    assert {(one.kind, one.sheet, one.cell) for one in findings(book)} == {
        ("format", place[0], address(*place[1:])) for place in places
    }


def test_hidden_lines_links_and_other_ranges_of_charts_are_found(tmp_path):
    members = read_members(sent_file())
    sheet, chart = "xl/worksheets/sheet1.xml", "xl/charts/chart1.xml"
    summary, relation = members[sheet], "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    summary = summary.replace(b'<row r="24"', b'<row hidden="1" r="24"', 1)
    summary = re.sub(
        rb'<hyperlink ref="B3" location="[^"]*"',
        b'<hyperlink ref="B3" xmlns:r="%s" r:id="evil"' % relation.encode(),
        summary,
    )
    members[sheet] = summary
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    evil = f'<Relationship Id="evil" Type="{relation}/hyperlink" Target="http://evil.example/login" TargetMode="External"/>'
    members[rels] = members[rels].replace(b"</Relationships>", evil.encode() + b"</Relationships>")
    members[chart] = members[chart].replace(b"$C$", b"$D$", 1)
    with zipfile.ZipFile(tmp_path / "back.xlsx", "w", zipfile.ZIP_DEFLATED) as copied:
        for name, content in members.items():
            copied.writestr(name, content)
    report = report_of(read_here((tmp_path / "back.xlsx").read_bytes()), "x")
    assert report.counts == {"chart": 1, "link": 1, "sheet": 1}
    told = {one.kind: one for one in report.findings}
    assert (told["link"].sheet, told["link"].cell, told["link"].found) == ("Summary", "B3", "http://evil.example/login")
    assert told["sheet"].found == "row 24 hidden"
    assert told["chart"].expected.replace("$C$", "$D$", 1) == told["chart"].found


def test_ranges_as_large_as_a_sheet_do_not_keep_the_check_busy():
    book = sent()
    for at in range(60, 90):
        put(book, ("Summary", at, 30), 5.0, f"SUM(A1:XFD{1048576 - at})")
    put(book, ("Summary", 99, 30), 5.0, "A" + "1" * 5_000)
    put(
        book,
        book.names["total_freelancer"],
        1.0,
        book.sheets["Comparison"].cells[book.names["total_freelancer"][1:]].formula,
    )
    assert kinds(book).keys() >= {"added"}


def test_answers_that_were_sorted_are_told_as_rows_reordered_with_what_reads_another_question_now():
    book, cells = sent(), dict(_sent().sheets["Answers"].cells)
    rows = sorted({row for row, column in cells if column == 4 and row > 5})
    by_id = sorted(rows, key=lambda row: cells[row, 3].value)
    moved = dict(zip(by_id, rows, strict=True))
    book.sheets["Answers"].cells = {(moved.get(row, row), column): cell for (row, column), cell in cells.items()}
    assert normal_form(gathered(book, "x").scenario) == normal_form(scenario(SENT))
    found = findings(book)
    assert [(one.sheet, one.found) for one in found if one.kind == "rows"] == [("Answers", "reordered")]
    assert not {"constant", "deleted", "added"} & {one.kind for one in found}
    assert all(one.expected != one.found for one in found if one.kind == "formula")


def test_what_somebody_filled_in_on_the_checklists_is_told_as_that():
    book = sent()
    open_ = [place for place, cell in book.sheets["Checklists"].cells.items() if cell.value == "open"]
    put(book, ("Checklists", *open_[0]), "done")
    put(book, ("Checklists", open_[1][0], open_[1][1] + 1), "ask Ann")
    assert kinds(book) == {"filled": 2}


def test_an_input_that_means_the_same_but_is_typed_in_another_way_is_told_as_that():
    book, cells = sent(), input_cells()
    put(book, cells["work.specialists", "likely"], "3")
    put(book, cells["money.budget", "likely"], 48000.0, "40000+8000")
    put(book, cells["answers.shifting", "likely"], "YES")
    assert kinds(book) == {"retyped": 3}


def test_a_record_that_is_edited_does_not_pass_for_the_inputs():
    book = sent()
    [place] = [place for place, cell in book.sheets["Record"].cells.items() if cell.value == "work.specialists"]
    put(book, ("Record", place[0], 3), 5.0)
    [one] = findings(book)
    assert (one.kind, one.sheet, one.expected, one.found) == ("constant", "Record", 3.0, 5.0)
    put(book, input_cells()["work.specialists", "likely"], 5.0)
    assert "it, or its fingerprint, was edited" in report_of(book, "x").notes[0]


def test_values_that_follow_from_an_overwritten_cell_are_told_apart_from_edited_ones():
    book = sent()
    place = book.names["total_freelancer"]
    put(book, place, 1.0)
    checks = [(name, spot, _sent().sheets[name].cells[spot].formula) for name, spot in formulas() if name == "Checks"]
    reader = next(one for one in checks if place in {found[:3] for found in references(one[2], one[0])})
    put(book, (reader[0], *reader[1]), 1.0, reader[2])
    put(
        book, book.names["total_full_time"], 2.0, book.sheets[place[0]].cells[book.names["total_full_time"][1:]].formula
    )
    found = {one.kind: one for one in findings(book)}
    assert found.keys() == {"formula", "follows", "value"}
    assert (found["follows"].sheet, found["value"].cell) == ("Checks", address(*book.names["total_full_time"][1:]))


# -------------------------------------------------------------------------------------------- changed by programs


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
    told = [(one.sheet, one.found) for one in report.findings if one.kind in ("rows", "sheet")]
    assert told == [
        ("Our figures", "renamed to Our figures"),
        ("Parameters", "1 column added"),
        ("Our figures", "2 rows added"),
    ]


def test_a_rule_that_an_added_formula_breaks_is_told(tmp_path):
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


def read_members(data):
    import io

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("seed", range(300 if THOROUGH else 6))
def test_damage_ends_in_a_refusal_or_a_report(seed, tmp_path):
    chance = random.Random(seed)
    members = read_members(sent_file())
    small = {name: content for name, content in members.items() if len(content) < 400_000}
    (tmp_path / "back.xlsx").write_bytes(mutated(members if THOROUGH else small, chance))
    with contextlib.suppress(Refused):
        assert set(check(tmp_path / "back.xlsx").counts) <= set(KINDS)


# --------------------------------------------------------------------------------------------------------- versions


def of_version(version, template=None):
    book = sent()
    about = book.sheets["About"].cells
    rows = {cell.value: place for place, cell in about.items() if place[1] == 1}
    put(book, ("About", rows["Version"][0], 2), version)
    if template:
        put(book, ("About", rows["Template"][0], 2), template)
    return book


def test_an_older_template_is_told_and_its_formulas_are_not_compared():
    report = report_of(of_version("0.9.0", "0123456789abcdef"), "x")
    assert report.counts == {"template": 2}
    assert "formulas and values were not compared" in report.notes[0]


def test_another_fingerprint_of_the_template_is_told():
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


def run(*arguments):
    return CliRunner(env={"COLUMNS": "120"}).invoke(command.app, [str(a) for a in arguments], prog_name="engagement")


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
