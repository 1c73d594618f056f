"""The smallest workbook that keeps every rule, written by hand, to be broken in one place at a time."""

import io
import zipfile
from html import escape

from workbook.receive.soundness import broken

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
                    "A5": "Lead", "B5": (None, INPUT), "C5": "weeks", "D5": "published", "E5": "leval, table", "F5": "as it says",
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
            if page.kind != "working":
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


def found(book):
    """Each breach as (rule, sheet!cell)."""
    return [(breach.rule, "!".join(part for part in breach[1:3] if part)) for breach in broken(book.bytes())]
