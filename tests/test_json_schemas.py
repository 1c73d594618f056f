"""Every --json of a command is what its schema says; what goes in is judged as the reader judges it."""

import json
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from tests.command.runner import run
from tests.receive.filled_form import filled
from workbook.command.schemas import NAMES, schemas

PROJECT = """[project]
name = "A"
start = 2026-12-01
[money]
budget = 60000
[answers]
shifting = "yes"
leadership = "yes"
[overrides.freelancer]
rework = [0.1, 0.2, 0.35]
[basis.freelancer]
rework = "own history, n = 41"
"""
QUOTES = """[[quotes]]
vendor = "N"
model = "fixed_price_shop"
price = 40000
hours = 400
deposit = 0.3
milestones = [{ share = 0.7, at = 1 }]
valid_until = 2026-12-31
"""
PAID = ("labour", "hidden_scope", "rework", "onboarding", "review", "replacement")


def judged(name, data):
    Draft202012Validator(schemas()[name]()).validate(data)


def as_json(text):
    return json.loads(json.dumps(tomllib.loads(text), default=str))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.toml").write_text(PROJECT, encoding="utf-8")
    (tmp_path / "b.toml").write_text('[project]\nname = "B"\nstart = 2026-12-01\n', encoding="utf-8")
    (tmp_path / "quoted.toml").write_text(PROJECT + QUOTES, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", NAMES)
def test_facts_prints_a_valid_schema(name):
    printed = json.loads(run("facts", "--schema", name).stdout)
    Draft202012Validator.check_schema(printed)
    assert printed == json.loads(json.dumps(schemas()[name]()))


@pytest.mark.parametrize(
    "options", [["--schema"], ["--json", "--schema"], ["--schema", "--json"], ["--schema", "--debug"]]
)
def test_without_a_name_it_is_the_schema_of_what_facts_itself_prints(options):
    schema = json.loads(run("facts", *options).stdout)
    Draft202012Validator(schema).validate(json.loads(run("facts", "--json").stdout))


@pytest.mark.parametrize("file", ["a.toml", "b.toml", "quoted.toml"])
def test_results_and_explanations_are_as_described(folder, file):
    for trials in ("0", "200"):
        result = json.loads(run("calc", file, "--json", "--trials", trials).stdout)
        judged("results", result)
        judged("scenario", result["scenario"])
    judged("explain", json.loads(run("explain", file, "--json").stdout))


def test_a_missing_or_unknown_entry_is_no_result(folder):
    whole = json.loads(run("calc", "a.toml", "--json", "--trials", "0").stdout)
    for change in (
        lambda of: of.pop("recommendation"),
        lambda of: of["paths"]["freelancer"].pop("same_scope"),
        lambda of: of["lenses"].update(nobody={}),
        lambda of: of["recommendation"].update(completeness=2),
        lambda of: of["scenario"]["answers"].update(shifting="perhaps"),
    ):
        changed = json.loads(json.dumps(whole))
        change(changed)
        with pytest.raises(ValidationError):
            judged("results", changed)


def test_differences_checks_and_manifests_are_as_described(folder):
    judged("diff", json.loads(run("diff", "a.toml", "b.toml", "--json").stdout))
    judged("diff", json.loads(run("diff", "a.toml", "a.toml", "--json").stdout))
    (folder / "p.csv").write_text(
        "project.name,project.start,work.core_hours\nA,2026-12-01,400\nB,2026-12-01,-1\n", encoding="utf-8"
    )
    run("batch", "p.csv", "-o", "out")
    lines = [json.loads(line) for line in (folder / "out" / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [("file" in line, "refused" in line) for line in lines] == [(True, False), (False, True)]
    for line in lines:
        judged("manifest", line)
    with pytest.raises(ValidationError):
        judged("manifest", {name: value for name, value in lines[0].items() if name != "sha256"})
    judged("check", json.loads(run("check", f"out/{lines[0]['file']}", "--json").stdout))


def test_scenarios_and_defaults_are_judged_alike_by_schema_and_reader(folder):
    judged("scenario", as_json(PROJECT))
    judged("scenario", as_json(run("new", "-").stdout))
    defaults = '[project]\ncurrency = "EUR"\nusd_rate = 0.92\n[mail]\nhost = "smtp.example.com"\nport = 465\n'
    judged("defaults", as_json(defaults))
    for wrong in (
        '[project]\nname = "A"\n',
        "[mail]\nport = 99999\n",
        '[basis.freelancer]\nrewrk = "x"\n',
        "[answers]\n",
    ):
        with pytest.raises(ValidationError):
            judged("defaults", as_json(wrong))


def test_new_names_the_schema_in_its_first_line_and_says_how_to_get_it():
    first, *rest = run("new", "-").stdout.splitlines()
    assert first == "#:schema ./scenario.schema.json"
    assert any("engagement facts --schema scenario > scenario.schema.json" in line for line in rest[:8])


def test_what_every_other_command_prints_is_as_described(folder):
    history = Path(__file__).parent / "history" / "data" / "kitchenham.csv"
    (folder / "tracked.toml").write_text(
        PROJECT
        + '[actuals]\npath = "freelancer"\nleader_hours = [10]\ncore_done = [0.1]\n'
        + "".join(f"{line} = [0]\n" for line in PAID),
        encoding="utf-8",
    )
    (folder / "p.csv").write_text("project.name,project.start\nA,2026-12-01\n", encoding="utf-8")
    (folder / "r.csv").write_text("to,name,workbook\na@example.com,A,a.xlsx\n", encoding="utf-8")
    (folder / "forms").mkdir()
    filled(folder / "forms" / "n.xlsx", {"vendor": "N", "model": "Fixed-price shop", "price": 40_000, "hours": 400})
    for name, *words in (
        ("design", "a.toml", "--top", "3"),
        ("design", "b.toml", "--top", "3"),
        ("sensitivity", "a.toml"),
        ("sensitivity", "a.toml", "--between", "freelancer", "--and", "full_time"),
        ("calibrate", history, "--model", "freelancer", "--estimate", "400"),
        ("calibrate", history, "--model", "freelancer"),
        ("track", "tracked.toml"),
        ("facts",),
        ("facts", "audit"),
        ("build", "a.toml", "-o", "a.xlsx", "--no-studies", "--edition", "light"),
        ("read", "a.xlsx"),
        ("read", "a.xlsx", "-o", "back.toml"),
        ("batch", "p.csv", "-o", "out"),
        ("merge", "out", "-o", "merged"),
        ("quotes", "forms", "-o", "quoted_by_form.toml"),
        ("mail", "r.csv", "--from", "f@example.com", "-o", "outbox", "--no-picture"),
    ):
        ended = run(name, *words, "--json")
        assert ended.stdout, (name, ended.stderr)
        printed = json.loads(ended.stdout)
        judged(name, printed)
        for entry in schemas()[name]()["required"]:
            with pytest.raises(ValidationError):
                judged(name, {key: value for key, value in printed.items() if key != entry})


def test_what_is_read_of_a_vendors_form_is_a_quote(folder):
    asked = {
        "vendor": "Nordlicht",
        "model": "Fixed-price shop",
        "currency": "EUR",
        "price": 40_000,
        "hours": 400,
        "weeks": 8,
    }
    printed = json.loads(run("read", filled(folder / "form.xlsx", asked), "--json").stdout)
    judged("read", printed)
    assert (printed["scenario"], printed["quote"]["vendor"], printed["quote"]["price"]) == (None, "Nordlicht", 40_000)
