"""The form of a scenario file as a JSON Schema, so that editors complete names and mark what is not allowed.

Everything is from the declarations: fields and their limits from the schema, questions, lenses, models, parameters and
settings from the catalogue, the bounds of overrides from where they are checked.
"""

from __future__ import annotations

from typing import Any

from calc import catalogue
from calc.scenario.actuals import KEY as ACTUALS
from calc.scenario.actuals import NOT_KNOWN, PATH, SERIES, Allowed
from calc.scenario.basis import KEY as BASIS
from calc.scenario.basis import TEXT
from calc.scenario.bounds import DECISION, bounds
from calc.scenario.defaults import MAIL, OF_ONE_PROJECT, MailServer
from calc.scenario.schema import ANSWERS, ENDS, MOST_MONTHS, SECTIONS, Scenario
from calc.scenario.sections import SECTIONS_OF_SETTINGS

DRAFT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]


def scenario_schema() -> Schema:
    """The JSON Schema of a scenario file."""
    schema = Scenario.model_json_schema()
    schema["$schema"] = DRAFT
    schema["title"], schema["description"] = "Scenario", "A project as engagement reads it, in TOML or JSON."
    parts = schema["properties"]
    parts["answers"] = _table({name: _answer(asked.text) for name, asked in catalogue.questions().items()})
    parts["weights"] = _table(dict.fromkeys(catalogue.lenses(), parts["weights"]["additionalProperties"]))
    parts["overrides"] = _table({model: _own_figures(model) for model in (*catalogue.models(), DECISION)})
    parts[BASIS] = _bases(parts)
    settings = parts["overrides"]["properties"][DECISION]["properties"]
    for section, names in SECTIONS_OF_SETTINGS.items():
        parts[section] = _table({name: settings[name] for name in names})
    parts[ACTUALS] = _table({PATH: {"type": "string"}} | {name: _by_month(one) for name, one in SERIES.items()})
    del schema["$defs"]["Actuals"]
    return schema


def defaults_schema() -> Schema:
    """The JSON Schema of a company's defaults: a scenario without what belongs to one project, and a mail server."""
    schema = scenario_schema()
    schema["title"], schema["description"] = "Defaults", "What holds where a scenario says nothing itself."
    del schema["required"], schema["properties"]["answers"], schema["properties"][ACTUALS]
    project = schema["$defs"]["Project"]
    project["properties"] = {
        name: part for name, part in project["properties"].items() if f"project.{name}" not in OF_ONE_PROJECT
    }
    project.pop("required")
    schema["properties"][MAIL] = MailServer.model_json_schema()
    return schema


def _bases(parts: Schema) -> Schema:
    """What the figures are based on, by section or model."""
    text = {"type": "string", "minLength": TEXT.shortest, "maxLength": TEXT.longest}
    names = {section: list(of.model_fields) for section, of in SECTIONS.items()}
    names |= {"weights": list(catalogue.lenses())}
    names |= {model: list(of["properties"]) for model, of in parts["overrides"]["properties"].items()}
    tables = {table: _table(dict.fromkeys(of, text)) for table, of in names.items()}
    return _table(tables | {"paths": {"type": "object", "additionalProperties": text}})


def _table(properties: Schema) -> Schema:
    """A table with these keys and no others, each of which may be left out."""
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _by_month(allowed: Allowed) -> Schema:
    """A list with a place for each month from the first."""
    known = {"type": "number", "minimum": allowed.low, "maximum": allowed.high}
    items = {"anyOf": [known, {"enum": list(NOT_KNOWN)}]}
    return {"type": "array", "maxItems": MOST_MONTHS, "items": items, "description": allowed.says}


def _answer(question: str) -> Schema:
    return {"enum": list(ANSWERS), "default": "unknown", "description": question}


def _own_figures(model: str) -> Schema:
    """The figures of a model that the user may replace; those of the decision are single values."""
    if model == DECISION:
        return _table(
            {name: _number(model, name) | _about(one.label, one.unit) for name, one in catalogue.settings().items()}
        )
    parameters = catalogue.parameters()[model].items()
    return _table({name: _spread(_number(model, name)) | _about(one.label, one.unit) for name, one in parameters})


def _about(label: str, unit: str) -> Schema:
    return {"title": label, "description": f"in {unit}"}


def _number(model: str, name: str) -> Schema:
    limit = bounds(model, name)
    assert limit, f"{model}.{name} has no bounds"
    low: Schema = {"exclusiveMinimum" if limit.above else "minimum": limit.low}
    # Of money the upper bound depends on the exchange rate of the scenario.
    return {"type": "number"} | low | ({} if limit.money else {"maximum": limit.high})


def _spread(number: Schema) -> Schema:
    """A number, [low, likely, high], or a table of them that lacks an end."""
    three = {"type": "array", "prefixItems": [number] * 3, "minItems": 3, "maxItems": 3}
    ends = _table(dict.fromkeys(ENDS, number)) | {"required": ["likely"]}
    return {"anyOf": [number, three, ends]}
