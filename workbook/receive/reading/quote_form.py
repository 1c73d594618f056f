"""A vendor's offer, read from the form that came back; whatever cannot be read for certain is asked about, cell by cell."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from calc import catalogue
from calc.scenario.faults import Fault, Refused, problem, shown
from calc.scenario.payment_terms import MOST_MILESTONES
from calc.scenario.quotes import form_faults, quote_faults
from calc.scenario.unclear_value import UnclearValueError
from calc.scenario.value import is_noted, noted
from calc.text.suggestion import near
from workbook.receive.intake import Book, Sheet
from workbook.receive.reading.addresses import shown_place
from workbook.receive.reading.content import content, meaning
from workbook.write.quote_form import HEAD, ID, NAME, TITLE, VALUE, Row, rows

OF_FORM = "quote."
MILESTONE = re.compile(r"milestones(?:\[(?P<at>[0-9]+)\])?(?:\.(?P<part>[a-z]+))?")
AS_SENT = "ask for it on the form as it was sent"


@dataclass
class Offer:
    """quote: in the form of a scenario; currency: of its prices, empty where it names none; notes: on how it was spelled."""

    quote: dict[str, Any]
    currency: str
    notes: list[str] = field(default_factory=list)


def offer(book: Book, file: Path) -> Offer:
    """The offer in a form, with the name and the hash of its file. Raises Refused with every question at once."""
    faults, offer = list(tampered(book)), Offer({}, "")
    places = _places(book.sheets[NAME]) if NAME in book.sheets else {}
    entered: dict[str, Any] = {}
    for row in rows():
        if row.id not in places:
            continue
        place = (NAME, *places[row.id])
        named = f"{shown_place(place)} ({row.label})"
        try:
            cell = content(book, place)
            if cell.formula is not None:
                raise UnclearValueError(f"the formula ={cell.formula}", "an offer is a value: type it")
            value = meaning(cell, row.asked, str(entered.get("currency", "")))
            if row.id == "model" and value is not None:
                value = _model(str(value))
        except UnclearValueError as unclear:
            question = f"{unclear.says}: {unclear.question}" if unclear.question else unclear.says
            faults.append(Fault(named, question, _allowed(row), unclear.example))
            continue
        if value is not None:
            entered[row.id] = value
            if row.id != "model" and is_noted(cell.value, value, cell.kind):
                offer.notes.append(f"{named}: {noted(cell.value, value)}")
    faults += [
        problem(f"{NAME} ({row.label})", "is empty", _allowed(row))
        for row in rows()[:2]
        if _is_open(row, entered, faults)
    ]
    offer.currency = str(entered.pop("currency", ""))
    includes = [id.partition(".")[2] for id, value in entered.items() if id.startswith("includes.") and value == "yes"]
    milestones, unpaired = _milestones(entered, places)
    faults += unpaired
    offer.quote = {id: _plain(value) for id, value in entered.items() if "." not in id}
    offer.quote |= {"includes": includes} if includes else {}
    offer.quote |= {"milestones": [*milestones.values()]} if milestones else {}
    # What does not belong together is known only of an offer that is read whole.
    own = form_faults("quotes[1]", offer.quote) if faults else quote_faults({"quotes": [offer.quote]}, None)
    faults += [
        _placed(fault, places, [*milestones])
        for fault in own
        if not faults or _named(fault).partition("[")[0] in offer.quote
    ]
    if faults:
        raise Refused(str(file), faults)
    offer.quote |= {"file": file.name[:120], "sha256": hashlib.sha256(file.read_bytes()).hexdigest()}
    return offer


def _milestones(
    entered: Mapping[str, Any], places: Mapping[str, tuple[int, int]]
) -> tuple[dict[int, dict[str, Any]], list[Fault]]:
    """The milestones by number that have both their share and how much is done, and a question for each that has one."""
    milestones, faults = {}, []
    for number in range(1, MOST_MILESTONES + 1):
        parts = {part: f"milestones.{number}.{part}" for part in ("share", "at")}
        milestone = {part: entered[id] for part, id in parts.items() if id in entered}
        if len(milestone) == len(parts):
            milestones[number] = milestone
        elif milestone:
            [missing] = [id for part, id in parts.items() if part not in milestone]
            where = shown_place((NAME, *places[missing])) if missing in places else NAME
            faults.append(
                problem(where, f"is empty, while the rest of milestone {number} is given", "fill in both, or none")
            )
    return milestones, faults


def tampered(book: Book) -> Iterator[Fault]:
    """A question for every row of the form that is gone, that is there twice, or whose words were changed."""
    sheet = book.sheets.get(NAME)
    if sheet is None:
        yield problem(NAME, "there is no such sheet", AS_SENT)
        return
    if _text(sheet, 1, 1) != TITLE:
        yield problem(shown_place((NAME, 1, 1)), f"says {shown(_text(sheet, 1, 1))} instead of {shown(TITLE)}", AS_SENT)
    places = _places(sheet)
    ids = [str(cell.value) for cell in sheet.cells.values() if str(cell.value).startswith(OF_FORM)]
    for row in rows():
        if row.id not in places:
            yield problem(f"{NAME} ({row.label})", "its row is gone", AS_SENT)
            continue
        if ids.count(OF_FORM + row.id) > 1:
            yield problem(f"{NAME} ({row.label})", "its row is there twice", AS_SENT)
        line = places[row.id][0]
        for column, meant in ((1, row.label), (3, row.unit), (4, row.about)):
            if _text(sheet, line, column) != meant:
                says = f"says {shown(_text(sheet, line, column))} instead of {shown(meant)}"
                yield problem(shown_place((NAME, line, column)), says, AS_SENT)


def _places(sheet: Sheet) -> dict[str, tuple[int, int]]:
    """Id -> the row and column of its answer."""
    by_field: dict[str, tuple[int, int]] = {}
    for (line, column), cell in sheet.cells.items():
        if column == ID and line > HEAD and str(cell.value).startswith(OF_FORM):
            by_field.setdefault(str(cell.value).removeprefix(OF_FORM), (line, VALUE))
    return by_field


def _text(sheet: Sheet, row: int, column: int) -> str:
    cell = sheet.cells.get((row, column))
    return "" if cell is None or cell.value is None else str(cell.value)


def _model(text: str) -> str:
    """The id of a model by its label or id. Raises UnclearValueError."""
    known = {name.casefold(): id for id, model in catalogue.models().items() for name in (id, model.label)}
    if id := known.get(" ".join(text.split()).casefold()):
        return id
    like = near(text, [model.label for model in catalogue.models().values()])
    raise UnclearValueError(shown(text), f"did you mean {like}?" if like else "")


def _allowed(row: Row) -> str:
    return f"one of: {', '.join(row.words)}" if row.words else row.limit.said() if row.limit else "a value"


def _is_open(row: Row, entered: Mapping[str, Any], faults: list[Fault]) -> bool:
    return row.id not in entered and not any(f"({row.label})" in fault.field for fault in faults)


def _placed(fault: Fault, places: Mapping[str, tuple[int, int]], milestones: Sequence[int]) -> Fault:
    """A fault of the quote, at the cell that it is about; one of all milestones at the first. milestones: the numbers of those
    that the quote has."""
    name = _named(fault)
    if within := MILESTONE.fullmatch(name):
        name = f"milestones.{milestones[int(within['at'] or 1) - 1]}.{within['part'] or 'share'}"
    where = shown_place((NAME, *places[name])) if name in places else NAME
    return Fault(where, fault.found, fault.allowed, fault.example)


def _named(fault: Fault) -> str:
    """The field of a quote that a fault is about."""
    return fault.field.partition("].")[2]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
