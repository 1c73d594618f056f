"""`engagement explain`: the decision rule by rule, in the terminal or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from workbook.command.scenario_argument import ScenarioName, read_scenario

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table


def explain(
    scenario: ScenarioName,
    json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Explain the decision, rule by rule.

    Shows the answer first, then the rules that fired with their sources, the gates and what they exclude, and every single
    answer that would change the recommendation.
    """
    from calc.results import explanation, results
    from workbook.command.terminal import write_json

    [result] = results([read_scenario(scenario)], trials=0)
    if json:
        write_json(explanation(result))
    else:
        show(result)


def show(result: dict) -> None:
    """Print the answer, the sources side by side, their rules, the gates, the alternatives, and what would flip it."""
    from calc.reasons import alternatives, answer, doubts
    from calc.results import explanation
    from workbook.command.sentences import heading, paragraph
    from workbook.command.terminal import console

    out, explained = console(), explanation(result)
    heading(out, explained["project"])
    first, *more = answer(result)
    paragraph(out, first, style="bold")
    for sentence in (*more, *alternatives(result), *doubts(result)):
        paragraph(out, sentence)
    out.print()
    out.print(_verdicts(explained))
    for lens in explained["lenses"].values():
        _rules(out, lens)
    _gates(out, explained)
    out.print(_fits(explained))
    _flips(out, explained)


def _verdicts(explained: dict) -> Table:
    """The five sources side by side."""
    from workbook.command.terminal import table

    made = table(
        ("Source", "left"),
        ("For freelancer", "right"),
        ("For its alternative", "right"),
        ("Lean", "number"),
        ("Weight", "number"),
        ("Verdict", "left"),
        title="What the sources say (lean: -1 freelancer, +1 the alternative)",
    )
    for lens, found in explained["lenses"].items():
        support = found["support"]
        why = " (its ladder)" if found["ladder"] else " (its indicator)" if found["indicator"] else ""
        made.add_row(
            lens,
            f"{support['freelancer']:.0%}",
            f"{support['alternative']:.0%}",
            f"{found['lean']:+.2f}",
            f"{found['weight']:g}",
            _model_label(found["verdict"]) + why,
        )
    return made


def _rules(out: Console, lens: dict) -> None:
    """The rules of one lens that fired, freelancer's side first, then what stands above them."""
    from workbook.command.sentences import heading, paragraph

    heading(out, lens["label"])
    fired = [rule for rule in lens["rules"] if rule["fired"]]
    for side, of in (("freelancer", "Freelancer"), ("alternative", _model_label(lens["alternative"]))):
        for rule in (rule for rule in fired if rule["side"] == side):
            paragraph(out, f"{of}: {rule['text']} ({_cited(rule)})", indent=2)
    for above in ("ladder", "indicator"):
        if lens[above]:
            paragraph(out, f"Decided by: {lens[above]['text']} ({_cited(lens[above])})", indent=2)
    if not fired:
        paragraph(out, "No rule fired.", indent=2)
    out.print()


def _gates(out: Console, explained: dict) -> None:
    from workbook.command.sentences import heading, paragraph

    heading(out, "Gates that hold")
    held = [gate for gate in explained["gates"].values() if gate["fired"]]
    for gate in held:
        out_of = "; ".join(explained["paths"][path]["label"] for path in gate["excludes"]) or "no path"
        paragraph(out, f"{gate['label']}: {gate['when']}; {gate['then']} ({_cited(gate)}).", indent=2)
        paragraph(out, f"Excluded: {out_of}.", indent=4)
    if not held:
        paragraph(out, "None; no path is excluded.", indent=2)
    out.print()


def _fits(explained: dict) -> Table:
    """How the fit of every eligible path comes about, best first."""
    from workbook.command.terminal import printable, table

    made = table(
        ("Path that no gate excludes", "left"),
        ("Core fit", "number"),
        ("Run fit", "number"),
        ("First step", "number"),
        ("Fit", "number"),
        ("NPV", "number"),
        title="How well the paths fit",
    )
    left = [(path, found) for path, found in explained["paths"].items() if found["eligible"]]
    for path, found in sorted(left, key=lambda item: -item[1]["fit"]):
        parts = [f"{found[name]:+.2f}" for name in ("core_fit", "run_fit", "first_step")]
        style = "bold" if path == explained["recommendation"]["path"] else ""
        made.add_row(printable(found["label"]), *parts, f"{found['fit']:+.2f}", f"{found['npv']:,.0f}", style=style)
    return made


def _flips(out: Console, explained: dict) -> None:
    """Every single answer that would change the recommendation; questions that are still open come first."""
    from calc.reasons import answer_to
    from workbook.command.sentences import heading, paragraph

    heading(out, "Single answers that would change the recommendation")
    for flip in explained["recommendation"]["flips"]:
        path = explained["paths"][flip["path"]]["label"] if flip["path"] else "nothing (every path excluded)"
        now = "open" if flip["from"] == "unknown" else flip["from"]
        paragraph(out, f"{answer_to(flip['question'], flip['answer'])} (now {now}): {path}", indent=2)
    if not explained["recommendation"]["flips"]:
        paragraph(out, "None.", indent=2)


def _cited(item: dict) -> str:
    if not item["references"]:
        return "assumption"
    first = item["references"][0]
    return f"{first['source']}, {first['place']}"


def _model_label(model: str) -> str:
    from calc import catalogue

    return catalogue.models()[model].label if model != "either" else "Either"
