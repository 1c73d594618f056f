"""The rules of a sound workbook: the program finds each fault where it is, and nothing in a sound workbook.

The faults are planted in the smallest workbook that keeps every rule, written here by hand, so that writer and checker
share nothing.
"""

import datetime
import io
import os
import random
import zipfile
from html import escape
from pathlib import Path

import pytest

from calc.scenario import from_text, scenario
from calc.scenario.paths import MOST_PHASES, MOST_TOGETHER
from tests import engines
from tests.engines import validator
from tests.reference.scenarios import random_scenario
from workbook.receive.soundness import broken
from workbook.receive.soundness.breach import Breach
from workbook.write.build import build

THOROUGH = os.environ.get("ENGAGEMENT_THOROUGH") == "1"
EXAMPLES = sorted((Path(__file__).parents[2] / "build" / "examples").glob("*.toml"))
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
TABS = {"result": "1F3864", "input": "E0B400", "working": "8C8C8C", "text": "6FA8DC"}

# The styles: plain, input, input for free text, heading, date, an input without the look of one, the look without the input.
STYLES = f"""<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/></numFmts><fills count="3">
<fill><patternFill/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFFFF7DB"/></patternFill></fill>
<fill><patternFill patternType="solid"><fgColor rgb="FF1F3864"/></patternFill></fill></fills><cellXfs count="7">
<xf numFmtId="0" fillId="0"/><xf numFmtId="0" fillId="1"><protection locked="0"/></xf>
<xf numFmtId="49" fillId="1" quotePrefix="1"><protection locked="0"/></xf><xf numFmtId="0" fillId="2"/>
<xf numFmtId="164" fillId="0"/><xf numFmtId="0" fillId="0"><protection locked="0"/></xf><xf numFmtId="0" fillId="1"/></cellXfs></styleSheet>"""

PROMPT = 'showInputMessage="1" prompt="Type it here."'
INPUT, FREE, HEAD, DATE, BARE, MASKED = range(1, 7)


def line(row, first, last):
    """A row of the cash flow: one formula in every month."""
    return {f"{letter}{row}": (f"={first.format(letter)}", last) for letter in "DEFGHIJKLMNO"}


class Page:
    """One sheet of the small workbook. cells: address -> value, or (value or `=formula`, cached value or style ...)."""

    def __init__(self, kind, cells, validations=(), title_rows=False):
        self.kind, self.validations, self.title_rows = kind, list(validations), title_rows
        self.cells = {"A3": ('=Checks!$A$3&""', "All checks passed")} | cells
        self.view = '<pane ySplit="4" topLeftCell="A5" activePane="bottomLeft" state="frozen"/>'
        self.protection = '<sheetProtection sheet="1"/>'
        self.setup = '<pageSetup fitToWidth="1" fitToHeight="1"/>'
        self.header_footer = "<headerFooter><oddHeader>&amp;A</oddHeader><oddFooter>&amp;P</oddFooter></headerFooter>"
        self.columns = self.merged = self.formats = self.links = ""
        self.state = "visible"
        self.row_attributes = {}
        self.shared = {}


def cell_xml(address, given, shared=""):
    """One `<c>`: a text, a number, or a formula with its cached value; the last member of a tuple may be a style."""
    parts = given if isinstance(given, tuple) else (given,)
    value, rest = parts[0], list(parts[1:])
    formula = value[1:] if isinstance(value, str) and value.startswith("=") and rest else None
    cached = rest.pop(0) if formula is not None else value
    style = rest.pop() if rest else 0
    f = "" if formula is None else f"<f{shared}>{escape(formula)}</f>"
    if cached is None:
        return f'<c r="{address}" s="{style}">{f}</c>'
    if isinstance(cached, str) and cached.startswith("#"):
        return f'<c r="{address}" s="{style}" t="e">{f}<v>{cached}</v></c>'
    if isinstance(cached, str) and formula is None:
        return f'<c r="{address}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(cached)}</t></is></c>'
    if isinstance(cached, str):
        return f'<c r="{address}" s="{style}" t="str">{f}<v>{escape(cached)}</v></c>'
    return f'<c r="{address}" s="{style}">{f}<v>{cached}</v></c>'


def place(address):
    letters = address.rstrip("0123456789")
    return int(address[len(letters) :]), len(letters), letters


class Book:
    """The smallest workbook that keeps every rule, to be broken in one place at a time."""

    def __init__(self):
        self.pages = {
            "Summary": Page("result", {"A5": "Total of path one", "B5": ("='Cash flow'!$Q$9*1", 78.0), "C5": ('=Inputs!$B$5&""', "USD")}),
            "Inputs": Page(
                "input",
                {
                    "A4": ("Input", HEAD), "B4": ("Value", HEAD), "C4": ("Unit", HEAD),
                    "A5": "Currency", "B5": ("USD", FREE), "C5": "ISO 4217",
                    "A6": "Core job", "B6": (1.0, INPUT), "C6": "h",
                    "A7": "Rate", "B7": (1.0, INPUT), "C7": ('=Inputs!$B$5&"/h"', "USD/h"),
                },
                [f'<dataValidation type="textLength" sqref="B5" {PROMPT}/>', f'<dataValidation type="decimal" sqref="B6:B7" {PROMPT}/>'],
            ),
            "Parameters": Page(
                "input",
                {
                    "A4": ("Parameter", HEAD), "B4": ("Own", HEAD), "C4": ("Unit", HEAD), "D4": ("Basis", HEAD),
                    "E4": ("Source and place", HEAD), "F4": ("Why, or how it was derived", HEAD),
                    "A5": "Lead", "B5": (None, INPUT), "C5": "weeks", "D5": "source", "E5": "leval, table", "F5": "as it says",
                    "A6": "Rework", "B6": (None, INPUT), "C6": "share", "D6": "assumption", "E6": "assumption", "F6": "a guess",
                },
                [f'<dataValidation type="decimal" sqref="B5 B6" {PROMPT}/>'],
            ),
            "Cash flow": Page(
                "working",
                {"A5": "Month", "C5": "month", "A6": "In force", "C6": "0/1", "A8": "One", "C8": "USD", "A9": "Cumulated", "C9": "USD", "A10": "Twice that", "C10": "USD"}
                | {f"{letter}5": float(number) for number, letter in enumerate("DEFGHIJKLMNO", 1)}
                | line(6, "IF({0}$5<=Inputs!$B$6*12,1,0)", 1.0)
                | line(8, "Inputs!$B$7*{0}$6", 1.0)
                | line(9, "SUMPRODUCT($D8:$O8*($D$5:$O$5<={0}$5))", 1.0)
                | line(10, "{0}9*2", 2.0)
                | {"Q9": ("=SUM($D9:$O9)", 78.0)},
            ),
            "Tables": Page(
                "working",
                {"A5": "Row", "B5": ("One", HEAD), "C5": ("Two", HEAD), "B6": "weeks", "C6": "weeks", "D6": "weeks"}
                | {f"A{row}": f"Line {row}" for row in range(8, 14)}
                | {f"B{row}": (f"=Inputs!$B$6+'Cash flow'!$D{row}", 2.0) for row in range(8, 14)}
                | {f"C{row}": (f"=B{row}/2", 1.0) for row in range(8, 14)}
                | {"D8": ("=SUM($C$8:$C$13)", 6.0)},
            ),
            "Checks": Page(
                "result",
                {
                    "A3": ('=IF($D$8=1,"All checks passed","Some fail")', "All checks passed"),
                    "A5": ("Check", HEAD), "B5": ("Unit", HEAD), "C5": ("One way", HEAD), "D5": ("Passed", HEAD),
                    "A6": "Months add up", "B6": "USD", "C6": ("=SUM('Cash flow'!$D$9:$O$9)-'Cash flow'!$Q$9", 0.0), "D6": ("=IF($C$6=0,1,0)", 1.0),
                    "A8": "All passed", "B8": "0/1", "D8": ("=IF($D$6=1,1,0)", 1.0),
                },
            ),
        }  # fmt: skip
        self.names = {"in_currency": "Inputs!$B$5", "total_one": "'Cash flow'!$Q$9", "checks_passed": "Checks!$D$8"}
        self.local = {}
        self.calculation = '<calcPr fullCalcOnLoad="1"/>'
        self.extra = {}
        self.date, self.sorted = (1980, 1, 1, 0, 0, 0), True

    def bytes(self):
        names = list(self.pages)
        parts = {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">'
            + "".join(
                f'<Relationship Id="rId{at}" Type="{DOCUMENT}/worksheet" Target="worksheets/sheet{at}.xml"/>'
                for at in range(1, len(names) + 1)
            )
            + "</Relationships>",
            "xl/styles.xml": STYLES,
            "xl/workbook.xml": self._workbook(names),
        }
        for number, page in enumerate(self.pages.values(), 1):
            parts[f"xl/worksheets/sheet{number}.xml"] = self._sheet(page)
        parts |= self.extra
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name in sorted(parts, reverse=not self.sorted):
                archive.writestr(zipfile.ZipInfo(name, self.date), parts[name])
        return buffer.getvalue()

    def _workbook(self, names):
        tabs = "".join(
            f'<sheet name="{escape(name)}" sheetId="{at}" state="{self.pages[name].state}" r:id="rId{at}"/>'
            for at, name in enumerate(names, 1)
        )
        local = dict(self.local)
        for name, page in self.pages.items():
            last = max(place(address)[0] for address in page.cells)
            local.setdefault((name, "_xlnm.Print_Area"), f"'{name}'!$A$1:$Z${last}")
            if page.title_rows:
                local[name, "_xlnm.Print_Titles"] = f"'{name}'!$1:$5"
        defined = "".join(f'<definedName name="{name}">{text}</definedName>' for name, text in self.names.items())
        defined += "".join(
            f'<definedName name="{name}" localSheetId="{names.index(sheet)}">{text}</definedName>'
            for (sheet, name), text in local.items()
            if text
        )
        return (
            f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets>{tabs}</sheets>'
            f"<definedNames>{defined}</definedNames>{self.calculation}</workbook>"
        )

    def _sheet(self, page):
        rows = {}
        for address in sorted(page.cells, key=place):
            rows.setdefault(place(address)[0], []).append(
                cell_xml(address, page.cells[address], page.shared.get(address, ""))
            )
        data = "".join(
            f'<row r="{row}"{page.row_attributes.get(row, "")}>{"".join(found)}</row>' for row, found in rows.items()
        )
        validations = f"<dataValidations>{''.join(page.validations)}</dataValidations>" if page.validations else ""
        return (
            f'<worksheet xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheetPr><tabColor rgb="00{TABS.get(page.kind, "FFFFFF")}"/><pageSetUpPr fitToPage="1"/></sheetPr>'
            f"<sheetViews><sheetView>{page.view}</sheetView></sheetViews>{page.columns}<sheetData>{data}</sheetData>{page.protection}"
            f"{page.merged}{page.formats}{validations}{page.links}{page.setup}{page.header_footer}</worksheet>"
        )


@pytest.fixture
def book():
    return Book()


def found(book):
    """Each breach as (rule, sheet!cell)."""
    return [(breach.rule, "!".join(part for part in breach[1:3] if part)) for breach in broken(book.bytes())]


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
    assert (1, f"Tables!C{row}") in found(book)


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


# 11: printing


def test_a_sheet_that_prints_in_pieces_is_found(book):
    book.pages["Tables"].setup = '<pageSetup fitToWidth="2" fitToHeight="0"/>'
    book.pages["Summary"].setup = '<pageSetup fitToWidth="1" fitToHeight="0"/>'
    book.pages["Checks"].header_footer = "<headerFooter><oddHeader>&amp;A</oddHeader></headerFooter>"
    book.local["Inputs", "_xlnm.Print_Area"] = ""
    book.local["Parameters", "_xlnm.Print_Area"] = "Parameters!$A$1:$C$6"
    assert set(found(book)) == {(11, "Tables"), (11, "Summary"), (11, "Checks"), (11, "Inputs"), (11, "Parameters!D4")}


def test_a_long_sheet_repeats_its_titles(book):
    book.pages["Tables"].cells["A99"] = "far below"
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


# The workbooks of the product


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_keeps_every_rule(example):
    engines.need(validator)
    judge = validator.problems if THOROUGH or example == EXAMPLES[0] else None
    made = build(from_text(example.read_text(encoding="utf-8"), example.name))
    assert [str(breach) for breach in broken(made, judge)] == []


def own_paths():
    """As many paths of one's own as there may be, each as long as it may be and back at a model that it had before."""
    models = ["freelancer", "full_time", "dedicated_engineer", "freelancer", "fixed_price_shop"][: MOST_PHASES - 3]
    phases = [{"work": "audit", "model": "engineering_partner", "weeks": 1}]
    phases += [{"work": "core", "model": model, "share": 1 / len(models)} for model in models]
    phases += [{"work": "run", "model": "freelancer"}, {"work": "retainer", "model": "production_firm"}]
    short = [{"work": "core", "model": "freelancer", "share": 1}, phases[-2]]
    assert len(phases) == MOST_PHASES
    assert len(phases) + len(short) == MOST_TOGETHER
    return {f"own_{at}": {"label": f"Own path {at}", "phases": found} for at, found in enumerate((phases, short))}


@pytest.mark.parametrize("seed", range(20) if THOROUGH else [2])
def test_a_random_scenario_keeps_every_rule_even_with_as_many_own_paths_as_there_may_be(seed):
    data = random_scenario(random.Random(seed), wild=seed % 3 == 2)
    data["project"]["start"] = datetime.date.fromisoformat(data["project"]["start"])
    if seed % 3 == 2:
        data["paths"] = own_paths()
    assert [str(breach) for breach in broken(build(scenario(data)))] == []
