"""A small workbook written by hand, with everything that a reader of cells has to know, as .xlsx and as .ods."""

import io
import zipfile

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OPEN_DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns"
ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def relations(*lines):
    """A .rels part: (id, kind, target) or (id, kind, target, mode) each."""
    items = "".join(
        f'<Relationship Id="{key}" Type="{kind if "://" in kind else f"{OFFICE}/{kind}"}" Target="{target}"'
        + (f' TargetMode="{mode[0]}"' if mode else "")
        + "/>"
        for key, kind, target, *mode in lines
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{items}</Relationships>'.encode()


def content_types(*more):
    """[Content_Types].xml with (part, type) added."""
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = [
        ("/xl/workbook.xml", f"{types}.sheet.main+xml"),
        ("/xl/worksheets/sheet1.xml", f"{types}.worksheet+xml"),
        ("/xl/worksheets/sheet2.xml", f"{types}.worksheet+xml"),
        ("/xl/styles.xml", f"{types}.styles+xml"),
        ("/xl/sharedStrings.xml", f"{types}.sharedStrings+xml"),
        *more,
    ]
    items = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in parts)
    default = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return f'{HEAD}<Types xmlns="{PACKAGE}/content-types">{default}{items}</Types>'.encode()


def sheet(rows, before='<dimension ref="A1:D9"/>', after=""):
    """A worksheet part around its rows."""
    return f'{HEAD}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'.encode()


def workbook(
    names="", sheets='<sheet name="Inputs" sheetId="1" r:id="rId1"/><sheet name="It\'s 2" sheetId="2" r:id="rId2"/>'
):
    """The workbook part with its defined names."""
    head = f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
    return f"{head}<sheets>{sheets}</sheets><definedNames>{names}</definedNames></workbook>".encode()


NAMES = (
    '<definedName name="in_rate">Inputs!$B$2</definedName>'
    "<definedName name=\"total_hire\">'It''s 2'!$C$1</definedName>"
    '<definedName name="_xlnm.Print_Area" localSheetId="0">Inputs!$A$1:$D$9</definedName>'
)
INPUTS = (
    '<row r="1"><c r="A1" s="0" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t xml:space="preserve"> =1+1 &amp; more </t></is></c></row>'
    '<row r="2" ht="15"><c r="A2" t="s"><v>1</v></c><c r="B2" s="2"><v>0.15</v></c><c r="C2" s="1"><v>46357</v></c></row>'
    '<row r="3"><c r="A3" t="b"><v>1</v></c><c r="B3" t="e"><v>#N/A</v></c><c r="C3"/><c r="D3"><v>-1.5E-3</v></c></row>'
    '<row r="5"><c r="A5"><f t="shared" ref="A5:A7" si="0">B5*$B$2+Inputs!D$3</f><v>0.5</v></c><c r="B5"><v>10</v></c></row>'
    '<row r="6"><c r="A6"><f t="shared" si="0"/><v>1.5</v></c><c r="B6"><v>20</v></c></row>'
    '<row r="7"><c r="A7"><f t="shared" si="0"/><v>2.5</v></c><c r="B7"><v>30</v></c></row>'
)
RESULTS = (
    '<row r="1"><c r="A1" t="str"><f>IF(Inputs!B2&gt;0.1,"high|low","x")</f><v>high|low</v></c>'
    '<c r="B1"><f>SUM(Inputs!A5:A7)</f></c><c r="C1"><v>12345.678</v></c></row>'
)
STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/></numFmts>'
    '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="10"/></cellXfs></styleSheet>'
).encode()
STRINGS = (
    f'{HEAD}<sst xmlns="{MAIN}" count="2" uniqueCount="2"><si><t>Hourly rate</t></si>'
    '<si><r><t>rich </t></r><r><rPr><b/></rPr><t>text_x000D_</t></r><rPh sb="0" eb="1"><t>not this</t></rPh></si></sst>'
).encode()


def xlsx(**changed):
    """The members of the good .xlsx, some of them replaced; for None it is left out."""
    members = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": workbook(NAMES),
        "xl/_rels/workbook.xml.rels": relations(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "worksheet", "/xl/worksheets/sheet2.xml"),
            ("rId3", "styles", "styles.xml"),
            ("rId4", "sharedStrings", "sharedStrings.xml"),
        ),
        "xl/worksheets/sheet1.xml": sheet(INPUTS),
        "xl/worksheets/sheet2.xml": sheet(RESULTS),
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": STRINGS,
    }
    return {name: data for name, data in {**members, **changed}.items() if data is not None}


TABLE = (
    '<table:table table:name="Inputs"><table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string">'
    '<text:p>Hourly<text:s text:c="2"/>rate</text:p><office:annotation><text:p>not this</text:p></office:annotation></table:table-cell>'
    '<table:table-cell table:number-columns-repeated="2" office:value-type="percentage" office:value="0.15"/>'
    '<table:table-cell table:number-columns-repeated="16381"/></table:table-row>'
    '<table:table-row><table:table-cell table:formula="of:=[.B1]*2" office:value-type="float" office:value="0.3"/>'
    '<table:table-cell office:value-type="date" office:date-value="2026-12-01"/></table:table-row>'
    '<table:table-row table:number-rows-repeated="1048573"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    "</table:table>"
)


def content(table=TABLE, before=""):
    """content.xml of an .ods around its sheets."""
    spaces = "".join(
        f' xmlns:{prefix}="{OPEN_DOCUMENT}:{name}:1.0"'
        for prefix, name in {
            "office": "office",
            "table": "table",
            "text": "text",
            "draw": "drawing",
            "script": "script",
            "style": "style",
            "number": "datastyle",
        }.items()
    )
    names = (
        '<table:named-expressions><table:named-range table:name="in_rate" table:cell-range-address="$Inputs.$B$1"/>'
        "</table:named-expressions>"
    )
    body = f"<office:body><office:spreadsheet>{table}{names}</office:spreadsheet></office:body>"
    return f"{HEAD}<office:document-content{spaces}>{before}{body}</office:document-content>".encode()


def manifest(*entries):
    """META-INF/manifest.xml of an .ods."""
    space = f"{OPEN_DOCUMENT}:manifest:1.0"
    return f'{HEAD}<manifest:manifest xmlns:manifest="{space}">{"".join(entries)}</manifest:manifest>'.encode()


def ods(**changed):
    """The members of the good .ods, some of them replaced."""
    members = {"mimetype": ODS, "content.xml": content(), "META-INF/manifest.xml": manifest()}
    return {name: data for name, data in {**members, **changed}.items() if data is not None}


def packed(members):
    """The members as the bytes of a zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()
