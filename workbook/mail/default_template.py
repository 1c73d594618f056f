"""The default template: the answer and its figures, each line only if its fields are filled in."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from workbook.mail.template import Template

SUBJECT = ("{project}: {recommendation}", "{project}", "Your engagement comparison")
RECOMMENDED, NOT_RECOMMENDED = "Recommended: {recommendation}", "The answer: {recommendation}"
# In the order of the board paper: what is asked for, how sure it is, why, why not the cheaper path, what to know.
LINES = (
    "To be paid: {currency} {paid}",
    "Besides: {besides}",
    "In all: {currency} {total}",
    "For the same scope as the others: {currency} {same_scope}",
    "Range: in 8 of 10 cases that the workbook simulates the total lies between {currency} {p10} and {p90}",
    "Budget: {budget}",
    "Why: {why}",
    "Why not {cheapest}: {why_not}",
    "Next best: {runner_up}, {currency} {runner_up_same_scope} for the same scope",
    "Please note: {alerts}",
)
GREETING = "Hello {name},"
INTRODUCTION = "here is the comparison of ways to source the work{of_project}, as a workbook that stays live."
SEVERAL = "here are {count} comparisons of ways to source work, each as a workbook that stays live."
SEVERAL_SUBJECT, MOST_NAMES = "{count} comparisons", 3
CLOSING = (
    "{holder} every figure, where it comes from, and what would change the answer. "
    "Change the cells on the Inputs sheet and everything follows; no macros, no external links."
)
FIELD = re.compile(r"\{(\w+)\}")


def default_template(filled: Collection[str]) -> Template:
    """The template for a message. filled: the names of its fields that hold a text."""

    subject = next(line for line in SUBJECT if _complete(line, filled))
    introduction = INTRODUCTION.replace("{of_project}", " for {project}" if "project" in filled else "")
    answer = _answer(filled)
    closing = CLOSING.replace("{holder}", "The workbook holds")
    greeting = _greeting(filled)
    text = "\n".join([greeting, "", introduction, "", *answer, *([""] if answer else []), closing, ""])
    return Template(subject, text, _page([greeting, introduction], _table(answer), closing))


def several_template(filled: Sequence[Collection[str]]) -> Template:
    """The template for a message with several workbooks. filled: for each, the names of its fields that hold a text.

    The fields of the workbook numbered n, from 1, are `{project_n}` and so on.
    """
    count = str(len(filled))
    names = [f"{{project_{at}}}" for at, fields in enumerate(filled, 1) if "project" in fields]
    more = len(filled) - len(names[:MOST_NAMES])
    listed = ", ".join(names[:MOST_NAMES]) + (f" and {more} more" if more else "")
    subject = SEVERAL_SUBJECT.replace("{count}", count) + (f": {listed}" if names else "")
    introduction = SEVERAL.replace("{count}", count)
    greeting = _numbered(_greeting(filled[0]), 1)
    closing = CLOSING.replace("{holder}", "Each workbook holds")
    text, tables = [greeting, "", introduction, ""], ""
    for at, fields in enumerate(filled, 1):
        title = f"{{project_{at}}}" if "project" in fields else f"Workbook {at}"
        answer = [_numbered(line, at) for line in _answer(fields)]
        text += [title, *answer, ""]
        tables += f"<h3>{title}</h3>\n{_table(answer)}"
    return Template(subject, "\n".join([*text, closing, ""]), _page([greeting, introduction], tables, closing))


def _complete(line: str, filled: Collection[str]) -> bool:
    return set(FIELD.findall(line)) <= set(filled)


def _greeting(filled: Collection[str]) -> str:
    return GREETING if _complete(GREETING, filled) else "Hello,"


def _answer(filled: Collection[str]) -> list[str]:
    first = NOT_RECOMMENDED if "no_recommendation" in filled else RECOMMENDED
    return [line for line in (first, *LINES) if _complete(line, filled)]


def _numbered(line: str, number: int) -> str:
    return FIELD.sub(rf"{{\1_{number}}}", line)


def _table(answer: Sequence[str]) -> str:
    rows = "".join(
        f'<tr><td style="padding:2px 16px 2px 0;color:#6b6b6b;vertical-align:top">{label}</td>'
        f'<td style="padding:2px 0"><b>{value}</b></td></tr>\n'
        for label, _, value in (line.partition(": ") for line in answer)
    )
    return f'<table style="border-collapse:collapse">\n{rows}</table>\n' if rows else ""


def _page(before: Sequence[str], answer: str, closing: str) -> str:
    return (
        '<!DOCTYPE html>\n<html><body style="font-family:Calibri,Arial,sans-serif;color:#1a1a1a">\n'
        + "".join(f"<p>{paragraph}</p>\n" for paragraph in before)
        + answer
        + f"<p>{closing}</p>\n</body></html>\n"
    )
