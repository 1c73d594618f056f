"""Every change is found, and named as what it is."""

import random
import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.scenario import normal_form, scenario
from tests.receive.checking.sent_out import (
    SENT,
    THOROUGH,
    _sent,
    findings,
    formulas,
    input_cells,
    kinds,
    places,
    put,
    read_members,
    sent,
    sent_file,
)
from workbook.command.check import sentence
from workbook.files.address import address
from workbook.receive.checking import changed
from workbook.receive.checking.alignment import Aligned
from workbook.receive.checking.comparing import agree
from workbook.receive.checking.inspection import report_of
from workbook.receive.checking.recorded_scenario import made_for
from workbook.receive.checking.same_formula import references, same
from workbook.receive.intake import Book, Cell, Sheet
from workbook.receive.intake.reader import read as read_here
from workbook.receive.reading import gathered
from workbook.receive.reading.expected_inputs import fields


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
        assert same(formula, formula, name, lines, (), False)
        assert not same(formula, other, name, lines, (), False) or other.casefold() == formula.casefold()


def test_every_value_that_is_edited_beside_its_formula_is_found():
    book = sent()
    for name, place in formulas():
        cell = book.sheets[name].cells[place]
        edited = cell.value + (abs(cell.value) + 1) * 1e-5 if isinstance(cell.value, float) else f"{cell.value}x"
        book.sheets[name].cells[place] = cell._replace(value=edited)
    assert places(findings(book), "value") == {(name, *place) for name, place in formulas()}


@pytest.mark.parametrize("separator", [".", " ", "\u00a0", "\u202f", "'", "’", "٬"])
def test_an_amount_in_a_text_is_the_same_however_the_readers_language_groups_it(separator):
    book = sent()
    place = amount_in(book)
    cell = book.sheets["Rules"].cells[place]
    book.sheets["Rules"].cells[place] = cell._replace(value=re.sub("(?<=[0-9]),", separator, cell.value))
    assert separator in book.sheets["Rules"].cells[place].value
    assert findings(book) == []


def test_another_amount_in_a_text_is_found_however_it_is_grouped():
    book = sent()
    place = amount_in(book)
    cell = book.sheets["Rules"].cells[place]
    digit = re.search("[0-9](?=,)", cell.value).start()
    other = cell.value[:digit] + str((int(cell.value[digit]) + 1) % 10) + cell.value[digit + 1 :]
    book.sheets["Rules"].cells[place] = cell._replace(value=re.sub("(?<=[0-9]),", ".", other))
    assert [(one.kind, one.sheet, one.cell) for one in findings(book)] == [("value", "Rules", address(*place))]


def amount_in(book):
    place = book.names["cost_sentence"][1:]
    assert "FIXED(" in book.sheets["Rules"].cells[place].formula
    assert re.search("[0-9],[0-9]{3}", book.sheets["Rules"].cells[place].value)
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
    kind_of = {one.dotted: one.asked.kind for one in fields()}
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
    reported = {(one.sheet, one.found) for one in findings(book) if one.kind == "sheet"}
    assert reported == {
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
    assert {sentence(one).partition(": ")[2] for one in findings(book)} == {
        "a number format that hides the value or shows another, expected a number format that shows it"
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
    members[chart] = members[chart].replace(b"$F$", b"$D$", 1)
    with zipfile.ZipFile(tmp_path / "back.xlsx", "w", zipfile.ZIP_DEFLATED) as copied:
        for name, content in members.items():
            copied.writestr(name, content)
    report = report_of(read_here((tmp_path / "back.xlsx").read_bytes()), "x")
    assert report.counts == {"chart": 1, "link": 1, "sheet": 1}
    reported = {one.kind: one for one in report.findings}
    assert (reported["link"].sheet, reported["link"].cell, reported["link"].found) == (
        "Summary",
        "B3",
        "http://evil.example/login",
    )
    assert reported["sheet"].found == "row 24 hidden"
    assert reported["chart"].expected.replace("$F$", "$D$", 1) == reported["chart"].found


def test_titles_of_charts_that_are_read_from_another_cell_are_found_and_those_that_a_program_wrote_out_are_not():
    book = sent()
    title = book.chart_titles[0]
    book.chart_titles[0] = "Summary!$A$99"
    [one] = findings(book)
    assert (one.kind, one.expected, one.found) == ("chart", title, "Summary!$A$99")
    book.chart_titles = []
    assert findings(book) == []


def test_a_title_of_a_chart_that_alone_is_not_read_from_its_cell_is_found():
    book = sent()
    title = book.chart_titles.pop()
    [one] = findings(book)
    assert (one.kind, one.expected, one.found) == ("chart", title, None)


def test_ranges_as_large_as_a_sheet_do_not_keep_the_check_busy():
    book = sent()
    for at in range(60, 90):
        put(book, ("Summary", at, 30), 5.0, f"SUM(A1:XFD{1048576 - at})")
    put(book, ("Summary", 99, 30), 5.0, "A" + "1" * 5_000)
    put(
        book,
        book.names["total_freelancer"],
        1.0,
        book.sheets["Costs"].cells[book.names["total_freelancer"][1:]].formula,
    )
    assert kinds(book).keys() >= {"added"}


def test_answers_that_were_sorted_are_reported_as_rows_reordered_with_what_reads_another_question_now():
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


def test_what_somebody_filled_in_on_the_checklists_is_reported_as_that():
    book = sent()
    open_ = [place for place, cell in book.sheets["Checklists"].cells.items() if cell.value == "open"]
    put(book, ("Checklists", *open_[0]), "done")
    put(book, ("Checklists", open_[1][0], open_[1][1] + 1), "ask Ann")
    assert kinds(book) == {"filled": 2}


def test_an_input_that_means_the_same_but_is_typed_in_another_way_is_reported_as_that():
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


def test_values_that_follow_from_an_overwritten_cell_are_reported_apart_from_edited_ones():
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
