"""The default template: the answer and its figures, each line only if its fields are filled in."""

from __future__ import annotations

import re
from collections.abc import Collection

from workbook.mail.template import Template

SUBJECT = ("{project}: {recommendation}", "{project}", "Your engagement comparison")
ANSWER = (
    "Recommended: {recommendation}",
    "What it really costs: {total} {currency}",
    "Runner-up: {runner_up}, {runner_up_total} {currency}",
    "Runner-up: {runner_up}",
    "Range (P10 to P90): {p10} to {p90} {currency}",
    "Why: {why}",
)
# If no path passes every gate, there is no answer whose figures could be shown.
NOTHING_LEFT_SUBJECT = ("{project}: No path is left: {no_path}", "No path is left: {no_path}")
NOTHING_LEFT = ("No path is left: {no_path}", "Why: {why}")
GREETING = "Hello {name},"
INTRODUCTION = "here is the comparison of ways to source the work{of_project}, as a workbook that stays live."
CLOSING = (
    "The workbook holds every figure, where it comes from, and what would change the answer. "
    "Change the cells on the Inputs sheet and everything follows; no macros, no links to outside."
)
FIELD = re.compile(r"\{(\w+)\}")


def default_template(filled: Collection[str]) -> Template:
    """The template for a message. filled: the names of its fields that hold a text."""

    def complete(line: str) -> bool:
        return set(FIELD.findall(line)) <= set(filled)

    nothing_left = "no_path" in filled
    subject = next(line for line in (NOTHING_LEFT_SUBJECT if nothing_left else SUBJECT) if complete(line))
    greeting = GREETING if complete(GREETING) else "Hello,"
    introduction = INTRODUCTION.replace("{of_project}", " for {project}" if "project" in filled else "")
    answer: dict[str, str] = {}
    for line in filter(complete, NOTHING_LEFT if nothing_left else ANSWER):
        answer.setdefault(line.partition(":")[0], line)
    text = "\n".join([greeting, "", introduction, "", *answer.values(), *([""] if answer else []), CLOSING, ""])
    rows = "".join(
        f'<tr><td style="padding:2px 16px 2px 0;color:#6b6b6b">{label}</td>'
        f'<td style="padding:2px 0"><b>{line.partition(": ")[2]}</b></td></tr>\n'
        for label, line in answer.items()
    )
    html = (
        '<!DOCTYPE html>\n<html><body style="font-family:Calibri,Arial,sans-serif;color:#1a1a1a">\n'
        f"<p>{greeting}</p>\n<p>{introduction}</p>\n"
        + (f'<table style="border-collapse:collapse">\n{rows}</table>\n' if rows else "")
        + f"<p>{CLOSING}</p>\n</body></html>\n"
    )
    return Template(subject, text, html)
