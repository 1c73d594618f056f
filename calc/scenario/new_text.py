"""The text of a new scenario, made from the fields themselves: default, what is allowed, and an example of each."""

from __future__ import annotations

import json
import textwrap
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from calc import catalogue
from calc.scenario.basis import COMPANY_DEFAULT, fields_in
from calc.scenario.defaults import Defaults
from calc.scenario.input_field import InputField
from calc.scenario.schema import FIELDS, SECTIONS, WEIGHT

UNNAMED = "New project"
WIDTH = 110
# The ends of a range that is shown as an example, as shares of the likely value.
ENDS = (0.75, 1, 1.5)
HEAD = """\
A scenario for `engagement`: fill in what you know, and leave the rest as it is.
The values are the defaults. Lines that begin with # are explanations or examples; to use an example, remove its #.
Then: engagement calc FILE, engagement explain FILE, engagement build FILE -o OUT.xlsx
Editors that know TOML complete names and mark faults once the schema of the first line is beside this file:
engagement facts --schema scenario > scenario.schema.json"""
SHORT_HEAD = """\
A scenario for `engagement`: what usually decides, what decides most first. Everything else has a default.
Lines that begin with # are explanations or examples; to use an example, remove its #.
To be asked: engagement ask FILE. For every field and figure: engagement new OTHER. Then: engagement calc FILE"""
# How editors learn the schema of a TOML file (taplo, Even Better TOML).
SCHEMA = "#:schema ./scenario.schema.json"
OVERRIDES = """\
Your own figures instead of the published ones: a number, or [low, likely, high]; amounts in the project's currency.
Below are the published figures, in US dollars where the unit says USD; remove the # of those you change."""
PATHS = """\
A further path, beside the thirteen: audits (with weeks) and core phases (with shares that add up to 1),
then one run, then a retainer or none."""
PATH = """\
[paths.shop_then_freelancer]
label = "Shop, then a freelancer"
phases = [
  { work = "core", model = "fixed_price_shop", share = 1 },
  { work = "run", model = "freelancer" },
]"""


def template(name: str, start: date, defaults: Defaults | None = None) -> str:
    """TOML that is read back as the scenario of that name and start, else of defaults. name: 1-80 characters.

    defaults: a company's own; what they say is left out, as an example, so that the scenario goes on following them.
    """
    required, theirs = (
        {"project.name": name, "project.start": start},
        dict(fields_in(defaults.data if defaults else {})),
    )
    parts = [f"{SCHEMA}\n{_comment(HEAD)}"]
    parts += [_section(section, required, theirs) for section in SECTIONS]
    parts += [_answers(catalogue.questions(), {}), _weights(theirs), _overrides(theirs)]
    parts += [_comment(PATHS) + "\n" + _disabled(PATH)]
    return "\n\n".join(parts) + "\n"


def short_template(values: Mapping[str, Any], fields: Sequence[str], questions: Sequence[str]) -> str:
    """TOML of some fields and questions only. values: what is known of them, by dotted name; fields: dotted names."""
    parts = [_comment(SHORT_HEAD)]
    for section in SECTIONS:
        own = [FIELDS[dotted] for dotted in fields if FIELDS[dotted].section == section]
        if own:
            parts.append("\n".join([f"[{section}]", *(line for field in own for line in _field(field, values))]))
    return "\n\n".join([*parts, _answers(questions, values)]) + "\n"


def usable_name(text: str) -> str:
    """The text as a project's name: words for underscores, nothing that a name must not hold, at most 80 characters."""
    words = " ".join(text.replace("_", " ").replace("-", " ").split())
    good = "".join(c for c in words if unicodedata.category(c) not in ("Cc", "Cs", "Zl", "Zp"))
    return good[:80].strip() or UNNAMED


def _section(section: str, required: dict[str, Any], theirs: dict[str, Any]) -> str:
    lines = [f"[{section}]"]
    for field in FIELDS.values():
        if field.section == section:
            *comment, line = _field(field, required)
            given = theirs.get(field.dotted)
            lines += [*comment, line if field.dotted not in theirs else _disabled(_theirs(field.name, given))]
    return "\n".join(lines)


def _field(field: InputField, values: Mapping[str, Any]) -> list[str]:
    """A field with its comment; one whose default depends on the rest of the scenario is left out, as an example.

    values: what is known, by dotted name.
    """
    value = values.get(field.dotted, field.default)
    example = json.dumps(field.example) if isinstance(value, str) else field.example_in()
    unit = f", in {field.unit}" if field.is_number else ""
    said = f"{field.label}{unit}: {field.allowed()}; for example {example}."
    if field.is_estimate:
        said += f" A range: [{', '.join(f'{float(field.example) * end:g}' for end in ENDS)}]."
    if field.otherwise:
        said += f" Default: {field.otherwise}."
    is_left_out = value is None or (field.otherwise and field.dotted not in values)
    return [
        _comment(f"{said} {field.about}"),
        f"# {field.name} = {field.example}" if is_left_out else f"{field.name} = {_toml(value)}",
    ]


def _answers(questions: Iterable[str], values: Mapping[str, Any]) -> str:
    lines = ["[answers]", _comment('Each one "yes", "no" or "unknown".')]
    for question in map(catalogue.questions().__getitem__, questions):
        answer = values.get(f"answers.{question.id}", "unknown")
        lines += [_comment(f"{question.text} {question.help}"), f"{question.id} = {_toml(answer)}"]
    return "\n".join(lines)


def _theirs(name: str, value: Any) -> str:
    """A line that a company's defaults stand for."""
    return f"{name} = {_toml(value)}  # {COMPANY_DEFAULT}"


def _weights(theirs: dict[str, Any]) -> str:
    lines = ["[weights]", _comment(f"How much each source counts where a freelancer is weighed: {WEIGHT.said()}.")]
    for lens in catalogue.lenses().values():
        own = theirs.get(f"weights.{lens.id}")
        lines += [_comment(lens.label), f"{lens.id} = 1" if own is None else _disabled(_theirs(lens.id, own))]
    return "\n".join(lines)


def _overrides(theirs: dict[str, Any]) -> str:
    tables = [_comment(OVERRIDES)]
    for model, parameters in catalogue.parameters().items():
        lines = [f"[overrides.{model}]"]
        for name, parameter in parameters.items():
            ends = [parameter.range.low, parameter.range.likely, parameter.range.high]
            own, about = theirs.get(f"overrides.{model}.{name}"), f"# {parameter.label}, in {parameter.unit}"
            lines.append(f"{name} = {_toml(ends)}  {about}" if own is None else _theirs(name, own))
        tables.append(_disabled("\n".join(lines)))
    lines = ["[overrides.decision]"]
    for name, setting in catalogue.settings().items():
        if setting.allowed.get("min") != setting.allowed.get("max"):
            own, about = theirs.get(f"overrides.decision.{name}"), f"# {setting.label}, in {setting.unit}"
            lines.append(f"{name} = {_toml(setting.value)}  {about}" if own is None else _theirs(name, own))
    tables.append(_disabled("\n".join(lines)))
    return "\n\n".join(tables)


def _comment(text: str) -> str:
    return "\n".join(f"# {line}" for part in text.split("\n") for line in textwrap.wrap(part, WIDTH))


def _disabled(text: str) -> str:
    """TOML as a comment, each line marked so that taking `#` and the blank after it away brings it back."""
    return "\n".join(f"# {line}" for line in text.split("\n"))


def _toml(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{end} = {_toml(number)}" for end, number in value.items()) + " }"
    return json.dumps(value).replace("\x7f", "\\u007f") if isinstance(value, str) else str(value)
