"""`engagement facts`: every parameter, rule and figure with unit, range, source and place."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperCommand

from workbook.command.answer import print_list
from workbook.command.completion import fact_words
from workbook.command.json_option import AsJson
from workbook.command.outcome import Context
from workbook.command.schemas import NAMES
from workbook.files.collecting import uncollected

if TYPE_CHECKING:
    from rich.table import Table


class FactsCommand(TyperCommand):
    """`--schema` without a name asks for the form of what this command prints, as of every other by its name."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        options = list(takewhile(lambda arg: arg != "--", args))
        given = [
            "--schema=facts" if arg == "--schema" and following.startswith("-") else arg
            for arg, following in zip(options, [*options, "--"][1:], strict=True)
        ]
        return super().parse_args(ctx, given + args[len(options) :])


@uncollected()
def facts(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WORD]...",
            autocompletion=fact_words,
            show_default=False,
            help="Only entries that contain all these words: rate, freelancer rate, audit.",
        ),
    ] = None,
    json: AsJson = False,
    schema: Annotated[
        str | None,
        typer.Option(
            "--schema",
            metavar="[NAME]",
            help=f"Print a JSON Schema instead, for editors and programs; NAME: {', '.join(NAMES)}. Without NAME: facts.",
        ),
    ] = None,
) -> None:
    """Show every figure and rule with its source.

    Parameters of every model, settings, questions, rules, what rules paths out, figures, contradictions and sources:
    everything the model is based on. With WORD, only entries that contain it in a name, a text, a note or a source.
    """
    from calc.facts import facts as all_facts
    from calc.facts import is_empty, searched
    from workbook.command.terminal import write_json

    if schema is not None:
        write_json(_schema(schema))
        return
    found = every = all_facts()
    if words:
        found = searched(every, " ".join(words))
        if is_empty(found):
            raise _nothing(words, every)
    if json:
        write_json(found)
    else:
        show(found, {model: data["label"] for model, data in every["models"].items()})


def _nothing(words: list[str], every: dict) -> Exception:
    """That nothing holds all the words, with the nearest to one that nothing holds."""
    from calc.facts import is_empty, searched, words_of
    from calc.scenario.faults import Refused, problem
    from calc.text.suggestion import near

    unknown = [word for word in words if is_empty(searched(every, word))]
    like = near(unknown[0].casefold(), sorted(words_of(every))) if unknown else ""
    hint = f"did you mean: {like}?" if like else "try fewer or shorter words"
    return Refused(" ".join(words), [problem("", "no figure, question, rule or source holds this", hint)])


def _schema(name: str) -> dict:
    from workbook.command.schemas import schemas

    known = schemas()
    if name not in known:
        raise typer.BadParameter(f"there is no schema {name!r}; there is: {', '.join(known)}", param_hint="--schema")
    return known[name]()


def show(found: dict, models: dict[str, str]) -> None:
    """Print one table per model, then the settings, questions, rules by kind, figures, contradictions, stories and sources.

    models: their labels by id.
    """
    from workbook.command.terminal import console

    out = console()
    tables = [(models[model], list(parameters.values())) for model, parameters in found["parameters"].items()]
    tables.append(("Settings of the decision and the calendar", list(found["settings"].values())))
    for title, rows in tables:
        if rows:
            out.print(_ranges(title, rows))
    asked = (f"{one['text']} ({one['id']}; {_asked_by(one)})" for one in found["questions"])
    print_list(out, "Questions", list(asked))
    for kind, title in KINDS.items():
        print_list(out, title, [f"{_text(rule)} ({_where(rule)})" for rule in found["rules"] if rule["kind"] == kind])
    if found["figures"]:
        out.print(_ranges("Figures of the sources", found["figures"]))
    print_list(out, "Contradictions", [f"{one['title']} {one['treatment']}" for one in found["contradictions"]])
    print_list(out, "Public data beside the articles", [_said_by_data(one) for one in found["evidence"]])
    differing = [story for story in found["stories"] if story["model"]["verdict"] == "differs"]
    title = f"Stories of the articles: {len(differing)} of {len(found['stories'])} claims differ from the model"
    print_list(out, title, [f"{story['claim']} ({_where(story)}) {story['why']}" for story in differing])
    print_list(out, "Sources", [f"{source}: {about['title']}" for source, about in found["sources"].items()])


def _said_by_data(evidence: dict) -> str:
    known = {name: value for name, value in evidence["quantiles"].items() if value is not None}
    measured = ", ".join(f"{'median' if name == 'p50' else name.upper()} {value:g}" for name, value in known.items())
    return f"{evidence['title']}: {measured} ({evidence['citation']}) {evidence['differs']}"


def _asked_by(question: dict) -> str:
    return "; ".join(f"{one['source']}, {one['place']}" for one in question["asked_by"])


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
