"""What one message says of its workbooks: subject, text and HTML."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from workbook.mail.default_template import several_template
from workbook.mail.html_body import appended, inside
from workbook.mail.message import Message
from workbook.mail.template import filled, filled_html

RULE = "\n\n----\n\n"


class Words(NamedTuple):
    """Subject, text and HTML of a message. html: None for plain text only."""

    subject: str
    text: str
    html: str | None


def together(messages: Sequence[Message], part: int, parts: int) -> Words:
    """The words of a message about these workbooks.

    One workbook has its own. For several, the default template has a section for each, and one's own template is
    filled in for each. part, parts: which of how many messages it is; it says so where there are more than one.
    """
    first = messages[0]
    if len(messages) == 1:
        words = Words(first.subject, first.text, first.html)
    elif first.template is None:
        words = _sections(messages)
    else:
        words = _one_after_the_other(messages)
    if parts == 1:
        return words
    note = f"This is message {part} of {parts}: the workbooks are too large for one message."
    html = words.html and appended(words.html, f"<p>{note}</p>\n")
    return Words(f"{words.subject} ({part} of {parts})", f"{words.text.rstrip()}\n\n{note}\n", html)


def _sections(messages: Sequence[Message]) -> Words:
    """The default text: a greeting, then a section for each workbook, then what a workbook is."""
    texts = [{name: text for name, text in message.fields.items() if text.strip()} for message in messages]
    template = several_template([list(of_one) for of_one in texts])
    fields = {f"{name}_{number}": text for number, of_one in enumerate(texts, 1) for name, text in of_one.items()}
    html = template.html and filled_html(template.html, fields)
    return Words(filled(template.subject, fields), filled(template.text, fields), html)


def _one_after_the_other(messages: Sequence[Message]) -> Words:
    first, *rest = messages
    subjects = dict.fromkeys(message.subject for message in messages)
    subject = first.subject if len(subjects) == 1 else f"{first.subject} and {len(messages) - 1} more"
    html = first.html
    for message in rest:
        html = html and appended(html, f"<hr>\n{inside(message.html or '')}")
    return Words(subject, RULE.join(message.text.strip("\n") for message in messages) + "\n", html)
