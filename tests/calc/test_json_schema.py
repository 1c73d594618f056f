"""The JSON Schema of a scenario knows every field, question, lens and parameter, with the limits that are checked."""

import json

from calc import catalogue
from calc.scenario.bounds import bounds
from calc.scenario.json_schema import scenario_schema
from calc.scenario.schema import FIELDS, SECTIONS
from tests.command.runner import run


def test_the_schema_names_every_field_question_lens_parameter_and_setting():
    schema = scenario_schema()
    parts = schema["properties"]
    assert {
        f"{section}.{name}" for section, of in SECTIONS.items() for name in schema["$defs"][of.__name__]["properties"]
    } == set(FIELDS)
    assert set(parts["answers"]["properties"]) == set(catalogue.questions())
    assert set(parts["weights"]["properties"]) == set(catalogue.lenses())
    assert set(parts["overrides"]["properties"]) == {*catalogue.models(), "decision"}
    for model, own in parts["overrides"]["properties"].items():
        known = catalogue.settings() if model == "decision" else catalogue.parameters()[model]
        assert set(own["properties"]) == set(known)


def test_the_schema_has_the_limits_of_overrides():
    freelancer = scenario_schema()["properties"]["overrides"]["properties"]["freelancer"]["properties"]
    number, three, ends = freelancer["hours_per_week"]["anyOf"]
    limit = bounds("freelancer", "hours_per_week")
    assert number == {"type": "number", "minimum": limit.low, "maximum": limit.high}
    assert three["prefixItems"] == [number] * 3
    assert ends["required"] == ["likely"]
    assert "maximum" not in freelancer["rate"]["anyOf"][0]


def test_facts_prints_the_schema_and_names_the_schemas_that_there_are():
    assert json.loads(run("facts", "--schema", "scenario").stdout) == json.loads(json.dumps(scenario_schema()))
    ended = run("facts", "--schema", "scenarios")
    assert ended.exit_code == 2
    assert "there is: scenario, defaults, results" in " ".join(ended.stderr.split())
