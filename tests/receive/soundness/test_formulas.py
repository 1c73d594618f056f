"""Rules 1, 2, 5, 6 and 10: formulas, which way they read, and their values."""

import pytest

from tests.receive.soundness.smallest_workbook import CHART, found
from workbook.receive.soundness import broken


def test_the_smallest_sound_workbook_keeps_every_rule(book):
    assert broken(book.bytes()) == []


# 1: one formula per row or column


def test_one_overwritten_formula_in_a_row_of_months_is_found(book):
    book.pages["Cash flow"].cells["G8"] = ("=Inputs!$B$7*G$6+1", 2.0)
    assert found(book) == [(1, "Cash flow!G8")]


@pytest.mark.parametrize("row", [8, 10, 13])
def test_one_overwritten_formula_in_a_column_is_found_wherever_it_stands(book, row):
    book.pages["Tables"].cells[f"C{row}"] = (f"=B{row}/2+1", 2.0)
    assert found(book) == [(1, f"Tables!C{row}")]


@pytest.mark.parametrize("row", [8, 10, 13])
def test_a_number_typed_over_a_formula_of_a_column_is_found(book, row):
    book.pages["Tables"].cells[f"C{row}"] = 7.0
    assert found(book).count((1, f"Tables!C{row}")) == 1


def test_a_number_typed_over_a_formula_of_a_row_is_found(book):
    book.pages["Cash flow"].cells["G8"] = 7.0
    assert (1, "Cash flow!G8") in found(book)


def test_formulas_whose_addresses_are_held_in_place_are_not_one_formula(book):
    book.pages["Tables"].cells |= {f"C{row}": (f"=$B${row}/2", 1.0) for row in range(8, 14)}
    assert found(book) == [(1, "Tables!C8:C13")]


def test_single_values_below_each_other_may_each_have_a_formula_of_their_own(book):
    cells = {
        "A16": "x",
        "A17": "y",
        "A18": "z",
        "B16": ("=SUM($B$8:$B$13)", 1.0),
        "B17": ("=B16/2", 1.0),
        "B18": ("=B16+B17", 1.0),
    }
    book.pages["Tables"].cells |= cells | dict.fromkeys(("C16", "C17", "C18"), "weeks")
    assert found(book) == []


def test_a_sheet_of_results_may_arrange_its_formulas_freely(book):
    book.pages["Summary"].cells |= {f"A{row}": f"Row {row}" for row in (6, 7, 8)}
    book.pages["Summary"].cells |= {f"B{row}": (f"=Tables!$C${row + 2}*1", 1.0) for row in (6, 7, 8)}
    book.pages["Summary"].cells |= dict.fromkeys(("C6", "C7", "C8"), "weeks")
    assert found(book) == []


# 2: no number in a formula


@pytest.mark.parametrize("formula", ["=Tables!$D$8*3", "=Tables!$D$8*0.5", "=Tables!$D$8*1E3", "=Tables!$D$8^10"])
def test_a_number_in_a_formula_is_found(book, formula):
    book.pages["Summary"].cells["B5"] = (formula, 1.0)
    assert (2, "Summary!B5") in found(book)


@pytest.mark.parametrize("formula", ['="3 of "&TEXT(Tables!$D$8,"0")&" 5"', "=Tables!$D$8/12*52", "=-Tables!$D$8*1"])
def test_numbers_within_texts_and_addresses_and_the_declared_ones_are_free(book, formula):
    book.pages["Summary"].cells["B5"] = (formula, "text" if "&" in formula else 1.0)
    assert found(book) == []


# 5: formulas that every engine can calculate


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("=IF($B$8>0,IF($B$9>0,IF($B$10>0,1,0),0),0)", "IF stands 3 deep"),
        ("=" + "+".join(["$B$8"] * 101), "504 characters"),
        ("=OFFSET($B$8,1,0)", "volatile"),
        ("=TODAY()-$B$8", "volatile"),
        ("=NPV($B$8,$B$9:$B$13)", "not among"),
        ("=XLOOKUP($B$8,$B$8:$B$13,$C$8:$C$13)", "not among"),
        ("=_xlfn.XLOOKUP($B$8,$B$8:$B$13,$C$8:$C$13)", "not among"),
        ("=BETA.INV($B$8,$B$9,$B$10)", "_xlfn.BETA.INV"),
        ("=MATCH($B$8,$B$8:$B$13)", "exact match"),
        ("=MATCH($B$8,$B$8:$B$13,1)", "exact match"),
        ("=SUMPRODUCT(IF($B$8:$B$13>0,$B$8:$B$13,0))", "inside SUMPRODUCT"),
        ("=SUMPRODUCT(($B$8:$B$13=MAX($B$8:$B$13))*1)", "MAX over the range"),
        ("=SUM($B$8:$B$13*$C$8:$C$13)", "outside SUMPRODUCT"),
        ("=ABS($B$8:$B$13)", "ABS over the range"),
        ("=INDEX($B$8:$B$13,$C$8)", "both row and column"),
        ("=SUM(INDEX($B$8:$C$8,MAX($C$8,1)),$B$8)", "both row and column"),
        ('=TEXT($B$8,"0.00")&""', "reader's language"),
        ('=TEXT($B$8,"#,##0")&""', "reader's language"),
        ('=TEXT($B$8,"yyyy-mm-dd")&""', "reader's language"),
        ("=TEXT($B$8,$C$8)", "reader's language"),
        ("=TEXT()", "reader's language"),
        ('="say ""no"""&$B$8', "quotation marks within a text"),
        ("=SUM({1,2})", "holds {}"),
        ("=SUM(B:B)", "holds :"),
    ],
)
def test_what_not_everybody_can_follow_or_calculate_is_found(book, formula, said):
    book.pages["Tables"].cells["D8"] = (formula, 1.0)
    messages = [breach.message for breach in broken(book.bytes()) if breach[:3] == (5, "Tables", "D8")]
    assert any(said in message for message in messages), messages


@pytest.mark.parametrize(
    "formula",
    [
        "=IF($B$8>0,IF($B$9>0,1,0),IF($B$10>0,1,0))",
        "=INDEX($B$8:$B$13,MATCH($B$8,$C$8:$C$13,0),1)",
        "=SUMPRODUCT(($B$8:$B$13=MAX($B$8,1))*$C$8:$C$13)",
        "=_xlfn.BETA.INV($B$8,$B$9,$B$10)",
        "=IFERROR(PERCENTILE($B$8:$B$13,$B$9),0)",
        "=IFERROR(YEAR($B$8)+MONTH($B$8)+EXP(LN(SQRT($B$8)))+_xlfn.NORM.S.DIST($B$8,1),0)",
    ],
)
def test_what_everybody_can_calculate_is_free(book, formula):
    book.pages["Tables"].cells["D8"] = (formula, 1.0)
    assert found(book) == []


@pytest.mark.parametrize("text", ['=TEXT($B$8,"0")&TEXT($B$9,"0%")', '=FIXED($B$8,0)&" “USD”"'])
def test_texts_that_are_the_same_in_every_language_are_free(book, text):
    book.pages["Tables"].cells["D8"] = (text, "x")
    assert found(book) == []


@pytest.mark.parametrize(
    ("home", "breaks"), [("", False), ("Summary!", True), ("'Cash flow'!", True), ("Tables!", True)]
)
def test_a_formula_that_cells_share_names_no_sheet(book, home, breaks):
    page = book.pages["Tables"]
    page.cells |= {"E6": "weeks"} | dict.fromkeys(("E8", "E9"), (f"={home}$B$8*$B8", 1.0))
    page.shared = {"E8": ' t="shared" ref="E8:E9" si="0"', "E9": ' t="shared" si="0"'}
    said = [breach for breach in broken(book.bytes()) if breach.rule == 5]
    assert [(one.sheet, one.cell) for one in said] == ([("Tables", "E8")] if breaks else [])


def test_a_name_that_holds_a_formula_is_found(book):
    book.names["double"] = "Inputs!$B$6*2"
    assert (5, "double") in found(book)


# 6: flow


def test_reading_to_the_right_or_below_is_found(book):
    book.pages["Tables"].cells["D8"] = ("=SUM($D$9:$E$13)", 0.0)
    assert found(book) == [(6, "Tables!D8")]


def test_a_circle_over_sheets_is_found(book):
    book.pages["Tables"].cells["D8"] = ("=Summary!$B$6*2", 0.0)
    book.pages["Summary"].cells |= {"A6": "Twice", "B6": ("=Tables!$D$8/2", 0.0), "C6": "weeks"}
    assert set(found(book)) == {(6, "Tables!D8"), (6, "Summary!B6")}


def test_a_circle_through_a_range_is_found(book):
    book.pages["Tables"].cells["B8"] = ("=SUM(Summary!$B$6:$B$7)", 0.0)
    book.pages["Summary"].cells |= {"A6": "Sum", "B6": ("=SUM(Tables!$B$8:$B$13)", 0.0), "C6": "weeks"}
    assert (6, "Summary!B6") in found(book)


def test_what_is_calculated_twice_is_found_whatever_its_dollar_signs(book):
    book.pages["Summary"].cells |= {"A6": "x", "B6": ("=Tables!B8+Tables!B9", 4.0), "C6": "weeks"}
    book.pages["Summary"].cells |= {"A7": "y", "B7": ("=Tables!$B$8+Tables!B$9", 4.0), "C7": "weeks"}
    assert found(book) == [(6, "Summary!B7")]


def test_links_and_units_may_stand_twice(book):
    book.pages["Summary"].cells |= {
        "A6": "The total again",
        "B6": ("='Cash flow'!$Q$9*1", 78.0),
        "C6": ('=Inputs!$B$5&""', "USD"),
    }
    assert found(book) == []


# 10: cached values


def test_a_formula_without_a_value_is_found(book):
    book.pages["Tables"].cells["D8"] = ("=SUM($C$8:$C$13)", None)
    assert found(book) == [(10, "Tables!D8")]


def test_a_workbook_that_is_not_recalculated_when_opened_is_found(book):
    book.calculation = "<calcPr/>"
    assert found(book) == [(10, "")]


@pytest.mark.parametrize(
    ("cache", "sound"),
    [
        (
            '<c:numCache><c:ptCount val="2"/><c:pt idx="0"><c:v>2</c:v></c:pt><c:pt idx="1"><c:v>2.0</c:v></c:pt></c:numCache>',
            True,
        ),
        (
            '<c:numCache><c:ptCount val="2"/><c:pt idx="0"><c:v>2</c:v></c:pt><c:pt idx="1"><c:v>3</c:v></c:pt></c:numCache>',
            False,
        ),
        ('<c:numCache><c:ptCount val="1"/><c:pt idx="0"><c:v>2</c:v></c:pt></c:numCache>', False),
        ("", False),
    ],
)
def test_a_chart_without_the_points_of_its_cells_is_found(book, cache, sound):
    series = f"<c:val><c:numRef><c:f>Tables!$B$8:$B$9</c:f>{cache}</c:numRef></c:val>"
    book.extra["xl/charts/chart1.xml"] = f'<c:chartSpace xmlns:c="{CHART}">{series}</c:chartSpace>'
    assert found(book) == ([] if sound else [(10, "xl/charts/chart1.xml")])
