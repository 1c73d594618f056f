"""`engagement quotes`: the forms that vendors sent back, taken into a scenario."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from workbook.command.defaults_option import DefaultsName
from workbook.command.output_file import Replaced, check_output
from workbook.command.returned_folder import returned
from workbook.files.collecting import uncollected

if TYPE_CHECKING:
    from calc.scenario import Scenario
    from calc.scenario.faults import Fault

UNNAMED = "it names no currency; its prices were read as in {currency}"


class Note(NamedTuple):
    """What is to be known of a form."""

    file: str
    text: str


@uncollected()
def quotes(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder with the forms that came back.")],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE.toml", help="The file to write the quotes to.")
    ],
    scenario: Annotated[
        str | None,
        typer.Option(
            "--scenario",
            metavar="SCENARIO",
            help="The scenario the offers are for; without it, the output has the quotes alone.",
        ),
    ] = None,
    force: Replaced = False,
    defaults: DefaultsName = None,
    json: Annotated[bool, typer.Option("--json", help="Print the quotes and the notes on them as JSON.")] = False,
) -> None:
    """Take the quotes of vendors into a scenario.

    Every form of `engagement new quote.xlsx --quote` in FOLDER becomes a quote, with the name and the hash of its file. A
    vendor's new form replaces the quote that the scenario has of them. If any form cannot be read for certain, the
    questions are listed, form by form, and nothing is written.
    """
    from calc.scenario.faults import Refused
    from workbook.command.scenario_argument import read_scenario
    from workbook.command.terminal import print_notes, printable, write_json
    from workbook.files.saving import save_by, writable_by
    from workbook.receive.reading import quotes_as_toml

    check_output(output, ".toml", option="-o", example="quoted")
    if not folder.is_dir():
        says = "a file; name the folder that holds the forms" if folder.exists() else "no such folder"
        raise typer.BadParameter(f"{folder}: {says}", param_hint="FOLDER")
    writable_by("quotes", output, force)
    given = read_scenario(scenario, defaults) if scenario else None
    offers, currency, notes, faults = _offers(folder, given.project.currency if given else "")
    print_notes(f"{note.file}: {note.text}" for note in notes)
    if faults:
        raise Refused(str(folder), faults)
    text = _with(given, offers, folder) if given else quotes_as_toml(offers, currency)
    save_by("quotes", output, text.encode(), force)
    if json:
        noted = [note._asdict() for note in notes]
        write_json({"schema": 1, "file": str(output), "quotes": offers, "notes": noted})
    else:
        for quote in offers:
            typer.echo(printable(f"{quote['file']}: {quote['vendor']}, as {quote['model']}"))
    typer.echo(f"written: {output}", err=True)


def _with(given: Scenario, offers: list[dict[str, Any]], folder: Path) -> str:
    """The scenario with the offers in it, as TOML; those of the same vendors are replaced."""
    from calc.scenario import as_given
    from calc.scenario import scenario as checked
    from calc.scenario.quotes import KEY, quote_id
    from workbook.command.terminal import printable
    from workbook.receive.reading import as_toml

    plain, ids = as_given(given), {quote_id(offer["vendor"]) for offer in offers}
    plain[KEY] = [quote for quote in plain.get(KEY, []) if quote_id(quote["vendor"]) not in ids] + offers
    return as_toml(
        checked(plain, str(folder)),
        f"Scenario with the quotes from the forms in the folder {printable(folder.resolve().name)}",
    )


def _offers(folder: Path, currency: str) -> tuple[list[dict[str, Any]], str, list[Note], list[Fault]]:
    """The offers of all forms in the order of their names, their currency, the notes and every question about any of them.

    currency: of the scenario; empty without one: then that of the first form that names any.
    """
    from calc.scenario.faults import Fault, Refused, problem
    from calc.scenario.quotes import quote_id
    from workbook.receive.intake import cells
    from workbook.receive.reading import offer

    files = returned(folder)
    offers: list[dict[str, Any]] = []
    by_id: dict[str, str] = {}
    notes: list[Note] = []
    faults: list[Fault] = [] if files else [problem("", "holds no form", "engagement new quote.xlsx --quote makes one")]
    for file in files:
        try:
            found = offer(cells(file), file)
        except Refused as refused:
            faults += [
                Fault(f"{file.name}: {one.field}", one.found, one.allowed, one.example) for one in refused.faults
            ]
            continue
        currency = currency or found.currency
        if found.currency not in ("", currency):
            says = f"its prices are in {found.currency}, the others or the scenario in {currency}"
            faults.append(problem(file.name, says, "ask for an offer in that currency, or convert the scenario"))
        notes += [Note(file.name, text) for text in found.notes]
        if not found.currency:
            notes.append(Note(file.name, UNNAMED.format(currency=currency or "the scenario's")))
        vendor = str(found.quote["vendor"])
        if earlier := by_id.get(quote_id(vendor)):
            says = f"is from {vendor} too, as {earlier} is"
            faults.append(problem(file.name, says, "keep the form that holds, and move the other away"))
        by_id.setdefault(quote_id(vendor), file.name)
        offers.append(found.quote)
    return offers, currency, notes, faults
