"""`engagement facts`: every parameter, rule and figure with unit, range, source and place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.command.schemas import NAMES

if TYPE_CHECKING:
    from rich.table import Table


def facts(
    json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
    schema: Annotated[
        str | None,
        typer.Option(
            "--schema",
            metavar="NAME",
            help=f"Print a JSON Schema instead, for editors and programs; NAME: {', '.join(NAMES)}.",
        ),
    ] = None,
) -> None:
    """Show every figure and rule with its source.

    Parameters of every model, settings, rules, what rules paths out, figures and contradictions: everything the model is
    based on.
    """
    from calc.facts import facts as all_facts
    from workbook.command.terminal import write_json

    if schema is not None:
        write_json(_schema(schema))
        return
    found = all_facts()
    if json:
        write_json(found)
    else:
        show(found)


def _schema(name: str) -> dict:
    from workbook.command.schemas import schemas

    known = schemas()
    if name not in known:
        raise typer.BadParameter(f"there is no schema {name!r}; there is: {', '.join(known)}", param_hint="--schema")
    return known[name]()


def show(found: dict) -> None:
    """Print one table per model, then the settings, the rules by kind, the figures, contradictions and stories."""
    from workbook.command.sentences import heading, paragraph
    from workbook.command.terminal import console

    out = console()
    for model, parameters in found["parameters"].items():
        out.print(_ranges(found["models"][model]["label"], parameters.values()))
    out.print(_ranges("Settings of the decision and the calendar", found["settings"].values()))
    for kind, title in KINDS.items():
        heading(out, title)
        for rule in (rule for rule in found["rules"] if rule["kind"] == kind):
            paragraph(out, f"{_text(rule)} ({_where(rule)})", indent=2)
        out.print()
    out.print(_ranges("Figures of the sources", found["figures"]))
    heading(out, "Contradictions")
    for contradiction in found["contradictions"]:
        paragraph(out, f"{contradiction['title']} {contradiction['treatment']}", indent=2)
    out.print()
    differing = [story for story in found["stories"] if story["model"]["verdict"] == "differs"]
    heading(out, f"Stories of the articles: {len(differing)} of {len(found['stories'])} claims differ from the model")
    for story in differing:
        paragraph(out, f"{story['claim']} ({_where(story)}) {story['why']}", indent=2)


KINDS = {
    "rule": "Rules of the sources",
    "ladder": "Rules above the others of their source",
    "indicator": "What decides where a source leans to neither side",
    "long_term": "Best in the long run",
    "sign": "A sign that speaks for one model",
    "inherits": "Who inherits a system",
    "need": "Who fits the feature work",
    "gate": "What rules paths out",
}


def _ranges(title: str, rows: Iterable[dict]) -> Table:
    from workbook.command.terminal import table

    made = table(
        ("", "left"),
        *((end, "number") for end in ("Low", "Likely", "High")),
        ("Unit", "left"),
        ("Source", "left"),
        title=title,
    )
    for row in rows:
        ends = [row["value"]] * 3 if "value" in row else [row["low"], row["likely"], row["high"]]
        numbers = ["" if end is None else f"{end:,g}" if end < 1e6 else f"{end:,.0f}" for end in ends]
        made.add_row(row["label"], *(["", numbers[1], ""] if "value" in row else numbers), row["unit"], _where(row))
    return made


def _where(item: dict) -> str:
    if item.get("basis", "source") == "source":
        shown_only = " (shown only)" if item.get("effect") == "shown only" else ""
        return f"{item['source']}, {item['place']}{shown_only}"
    return f"{item['basis']}: {item['note']}" if item.get("kind") == "gate" else item["basis"]


def _text(rule: dict) -> str:
    if rule["kind"] == "rule":
        return f"{rule['lens']}, {rule['side']}: {rule['text']}"
    if rule["kind"] == "gate":
        return f"{rule['label']}: {rule['when']}; {rule['then']}"
    if rule["kind"] == "need":
        return f"{rule['model']}: {rule['question']}"
    return rule["text"]
