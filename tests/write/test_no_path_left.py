"""A workbook in which no path is left: no scenario of the published gates leads there, so a gate is changed, in a process of its own."""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]

# The gate keeps only paths by freelancers whatever else speaks against them, and another rules these out.
MADE = """
import json

from calc import catalogue

gates = catalogue.gates()
gates["one_thing"] = gates["one_thing"].model_copy(update={"unless": []})

from calc.results import results
from calc.scenario import scenario
from tests.write.printed_pages import printed_sheets
from tests.write.seen_cells import nothing_below
from workbook.write.answer import opening, reading
from workbook.write.build import book

answers = {"bounded": "yes", "isolated": "yes", "regulated": "yes", "leadership": "no", "losing": "yes"}
project = {"name": "Payments", "start": "2026-12-01"}
given = {"project": project, "work": {"core_hours": 100}, "answers": answers}
given = scenario(given)
made = book([given], 0, is_usual=False)
made.finish()
faults = [fault for sheet in printed_sheets(made) for fault in nothing_below(sheet)]
left, opens = made.values["eligible_paths"].ravel().tolist(), opening(made, reading(made, 0))
[calculated] = results([given], flips=False, trials=0)
print(json.dumps({"left": left, "faults": faults, "opens": [opens, calculated["recommendation"]["reasons"][0]]}))
"""


@cache
def told():
    line = [sys.executable, "-c", MADE]
    ran = subprocess.run(line, cwd=ROOT, check=True, capture_output=True, text=True, timeout=120)
    return json.loads(ran.stdout)


def test_no_printed_row_is_ruled_or_headed_where_no_path_is_left():
    assert told()["left"] == [0]
    assert told()["faults"] == []


def test_the_cells_open_with_the_sentence_that_calc_opens_with():
    from_cells, from_calc = told()["opens"]
    assert from_cells == from_calc
    assert from_cells.startswith("No path is left: the rule")
