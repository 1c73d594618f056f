"""How a hostile file is made from the good workbook. Each gives a function that makes the bytes: most are needed only once."""

from tests.receive.hostile import good, zips

SHEET1 = "xl/worksheets/sheet1.xml"


def xlsx(**changed):
    """The good .xlsx with members changed: keys as in `good.xlsx`."""
    return lambda: good.packed(good.xlsx(**changed))


def later(make):
    """For what is large: made when asked for."""
    return lambda: make()()


def ods(**changed):
    return lambda: good.packed(good.ods(**changed))


def rows(text, **more):
    """The good .xlsx with the rows of its first sheet replaced."""
    return xlsx(**{SHEET1: good.sheet(text, **more)})


def cell(inside, attributes=""):
    return rows(f'<row r="1"><c r="A1"{attributes}>{inside}</c></row>')


def around(text):
    """The good .xlsx with something after the cells of its first sheet."""
    return lambda: good.packed(
        {**good.xlsx(), SHEET1: good.xlsx()[SHEET1].replace(b"</sheetData>", b"</sheetData>" + text.encode())}
    )


def table(text):
    """The good .ods with its sheet replaced."""
    return ods(**{"content.xml": good.content(f'<table:table table:name="Inputs">{text}</table:table>')})


def compound(*names):
    """The beginning of an OLE compound file with streams of these names."""
    return lambda: (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + b"".join(n.encode("utf-16-le") + bytes(64) for n in names)
    )


def part(name, data=b"x"):
    return xlsx(**{name: data})


def declared(kind):
    return xlsx(**{"[Content_Types].xml": good.content_types(("/xl/harmless.bin", kind)), "xl/harmless.bin": b"x"})


def related(*relation):
    return xlsx(**{"xl/worksheets/_rels/sheet1.xml.rels": good.relations(("rId1", *relation))})


def long_sheet(*pieces):
    """The good .xlsx with a first sheet of these (bytes, times) in a row."""
    members = good.xlsx(**{SHEET1: None})
    return lambda: zips.with_long_member(members, SHEET1, (data for data, times in pieces for _ in range(times)))


def renamed(new):
    """The good .xlsx with one member more, of that name."""
    return lambda: good.packed({**good.xlsx(), new: b"x"})


def duplicated(first, second):
    return lambda: zips.raw(
        [(name, *zips.deflated(data)) for name, data in [*good.xlsx().items(), (first, b"1"), (second, b"2")]]
    )


def sharing(count, formula):
    """Cells that share one formula."""
    children = "".join(f'<row r="{n}"><c r="A{n}"><f t="shared" si="0"/></c></row>' for n in range(2, count))
    return rows(f'<row r="1"><c r="A1"><f t="shared" ref="A1:A{count}" si="0">{formula}</f></c></row>{children}')


def used_often(count, text):
    """Cells that hold one shared text."""
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, count))
    strings = f'<sst xmlns="{good.MAIN}"><si><t>{text}</t></si></sst>'.encode()
    return xlsx(**{SHEET1: good.sheet(cells), "xl/sharedStrings.xml": strings})
