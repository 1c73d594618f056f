"""`calc --json`, key by key: every name of the interface is there, with a value of its type and within its range."""

import copy
import json
import random
from pathlib import Path

import pytest

from calc import catalogue
from calc.quantities.lines import LINES
from calc.results import explanation, results
from calc.scenario import from_text, scenario
from tests.definition.scenarios import random_scenario

ROOT = Path(__file__).parents[2]
EXAMPLES = [*sorted((ROOT / "build" / "examples").glob("*.toml")), ROOT / "build" / "stories" / "18_blank.toml"]
EXAMPLES += [ROOT / "build" / "stories" / f"{name}.toml" for name in ("19_poc", "05_audit")]
MODELS = ("freelancer", "freelancer_team", "fixed_price_shop", "engineering_partner", "production_firm", "full_time",
          "dedicated_engineer")  # fmt: skip
THIRTEEN = ("labour", "hidden_scope", "rework", "onboarding", "coordination", "review", "replacement", "rewrite", "hiring",
            "run", "retainer", "support", "instability")  # fmt: skip
ALERTS = {"above_budget", "provisional", "open", "late", "one_left", "unaudited", "currency", "out_of_date", "cheaper_exists",
          "seller"}  # fmt: skip


class Maybe:
    """null, or what it holds."""

    def __init__(self, shape):
        self.shape = shape


class Each:
    """An object with any of the given keys, all of one shape. all_of: every key has to be there."""

    def __init__(self, keys, shape, all_of=True):
        self.keys, self.shape, self.all_of = set(keys), shape, all_of


def number(value):
    return type(value) in (int, float)


def share(value):
    return number(value) and 0 <= value <= 1


def cost(value):
    return number(value) and value >= -1e-6


def fit(value):
    return number(value) and -1.5 <= value <= 1.5


def one_of(*values):
    return lambda value: value in values


def flag(value):
    return type(value) is bool


def text(value):
    return type(value) is str and value != ""


def shape_of(result):
    """The shape of a result: objects by their keys, lists by what they hold, values by what must be true of them."""
    paths, questions, gates = result["paths"], catalogue.questions(), catalogue.gates()
    path, question, gate = one_of(*paths), one_of(*questions), one_of(*gates)
    answer = one_of("yes", "no")
    months = result["scenario"]["project"]["horizon_months"]
    flip = {
        "question": question,
        "from": one_of("yes", "no", "unknown"),
        "answer": one_of("yes", "no", "unknown"),
        "path": Maybe(path),
    }
    of_path = {
        "eligible": flag, "fit": fit, "total": cost, "npv": cost, "same_scope": cost,
        "beyond": {"core": cost, "instability": cost, "features": cost},
        "same_place": cost, "invoiced": cost, "paid": cost, "own_time": cost, "losses": cost,
        "evidence": flag, "frontier": flag,
        "why_not": Maybe({
            "kind": one_of("excluded", "dearer", "no_evidence", "fits_worse"), "gates": [gate], "amount": Maybe(number),
            "break_even_chance": Maybe(share), "text": text,
        }),
        "must_be_true": Maybe([Each(questions, answer, all_of=False)]), "price_factor": Maybe(share),
        "lines": Each(THIRTEEN, cost), "months": [cost], "weeks_to_stable": cost, "finished": flag,
        "best": cost, "worst": cost, "p10": Maybe(cost), "p50": Maybe(cost), "p80": Maybe(cost), "p90": Maybe(cost),
        "chance_cheapest": Maybe(share), "chance_cheapest_eligible": Maybe(share),
        "phases": [{
            "model": one_of(*MODELS), "work": one_of("audit", "core", "run", "retainer"), "start_week": cost,
            "end_week": cost, "lines": Each(THIRTEEN, cost, all_of=False),
        }],
    }  # fmt: skip
    assert all(len(found["months"]) == months for found in paths.values())
    return {
        "schema": one_of(1),
        "scenario": dict,
        "systemic": one_of(0, 1),
        "recommendation": {
            "path": Maybe(path), "status": one_of("firm", "provisional", "open", "none_left"), "provisional": flag,
            "completeness": share, "cheapest": Maybe(path), "best_fit": Maybe(path), "runner_up": Maybe(path),
            "reasons": [text], "flips": Maybe([flip]), "holds": Maybe(share),
            "ask": Maybe([{"question": question, "swing": share}]),
            "alerts": [{"id": one_of(*ALERTS), "text": text}],
            "budget": Maybe({"amount": cost, "invoiced": Maybe(cost), "headroom": Maybe(number), "chance_above": Maybe(share)}),
            "finding_out": Maybe({
                "chance": share, "worth": number, "if_systemic": Maybe(path), "if_not": Maybe(path), "audit_price": cost,
                "pilot_price": cost,
            }),
        },
        "lenses": Each(catalogue.lenses(), {
            "support": {"freelancer": share, "alternative": share}, "lean": fit, "verdict": one_of("either", *MODELS),
        }),
        "gates": Each(gates, {"fired": flag, "excludes": [path]}),
        "models": Each(MODELS, {"fit": fit}),
        "paths": Each(paths, of_path),
    }  # fmt: skip


def faults(value, shape, place=""):
    """Where a value is not as its shape says. An object may hold more than is asked of it."""
    if isinstance(shape, Maybe):
        return [] if value is None else faults(value, shape.shape, place)
    if shape is dict:
        return [] if type(value) is dict else [place]
    if isinstance(shape, list):
        if type(value) is not list:
            return [place]
        return [fault for item in value for fault in faults(item, shape[0], f"{place}[]")]
    if isinstance(shape, Each):
        wrong = [f"{place}.{key}" for key in (shape.keys - set(value) if shape.all_of else set(value) - shape.keys)]
        return wrong + [fault for key, found in value.items() for fault in faults(found, shape.shape, f"{place}.{key}")]
    if isinstance(shape, dict):
        if type(value) is not dict:
            return [place]
        missing = [f"{place}.{key}" for key in shape if key not in value]
        known = [(key, of) for key, of in shape.items() if key in value]
        return missing + [fault for key, of in known for fault in faults(value[key], of, f"{place}.{key}")]
    return [] if shape(value) else [f"{place}: {value!r}"]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_every_key_of_the_interface_is_there_with_its_type_and_range(example):
    [result] = results([from_text(example.read_text(encoding="utf-8"), example.name)], trials=200)
    plain = json.loads(json.dumps(result, allow_nan=False))
    assert faults(plain, shape_of(plain)) == []
    assert all(tuple(path["lines"]) == THIRTEEN == tuple(LINES) for path in plain["paths"].values())
    chosen = plain["recommendation"]["path"]
    assert [path for path, found in plain["paths"].items() if found["why_not"] is None] == ([chosen] if chosen else [])


def test_what_was_not_looked_for_is_null_and_the_shape_stays():
    rng = random.Random(11)
    for result in results([scenario(random_scenario(rng)) for _ in range(60)], flips=False, trials=0):
        assert faults(result, shape_of(result)) == []
        assert result["recommendation"]["flips"] is result["recommendation"]["holds"] is None


def test_three_kinds_of_cost_are_the_total():
    [result] = results([from_text(EXAMPLES[0].read_text(encoding="utf-8"), "x")], flips=False, trials=0)
    for path in result["paths"].values():
        assert path["paid"] + path["own_time"] + path["losses"] == pytest.approx(path["total"])
        assert path["own_time"] == pytest.approx(path["lines"]["coordination"])
        assert path["losses"] == pytest.approx(path["lines"]["instability"])


@pytest.mark.parametrize("example", EXAMPLES[:1], ids=lambda path: path.stem)
def test_the_shape_finds_what_is_wrong(example):
    [result] = results([from_text(example.read_text(encoding="utf-8"), example.name)], trials=50)
    shape = shape_of(result)
    for key in ("schema", "paths", "recommendation"):
        assert f".{key}" in faults({k: v for k, v in result.items() if k != key}, shape)
    broken = copy.deepcopy(result)
    broken["recommendation"]["holds"] = 1.5
    broken["paths"]["freelancer"]["why_not"]["kind"] = "too dear"
    broken["paths"]["freelancer"]["months"] = 12
    del broken["paths"]["full_time"]["lines"]["rewrite"]
    assert sorted(faults(broken, shape)) == [
        ".paths.freelancer.months", ".paths.freelancer.why_not.kind: 'too dear'", ".paths.full_time.lines.rewrite",
        ".recommendation.holds: 1.5",
    ]  # fmt: skip


def test_an_explanation_says_of_every_path_why_not_and_what_would_have_to_be_true():
    [result] = results([from_text(EXAMPLES[0].read_text(encoding="utf-8"), "x")], trials=0)
    explained = json.loads(json.dumps(explanation(result), allow_nan=False))
    question, path = one_of(*catalogue.questions()), one_of(*result["paths"])
    of_path = {name: shape_of(result)["paths"].shape[name] for name in (
        "eligible", "fit", "total", "npv", "same_scope", "evidence", "frontier", "why_not", "must_be_true", "price_factor",
    )}  # fmt: skip
    shape = {
        "schema": one_of(1), "project": text, "answer": text,
        "recommendation": shape_of(result)["recommendation"],
        "lenses": Each(catalogue.lenses(), {
            "label": text, "alternative": one_of(*MODELS), "weight": number, "support": {"freelancer": share, "alternative": share},
            "lean": fit, "verdict": one_of("either", *MODELS),
            "rules": [{
                "id": text, "side": one_of("freelancer", "alternative"), "fired": flag, "text": text,
                "conditions": [{"question": text, "wanted": one_of("yes", "no")}], "references": [{"source": text, "place": text}],
            }],
        }),
        "gates": Each(catalogue.gates(), {
            "label": text, "when": text, "then": text, "why": text, "basis": text, "fired": flag, "excludes": [path],
        }),
        "paths": Each(result["paths"], of_path),
        "unknown": [question],
    }  # fmt: skip
    assert faults(explained, shape) == []
