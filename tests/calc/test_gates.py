"""Gates run from their data: what an entry may say, what is refused, and that one entry more is all a new gate needs."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from calc import catalogue, gates
from calc.catalogue import CatalogueError
from calc.catalogue.rule import Gate
from tests import engines
from tests.engines import cells, ironcalc_engine
from workbook.receive.soundness import broken
from workbook.write.formula.expression import Home, Reference, reference
from workbook.write.formula.tracing import traced

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "build" / "examples" / "ai_built_app.toml"
YES, NO, UNKNOWN = 1, -1, 0


def entry(key, conditions=(), unless=(), **rest):
    """A gate with these conditions, each alternative a list of clauses."""
    data = {"id": key, "label": key, "when": "w", "then": "t", "why": "y", "basis": "assumption", "note": "n"}
    rest = rest or {"excludes": "team_core"}
    return Gate.model_validate(data | {"conditions": list(conditions), "unless": list(unless)} | rest)


def asked(question, answer="yes", holds=True):
    return {"question": question, "answer": answer, "is": holds}


def fires(key, holds=True):
    return {"gate": key, "is": holds}


def made(*entries, beside=True):
    """The formulas of these gates, beside those that the product has."""
    known = catalogue.gates() if beside else {}
    return gates.formulas({gate.id: gate for gate in entries} | known)


def value(formulas_made, name, **given):
    return int(np.ravel(formulas_made[name].function(**{key: np.array([each]) for key, each in given.items()}))[0])


def excel(formulas_made, name):
    """What stands in the cell; each thing that it reads in a cell of row 1, in the order of its arguments."""
    read = {key: Home("S", 1, at, down="path" if key.startswith("all_") else None) for at, key in enumerate(formulas_made[name].arguments, 1)}  # fmt: skip
    lengths = {key: (13, "path") if key.startswith("all_") else (0, None) for key in read}
    return traced(formulas_made[name].function, {key: reference(Reference(home, "S", *lengths[key])) for key, home in read.items()}).printed({})  # fmt: skip


# What an entry may say


def test_one_alternative_is_enough_and_in_it_every_clause_must_be_met():
    formulas_made = made(entry("x", [[asked("vision"), asked("long", "no")], [asked("scale", "yes", False)]]))
    cases = {(YES, NO, YES): 1, (YES, YES, YES): 0, (YES, UNKNOWN, YES): 0, (NO, NO, UNKNOWN): 1, (NO, NO, NO): 1}
    for (vision, long, scale), expected in cases.items():
        assert value(formulas_made, "fired_x", answer_vision=vision, answer_long=long, answer_scale=scale) == expected
    assert excel(formulas_made, "fired_x") == "IF(($A$1=1)*($B$1=-1)+($C$1<>1)>0,1,0)"


def test_an_exception_silences_a_gate_also_a_single_one_in_a_cell_where_false_is_not_0():
    formulas_made = made(entry("x", [[asked("vision")]], [[asked("isolated")]]))
    assert [
        value(formulas_made, "fired_x", answer_vision=YES, answer_isolated=each) for each in (YES, NO, UNKNOWN)
    ] == [
        0,
        1,
        1,
    ]
    assert excel(formulas_made, "fired_x") == "IF(($A$1=1)*(($B$1=1)*1=0)=1,1,0)"


def test_a_gate_can_except_one_isolated_bounded_problem_of_a_known_cause():
    harmless = [
        asked("isolated"),
        asked("bounded"),
        asked("shifting", holds=False),
        asked("unknown_cause", holds=False),
    ]
    formulas_made = made(entry("x", [[asked("ai_generated")]], [harmless]))

    def fired(ai, isolated, bounded, shifting, cause):
        return value(formulas_made, "fired_x", answer_ai_generated=ai, answer_isolated=isolated, answer_bounded=bounded,
                     answer_shifting=shifting, answer_unknown_cause=cause)  # fmt: skip

    assert fired(YES, YES, YES, NO, UNKNOWN) == 0
    assert fired(YES, YES, YES, YES, NO) == fired(YES, YES, YES, NO, YES) == fired(YES, UNKNOWN, YES, NO, NO) == 1
    assert fired(NO, NO, NO, YES, YES) == 0


def test_a_gate_reads_whether_others_fire_wherever_they_stand():
    formulas_made = made(entry("x", [[asked("bounded")]], [[fires("unaudited_ai")], [fires("unreviewed_risk")]]))
    given = {"answer_bounded": YES, "fired_unaudited_ai": 0, "fired_unreviewed_risk": 0}
    assert value(formulas_made, "fired_x", **given) == 1
    assert value(formulas_made, "fired_x", **given | {"fired_unreviewed_risk": 1}) == 0
    assert excel(formulas_made, "fired_x") == "IF(($A$1=1)*(($B$1=1)+($C$1=1)=0)=1,1,0)"


def test_a_gate_reads_a_single_quantity_and_that_another_gate_does_not_fire():
    formulas_made = made(entry("x", [[{"figure": "budget_given"}, fires("no_salary", False)]]))
    assert excel(formulas_made, "fired_x") == "IF(($A$1=1)*($B$1=0)>0,1,0)"
    assert value(formulas_made, "fired_x", budget_given=1, fired_no_salary=0) == 1


def test_a_gate_without_conditions_fires_where_it_has_a_path_to_exclude_unless_another_stands_against_it():
    formulas_made = made(entry("x", unless=[[fires("one_thing")]], excludes="overstretched"))
    assert excel(formulas_made, "fired_x") == "IF((SUM($A$1:$A$13)>0)*(($B$1=1)*1=0)=1,1,0)"
    for paths, other, expected in (([0, 1, 0], 0, 1), ([0, 0, 0], 0, 0), ([0, 1, 1], 1, 0)):
        assert value(formulas_made, "fired_x", all_overstretched=paths, fired_one_thing=[other]) == expected


def test_a_gate_excludes_the_paths_that_have_a_property_or_all_that_do_not():
    formulas_made = made(
        entry("x", [[asked("long")]], excludes="team_core"), entry("y", [[asked("long")]], keeps_only="team_core")
    )
    assert excel(formulas_made, "gate_x") == "$A$1*$B$1"
    assert excel(formulas_made, "gate_y") == "$A$1*(1-$B$1)"


def test_every_gate_counts_for_eligible_paths_and_those_above_the_budget_for_what_it_leaves():
    known = list(catalogue.gates())
    formulas_made = made(entry("x", [[asked("long")]]))
    assert formulas_made["eligible"].arguments == tuple(f"gate_{key}" for key in ("x", *known))
    before = known[: known.index("over_budget")]
    assert formulas_made["excluded_before_over_budget"].arguments == tuple(f"gate_{key}" for key in ("x", *before))


# What is refused


@pytest.mark.parametrize(
    ("rest", "complaint"),
    [
        ({"excludes": "beauty"}, "x names beauty, which is not a property of paths"),
        ({"excludes": "total"}, "x names total, which is not a property of paths"),
        ({"excludes": "is_team"}, "x names is_team, which is not a property of paths"),
        ({"conditions": [[{"figure": "eligible"}]]}, "x reads eligible, which is not a single quantity"),
        ({"conditions": [[{"figure": "completeness"}]]}, "x reads completeness, which is not a single quantity"),
        ({"conditions": [[fires("x")]]}, "read themselves: fired_x reads fired_x"),
        ({"conditions": [[fires("over_budget")]], "excludes": "unaffordable"}, "the formulas of gates read themselves"),
    ],
)  # fmt: skip
def test_a_gate_that_reads_what_it_cannot_is_refused(rest, complaint):
    conditions = rest.pop("conditions", [[asked("long")]])
    with pytest.raises(CatalogueError, match=complaint):
        made(entry("x", conditions, **{"excludes": "team_core"} | rest))


def test_a_property_that_asks_which_paths_are_left_needs_a_gate_above():
    above_all = {key: catalogue.gates()[key] for key in ("over_budget", "no_salary")}
    with pytest.raises(CatalogueError, match="the gates above over_budget exclude; there are none"):
        gates.formulas(above_all)


# One entry more

ELEVENTH = """
[[gate]]
id = "nobody_challenges"
label = "Nobody to challenge it"
when = "it shall be challenged and nobody decides together, or the cause is unknown"
then = "no path with a retainer"
why = "Only here, for a test."
basis = "assumption"
note = "It stands in no article."
conditions = [
  [
    { question = "pushback", answer = "yes" },
    { question = "conversations", answer = "yes", is = false },
  ],
  [
    { gate = "keeps_shifting" },
  ],
]
unless = [
  [
    { question = "regulated", answer = "yes" },
  ],
  [
    { figure = "budget_given" },
  ],
]
excludes = "has_keeper"
references = []

"""
CALLED = """
import json
from calc.udfs.decision import tco_why
from calc.udfs.single_formulas import formulas
known = {one.__name__: one for one in formulas()}
fired = known["tco_fired_nobody_challenges"]
rows = tco_why([["name", "A"], ["start", "2026-12-01"], ["pushback", "yes"]])
print(json.dumps({
    "fired": [fired([["yes"]], [["no"]], [[0]], [["no"]], [[0]]), fired([["no"]], [["no"]], [[1]], [["no"]], [[1]])],
    "reads": list(fired.descriptions),
    "out": known["tco_gate_nobody_challenges"]([[1]], [[1], [0]]),
    "eligible": list(known["tco_eligible"].descriptions),
    "why": [row[1] for row in rows],
}))
"""


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """A copy of the product with an eleventh gate: one entry in one file, between the others."""
    root = tmp_path_factory.mktemp("tree")
    for name in ("calc", "workbook"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    data = root / "calc" / "catalogue" / "data" / "gates.toml"
    text = data.read_text(encoding="utf-8")
    at = text.index('[[gate]]\nid = "over_budget"')
    data.write_text(text[:at] + ELEVENTH.lstrip() + text[at:], encoding="utf-8")
    return root


def ran(tree, *arguments):
    """Python with the modules of the copy, and what it printed."""
    environment = os.environ | {"PYTHONPATH": str(tree), "PYTHONUTF8": "1", "COLUMNS": "200"}
    line = [sys.executable, *map(str, arguments)]
    return subprocess.run(
        line, cwd=tree, env=environment, check=True, capture_output=True, text=True, timeout=120
    ).stdout


def test_an_eleventh_gate_decides_in_calc_and_is_explained(tree):
    result = json.loads(ran(tree, "-m", "workbook.command", "calc", EXAMPLE, "--json"))
    kept = [key for key, path in catalogue.paths().items() if any(phase.work == "retainer" for phase in path.phases)]
    assert list(result["gates"])[-2:] == ["nobody_challenges", "over_budget"]
    assert result["gates"]["nobody_challenges"] == {"fired": True, "excludes": kept}
    assert [path for path in kept if result["paths"][path]["eligible"]] == []
    assert result["recommendation"]["path"] not in kept
    explained = json.loads(ran(tree, "-m", "workbook.command", "explain", EXAMPLE, "--json"))
    assert explained["gates"]["nobody_challenges"]["label"] == "Nobody to challenge it"
    assert all("nobody_challenges" in explained["paths"][path]["excluded_by"] for path in kept)
    assert "“Nobody to challenge it” (assumption)" in ran(tree, "-m", "workbook.command", "explain", EXAMPLE)
    claims = json.loads(ran(tree, "-m", "workbook.command", "facts", "--json"))["rules"]
    assert "nobody_challenges" in [claim["id"] for claim in claims if claim["kind"] == "gate"]


def test_an_eleventh_gate_is_a_function_of_excel(tree):
    called = json.loads(ran(tree, "-c", CALLED))
    assert called["fired"] == [[[1.0]], [[0.0]]]
    assert called["reads"] == [
        "answer_pushback", "answer_conversations", "fired_keeps_shifting", "answer_regulated", "budget_given",
    ]  # fmt: skip
    assert called["out"] == [[1.0], [0.0]]
    assert called["eligible"][-2:] == ["gate_nobody_challenges", "gate_over_budget"]
    assert "nobody_challenges" in called["why"]


def test_an_eleventh_gate_lives_in_the_workbook_and_follows_the_answers(tree):
    engines.need(ironcalc_engine)
    path = tree / "out.xlsx"
    ran(tree, "-m", "workbook.command", "build", EXAMPLE, "-o", path, "--runs", "0", "--edition", "light")
    assert broken(path) == []
    values, formulas = cells.read_cached(path)
    labels = [
        ref for (sheet, ref), shown in values.items() if sheet == "Decision" and shown == "Nobody to challenge it"
    ]
    gate, head = labels
    column, top = head[0], int(head[1:])
    holds, marks = (
        ("Decision", gate.replace("A", "B")),
        [("Decision", f"{column}{top + 1 + at}") for at in range(len(catalogue.paths()))],
    )
    assert values[holds] == "yes"
    assert [values[mark] for mark in marks].count("out") == 3
    assert all(formulas[key].startswith("=IF(Rules!") for key in (holds, *marks))

    asked = next(ref for (sheet, ref), shown in values.items() if sheet == "Answers" and shown == "regulated")
    regulated = ("Answers", f"D{asked[1:]}")
    as_built, anew = (ironcalc_engine.recalculate(path, typed) for typed in ({}, {regulated: "yes"}))
    assert cells.differences(values, as_built, abs=1e-6, only=formulas) == []
    assert anew[holds] == "no"
    assert [anew[mark] for mark in marks].count("out") == 0
    assert anew["Checks", "A3"] == "All checks passed"
