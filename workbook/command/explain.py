"""`engagement explain`: the decision rule by rule, in the terminal or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.command.defaults_option import DefaultsName
from workbook.command.json_option import AsJson
from workbook.command.scenario_argument import ScenarioName
from workbook.files.collecting import uncollected

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from calc.scenario import Scenario


@uncollected()
def explain(
    scenario: ScenarioName,
    json: AsJson = False,
    defaults: DefaultsName = None,
) -> None:
    """Explain the decision, rule by rule.

    Shows the answer first, then what each source says with the rules that fired, what rules paths out, how well the rest
    fit, why not the others and what would have to be true for them, and what to ask first.
    """
    from calc.results import explanation, results
    from calc.simulation import RANDOM_TRIALS
    from workbook.command.actuals_noted import read_noted
    from workbook.command.terminal import write_json

    given = read_noted(scenario, defaults)
    # The chance of exceeding a budget is all that it says of a simulation.
    [result] = results([given], trials=0 if given.money.budget is None else RANDOM_TRIALS)
    if json:
        write_json(explanation(result))
    else:
        show(result, given)


def show(result: dict, given: Scenario) -> None:
    """Print the answer, the sources side by side, their rules, what rules paths out, why not the others, and what to ask."""
    from calc.reasons import exclusions, in_short
    from calc.results import explanation
    from workbook.command.answer import print_answer, print_list, print_questions
    from workbook.command.sentences import heading, paragraph
    from workbook.command.terminal import console

    out, explained = console(), explanation(result)
    print_answer(out, result)
    out.print(_verdicts(explained))
    heading(out, "The rules that apply, source by source")
    out.print()
    for lens in explained["lenses"].values():
        if any(rule["fired"] for rule in lens["rules"]) or lens["ladder"] or lens["indicator"]:
            _rules(out, lens)
    if silent := [key for key, lens in explained["lenses"].items() if not any(rule["fired"] for rule in lens["rules"])]:
        paragraph(out, f"No rule applies: {', '.join(silent)}.")
        out.print()
    print_list(out, "What rules paths out", exclusions(result) or ["Nothing; every path can be taken."])
    if any(path["eligible"] for path in explained["paths"].values()):
        out.print(_fits(result))
    print_list(out, "The quotes", [quote["text"] for quote in result.get("quotes", [])])
    _why_not(out, result)
    _flips(out, explained)
    print_list(out, "What values are based on", [f"{field}: {text}" for field, text in explained["basis"].items()])
    print_questions(out, result)
    print_list(out, "After the first phase", _after_first_phase(result, given))
    paragraph(out, in_short(result), style="bold")


def _after_first_phase(result: dict, given: Scenario) -> list[str]:
    """Of a path that opens with an audit, a pilot or a prototype: what is paid by then, and what each way on costs."""
    from calc.sequences import published_one, search, ways_on

    path = result["recommendation"]["path"]
    own = published_one(search(given), path) if path else None
    return [ways_on(own, given.project.currency)] if own and own["ways_on"] else []


def _verdicts(explained: dict) -> Table:
    """The five sources side by side."""
    from workbook.command.terminal import table

    made = table(
        ("Source", "left"),
        ("Compares", "left"),
        ("For\nfreelancer", "number"),
        ("For the\nother", "number"),
        ("Weight", "number"),
        ("Leans to", "left"),
        title="What the sources say (share of the conditions on either side that are met)",
    )
    for lens, found in explained["lenses"].items():
        support = found["support"]
        why = " (one rule decides)" if found["ladder"] or found["indicator"] else ""
        made.add_row(
            lens,
            found["label"],
            f"{support['freelancer']:.0%}",
            f"{support['alternative']:.0%}",
            f"{found['weight']:g}",
            (_model_label(found["verdict"]) if found["verdict"] != "either" else "neither side") + why,
        )
    return made


def _rules(out: Console, lens: dict) -> None:
    """The rules of one source that fired, the freelancer's side first, then what stands above them."""
    from workbook.command.sentences import paragraph

    paragraph(out, f"{lens['label']}:", style="bold")
    fired = [rule for rule in lens["rules"] if rule["fired"]]
    for side, of in (("freelancer", "Freelancer"), ("alternative", _model_label(lens["alternative"]))):
        for rule in (rule for rule in fired if rule["side"] == side):
            paragraph(out, f"{of}: {rule['text']} ({_cited(rule)})", indent=2)
    for above in ("ladder", "indicator"):
        if lens[above]:
            paragraph(out, f"Decided by: {lens[above]['text']} ({_cited(lens[above])})", indent=2)
    out.print()


def _fits(result: dict) -> Table:
    """How the fit of every path that can be taken comes about, best first."""
    from workbook.command.path_tables import fit_in_words
    from workbook.command.terminal import printable, table

    made = table(
        ("Path", "left"),
        ("Core\nwork", "number"),
        ("Feature\nwork", "number"),
        ("First\nstep", "number"),
        ("Fit", "left"),
        ("Same\nscope", "number"),
        title="How well the paths that can be taken fit",
    )
    left = [(path, found) for path, found in result["paths"].items() if found["eligible"]]
    for path, found in sorted(left, key=lambda item: -item[1]["fit"]):
        parts = [f"{round(found[name], 2) + 0:.0%}" for name in ("core_fit", "run_fit", "first_step")]
        fit, style = fit_in_words(result, found["fit"]), "bold" if path == result["recommendation"]["path"] else ""
        made.add_row(printable(found["label"]), *parts, fit, f"{found['same_scope']:,.0f}", style=style)
    return made


def _why_not(out: Console, result: dict) -> None:
    """Of every path that is not recommended: what stands against it, and what would have to be true for it."""
    from calc.what_if import ways_to
    from workbook.command.sentences import heading, paragraph

    paths = result["paths"]
    others = [path for path in paths if paths[path]["why_not"]]
    heading(out, "Why not the others" if result["recommendation"]["path"] else "What stands against each path")
    for path in sorted(others, key=lambda path: (not paths[path]["eligible"], paths[path]["same_scope"])):
        found, ways = paths[path], ways_to(result, path)
        paragraph(out, found["label"], style="bold", indent=2)
        paragraph(out, found["why_not"]["text"], indent=4)
        paragraph(out, f"It would be recommended {ways}." if ways else NEVER, indent=4)
    out.print()


NEVER = "No change of up to three answers would lead to it."


def _flips(out: Console, explained: dict) -> None:
    """Every single answer that would change the recommendation; questions that are still open come first."""
    from calc.reasons import answer_to
    from workbook.command.answer import print_list

    said = []
    for flip in explained["recommendation"]["flips"]:
        path = explained["paths"][flip["path"]]["label"] if flip["path"] else "no recommendation"
        now = "open" if flip["from"] == "unknown" else flip["from"]
        said.append(f"{answer_to(flip['question'], flip['answer'])} (now {now}): {path}")
    print_list(out, "Single answers that would change the recommendation", said or ["None."])


def _cited(item: dict) -> str:
    if not item["references"]:
        return "assumption"
    first = item["references"][0]
    return f"{first['source']}, {first['place']}"


def _model_label(model: str) -> str:
    from calc import catalogue

    return catalogue.models()[model].label
