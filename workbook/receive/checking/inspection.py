"""The check of one workbook, from reading it to the report."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from calc.model import model_for, user_paths
from calc.scenario import Scenario
from workbook.files.address import address
from workbook.receive.checking import changed, date_system, lost, made_by, rules, surroundings
from workbook.receive.checking.alignment import Aligned, aligned, moved
from workbook.receive.checking.comparing import agree, compared
from workbook.receive.checking.consequences import CHANGES, with_consequences
from workbook.receive.checking.expected import as_made, edition_of, expected, runs_of
from workbook.receive.checking.of_form import of_form
from workbook.receive.checking.recorded_scenario import MadeFor, fingerprint, made_for
from workbook.receive.checking.report import Finding, Report
from workbook.receive.checking.untouched import untouched
from workbook.receive.intake import Book, cells
from workbook.receive.reading import Gathered, gathered, is_form
from workbook.receive.reading.addresses import position
from workbook.receive.reading.picks import picks, understood
from workbook.receive.reading.recorded_basis import defaults_named
from workbook.receive.reading.version import is_older
from workbook.write.build import inputs_hash
from workbook.write.picks import STANDARD, picks_for


def check(path: str | os.PathLike[str], every_rule: bool = False) -> Report:
    """Everything that differs from a workbook that nobody touched. every_rule: also how the file is packed and printed.

    Raises Refused for a file that is not a workbook of ours, that a newer version made, or that is dangerous.
    """
    where, file = os.fspath(path), Path(path)
    return untouched(file, where) or report_of(cells(path), where, file, every_rule)


def report_of(book: Book, where: str, file: Path | None = None, every_rule: bool = False) -> Report:
    """The report on a workbook that was read. file: where it lies, for the rules, which read it themselves."""
    if is_form(book):
        return of_form(book, where)
    now = gathered(book, where)
    then = made_for(book, where)
    report = Report(where, now.version)
    before = _made_for(book, now, then, report)
    if before and (note := defaults_named(before.basis)):
        report.notes.append(note)
    report.findings += changed.inputs(now, then.values if before is then.scenario else now.values)
    if then.date_system_switched:
        report.findings.append(date_system.switched(book.day_zero))
        # Its formulas go on with the numbers that dates had before the switch.
        before_switch = gathered(replace(book, day_zero=0), where)
        now = before_switch if before_switch.scenario else now
    _compare(now, before, file, every_rule, report)
    return report


def _made_for(book: Book, now: Gathered, then: MadeFor, report: Report) -> Scenario | None:
    """The scenario that the workbook was made for: that of the record, unless its fingerprint says it was edited."""
    stamp = fingerprint(book)
    for scenario in (then.scenario, now.scenario):
        if scenario is not None and inputs_hash(scenario) == stamp:
            return scenario
    if stamp and then.scenario is not None:
        report.notes.append(
            "the record of the inputs is not that of the workbook as it was made: it, or its fingerprint, was edited"
        )
    if then.scenario is None:
        report.notes.append("the record of the inputs is gone or unreadable: changes of inputs are not reported")
    return then.scenario or now.scenario


def _compare(now: Gathered, before: Scenario | None, file: Path | None, every_rule: bool, report: Report) -> None:
    """The findings of everything that the workbook holds."""
    with_values = now.scenario is not None
    current = now.scenario or before
    if current is None:
        report.notes.append("neither the inputs nor the record of them can be read: formulas were not compared")
        return
    before = before if before is not None and user_paths(before) == user_paths(current) else current
    usual = picks_for(before)
    shown = _shown(now, current, usual, report)
    if not with_values:
        report.notes.append("values were not compared, since some inputs cannot be read")
    elif shown is None:
        report.notes.append("values were not compared, since a pick for display is not one that the workbook knows")
    with_values = with_values and shown is not None
    runs, edition, made_on = runs_of(now.book), edition_of(now.book), made_by.made_on(now.book)
    meant = expected(current, before, runs, shown or {}, edition, made_on)
    origin = list(made_by.differences(now.book, meant.book))
    report.findings += origin
    if is_older(now.version) and origin and origin[-1].field == "template":
        report.notes.append(
            "made by an older version: formulas and values were not compared; build it anew to have today's"
        )
        return
    lines = aligned(meant.book, now.book)
    places = set(now.places.cells.values()) | {place for place, _ in picks(now.book).values()}
    places -= {place for (dotted, _), place in now.places.cells.items() if dotted == "paths"}
    reported = {(one.sheet, one.cell) for one in origin}
    differences = [
        one for one in compared(now.book, meant, lines, places, with_values) if (one.sheet, one.cell) not in reported
    ]
    if (current != before or shown != usual) and any(one.kind == "value" for one in differences):
        differences = list(_stale(differences, lines, as_made(meant, before)))
    differences = lost.cells(differences, meant.book, report)
    changes = [one for one in report.findings if one.kind in CHANGES]
    differences = list(with_consequences([*changes, *differences], now.book))[len(changes) :]
    report.findings += differences
    report.findings += surroundings.sheets(now.book, meant.book, lines)
    report.findings += surroundings.names(now.book, meant.book, lines)
    if now.book.format == "xlsx" and not moved(lines) and not lost.charts(now.book, meant.book, report):
        report.findings += surroundings.charts(now.book, meant.book)
    if file is not None and now.book.format == "xlsx":
        rules.add(report, file, meant.package.bytes() if every_rule else None)


def _shown(now: Gathered, scenario: Scenario, usual: dict[str, str], report: Report) -> dict[str, str] | None:
    """The picks for display; None where one is not a choice that the workbook knows. usual: those that it was made with."""
    paths = model_for(user_paths(scenario)).structure.path_ids
    shown, faulty = dict(usual), False
    for name, (place, pick) in picks(now.book).items():
        meant = understood(name, pick, paths)
        if pick != usual[name]:
            report.findings.append(
                Finding("shown", place[0], address(*place[1:]), usual[name], str(pick), f"view.{name}")
            )
        shown[name] = meant or STANDARD[name]
        faulty |= meant is None
    return None if faulty else shown


def _stale(differences: list[Finding], lines: dict[str, Aligned], then: Book) -> Iterator[Finding]:
    """The findings, with those values called stale that belong to the inputs as they were."""
    names = {line.name: name for name, line in lines.items()}
    for one in differences:
        if one.kind == "value":
            name = names[one.sheet]
            line = lines[name]
            back = {now: was for was, now in line.rows.items()}, {now: was for was, now in line.columns.items()}
            row, column = position(one.cell) or (0, 0)
            place = back[0].get(row, row), back[1].get(column, column)
            cell = then.sheets[name].cells.get(place)
            if cell is not None and agree(cell, one.found, then, name):
                one = one._replace(kind="stale")
        yield one
