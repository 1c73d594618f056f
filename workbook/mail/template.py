"""Templates for the subject, text and HTML of a message: `{field}` stands for a field's text, `{{` for a brace."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from calc.scenario.faults import Fault, problem, short, shown
from calc.text.suggestion import near
from workbook.mail.header_text import one_line

PIECES = re.compile(r"\{\{|\}\}|\{([A-Za-z_][A-Za-z0-9_.-]*)\}|[{}]")


@dataclass(frozen=True)
class Template:
    """Subject, text and HTML of a message. html: None for plain text only."""

    subject: str
    text: str
    html: str | None = None

    def faults(self, known: Iterable[str]) -> list[Fault]:
        """The faults of the template. known: the names of the fields."""
        known = list(known)
        faults = []
        for part, text in (("subject", self.subject), ("text", self.text), ("html", self.html or "")):
            for match in PIECES.finditer(text):
                if match[0] in "{}":
                    says = f'has a single "{match[0]}"'
                    faults.append(problem(f"template, {part}", says, "write {field}, or {{ and }} for braces"))
                elif match[1] and match[1] not in known:
                    like = near(match[1], known)
                    hint = f"did you mean: {{{like}}}?" if like else f"known: {', '.join(known)}"
                    faults.append(problem(f"template, {part}", f"{{{short(match[1])}}} is not a field", hint))
        if not one_line(self.subject) or not self.subject.strip():
            faults.append(Fault("template, subject", shown(self.subject), "one line of text"))
        return list(dict.fromkeys(faults))


def filled(template: str, fields: Mapping[str, str]) -> str:
    """The template with each field's text in its place."""
    return PIECES.sub(lambda match: fields[match[1]] if match[1] else match[0][0], template)


def filled_html(template: str, fields: Mapping[str, str]) -> str:
    """The HTML template with each field's text in its place, escaped; its line breaks are kept."""
    escaped = {name: html.escape(text).replace("\n", "<br>\n") for name, text in fields.items()}
    return filled(template, escaped)
