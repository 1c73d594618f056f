"""The answer and what goes with it, as `calc` and `explain` print it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console


UNDER_WAY = (
    "Under way: every figure here is the plan of the whole job, from its start. How it stands, and whether to stay or to "
    "switch: engagement track."
)


def print_answer(out: Console, result: dict) -> None:
    """The project, the answer with its reason, and what its reader must not miss."""
    from calc.reasons import alert_texts, answer
    from calc.scenario.actuals import KEY, is_tracked_as_plain
    from workbook.command.sentences import heading, paragraph

    heading(out, result["scenario"]["project"]["name"])
    first, *more = answer(result)
    paragraph(out, first, style="bold")
    for sentence in more:
        paragraph(out, sentence)
    for alert, text in alert_texts(result).items():
        if alert != "open":  # it is the answer itself
            paragraph(out, f"! {text}", style="yellow")
    if is_tracked_as_plain(result["scenario"].get(KEY, {})):
        paragraph(out, f"! {UNDER_WAY}", style="yellow")
    out.print()


def print_questions(out: Console, result: dict) -> None:
    """How firmly the answer stands, what to ask first, and whether to find out first what is broken."""
    from calc.what_if import ask_first, finding_out_first, how_firm

    print_list(out, "What to ask first", [*how_firm(result), *ask_first(result), *finding_out_first(result)])


def print_list(out: Console, title: str, sentences: list[str]) -> None:
    """Sentences below a heading; nothing where there are none."""
    from workbook.command.sentences import heading, paragraph

    if sentences:
        heading(out, title)
        for sentence in sentences:
            paragraph(out, sentence, indent=2)
        out.print()
