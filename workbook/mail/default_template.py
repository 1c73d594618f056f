"""The default template: the answer and its figures, each line only if its fields are filled in."""

from __future__ import annotations

import re
from collections.abc import Collection

from workbook.mail.template import Template

SUBJECT = ("{project}: {recommendation}", "{project}", "Your engagement comparison")
RECOMMENDED, NOT_RECOMMENDED = "Recommended: {recommendation}", "The answer: {recommendation}"
# In the order of the board paper: what is asked for, how sure it is, why, why not the cheaper path, what to know.
LINES = (
    "To be paid: {currency} {paid}",
    "Besides: {besides}",
    "In all: {currency} {total}",
    "Range: in 8 of 10 simulated cases the total lies between {currency} {p10} and {p90}",
    "Budget: {budget}",
    "Why: {why}",
    "Why not {cheapest}: {why_not}",
    "Runner-up: {runner_up}, {currency} {runner_up_total} in all",
    "Please note: {alerts}",
)
GREETING = "Hello {name},"
INTRODUCTION = "here is the comparison of ways to source the work{of_project}, as a workbook that stays live."
CLOSING = (
    "The workbook holds every figure, where it comes from, and what would change the answer. "
    "Change the cells on the Inputs sheet and everything follows; no macros, no external links."
)
FIELD = re.compile(r"\{(\w+)\}")


def default_template(filled: Collection[str]) -> Template:
    """The template for a message. filled: the names of its fields that hold a text."""

    def complete(line: str) -> bool:
        return set(FIELD.findall(line)) <= set(filled)

    subject = next(filter(complete, SUBJECT))
    greeting = GREETING if complete(GREETING) else "Hello,"
    introduction = INTRODUCTION.replace("{of_project}", " for {project}" if "project" in filled else "")
    first = NOT_RECOMMENDED if "no_recommendation" in filled else RECOMMENDED
    answer = [line for line in (first, *LINES) if complete(line)]
    text = "\n".join([greeting, "", introduction, "", *answer, *([""] if answer else []), CLOSING, ""])
    rows = "".join(
        f'<tr><td style="padding:2px 16px 2px 0;color:#6b6b6b;vertical-align:top">{label}</td>'
        f'<td style="padding:2px 0"><b>{value}</b></td></tr>\n'
        for label, _, value in (line.partition(": ") for line in answer)
    )
    html = (
        '<!DOCTYPE html>\n<html><body style="font-family:Calibri,Arial,sans-serif;color:#1a1a1a">\n'
        f"<p>{greeting}</p>\n<p>{introduction}</p>\n"
        + (f'<table style="border-collapse:collapse">\n{rows}</table>\n' if rows else "")
        + f"<p>{CLOSING}</p>\n</body></html>\n"
    )
    return Template(subject, text, html)
