"""All paths in the order of the decision: the recommended one, the others by their cost, then those that are ruled out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.command.terminal import printable, table

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

CHOSEN, SILENT, PLAIN = ">", "?", " "
# The columns that both tables begin with: a mark, the path, and its figures.
IN_BOTH = (
    ("", "left"), ("Path", "left"), ("To be\npaid", "number"), ("Same\nscope", "number"), ("Weeks", "number"),
)  # fmt: skip
# In what amounts are shown, by what they are divided by.
UNITS = {1: "", 1_000: "thousands of ", 1_000_000: "millions of "}
WIDEST = 100_000_000


def print_paths(out: Console, result: dict, trials: int) -> None:
    """Print the paths that are left with what their columns mean, and those that are ruled out with the reason."""
    from workbook.command.sentences import paragraph

    paths = result["paths"]
    left = sorted((path for path in paths if paths[path]["eligible"]), key=lambda path: _order(result, path))
    others = sorted((path for path in paths if not paths[path]["eligible"]), key=lambda path: _order(result, path))
    if left:
        out.print(_left(result, left, trials))
        for sentence in _legend(result, left, trials):
            paragraph(out, sentence, style="dim")
        out.print()
    if others:
        out.print(_ruled_out(result, others))


def _order(result: dict, path: str) -> tuple[bool, float]:
    return path != result["recommendation"]["path"], result["paths"][path]["same_scope"]


def _title(result: dict, what: str) -> str:
    project = result["scenario"]["project"]
    unit = UNITS[_divisor(result)] + project["currency"]
    return f"{what}, over {project['horizon_months']} months, in {unit}"


def _divisor(result: dict) -> int:
    """By how much the amounts of the tables are divided, so that nine places are enough beside the names."""
    largest = max(max(found["paid"], found["same_scope"]) for found in result["paths"].values())
    return next(divisor for divisor in UNITS if largest / divisor < WIDEST or divisor == max(UNITS))


def _left(result: dict, paths: list[str], trials: int) -> Table:
    made = table(
        *IN_BOTH,
        ("Fit", "left"),
        *([("Cheapest\nof all", "number"), ("of these", "number")] if trials else []),
        title=_title(result, "The paths that can be taken"),
    )
    for path in paths:
        found = result["paths"][path]
        chosen = path == result["recommendation"]["path"]
        mark = CHOSEN if chosen else PLAIN if found["evidence"] else SILENT
        chances = (found["chance_cheapest"], found["chance_cheapest_eligible"]) if trials else ()
        made.add_row(
            mark,
            printable(found["label"]),
            *_figures(found, _divisor(result)),
            fit_in_words(result, found["fit"]),
            *(f"{chance:.0%}" for chance in chances),
            style="bold" if chosen else "",
        )
    return made


def _ruled_out(result: dict, paths: list[str]) -> Table:
    from calc import catalogue

    made = table(*IN_BOTH, ("Ruled out by", "left"), title=_title(result, "The paths that are ruled out"))
    for path in paths:
        found = result["paths"][path]
        gates = "; ".join(catalogue.gates()[gate].label for gate in found["why_not"]["gates"])
        made.add_row(PLAIN, printable(found["label"]), *_figures(found, _divisor(result)), gates, style="dim")
    return made


def _figures(found: dict, divisor: int) -> list[str]:
    weeks = f"{found['weeks_to_stable']:,.0f}" + ("" if found["finished"] else "\nlate")
    return [f"{found['paid'] / divisor:,.0f}", f"{found['same_scope'] / divisor:,.0f}", weeks]


def fit_in_words(result: dict, fit: float) -> str:
    """How well a path fits, as "good, 87%"."""
    from calc.reasons import setting
    from calc.sentences import fitting, told

    known: dict[str, Any] = {"fit": fit, "verdict_threshold": setting(result, "verdict_threshold")}
    known["fit_word"] = told(fitting.fit_word, known)
    return told(fitting.fit_in_words, known)


def _legend(result: dict, left: list[str], trials: int) -> list[str]:
    """What the marks and columns mean."""
    silent = any(not result["paths"][path]["evidence"] for path in left)
    marks = [f"{CHOSEN} recommended"] if result["recommendation"]["path"] else []
    marks += [f"{SILENT} no answer so far speaks for it"] if silent else []
    columns = [
        "Same scope: present value with the core work finished and feature work in every month, so that a late path gains "
        "nothing.",
        "Weeks: until the core work is done.",
        "Fit: 100% is all that the answers ask for, more with a good first step; 0% is neither for nor against.",
    ]
    if trials:
        columns.append(f"Cheapest: share of {trials:,} simulated cases in which it costs the least for the same scope.")
    return [*(["   ".join(marks)] if marks else []), " ".join(columns)]
