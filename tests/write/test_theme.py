"""A company's theme recolours the workbook, and Cell Styles in Excel lists what our cells are by plain names."""

import io
import re
import subprocess
import zipfile
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import openpyxl
import pytest

from calc.scenario import from_text
from tests import engines
from tests.engines import libreoffice
from tests.write.theme_colours import BLINDNESS, apart, contrast, lab, shown
from workbook.files.archive import contents
from workbook.receive.checking.inspection import report_of
from workbook.receive.intake.reader import read as read_here
from workbook.write.build import build
from workbook.write.edition import Edition
from workbook.write.pack.named_styles import MAIN, NAMED, SETTINGS, name_of
from workbook.write.pack.number_formats import FORMATS
from workbook.write.pack.style import STYLES
from workbook.write.palette import (
    ALERT_INK,
    CURVE_LOOKS,
    GREY,
    HIGHLIGHTS,
    INK,
    INPUT_FILL,
    INPUT_INK,
    LINE_COLOURS,
    LINK,
    NAVY,
    PAPER,
    RESULT_FILL,
    SOFT,
    THEME,
)

EXAMPLE = Path(__file__).parents[2] / "build" / "examples" / "ai_feature.toml"
THEME_PART = "xl/theme/theme1.xml"
COMPANY = THEME | {"dk2": "4A148C", "accent1": "0F7A32", "accent2": "C2185B", "accent3": "6D4C41", "lt2": "E0F7FA"}
# Excel's own numbers of the styles that it has in every language.
BUILT_IN = {"Note": 10, "Warning Text": 11, "Title": 15, "Heading 1": 16, "Input": 20, "Output": 21, "Calculation": 22}
RGB = re.compile(rb'(?<=rgb=")[0-9A-F]+|srgbClr|sysClr|prstClr')


@cache
def made():
    return build(from_text(EXAMPLE.read_text(encoding="utf-8"), EXAMPLE.name), 0, Edition.light)


@cache
def members():
    return {name: bytes(content) for name, content in contents(made()).items()}


def with_theme(colours, fonts="Calibri"):
    """The workbook as Excel saves it after Page Layout > Themes: the same but for the theme."""
    theme = members()[THEME_PART].decode().replace("Calibri", fonts)
    for slot, rgb in colours.items():
        theme = re.sub(f'(<a:{slot}><a:srgbClr val=")[0-9A-F]+', rf"\g<1>{rgb}", theme)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (members() | {THEME_PART: theme.encode()}).items():
            archive.writestr(name, content)
    return buffer.getvalue()


def styles():
    """Cell formats, formats of named styles, and the names of these by their number."""
    root = ElementTree.fromstring(members()["xl/styles.xml"])
    kinds = [root.findall(f"{{{MAIN}}}{kind}/{{{MAIN}}}xf") for kind in ("cellXfs", "cellStyleXfs")]
    names = {int(one.get("xfId")): one.get("name") for one in root.iter(f"{{{MAIN}}}cellStyle")}
    return *kinds, names


def test_every_format_of_a_cell_belongs_to_a_named_style():
    formats, _, names = styles()
    assert set(names.values()) == {"Normal", *NAMED}
    sheets = [content for name, content in members().items() if name.startswith("xl/worksheets/sheet")]
    used = {int(number) for sheet in sheets for number in re.findall(rb'<c r="\w+" s="(\d+)"', sheet)}
    assert len(used) > len(NAMED)
    assert {names[int(formats[number].get("xfId"))] for number in used} <= set(NAMED)


def test_every_look_belongs_to_a_named_style_and_a_new_one_must():
    assert {name_of(look, format) for look in STYLES for format in FORMATS} == set(NAMED)
    assert (name_of("calc", "money"), name_of("calc", "weeks")) == ("Money", "Calculation")
    with pytest.raises(LookupError, match="named_styles"):
        name_of("new", "general")


def test_a_format_says_what_it_does_not_take_from_its_named_style():
    formats, named, _ = styles()
    for format in formats:
        of = named[int(format.get("xfId"))]
        for attribute, part in SETTINGS.items():
            own, its = (one.get(part) or getattr(one.find(f"{{{MAIN}}}{part}"), "attrib", None) for one in (format, of))
            assert (format.get(attribute) == "1") == (own != its)


def test_openpyxl_finds_the_named_styles_and_excel_its_own_among_them():
    book = openpyxl.load_workbook(io.BytesIO(made()))
    assert set(book.named_styles) == {"Normal", *NAMED}
    assert {name: book._named_styles[name].builtinId for name in BUILT_IN} == BUILT_IN
    sheet, place = book.defined_names["in_core_hours"].attr_text.replace("$", "").replace("'", "").split("!")
    assert book[sheet][place].style == "Input"


def test_no_cell_highlight_or_chart_has_a_colour_outside_the_theme():
    """But for the tabs, whose colour says what kind of sheet it is, and the red of a negative number's format."""
    parts = [name for name in members() if re.search(r"xl/(styles|drawings|charts)", name) and name.endswith(".xml")]
    assert {name: found for name in parts if (found := RGB.findall(members()[name]))} == {}
    charts = [members()[name] for name in parts if "charts/" in name]
    assert all(b"<a:schemeClr" in chart for chart in charts)
    sheets = [content for name, content in members().items() if name.startswith("xl/worksheets/sheet")]
    assert sum(len(RGB.findall(sheet)) for sheet in sheets) == sum(sheet.count(b"<tabColor") for sheet in sheets)


def test_what_libreoffice_draws_has_the_colours_of_a_changed_theme(tmp_path):
    engines.need(libreoffice)
    given = tmp_path / "given.xlsx"
    given.write_bytes(with_theme(COMPANY))
    colours = first_page(libreoffice.to_pdf(given, tmp_path, pages="1"))
    # In a chart, in a highlight that a formula switches on, and in cells.
    for colour in (LINE_COLOURS["labour"], LINE_COLOURS["rework"], HIGHLIGHTS["alert"][1], NAVY, SOFT):
        assert is_among(colours, shown(colour, COMPANY))
        assert not is_among(colours, shown(colour, THEME))


def first_page(pdf):
    """The colours on the first page that cover more than a few pixels, shape (colour, 3)."""
    command = ["pdftoppm", "-r", "80", "-f", "1", "-l", "1", "-singlefile", pdf]
    picture = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout
    _, size, _, data = picture.split(b"\n", 3)
    width, height = map(int, size.split())
    colours, counts = np.unique(np.frombuffer(data, np.uint8).reshape(width * height, 3), axis=0, return_counts=True)
    return colours[counts > 20]


def is_among(colours, colour):
    return bool((np.abs(colours - colour).max(axis=1) <= 2.5).any())


def test_a_company_theme_is_no_change_to_report(tmp_path):
    back = tmp_path / "back.xlsx"
    back.write_bytes(with_theme(COMPANY, fonts="Arial"))
    report = report_of(read_here(back.read_bytes()), "back.xlsx", back)
    assert (report.findings, report.notes) == ([], [])


# The palette


def test_inks_can_be_read_on_what_they_stand_on():
    papers = {INK: (PAPER, SOFT, RESULT_FILL), GREY: (PAPER, SOFT), NAVY: (PAPER, SOFT), INPUT_INK: (INPUT_FILL,)}
    papers |= {LINK: (PAPER,), ALERT_INK: (PAPER,), PAPER: (NAVY,)}
    pairs = [(ink, paper) for ink, of in papers.items() for paper in of]
    pairs += [(HIGHLIGHTS[look][0] or INK, HIGHLIGHTS[look][1]) for look in ("good", "bad", "chosen", "alert")]
    assert min(contrast(*pair) for pair in pairs) >= 4.5


@pytest.mark.parametrize("blindness", BLINDNESS)
def test_paths_in_a_chart_are_told_apart_by_colour_blind_readers(blindness):
    colours = [colour for colour, _ in CURVE_LOOKS]
    assert min(apart(*pair, blindness) for pair in combinations(colours, 2)) >= 15


def test_paths_in_a_chart_are_told_apart_without_colour_by_their_dashes():
    assert len({dash for _, dash in CURVE_LOOKS}) == len(CURVE_LOOKS)


def test_cost_lines_beside_each_other_are_told_apart_in_grey():
    assert min(abs(lab(one)[0] - lab(other)[0]) for one, other in pairwise(LINE_COLOURS.values())) >= 15
