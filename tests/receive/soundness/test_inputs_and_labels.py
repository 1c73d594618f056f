"""Rules 3, 4 and 13: inputs, units, sources, labels, and what users type."""

import pytest

from tests.receive.soundness.smallest_workbook import BARE, DATE, FREE, HEAD, INPUT, MASKED, PROMPT, STYLES, Page, found

# 3: inputs


def test_an_unlocked_cell_outside_the_inputs_is_found(book):
    book.pages["Summary"].cells["A7"] = ("Note", INPUT)
    assert found(book) == [(3, "Summary!A7")]


def test_checklists_may_be_ticked_off(book):
    book.pages["Checklists"] = Page(
        "text", {"A5": ("no", INPUT)}, [f'<dataValidation type="list" sqref="A5" {PROMPT}/>']
    )
    assert found(book) == []


def test_an_input_without_the_look_of_one_and_a_look_without_an_input_are_found(book):
    book.pages["Inputs"].cells |= {"B6": (1.0, BARE), "A6": ("Core job", MASKED)}
    assert set(found(book)) == {(3, "Inputs!B6"), (3, "Inputs!A6")}


def test_inputs_in_a_colour_of_the_theme_are_told_from_what_has_another_tint_of_it(book):
    light, plain = '<fgColor theme="5" tint="0.88"/>', '<fgColor theme="5"/>'
    themed = STYLES.replace('<fgColor rgb="FFFFF7DB"/>', light).replace('<fgColor rgb="FF1F3864"/>', plain)
    book.extra["xl/styles.xml"] = themed
    assert found(book) == []
    book.pages["Inputs"].cells["A6"] = ("Core job", MASKED)
    assert found(book) == [(3, "Inputs!A6")]


def test_an_input_without_validation_or_prompt_is_found(book):
    book.pages["Inputs"].validations = [
        '<dataValidation type="textLength" sqref="B5" showInputMessage="1"/>',
        f'<dataValidation type="decimal" sqref="B6" {PROMPT}/>',
    ]
    assert found(book) == [(3, "Inputs!B5"), (3, "Inputs!B7")]


def test_a_validation_on_a_locked_cell_is_found(book):
    book.pages["Inputs"].validations.append(f'<dataValidation type="decimal" sqref="C6" {PROMPT}/>')
    assert found(book) == [(3, "Inputs!C6")]


def test_a_validation_of_every_cell_that_a_sheet_can_have_is_found_at_once(book):
    book.pages["Inputs"].validations.append(f'<dataValidation type="decimal" sqref="A1:XFD1048576" {PROMPT}/>')
    assert {rule for rule, _ in found(book)} == {3}


def test_a_formula_on_a_sheet_of_inputs_is_found_but_for_units(book):
    book.pages["Inputs"].cells["D6"] = ("=Inputs!$B$6*2", 2.0)
    assert found(book) == [(3, "Inputs!D6")]


def test_a_sheet_without_protection_or_of_no_kind_is_found(book):
    book.pages["Tables"].protection = ""
    book.pages["Summary"].kind = "other"
    assert set(found(book)) == {(3, "Tables"), (3, "Summary")}


def test_a_password_is_found(book):
    book.pages["Tables"].protection = '<sheetProtection sheet="1" hashValue="abc"/>'
    assert found(book) == [(3, "Tables")]


# 4: units, sources, labels


def test_an_input_or_a_result_without_a_unit_is_found(book):
    del book.pages["Inputs"].cells["C6"]
    del book.pages["Tables"].cells["C6"]
    del book.pages["Cash flow"].cells["C8"]
    assert set(found(book)) == {(4, "Inputs!B6"), (4, "Tables!C8"), (4, "Cash flow!D8")}


def test_a_date_needs_no_unit(book):
    book.pages["Tables"].cells |= {"A16": "First day", "B16": ("=Inputs!$B$6+52", 46000.0, DATE)}
    assert found(book) == []


def test_a_parameter_without_basis_source_or_reason_is_found(book):
    book.pages["Parameters"].cells |= {"D5": "hearsay", "E6": ""}
    assert found(book) == [(4, "Parameters!5"), (4, "Parameters!6")]


def test_a_label_that_stands_twice_in_a_table_is_found(book):
    book.pages["Tables"].cells |= {"A9": "Line 8", "C5": ("One", HEAD)}
    assert set(found(book)) == {(4, "Tables!A9"), (4, "Tables!C5")}


# 13: the user's text


def test_a_formula_in_an_input_is_found(book):
    book.pages["Inputs"].cells["B5"] = ('=Tables!$D$8&""', "6", FREE)
    assert (13, "Inputs!B5") in found(book)


def test_free_text_without_a_quote_prefix_is_found(book):
    book.pages["Inputs"].cells["B5"] = ("USD", INPUT)
    assert found(book) == [(13, "Inputs!B5")]


@pytest.mark.parametrize("text", ["+1 team", "-minus", "@someone", "\tx"])
def test_any_text_that_would_become_a_formula_when_edited_is_found(book, text):
    book.pages["Tables"].cells["A16"] = text
    assert found(book) == [(13, "Tables!A16")]
