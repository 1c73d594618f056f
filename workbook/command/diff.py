"""`engagement diff`: what differs between two scenarios or workbooks, inputs and results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbook.command.defaults_option import DefaultsName
from workbook.command.json_option import AsJson
from workbook.command.scenario_argument import FORMS
from workbook.files.collecting import uncollected

if TYPE_CHECKING:
    from rich.table import Table

MOST_SHOWN = 8
Name = Annotated[str, typer.Argument(help=FORMS)]


@uncollected()
def diff(
    a: Name,
    b: Name,
    json: AsJson = False,
    defaults: DefaultsName = None,
) -> None:
    """Show what differs between two scenarios or workbooks.

    Compares inputs and results, and shows how much of the difference in each path's total each changed input explains.
    """
    from calc.difference import difference
    from workbook.command.actuals_noted import read_noted
    from workbook.command.terminal import write_json

    if a == b == "-":
        raise typer.BadParameter("only one of the two can be standard input")
    one, other = read_noted(a, defaults), read_noted(b, defaults)
    found = difference(one, other, (a, b))
    if json:
        write_json(found)
    else:
        show(found)


def show(found: dict[str, Any]) -> None:
    """Print the inputs that differ, what is recommended, every path, and what explains the recommended ones."""
    from workbook.command.sentences import paragraph
    from workbook.command.terminal import console

    out = console()
    paragraph(out, f"A: {found['a']}")
    paragraph(out, f"B: {found['b']}")
    if found["same"]:
        paragraph(out, "They are the same, input by input.", style="bold")
        return
    for sentence in _answers(found):
        paragraph(out, sentence, style="bold")
    out.print()
    out.print(_inputs(found))
    if any(map(_moves, found["paths"].values())):
        out.print(_paths(found))
    else:
        paragraph(
            out, "No path that both have differs in what it costs, how long it takes, or whether it is ruled out."
        )
    if paths := _of_interest(found):
        out.print(_explained(found, paths))
        paragraph(out, f"{found['explained']['method']}.", style="dim")


def _answers(found: dict[str, Any]) -> list[str]:
    recommended, status = (found["recommendation"][name] for name in ("path", "status"))
    answers = [_answer(found, recommended[side], status[side]) for side in ("a", "b")]
    same = answers[0] == answers[1]
    sentences = [f"Both: {answers[0]}." if same else f"A: {answers[0]}. B: {answers[1]}."]
    one, other = found["currencies"]
    if one != other:
        sentences.append(f"A counts in {one}, B in {other}: amounts are shown side by side without conversion.")
    return sentences


def _answer(found: dict[str, Any], path: str | None, status: str) -> str:
    """What one of the two recommends, in half a sentence."""
    if path is None:
        return "no path is left" if status == "none_left" else "no recommendation yet"
    label = found["paths"][path]["label"] if path in found["paths"] else path
    return f"{label} is recommended{', provisionally' if status == 'provisional' else ''}"


def _inputs(found: dict[str, Any]) -> Table:
    from workbook.command.terminal import printable, table

    made = table(("Input", "left"), ("A", "right"), ("B", "right"), title="Inputs that differ")
    for one in found["inputs"]:
        made.add_row(printable(one["field"]), *(printable(_value(one[side])) for side in ("a", "b")))
    return made


def _value(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, dict):
        if "phases" in value:
            return " · ".join(phase["work"] + " " + phase["model"] for phase in value["phases"])
        return " · ".join(f"{name} {_value(one)}" for name, one in value.items() if one not in (None, "", []))
    if isinstance(value, float):
        return f"{value:,.10g}"
    return "-" if value in (None, "") else str(value)


def _moves(path: dict[str, Any]) -> bool:
    """Whether a path differs in anything that its row shows: a whole unit of money, a tenth of a week, being ruled out."""
    moved = (abs(path[name]["difference"]) >= 0.5 for name in ("total", "same_scope"))
    return (
        any(moved)
        or abs(path["weeks_to_stable"]["difference"]) >= 0.05
        or path["eligible"]["a"] != path["eligible"]["b"]
    )


def _paths(found: dict[str, Any]) -> Table:
    """Those that differ."""
    from workbook.command.terminal import printable, table

    heads = [(head, "number") for head in ("Total A", "Total B", "B - A", "Same scope\nB - A", "Weeks\nB - A")]
    made = table(
        ("Path", "left"), *heads, title="Paths that differ, in the order of B, those that are ruled out in B last"
    )
    for path, one in sorted(
        found["paths"].items(), key=lambda item: (not item[1]["eligible"]["b"], item[1]["same_scope"]["b"])
    ):
        if not _moves(one):
            continue
        total, chosen = one["total"], path == found["recommendation"]["path"]["b"]
        made.add_row(
            ("> " if chosen else "  ") + printable(one["label"]),
            f"{total['a']:,.0f}",
            f"{total['b']:,.0f}",
            f"{total['difference']:+,.0f}",
            f"{one['same_scope']['difference']:+,.0f}",
            f"{one['weeks_to_stable']['difference']:+,.1f}",
            style="bold" if chosen else "" if one["eligible"]["b"] else "dim",
        )
    return made


def _of_interest(found: dict[str, Any]) -> list[str]:
    """The paths that either recommends, or finds the cheapest, as far as their totals can be explained."""
    choices = [found["recommendation"][name][side] for name in ("path", "cheapest") for side in ("b", "a")]
    explained = found["explained"]["paths"]
    return [
        path
        for path in dict.fromkeys(choices)
        if path in found["paths"] and any(abs(share) >= 0.5 for share in explained.get(path, {}).values())
    ][:2]


def _explained(found: dict[str, Any], paths: list[str]) -> Table:
    from workbook.command.terminal import printable, table

    shares = {path: found["explained"]["paths"][path] for path in paths}
    heads = [(printable(found["paths"][path]["label"]), "right") for path in paths]
    made = table(("Changed input", "left"), *heads, title="What explains the difference of the totals")
    fields = sorted(shares[paths[0]], key=lambda field: -max(abs(share[field]) for share in shares.values()))
    fields = [field for field in fields if any(abs(share[field]) >= 0.5 for share in shares.values())]
    for field in fields[:MOST_SHOWN]:
        made.add_row(printable(field), *(f"{shares[path][field]:+,.0f}" for path in paths))
    if rest := fields[MOST_SHOWN:]:
        sums = (sum(shares[path][field] for field in rest) for path in paths)
        made.add_row(f"{len(rest)} others", *(f"{one:+,.0f}" for one in sums))
    made.add_section()
    made.add_row("B - A", *(f"{found['paths'][path]['total']['difference']:+,.0f}" for path in paths), style="bold")
    return made
