"""Rules 7, 8, 9, 11, 12 and 14: checks, layout, integrity, printing and the file."""

import random

import pytest

from tests.receive.soundness.smallest_workbook import CHART, DOCUMENT, DRAWING, FREE, RELATIONS, Page, found
from workbook.receive.soundness import broken
from workbook.receive.soundness.breach import Breach

# 7: checks


def test_a_check_that_fails_is_found(book):
    book.pages["Checks"].cells["D6"] = ("=IF($C$6=0,1,0)", 0.0)
    assert found(book) == [(7, "Checks!D6")]


def test_a_check_that_somebody_typed_over_is_found(book):
    book.pages["Checks"].cells["D6"] = 1.0
    assert found(book) == [(7, "Checks!D6")]


def test_a_sheet_that_does_not_show_the_master_check_is_found(book):
    book.pages["Tables"].cells["A3"] = "All checks passed"
    book.pages["Summary"].cells["A3"] = ('=Checks!$A$3&""', "Some fail")
    book.pages["Inputs"].view = '<pane xSplit="1" ySplit="2" state="frozen"/>'
    assert set(found(book)) == {(7, "Tables!A3"), (7, "Summary!A3"), (7, "Inputs!A3")}


def test_a_total_that_no_check_reads_is_found(book):
    book.names["total_two"] = "Tables!$D$8"
    assert found(book) == [(7, "Checks")]


# 8: layout


def test_a_sheet_that_hides_or_merges_or_scrolls_away_is_found(book):
    book.pages["Tables"].view = ""
    book.pages["Summary"].state = "hidden"
    book.pages["Checks"].merged = '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    book.pages["Inputs"].row_attributes[6] = ' hidden="1"'
    book.pages["Parameters"].columns = '<cols><col min="2" max="3" width="9" hidden="1"/></cols>'
    expected = {(8, "Tables"), (8, "Summary"), (8, "Checks!A1:B1"), (8, "Inputs!6"), (8, "Parameters!columns 2 to 3")}
    assert expected <= set(found(book))


def test_a_second_time_axis_in_other_columns_is_found(book):
    axis = {f"{letter}16": float(number) for number, letter in enumerate("BCDEFGHIJKLM", 1)}
    book.pages["Tables"].cells |= {"A16": "Month"} | axis
    assert found(book) == [(8, "Tables!B16")]


# 9: integrity


@pytest.mark.parametrize("part", ["xl/externalLinks/externalLink1.xml", "xl/vbaProject.bin", "xl/connections.xml"])
def test_parts_that_reach_outside_are_found(book, part):
    book.extra[part] = "<x/>"
    assert found(book) == [(9, part)]


def test_an_external_relation_is_found_but_a_web_page_is_free(book):
    relation = '<Relationship Id="rId{}" Type="{}/{}" Target="{}" TargetMode="External"/>'
    links = relation.format(1, DOCUMENT, "hyperlink", "https://example.org") + relation.format(
        2, DOCUMENT, "hyperlink", "file:///c:/x"
    )
    book.extra["xl/worksheets/_rels/sheet1.xml.rels"] = f'<Relationships xmlns="{RELATIONS}">{links}</Relationships>'
    assert found(book) == [(9, "xl/worksheets/_rels/sheet1.xml.rels")]


@pytest.mark.parametrize("target", ["#REF!", "Nowhere!$A$1", "Summary!$Z$99"])
def test_a_name_that_leads_nowhere_is_found(book, target):
    book.names["lost"] = target
    assert (9, "lost") in found(book)


def test_names_and_sheets_that_are_not_there_are_found_in_formulas_formats_and_links(book):
    book.pages["Tables"].cells["D8"] = ("=lost+Nowhere!$A$1", 1.0)
    book.pages[
        "Summary"
    ].formats = '<conditionalFormatting sqref="A5"><cfRule type="expression"><formula>lost=1</formula></cfRule></conditionalFormatting>'
    book.pages["Inputs"].links = '<hyperlinks><hyperlink ref="A5" location="Nowhere!A1"/></hyperlinks>'
    assert [breach for breach in found(book) if breach[0] == 9] == [
        (9, "Summary"),
        (9, "Inputs!A5"),
        (9, "Tables!D8"),
        (9, "Tables!D8"),
    ]


def test_an_error_value_and_an_error_in_a_formula_are_found(book):
    book.pages["Summary"].cells["B5"] = ("=Tables!#REF!+Tables!$D$8", "#REF!")
    assert {message for rule, message in found(book) if rule == 9} == {"Summary!B5"}


@pytest.mark.parametrize("text", ["12", " 1,200.50 ", "-3%", ".5"])
def test_a_number_stored_as_text_is_found(book, text):
    book.pages["Summary"].cells["D5"] = text
    assert (9, "Summary!D5") in found(book)


def test_a_users_own_text_may_be_a_number_and_so_may_a_link_to_it(book):
    book.pages["Inputs"].cells["B5"] = ("123", FREE)
    book.pages["Summary"].cells["C5"] = ('=Inputs!$B$5&""', "123")
    assert [breach for breach in found(book) if breach[0] == 9] == []


# 11: printing


def test_a_sheet_that_prints_in_pieces_is_found(book):
    book.pages["Tables"].setup = '<pageSetup fitToWidth="2" fitToHeight="0"/>'
    book.pages["Summary"].setup = '<pageSetup fitToWidth="1" fitToHeight="0"/>'
    book.pages["Checks"].header_footer = "<headerFooter><oddHeader>&amp;A</oddHeader></headerFooter>"
    book.local["Inputs", "_xlnm.Print_Area"] = ""
    book.local["Parameters", "_xlnm.Print_Area"] = "Parameters!$B$2:$C$6"
    assert set(found(book)) == {(11, "Tables"), (11, "Summary"), (11, "Checks"), (11, "Inputs"), (11, "Parameters!A1")}


def test_workings_with_a_print_area_are_found(book):
    book.local["Cash flow", "_xlnm.Print_Area"] = "'Cash flow'!$A$1:$Z$9"
    assert found(book) == [(11, "Cash flow")]


def test_a_long_sheet_on_several_pages_repeats_its_titles(book):
    book.pages["Tables"].cells["A99"] = "far below"
    assert found(book) == []
    book.pages["Tables"].setup = '<pageSetup fitToWidth="1" fitToHeight="0"/>'
    assert found(book) == [(11, "Tables")]
    book.pages["Tables"].title_rows = True
    assert found(book) == []


# 12 and 14: the file


def test_members_out_of_order_or_with_a_date_are_found(book):
    book.sorted, book.date = False, (2026, 1, 1, 0, 0, 0)
    assert [rule for rule, _ in found(book)] == [12, 12]


def test_a_clock_in_the_properties_is_found(book):
    stamps = "".join(
        f'<dcterms:{tag} xmlns:dcterms="x">{at}</dcterms:{tag}>'
        for tag, at in (("created", "2026"), ("modified", "2027"))
    )
    book.extra["docProps/core.xml"] = f"<core>{stamps}</core>"
    assert found(book) == [(12, "docProps/core.xml")]


@pytest.mark.parametrize(
    ("part", "drawn", "sound"),
    [
        ("xl/drawings/drawing1.xml", f'<xdr:wsDr xmlns:xdr="{DRAWING}"><xdr:absoluteAnchor/></xdr:wsDr>', True),
        ("xl/drawings/drawing1.xml", f'<wsDr xmlns="{DRAWING}"/>', False),
        ("xl/drawings/drawing1.xml", f'<d:wsDr xmlns:d="{DRAWING}"/>', False),
        (
            "xl/drawings/drawing1.xml",
            f'<xdr:wsDr xmlns:xdr="{DRAWING}" xmlns="{DRAWING}"><absoluteAnchor/></xdr:wsDr>',
            False,
        ),
        ("xl/charts/chart1.xml", f'<c:chartSpace xmlns:c="{CHART}"><c:chart/></c:chartSpace>', True),
        ("xl/charts/chart1.xml", f'<chartSpace xmlns="{CHART}"/>', False),
    ],
)
def test_a_drawing_without_the_prefixes_that_excel_writes_is_found(book, part, drawn, sound):
    book.extra[part] = drawn
    assert found(book) == ([] if sound else [(12, part)])


@pytest.mark.parametrize(
    ("target", "sound"), [("../drawings/drawing1.xml", True), ("/xl/drawings/drawing1.xml", False)]
)
def test_an_absolute_target_is_found(book, target, sound):
    part, kind = "xl/worksheets/_rels/sheet1.xml.rels", f"{DOCUMENT}/drawing"
    relation = f'<Relationship Id="rId1" Type="{kind}" Target="{target}"/>'
    book.extra[part] = f'<Relationships xmlns="{RELATIONS}">{relation}</Relationships>'
    book.extra["xl/drawings/drawing1.xml"] = f'<xdr:wsDr xmlns:xdr="{DRAWING}"/>'
    assert found(book) == ([] if sound else [(12, part)])


def test_what_the_validator_says_is_a_breach(book):
    assert broken(book.bytes(), lambda path: [path.name]) == [Breach(12, "", "", "workbook.xlsx")]


def test_a_file_that_is_no_workbook_is_a_breach_and_no_traceback():
    assert [breach.rule for breach in broken(b"no zip")] == [12]


def test_a_file_too_large_to_be_mailed_is_found(book):
    book.extra["xl/media/image1.png"] = random.Random(1).randbytes(1_500_000)
    assert found(book) == [(14, "")]


def test_a_light_workbook_has_a_limit_of_its_own(book):
    book.pages["About"] = Page("text", {"A5": "Edition", "B5": "full"})
    book.extra["xl/media/image1.png"] = random.Random(1).randbytes(500_000)
    assert (14, "") not in found(book)
    book.pages["About"].cells["B5"] = "light"
    assert (14, "") in found(book)
