"""Bad input through the real command: every fault at once, with field, found, allowed and example; code 4; nothing written."""

import json
import random
import sys
import types
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from calc.results import results
from calc.scenario import Refused, from_text, scenario
from calc.scenario.faults import Fault
from tests.definition.scenarios import random_scenario
from workbook import command

PROJECT = {"name": "Checkout rescue", "start": "2026-12-01"}
RUN = {"work": "run", "model": "freelancer"}
CORE = {"work": "core", "model": "freelancer", "share": 1}

# What is given beside a valid project, and the field and words that have to stand in the refusal.
FAULTS = [
    # text where a number belongs, and the other way round
    ({"work": {"core_hours": "400 d"}}, "work.core_hours", ['found "400 d" (text)', "a number from 1 to 100,000"]),
    ({"work": {"core_hours": "1.200"}}, "work.core_hours", ['found "1.200" (text): did you mean 1200 or 1.2?', "for example 1200"]),
    ({"work": {"core_hours": [300, "1,234", 5000]}}, "work.core_hours", ['found "1,234" (text): did you mean 1234 or 1.2340?']),
    ({"project": {"discount_rate": "8"}}, "project.discount_rate", ["found 8: did you mean 8%? Then type 8%; for 8 times, 800%"]),
    ({"money": {"budget": "$ 500"}, "project": {"currency": "EUR", "usd_rate": 0.9}}, "money.budget", ["is it meant in EUR, the currency of this scenario?"]),
    ({"work": {"core_hours": "4OO"}}, "work.core_hours", ['"4OO" (text)', "for example 400"]),
    ({"work": {"core_hours": "1_000"}}, "work.core_hours", ['"1_000" (text)']),
    ({"work": {"hires": True}}, "work.hires", ["true (yes/no value)", "a whole number from 1 to 50"]),
    ({"work": {"core_hours": True}}, "work.core_hours", ["true (yes/no value)"]),
    ({"money": {"budget": False}}, "money.budget", ["false (yes/no value)", "a number from 0 to 1,000,000,000,000, or empty"]),
    ({"money": {"budget": ""}}, "money.budget", ['"" (text)']),
    ({"work": {"core_hours": None}}, "work.core_hours", ["nothing"]),
    ({"project": {"name": 12}}, "project.name", ["found 12", "text of 1 to 80 characters"]),
    ({"project": {"horizon_months": 12.5}}, "project.horizon_months", ["12.5", "a whole number from 3 to 60"]),
    # out of range
    ({"project": {"horizon_months": 2}}, "project.horizon_months", ["found 2"]),
    ({"project": {"horizon_months": 61}}, "project.horizon_months", ["found 61"]),
    ({"project": {"discount_rate": 8}}, "project.discount_rate", ["0.08 is 8%"]),
    ({"project": {"usd_rate": 0}}, "project.usd_rate", ["above 0"]),
    ({"work": {"core_hours": 0}}, "work.core_hours", ["found 0"]),
    ({"work": {"core_hours": 100001}}, "work.core_hours", ["found 100001"]),
    ({"work": {"specialists": 51}}, "work.specialists", ["found 51"]),
    ({"money": {"leader_rate": -1}}, "money.leader_rate", ["found -1"]),
    ({"money": {"revenue_loss_per_month": -0.01}}, "money.revenue_loss_per_month", ["a number from 0 to"]),
    ({"money": {"budget": 1e13}}, "money.budget", ["10000000000000"]),
    ({"work": {"core_hours": 10**400}}, "work.core_hours", ["..."]),
    # dates and currencies
    ({"project": {"start": "1999-12-31"}}, "project.start", ["2000-01-01 to 2100-12-31"]),
    ({"project": {"start": "2101-01-01"}}, "project.start", ["for example 2026-12-01"]),
    ({"project": {"start": "2026-02-30"}}, "project.start", ['"2026-02-30" (text)']),
    ({"project": {"start": "01/12/2026"}}, "project.start", ['"01/12/2026" (text): did you mean 2026-12-01 or 2026-01-12?']),
    ({"project": {"start": 4635}}, "project.start", ["found 4635"]),
    ({"project": {"start": 20261201}}, "project.start", ["found 20261201: did you mean 2026-12-01?"]),
    ({"project": {"currency": "€"}}, "project.currency", ["did you mean EUR?", "ISO 4217"]),
    ({"project": {"currency": "XXX"}}, "project.currency", ["for example EUR"]),
    # ranges
    ({"work": {"core_hours": [700, 400, 300]}}, "work.core_hours", ["[700, 400, 300], which is not in order", "[low, likely, high], for example [300, 400, 700]"]),
    ({"work": {"core_hours": [300, 400]}}, "work.core_hours", ["[300, 400]"]),
    ({"work": {"core_hours": [0, 400, 700]}}, "work.core_hours", ["[0, 400, 700]"]),
    ({"work": {"core_hours": []}}, "work.core_hours", ["[]"]),
    ({"work": {"hires": [1, 2, 3]}}, "work.hires", ["a whole number"]),
    ({"money": {"leader_rate": [100, 130, 160]}}, "money.leader_rate", ["a number from 0 to 2,000"]),
    ({"overrides": {"freelancer": {"rate": [140, 95, 70]}}}, "overrides.freelancer.rate", ["[140, 95, 70], which is not in order", "for example [70, 95, 140]"]),
    ({"overrides": {"freelancer": {"rate": {"low": 90, "likely": 80}}}}, "overrides.freelancer.rate", ["[90, 80, 80], which is not in order"]),
    ({"overrides": {"freelancer": {"rate": {"low": 1, "high": 2}}}}, "overrides.freelancer.rate", ["for example 100"]),
    ({"overrides": {"freelancer": {"rate": "9S"}}}, "overrides.freelancer.rate", ['"9S" (text)']),
    ({"overrides": {"freelancer": {"rate": True}}}, "overrides.freelancer.rate", ["true (yes/no value)"]),
    ({"overrides": {"freelancer": {"hours_per_week": 0}}}, "overrides.freelancer.hours_per_week", ["a number from 1 to 168"]),
    ({"overrides": {"freelancer": {"unresolved": 1.01}}}, "overrides.freelancer.unresolved", ["a number from 0 to 1"]),
    ({"overrides": {"decision": {"core_weight": 2}}}, "overrides.decision.core_weight", ["a number from 0 to 1"]),
    ({"overrides": {"freelancer": 95}}, "overrides.freelancer", ["parameters of the model"]),
    # unknown names, with what they may have meant
    ({"answers": {"shiftin": "yes"}}, "answers.shiftin", ["unknown question", "did you mean: shifting?"]),
    ({"wrok": {}}, "wrok", ["unknown section", "did you mean: work?"]),
    ({"work": {"core_hour": 1}}, "work.core_hour", ["unknown field", "did you mean: core_hours?"]),
    ({"overrides": {"freelancr": {}}}, "overrides.freelancr", ["unknown engagement model", "did you mean: freelancer?"]),
    ({"overrides": {"freelancer": {"rat": 1}}}, "overrides.freelancer.rat", ["unknown parameter", "did you mean: rate?"]),
    ({"overrides": {"freelancer": {"annual_cost": 1}}}, "overrides.freelancer.annual_cost", ["unknown parameter of freelancer"]),
    ({"weights": {"level": 1}}, "weights.level", ["unknown lens", "did you mean: leval?"]),
    # answers and weights
    ({"answers": {"shifting": 1}}, "answers.shifting", ["found 1", "yes, no or unknown"]),
    ({"answers": {"shifting": "y"}}, "answers.shifting", ['"y" (text): did you mean yes?']),
    ({"answers": {"shifting": ""}}, "answers.shifting", ['"" (text)']),
    ({"answers": {"shifting": ["yes"]}}, "answers.shifting", ["yes, no or unknown"]),
    ({"weights": {"leval": 5.1}}, "weights.leval", ["a number from 0 to 5"]),
    ({"weights": {"leval": "one"}}, "weights.leval", ['"one" (text)']),
    # text
    ({"project": {"name": ""}}, "project.name", ['"" (text)', "1 to 80"]),
    ({"project": {"name": " \u200b "}}, "project.name", ["which is blank", "1 to 80"]),
    ({"project": {"name": "x" * 81}}, "project.name", ["(81 characters)"]),
    ({"project": {"name": "x" * 40_000}}, "project.name", ["(40,000 characters)"]),
    ({"project": {"name": "a\tb"}}, "project.name", ['"a\\x09b"', "without tabs"]),
    ({"project": {"name": "a\nb"}}, "project.name", ['"a\\x0ab"']),
    ({"project": {"name": "\x1b[2Jx"}}, "project.name", ['"\\x1b[2Jx"']),
    ({"project": {"name": "a\x00b"}}, "project.name", ['"a\\x00b"']),
    ({"project": {"name": "\ud800"}}, "project.name", ['"\\ud800"']),
    ({"project": {"owner": "x\u2028y"}}, "project.owner", ['"x\\u2028y"']),
    # sections that are none
    ({"work": 5}, "work", ["found 5", "a section with fields of its own"]),
    ({"answers": ["yes"]}, "answers", ["a section with fields of its own"]),
    ({"paths": "none"}, "paths", ['"none" (text)']),
    # the user's own paths
    ({"paths": {"p": {"label": "x", "phases": [CORE]}}}, "paths.p.phases", ["then one run"]),
    ({"paths": {"p": {"label": "x", "phases": [RUN]}}}, "paths.p.phases", ["the core shares add up to"]),
    ({"paths": {"p": {"label": "x", "phases": [CORE | {"share": 0.5}, RUN]}}}, "paths.p.phases", ["add up to 0.5"]),
    ({"paths": {"p": {"label": "x", "phases": [CORE | {"model": "robot"}, RUN]}}}, "paths.p.phases[1].model", ['"robot" (text)']),
    ({"paths": {"full_time": {"label": "x", "phases": [CORE, RUN]}}}, "paths.full_time", ["this name belongs to one of the thirteen paths", "choose a new name"]),
    ({"paths": {"x2026_plan": {"label": "x", "phases": [CORE, RUN]}}}, "paths.x2026_plan", ["stands for a character in spreadsheets", "choose a new name"]),
    ({"paths": {"p": {"label": "", "phases": [CORE, RUN]}}}, "paths.p.label", ["a label and phases"]),
    ({"paths": {"p": {"label": "x", "phases": [CORE, RUN], "colour": 1}}}, "paths.p.colour", ["found 1"]),
    ({"paths": {"p": {"label": "x", "phases": [CORE | {"work": "cor"}, RUN]}}}, "paths.p.phases.0.work", ['"cor" (text)']),
]  # fmt: skip


def merged(extra):
    return (
        {**extra, "project": PROJECT | extra["project"]}
        if isinstance(extra.get("project"), dict)
        else {"project": PROJECT} | extra
    )


def refused(text):
    """What the command says of a refused scenario, having written nothing to standard output."""
    ended = CliRunner().invoke(command.app, ["calc", "-"], input=text, prog_name="engagement")
    assert ended.exit_code == 4, (ended.exit_code, ended.stderr)
    assert ended.stdout == ""
    assert "Traceback" not in ended.stderr
    return ended.stderr


@pytest.mark.parametrize(("extra", "field", "words"), FAULTS, ids=lambda value: value if isinstance(value, str) else "")
def test_a_fault_is_named_with_field_found_and_allowed(extra, field, words):
    first, *faults = refused(json.dumps(merged(extra)).encode()).splitlines()
    assert first == "standard input: 1 problem"
    [fault] = faults
    assert fault.startswith(f"  {field}   ")
    assert all(word in fault for word in words), fault
    assert fault.isprintable()
    assert len(fault) < 420


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_json_constants_that_are_no_numbers_are_refused(number):
    text = '{"project": {"name": "x", "start": "2026-12-01"}, "work": {"core_hours": ' + number + "}}"
    assert f"invalid JSON: {number} is not a number" in refused(text)


@pytest.mark.parametrize("number", ["nan", "inf", "-inf"])
@pytest.mark.parametrize(
    "field",
    [
        "work.core_hours",
        "money.budget",
        "project.usd_rate",
        "weights.leval",
        "overrides.freelancer.rate",
        "overrides.decision.core_weight",
    ],
)
def test_toml_constants_that_are_no_numbers_are_refused_by_field(number, field):
    dotted = f"{field} = {number}\n"
    text = f'project.name = "x"\nproject.start = 2026-12-01\n{dotted}'
    assert f"  line 3 ({field})   found {number.removeprefix('+')}   allowed: " in refused(text)


def test_a_moment_is_its_day():
    notes = []
    read = from_text('[project]\nname = "x"\nstart = 2026-12-01T10:00:00\n', "x.toml", notes)
    assert read.project.start == date(2026, 12, 1)
    assert notes == ["project.start: 2026-12-01 10:00:00 was read as 2026-12-01"]


def test_a_name_given_twice_in_toml_is_refused():
    message = refused('[project]\nname = "x"\nname = "y"\nstart = 2026-12-01\n')
    assert '  line 3 (project.name)   name = "y"   is given twice; keep one of the two' in message


def test_every_fault_is_named_at_once_each_on_its_line():
    several = {}
    fields = []
    for extra, field, _ in FAULTS:
        section, values = next(iter(extra.items()))
        if (
            isinstance(values, dict)
            and section not in ("wrok", "overrides", "paths")
            and not set(values) & set(several.get(section, {}))
        ):
            several.setdefault(section, {}).update(values)
            fields.append(field)
    message = refused(json.dumps(merged(several)).encode()).splitlines()
    assert len(fields) > 15
    assert message[0] == f"standard input: {len(fields)} problems"
    assert sorted(line.split()[0] for line in message[1:]) == sorted(fields)


def test_missing_required_fields_are_both_named():
    message = refused("[work]\nhires = 1\n")
    assert "project.name   found nothing" in message
    assert "project.start   found nothing" in message


def test_odd_names_of_fields_cannot_steer_the_terminal():
    for key in ("\x1b[2J", "\ud800", "a\nb", "\u202e"):
        message = refused(json.dumps({"project": PROJECT, key: 1, "answers": {key: "yes"}}).encode())
        assert "2 problems" in message
        assert all(line.isprintable() for line in message.splitlines())
        assert len(message.splitlines()) in (3, 5)


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "'quoted", " leading", "{=A1}", "x" * 80, "日本語", "a,b;c"],
)
def test_text_that_looks_like_a_formula_is_kept_as_text(text):
    plain = {"project": PROJECT | {"name": text, "owner": text}}
    [result] = results([from_text(json.dumps(plain), "plain")], flips=False, trials=0)
    project = result["scenario"]["project"]
    assert (project["name"], project["owner"]) == (text, text)


def test_no_subcommand_writes_anything_for_a_refused_scenario(tmp_path, monkeypatch):
    made = types.ModuleType("workbook.write.build")
    made.build = lambda given: pytest.fail("it was built")
    monkeypatch.setitem(sys.modules, "workbook.write.build", made)
    bad = json.dumps(merged({"work": {"hires": 0}}))
    for line in (["calc", "-"], ["calc", "-", "--json"], ["explain", "-"], ["explain", "-", "--json"]):
        assert CliRunner().invoke(command.app, line, input=bad).exit_code == 4
    line = ["build", "-", "-o", str(tmp_path / "x.xlsx")]
    assert CliRunner().invoke(command.app, line, input=bad).exit_code == 4
    assert list(tmp_path.iterdir()) == []


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(st.characters(), max_size=8),
    st.sampled_from([[], {}, [1, 2, 3], [3, 2, 1], {"likely": 1}, [{}], "yes", 1e308, -0.0, 5e-324, 10**30]),
)


@settings(deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 10**6), ODD, st.booleans())
def test_any_value_anywhere_is_refused_by_name_or_calculated(seed, place, odd, as_key):
    """One place of a valid scenario is replaced by anything at all, or gets an unknown name."""
    plain = random_scenario(random.Random(seed))
    holder, key = everywhere(plain)[place % len(everywhere(plain))]
    if as_key and isinstance(holder, dict):
        holder[str(odd) or "odd"] = holder[key]
    else:
        holder[key] = odd
    read, faults = read_or_refused(plain)
    if read is None:
        assert faults
        assert all(isinstance(fault, Fault) and fault.field and fault.found for fault in faults)
    else:
        [result] = results([read], flips=False)
        json.dumps(result, allow_nan=False)
        assert all(path["npv"] is not None and path["total"] is not None for path in result["paths"].values())


def read_or_refused(plain):
    try:
        return scenario(plain), ()
    except Refused as refusal:
        return None, refusal.faults


def everywhere(value):
    """Every (holder, key) in nested data."""
    found = []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        found.append((value, key))
        found += everywhere(inner)
    return found


@pytest.mark.parametrize("text", ["[1, 2]", '"x"', "", "["])
def test_a_json_file_is_judged_as_json_whatever_it_begins_with(text):
    with pytest.raises(Refused, match=r"given\.json: .*(invalid JSON|sections of a scenario)"):
        from_text(text, "given.json")
