"""The add-in as the bytes of an .xlam: xlwings' template with wrappers and a ribbon, the same bytes on every run."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

from workbook.addin.names import ALL_UDFS, BUTTONS, NAME, USUAL_UDFS
from workbook.addin.wrappers import MODULE as WRAPPERS
from workbook.addin.wrappers import Description, Wrappers, wrappers
from workbook.addin.xlwings_addin import MODULE, SAMPLE, edited, template
from workbook.files.address import column_letters
from workbook.files.agreed import CREATOR
from workbook.files.temporary import kept_for_a_while, temporary_folder
from workbook.write.pack import escaped, zipped

HERE = Path(__file__).parent
# Our own VBA: what the ribbon calls, and what tells the function wizard what functions do.
OWN_MODULES = {"Descriptions": HERE / "descriptions.bas", "Ribbon": HERE / "ribbon.bas"}
RIBBON, RELATIONS = "customUI/customUI14.xml", "_rels/.rels"
RELATION = (
    '<Relationship Id="rIdRibbon" Type="http://schemas.microsoft.com/office/2007/relationships/ui/extensibility" '
    f'Target="{RIBBON}"/></Relationships>'
)
SHEET = "xl/worksheets/sheet1.xml"
FIRST_TEXT = 4
CREATED = "2026-01-01T00:00:00Z"


def addin(everything: bool = False) -> bytes:
    """The .xlam, with the functions that people use, or with everything: also one for each formula of the model.

    Needs pyOpenVBA (the extra `addin`); neither Excel nor Windows.
    """
    modules = (ALL_UDFS if everything else USUAL_UDFS, BUTTONS)
    made = wrappers(*modules)
    with zipfile.ZipFile(io.BytesIO(template())) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["xl/vbaProject.bin"] = _project(made)
    members[SHEET] = _sheet(members[SHEET].decode(), modules, made.functions).encode()
    members["xl/workbook.xml"] = _workbook(members["xl/workbook.xml"].decode()).encode()
    members["docProps/core.xml"] = _properties(members["docProps/core.xml"].decode(), made).encode()
    members[RIBBON] = (HERE / "ribbon.xml").read_bytes()
    members[RELATIONS] = members[RELATIONS].replace(b"</Relationships>", RELATION.encode())
    return zipped(members)


def _project(made: Wrappers) -> bytes:
    """The VBA project: the template's, without its sample, with the wrappers and their descriptions."""
    from pyopenvba import ExcelFile

    with temporary_folder() as folder, kept_for_a_while():
        before, after = folder / "template.xlam", folder / "addin.xlam"
        before.write_bytes(template())
        with ExcelFile(before) as file:
            file.set_module(MODULE, _lines(edited(file.get_module(MODULE))))
            project = file.vba_project()
            project.delete_module(SAMPLE)
            project.add_module(WRAPPERS, _lines(made.source))
            for name, source in OWN_MODULES.items():
                project.add_module(name, _lines(source.read_text(encoding="ascii")))
            file.save(after)
        with zipfile.ZipFile(after) as archive:
            return archive.read("xl/vbaProject.bin")


def _lines(source: str) -> str:
    """Source with the line ends of VBA."""
    return "\r\n".join(source.splitlines()) + "\r\n"


def _sheet(template_sheet: str, modules: Sequence[str], functions: list[Description]) -> str:
    """The add-in's one sheet: settings in columns A and B, and from column D the descriptions for the function wizard.

    The settings are for every user. The path of Python is in the user's own file, which `install` writes.
    """
    settings = [("ADD_WORKBOOK_TO_PYTHONPATH", "false"), ("UDF MODULES", ";".join(modules))]
    texts: list[list[str | int]] = [
        [each.name, each.category, each.text, len(each.arguments), *each.arguments] for each in functions
    ]
    lines = []
    for at in range(max(len(settings), len(texts))):
        cells = _cells(at + 1, 1, settings[at]) if at < len(settings) else ""
        cells += _cells(at + 1, FIRST_TEXT, texts[at]) if at < len(texts) else ""
        lines.append(f'<row r="{at + 1}">{cells}</row>')
    data = f"<sheetData>{''.join(lines)}</sheetData>"
    last = f"{column_letters(FIRST_TEXT + max(map(len, texts)) - 1)}{len(lines)}"
    sized = re.sub(r'<dimension ref="[^"]*" ?/>', f'<dimension ref="A1:{last}"/>', template_sheet)
    return re.sub(r"<sheetData>.*</sheetData>", lambda _: data, sized, flags=re.DOTALL)


def _cells(row: int, column: int, values: Sequence[str | int]) -> str:
    return "".join(_cell(f"{column_letters(at)}{row}", value) for at, value in enumerate(values, column))


def _cell(address: str, value: str | int) -> str:
    if isinstance(value, int):
        return f'<c r="{address}"><v>{value}</v></c>'
    return f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{escaped(value)}</t></is></c>'


def _workbook(source: str) -> str:
    """The workbook part with the sheet's name, without the template author's folder and invalid elements."""
    for part in (r"<mc:AlternateContent.*?</mc:AlternateContent>", r"<extLst>.*?</extLst>", r"<definedNames ?/>"):
        source = re.sub(part, "", source, flags=re.DOTALL)
    return source.replace('name="_myaddin.conf"', f'name="{NAME}.conf"')


def _properties(source: str, made: Wrappers) -> str:
    """The document's properties; their description names the xlwings version that it needs."""
    for name, value in (
        ("dc:title", "Engagement Calculator: Excel add-in"),
        ("dc:creator", CREATOR),
        ("cp:lastModifiedBy", CREATOR),
        ("dc:description", f"for xlwings {made.xlwings_version}"),
    ):
        source = re.sub(rf"<{name} ?/>|<{name}>[^<]*</{name}>", f"<{name}>{value}</{name}>", source)
    return re.sub(r"(<dcterms:(created|modified)[^>]*>)[^<]*", rf"\g<1>{CREATED}", source)
