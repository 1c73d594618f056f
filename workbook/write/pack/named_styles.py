"""The named styles, as Excel lists them under Cell Styles: what a cell is, by a plain name.

Every look of `style` belongs to one of them and differs from it in little: where its text stands, how large it is, how many
decimals it shows. Whoever changes a named style in Excel changes every cell of it in all that the cell does not set itself.
"""

from __future__ import annotations

from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
# What a format may set itself, with the attribute that says so, and the attribute or element in which it does.
SETTINGS = {
    "applyNumberFormat": "numFmtId",
    "applyFont": "fontId",
    "applyFill": "fillId",
    "applyBorder": "borderId",
    "applyAlignment": "alignment",
    "applyProtection": "protection",
}


class Named(NamedTuple):
    """looks: the one that defines it first; format: its number format; builtin: Excel's number, if Excel has it."""

    looks: tuple[str, ...]
    format: str = "general"
    builtin: int | None = None


NAMED = {
    "Title": Named(("title",), builtin=15),
    "Heading 1": Named(("section", "heading", "section_note", "heading_note"), builtin=16),
    "Heading 2": Named(("lead", "lead_line"), builtin=17),
    "Heading 3": Named(("head", "head_left"), builtin=18),
    "Heading 4": Named(("band", "band_unit"), builtin=19),
    "Headline": Named(("answer",)),
    "Key figure": Named(("figure", "figure_soft")),
    "Key figure heading": Named(("figure_head", "figure_head_left")),
    "Input": Named(("input", "input_choice", "input_text", "input_line", "input_look"), builtin=20),
    "Calculation": Named(("calc", "calc_text"), builtin=22),
    "Money": Named(("calc",), "money"),
    "Share": Named(("calc",), "percent"),
    "Date": Named(("calc",), "date"),
    "Output": Named(("result", "result_text", "bare_result"), builtin=21),
    "Total": Named(("bare_sum",), builtin=25),
    "Published figure": Named(("published",)),
    "Fixed figure": Named(("fixed",)),
    "Check Cell": Named(("check",), builtin=23),
    "Warning Text": Named(("alert", "alert_line"), builtin=11),
    "Explanatory Text": Named(("purpose",), builtin=53),
    "Note": Named(("note", "note_line"), builtin=10),
    "Small note": Named(
        (
            "id", "id_ruled", "id_side", "note_plain", "note_in", "note_number", "source_side", "meta_label", "bare_number",
            "unit_side", "unit_bare", "unit_centred", "listed_unit",
        )
    ),
    "Unit or source": Named(("unit", "source")),
    "Record": Named(("record",)),
    "Hyperlink": Named(("link",), builtin=8),
    "Plain text": Named(("text", "wrapped", "meta", "bare", "bare_name", "bare_text", "bare_label", "listed_number", "standing")),
    "Label": Named(("label", "label_strong", "calc_label", "row_name")),
    "Strong text": Named(("label_line", "bare_strong", "bare_line", "bare_day")),
    "Small text": Named(("line", "line_number", "line_in", "listed", "listed_name", "listed_text", "bar_label", "sign")),
    "Small strong text": Named(("line_strong", "row_label", "name", "name_open")),
    "Table cell": Named(("cell", "cell_centred", "cell_name", "cell_text", "calc_wrapped", "mark", "mark_wrapped")),
    "Axis": Named(("axis", "axis_day", "bar_cell")),
}  # fmt: skip


# Look -> the named style that it belongs to; those of one number format alone come second.
_HOMES = {look: name for name, named in reversed(NAMED.items()) for look in named.looks}
_OF_FORMAT = {(named.looks[0], named.format): name for name, named in NAMED.items()}


def name_of(look: str, format: str) -> str:
    """The named style of a look with a number format. Raises LookupError for a look that belongs to none."""
    if look not in _HOMES:
        raise LookupError(f"the look {look!r} belongs to no named style: add it to NAMED in named_styles.py")
    return _OF_FORMAT.get((look, format), _HOMES[look])


def linked(styles: bytes) -> bytes:
    """The part with the styles in which every format says what it sets itself, the rest being its named style's.

    Without that Excel would leave cells as they are when somebody changes their named style.
    """
    ElementTree.register_namespace("", MAIN)
    root = ElementTree.fromstring(styles)
    named = root.findall(f"{{{MAIN}}}cellStyleXfs/{{{MAIN}}}xf")
    for format in root.iterfind(f"{{{MAIN}}}cellXfs/{{{MAIN}}}xf"):
        of = named[int(format.get("xfId", "0"))]
        for attribute, part in SETTINGS.items():
            if _set(format, part) == _set(of, part):
                format.attrib.pop(attribute, None)
            else:
                format.set(attribute, "1")
    # The palette of old files, which nothing here refers to.
    for colours in root.findall(f"{{{MAIN}}}colors"):
        root.remove(colours)
    for style in root.iterfind(f"{{{MAIN}}}cellStyles/{{{MAIN}}}cellStyle"):
        style.attrib.pop("hidden", None)
        if style.get("builtinId", "0") != "0":
            style.set("customBuiltin", "1")
    return ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _set(format: Element, part: str) -> object:
    element = format.find(f"{{{MAIN}}}{part}")
    return format.get(part) if element is None else element.attrib
