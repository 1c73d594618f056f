"""`engagement check`: what was changed in a returned workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from workbook.command.json_option import AsJson
from workbook.files.collecting import uncollected

if TYPE_CHECKING:
    from workbook.receive.checking import Finding, Report

DIFFERS = 5
MOST_SHOWN = 12


@uncollected()
def check(
    workbook: Annotated[
        str, typer.Argument(metavar="WORKBOOK", help="An .xlsx or .ods workbook that engagement made.")
    ],
    rules: Annotated[
        bool,
        typer.Option(
            "--rules", help="Also report what the program that saved it changed: packing, printing, protection."
        ),
    ] = False,
    every: Annotated[bool, typer.Option("--all", help="List every finding, not only the first of each kind.")] = False,
    json: AsJson = False,
) -> None:
    """Check what was changed in a returned workbook.

    Builds it again from its inputs and compares the two: inputs, overwritten formulas, values that do not match their
    formula, texts, sheets, names, version. Exit code 5 when anything differs.
    """
    from workbook.command.terminal import write_json
    from workbook.receive.checking import check as checked

    report = checked(workbook, rules)
    if json:
        write_json(report.plain())
    else:
        show(report, None if every else MOST_SHOWN)
    if report.differs:
        raise typer.Exit(DIFFERS)


def show(report: Report, most: int | None = MOST_SHOWN) -> None:
    """Print the findings, kind by kind, and what was not compared."""
    from workbook.command.sentences import heading, paragraph
    from workbook.command.terminal import console
    from workbook.receive.checking import KINDS

    out = console()
    heading(out, f"{report.where}: {_made(report)}")
    if not report.differs:
        alike = "Apart from the answers, nothing differs from the form as it was sent."
        paragraph(out, alike if report.is_form else "Nothing differs from the workbook as it was made.")
        paragraph(out, "Fonts, colours and print set-up are not compared.", style="dim")
    for kind, count in report.counts.items():
        paragraph(out, f"{KINDS[kind].capitalize()}: {count:,}", style="bold")
        findings = [finding for finding in report.findings if finding.kind == kind]
        for finding in findings[:most]:
            paragraph(out, sentence(finding), indent=2)
        if most is not None and count > most:
            paragraph(out, f"and {count - most:,} more; --all lists them, or --json", indent=2)
    for note in report.notes:
        paragraph(out, f"Note: {note}.", style="dim")


def _made(report: Report) -> str:
    if report.is_form:
        return "a form for quotes"
    return f"made by version {report.version}" if report.version else "it does not name the version that made it"


def sentence(finding: Finding) -> str:
    """One finding on a line: Inputs!C21 (work.core_hours): 400, was 300."""
    place = "!".join(part for part in (finding.sheet, finding.cell) if part)
    where = f"{place} ({finding.field})" if finding.field and place else place or finding.field
    if finding.kind == "fault":
        allowed = f"; allowed: {finding.expected}" if finding.expected else ""
        return f"{finding.field}: {_shown(finding.found)}{allowed}"
    if finding.kind == "rule":
        return f"{place or 'workbook'}: {finding.expected}, {finding.found}"
    if finding.kind in ("input", "shown", "filled", "deleted", "added"):
        return f"{where}: {_shown(finding.found)}" + (
            "" if finding.kind == "added" else f", was {_shown(finding.expected)}"
        )
    difference = f"{_shown(finding.found)}, expected {_shown(finding.expected)}"
    return f"{where}: {difference}" if where else difference


def _shown(value: object) -> str:
    if value is None or value == "":
        return "nothing"
    if isinstance(value, float):
        return f"{value:,.10g}"
    text = str(value)
    return text if len(text) <= 100 else text[:100] + "..."
