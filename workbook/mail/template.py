"""Templates for subject, text and HTML of a message: `{field}` stands for a field's text, `{{` for a brace."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from calc.scenario.faults import Fault, short, shown
from calc.text.suggestion import near
from workbook.mail.header_text import one_line

PIECES = re.compile(r"\{\{|\}\}|\{([A-Za-z_][A-Za-z0-9_.-]*)\}|[{}]")


@dataclass(frozen=True)
class Template:
    """html: None for a message of text alone."""

    subject: str
    text: str
    html: str | None = None

    def faults(self, known: Iterable[str]) -> list[Fault]:
        """What is wrong with the template, given the fields that there are."""
        known = list(known)
        faults = []
        for part, text in (("subject", self.subject), ("text", self.text), ("html", self.html or "")):
            for match in PIECES.finditer(text):
                if match[0] in "{}":
                    faults.append(
                        Fault(f"template, {part}", f'"{match[0]}" by itself', "{field}, or {{ and }} for braces")
                    )
                elif match[1] and match[1] not in known:
                    like = near(match[1], known)
                    hint = f"did you mean: {{{like}}}?" if like else f"known: {', '.join(known)}"
                    faults.append(Fault(f"template, {part}", f"{{{short(match[1])}}} is no field", "", hint))
        if not one_line(self.subject) or not self.subject.strip():
            faults.append(Fault("template, subject", shown(self.subject), "a text of one line"))
        return list(dict.fromkeys(faults))


def filled(template: str, fields: Mapping[str, str]) -> str:
    """The template with each field's text in its place."""
    return PIECES.sub(lambda match: fields[match[1]] if match[1] else match[0][0], template)


def filled_html(template: str, fields: Mapping[str, str]) -> str:
    """The same for HTML: whatever a field holds is text there, never a tag; its line breaks are kept."""
    escaped = {name: html.escape(text).replace("\n", "<br>\n") for name, text in fields.items()}
    return filled(template, escaped)
